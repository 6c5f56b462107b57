"""Invented prose in eight languages, the same for the same seed.

Each language has one sentence frame and lists that fit it in any combination, so that texts differ
as much as real ones do and are grammatical. Places and people are made up.
"""

from __future__ import annotations

import random
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Language:
    """A frame with `{who} {said} {where} {what} {when}` and what may fill it."""

    code: str
    frame: str
    who: tuple[str, ...]
    said: tuple[str, ...]
    where: tuple[str, ...]
    what: tuple[str, ...]
    when: tuple[str, ...]
    rtl: bool = False

    def sentence(self, rng: random.Random) -> str:
        """One sentence."""
        number = rng.randint(3, 97)
        return self.frame.format(
            who=rng.choice(self.who),
            said=rng.choice(self.said),
            where=rng.choice(self.where),
            what=rng.choice(self.what).replace("#", str(number)),
            when=rng.choice(self.when),
        )

    def headline(self, rng: random.Random) -> str:
        """A title: what happened where."""
        what = rng.choice(self.what).replace("#", str(rng.randint(3, 97)))
        title = f"{what} {rng.choice(self.where)}"
        return title[0].upper() + title[1:]

    def paragraphs(self, rng: random.Random, count: int = 5, sentences: int = 4) -> tuple[str, ...]:
        """Paragraphs of some sentences each."""
        return tuple(" ".join(self.sentence(rng) for _ in range(sentences)) for _ in range(count))


def split(text: str) -> tuple[str, ...]:
    """The items of a list written with bars."""
    return tuple(item.strip() for item in text.split("|"))


ENGLISH = Language(
    "en",
    "{who} {said} on {when} that {what} {where}.",
    split(
        "A spokesperson for the Harbour Brigade|The governor of Lower Velmar|A regional "
        "dispatcher|The Office of River Safety|An unnamed engineer|The Marran defence ministry|A "
        "retired colonel|The mayor of Osterlin|A union of drivers|The northern command|A shipping "
        "insurer|The Council of Elders"
    ),
    split("said|reported|claimed|denied|confirmed|announced|told local media|acknowledged"),
    split(
        "near the village of Krasnyi Brid|along the Tolvar canal|in western Hadran oblast|east of "
        "the Sulim pass|at the port of Belqara|around the junction of Dorn|on the left bank of "
        "the Ilma|outside Mirzabad|in the Qantar valley|south of Lake Enver|in the town of Novi "
        "Stavy|at the Rashid depot"
    ),
    split(
        "crews repaired # culverts|a convoy of # lorries turned back|# drones failed to reach the "
        "depot|engineers laid a pontoon of # metres|a patrol found # empty crates|a fire damaged "
        "# warehouses|# families returned home|a battalion rotated after # days|an exercise with "
        "# boats began|fuel deliveries fell by # percent|# checkpoints were moved|a radar went "
        "silent for # hours"
    ),
    split(
        "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|the previous evening|the third "
        "of the month"
    ),
)

RUSSIAN = Language(
    "ru",
    "{who} {said}, что {where} {what} {when}.",
    split(
        "Представитель речного ведомства|Глава Нижневельмарского района|Отставной "
        "полковник|Местный журналист|Дежурный диспетчер|Начальник станции|Депутат городского "
        "совета|Военный корреспондент|Директор завода|Неназванный инженер"
    ),
    split("сообщил|заявил|рассказал|подтвердил|отметил|уточнил|написал в своём канале|признал"),
    split(
        "в районе посёлка Красный Брод|на левом берегу Ильмы|у переправы Дорн|под городом "
        "Остерлин|вдоль Толварского канала|в Хадранской области|на перевале Сулим|в порту "
        "Белкара|возле озера Энвер|на складе в Новых Ставах"
    ),
    split(
        "отремонтировали # опор моста|развернули # грузовиков|сгорело # складов|нашли # пустых "
        "ящиков|прошли учения с участием # лодок|перекрыли # дорог|восстановили # километров "
        "линии|сократили поставки топлива на # процентов|задержали # вагонов|перенесли # постов"
    ),
    split(
        "минувшей ночью|во вторник утром|к концу недели|вечером в четверг|в начале месяца|после "
        "полудня|на рассвете"
    ),
)

UKRAINIAN = Language(
    "uk",
    "{who} {said}, що {where} {what} {when}.",
    split(
        "Речник річкового відомства|Голова Нижньовельмарської громади|Полковник у "
        "відставці|Місцевий журналіст|Черговий диспетчер|Начальник станції|Депутат міської "
        "ради|Військовий оглядач|Директор заводу|Неназваний інженер"
    ),
    split("повідомив|заявив|розповів|підтвердив|зазначив|уточнив|написав у своєму каналі|визнав"),
    split(
        "поблизу селища Червоний Брід|на лівому березі Ільми|біля переправи Дорн|під містом "
        "Остерлін|уздовж Толварського каналу|у Хадранській області|на перевалі Сулім|у порту "
        "Белкара|біля озера Енвер|на складі в Нових Ставах"
    ),
    split(
        "відремонтували # опор мосту|розвернули # вантажівок|згоріло # складів|знайшли # порожніх "
        "ящиків|відбулися навчання за участю # човнів|перекрили # доріг|відновили # кілометрів "
        "лінії|скоротили постачання пального на # відсотків|затримали # вагонів|перенесли # постів"
    ),
    split(
        "минулої ночі|у вівторок вранці|наприкінці тижня|у четвер увечері|на початку "
        "місяця|пополудні|на світанку"
    ),
)

ARABIC = Language(
    "ar",
    "{said} {who} {when} أنّ {what} {where}.",
    split(
        "المتحدث باسم هيئة الأنهار|محافظ فلمار السفلى|عقيد متقاعد|مراسل محلي|مدير الميناء|رئيس "
        "المجلس البلدي|مهندس طلب عدم ذكر اسمه|نائب وزير النقل|قائد حرس الساحل|ممثل اتحاد السائقين"
    ),
    split("أعلن|ذكر|أكّد|أوضح|أفاد|نفى|صرّح|كشف"),
    split(
        "قرب قرية الجسر الأحمر|على الضفة اليسرى لنهر إلما|في ميناء بلقارة|عند معبر دورن|شرق ممر "
        "سليم|في وادي قنطر|جنوب بحيرة أنور|على امتداد قناة طولفار|في ضواحي ميرزاباد|داخل مستودع "
        "رشيد"
    ),
    split(
        "الفرق أصلحت # عبّارة|قافلة من # شاحنة عادت أدراجها|حريقا أتلف # مخزنا|دورية عثرت على # "
        "صندوقا فارغا|تدريبا بمشاركة # زورقا قد بدأ|إمدادات الوقود تراجعت بنسبة # في المئة|# "
        "عائلة عادت إلى بيوتها|السلطات نقلت # حاجزا|الرادار توقف # ساعة|الورشة أعادت # كيلومترا "
        "من الخط"
    ),
    split("مساء الاثنين|صباح الثلاثاء|يوم الأربعاء|ليل الخميس|ظهر الجمعة|فجر السبت|يوم الأحد"),
    rtl=True,
)

PERSIAN = Language(
    "fa",
    "{who} {when} {said} که {where} {what}.",
    split(
        "سخنگوی سازمان رودخانه‌ها|استاندار ولمار سفلی|یک سرهنگ بازنشسته|خبرنگار محلی|مدیر "
        "بندر|رئیس شورای شهر|مهندسی که نامش فاش نشد|معاون وزیر راه|فرمانده مرزبانی ساحلی|نماینده "
        "اتحادیه رانندگان"
    ),
    split("گفت|اعلام کرد|تأکید کرد|گزارش داد|توضیح داد|خبر داد|تأیید کرد|نوشت"),
    split(
        "نزدیک روستای پل سرخ|در کرانه چپ رود ایلما|در بندر بلقاره|کنار گذرگاه دورن|در شرق گردنه "
        "سلیم|در دره قنطر|در جنوب دریاچه انور|در امتداد آبراه تلوار|در حومه میرزاآباد|در انبار رشید"
    ),
    split(
        "گروه‌های فنی # آبگذر را تعمیر کردند|کاروانی از # کامیون بازگشت|آتش‌سوزی به # انبار آسیب "
        "زد|گشتی‌ها # صندوق خالی یافتند|رزمایشی با # قایق آغاز شد|تحویل سوخت # درصد کاهش یافت|# "
        "خانواده به خانه برگشتند|# ایست بازرسی جابه‌جا شد|رادار # ساعت خاموش ماند|# کیلومتر از خط "
        "بازسازی شد"
    ),
    split("دوشنبه شب|صبح سه‌شنبه|روز چهارشنبه|شامگاه پنجشنبه|ظهر جمعه|بامداد شنبه|روز یکشنبه"),
    rtl=True,
)

HEBREW = Language(
    "he",
    "{who} {said} {when} כי {where} {what}.",
    split(
        "דובר רשות הנהרות|מושל ולמאר תחתית|אלוף משנה בדימוס|כתב מקומי|מנהל הנמל|ראש המועצה|מהנדס "
        "שביקש להישאר בעילום שם|סגן שר התחבורה|מפקד משמר החופים|נציג איגוד הנהגים"
    ),
    split("מסר|הודיע|אישר|הדגיש|הבהיר|דיווח|טען|ציין"),
    split(
        "סמוך לכפר הגשר האדום|בגדה השמאלית של האילמה|בנמל בלקרה|ליד מעבר דורן|ממזרח למעבר "
        "סלים|בעמק קנטר|מדרום לאגם אנוור|לאורך תעלת טולוואר|בפאתי מירזאבאד|במחסן רשיד"
    ),
    split(
        "צוותים תיקנו # מעבירי מים|שיירה של # משאיות שבה על עקבותיה|שריפה פגעה ב־# מחסנים|סיור "
        "מצא # ארגזים ריקים|החל תרגיל בהשתתפות # סירות|אספקת הדלק ירדה ב־# אחוזים|# משפחות שבו "
        "לבתיהן|הועתקו # מחסומים|המכ״ם שתק # שעות|שוקמו # קילומטרים של הקו"
    ),
    split("ביום שני בערב|ביום שלישי בבוקר|ביום רביעי|בליל חמישי|ביום שישי בצהריים|בשבת|ביום ראשון"),
    rtl=True,
)

TURKISH = Language(
    "tr",
    "{who}, {when} {where} {what} {said}.",
    split(
        "Nehir İdaresi sözcüsü|Aşağı Velmar valisi|Emekli bir albay|Yerel bir muhabir|Liman "
        "müdürü|Belediye meclisi başkanı|Adı açıklanmayan bir mühendis|Ulaştırma bakan "
        "yardımcısı|Sahil güvenlik komutanı|Sürücüler birliği temsilcisi"
    ),
    split("bildirdi|açıkladı|doğruladı|vurguladı|belirtti|söyledi|duyurdu|yazdı"),
    split(
        "Kızılköprü köyü yakınında|İlma nehrinin sol kıyısında|Belkara limanında|Dorn "
        "kavşağında|Selim geçidinin doğusunda|Kantar vadisinde|Enver gölünün güneyinde|Tolvar "
        "kanalı boyunca|Mirzaabad dışında|Reşid deposunda"
    ),
    split(
        "ekiplerin # menfezi onardığını|# kamyonluk konvoyun geri döndüğünü|yangının # depoya "
        "zarar verdiğini|devriyenin # boş sandık bulduğunu|# tekneyle tatbikat başladığını|yakıt "
        "sevkiyatının yüzde # düştüğünü|# ailenin evine döndüğünü|# kontrol noktasının "
        "taşındığını|radarın # saat sustuğunu|hattın # kilometresinin yenilendiğini"
    ),
    split(
        "pazartesi akşamı|salı sabahı|çarşamba günü|perşembe gecesi|cuma öğlen|cumartesi "
        "şafakta|pazar günü"
    ),
)

FRENCH = Language(
    "fr",
    "{who} {said} {when} que {what} {where}.",
    split(
        "Le porte-parole de l'Office des rivières|Le préfet du Bas-Velmar|Un colonel à la "
        "retraite|Un journaliste local|Le directeur du port|Le président du conseil municipal|Un "
        "ingénieur anonyme|Le commandant des gardes-côtes|Le délégué des chauffeurs|Le "
        "vice-ministre des transports"
    ),
    split("a déclaré|a annoncé|a confirmé|a souligné|a précisé|a rapporté|a écrit|a reconnu"),
    split(
        "près du village de Pont-Rouge|sur la rive gauche de l'Ilma|au port de Belqara|au "
        "carrefour de Dorn|à l'est du col de Soulim|dans la vallée de Qantar|au sud du lac "
        "Enver|le long du canal de Tolvar|aux abords de Mirzabad|au dépôt de Rachid"
    ),
    split(
        "les équipes avaient réparé # buses|un convoi de # camions avait fait demi-tour|un "
        "incendie avait endommagé # entrepôts|une patrouille avait trouvé # caisses vides|un "
        "exercice avec # bateaux avait commencé|les livraisons de carburant avaient baissé de # "
        "pour cent|# familles étaient rentrées|# barrages avaient été déplacés|le radar s'était "
        "tu pendant # heures|# kilomètres de ligne avaient été remis en état"
    ),
    split(
        "lundi soir|mardi matin|mercredi|dans la nuit de jeudi|vendredi midi|samedi à "
        "l'aube|dimanche"
    ),
)

LANGUAGES = {
    language.code: language
    for language in (
        ENGLISH, RUSSIAN, UKRAINIAN, ARABIC, PERSIAN, HEBREW, TURKISH, FRENCH,
    )
}  # fmt: skip


def rng_for(seed: str) -> random.Random:
    """A generator that gives the same for the same text on every machine."""
    return random.Random(seed)
