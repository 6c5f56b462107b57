"""One story in many languages."""

from __future__ import annotations

STORIES = {
    "en": (
        "The district council said on Tuesday that the ferry across the Ilma will not run before "
        "May. Ice broke two of its cables in January, and the workshop has no spare ones.\nAbout "
        "forty families on the eastern bank depend on it. They now drive sixty kilometres to the "
        "nearest bridge, the council added."
    ),
    "ru": (
        "Районный совет сообщил во вторник, что паром через Ильму не будет ходить до мая. В "
        "январе лёд оборвал два троса, а запасных в мастерской нет.\nОт переправы зависят около "
        "сорока семей на восточном берегу. Теперь они едут шестьдесят километров до ближайшего "
        "моста, добавили в совете."
    ),
    "uk": (
        "Районна рада повідомила у вівторок, що пором через Ільму не ходитиме до травня. У січні "
        "крига обірвала два троси, а запасних у майстерні немає.\nВід переправи залежать близько "
        "сорока родин на східному березі. Тепер вони їдуть шістдесят кілометрів до найближчого "
        "мосту, додали в раді."
    ),
    "ar": (
        "قال مجلس المنطقة يوم الثلاثاء إن العبارة على نهر إلما لن تعمل قبل شهر مايو. قطع الجليد "
        "اثنين من كابلاتها في يناير، ولا توجد كابلات بديلة في الورشة.\nتعتمد عليها نحو أربعين "
        "عائلة على الضفة الشرقية. وهم يقطعون الآن ستين كيلومترا إلى أقرب جسر، وفق ما أضاف المجلس."
    ),
    "fa": (
        "شورای منطقه روز سه‌شنبه گفت قایق رود ایلما تا ماه مه کار نخواهد کرد. یخ در ژانویه دو "
        "کابل آن را پاره کرد و کارگاه کابل یدکی ندارد.\nحدود چهل خانواده در ساحل شرقی به آن "
        "وابسته‌اند. آنها اکنون شصت کیلومتر تا نزدیک‌ترین پل رانندگی می‌کنند، شورا افزود."
    ),
    "he": (
        "מועצת המחוז הודיעה ביום שלישי כי המעבורת על נהר אילמה לא תפעל לפני חודש מאי. הקרח קרע "
        "בינואר שניים מכבליה, ובסדנה אין כבלים חלופיים.\nכארבעים משפחות בגדה המזרחית תלויות בה. "
        "כעת הן נוסעות שישים קילומטרים אל הגשר הקרוב, הוסיפה המועצה."
    ),
    "tr": (
        "İlçe meclisi salı günü Ilma üzerindeki feribotun mayıstan önce çalışmayacağını açıkladı. "
        "Buz ocak ayında iki halatını kopardı ve atölyede yedek halat yok.\nDoğu yakasındaki "
        "yaklaşık kırk aile ona bağlı. Şimdi en yakın köprüye altmış kilometre gidiyorlar, diye "
        "ekledi meclis."
    ),
    "fr": (
        "Le conseil du district a annoncé mardi que le bac de l'Ilma ne circulera pas avant le "
        "mois de mai. La glace a rompu deux de ses câbles en janvier et l'atelier n'en a pas "
        "d'autres.\nUne quarantaine de familles de la rive est en dépendent. Elles font désormais "
        "soixante kilomètres jusqu'au pont le plus proche, a ajouté le conseil."
    ),
}  # fmt: skip
