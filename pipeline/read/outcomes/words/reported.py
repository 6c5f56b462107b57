"""Signs of a report, by language: days of the week, and that somebody said something.

A notice speaks of now, to whoever came; a piece of news says when, and who says so.
"""

from __future__ import annotations

import functools

from pipeline.read.outcomes.words.matching import fold_word, words_of

# Beginnings of words; of Arabic and Hebrew without what is written in front of a word.
_DAYS: dict[str, str] = {
    "en": "monday tuesday wednesday thursday friday saturday sunday",
    "de": "montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
    "pt": "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo",
    "it": "lunedì martedì mercoledì giovedì venerdì sabato domenica",
    "nl": "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag",
    "pl": "poniedział wtorek wtork środę środy środa czwart piątek piątk sobot niedziel",
    "cs": (
        "pondělí pondelok pondelk úterý utorok středu stredu čtvrtek štvrtok pátek piatok "
        "sobotu neděli nedeľu"
    ),
    "hu": "hétfő kedden szerdá csütörtök pénteken szombat vasárnap",
    "ro": "marți miercuri vineri sâmbătă duminică",
    "bg": "понеделник вторник сряда четвъртък петък събота неделя",
    "sr": (
        "понедељак уторак среду четвртак петак суботу недељу ponedeljak ponedjeljak utorak "
        "sredu srijedu četvrtak petak subotu nedelju"
    ),
    "el": "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή",
    "sv": "måndag tisdag onsdag torsdag fredag lördag söndag mandag tirsdag lørdag søndag",
    "fi": "maanantai tiistai keskiviik torstai perjantai lauantai sunnuntai",
    "lt": (
        "pirmadien antradien trečiadien ketvirtadien penktadien pirmdien otrdien trešdien "
        "ceturtdien piektdien esmaspäev teisipäev kolmapäev neljapäev"
    ),
    "ru": "понедельник вторник среду среды четверг пятниц суббот воскресень",
    "uk": "понеділ вівтор середу середи четвер п'ятниц субот неділ",
    "be": "панядзел аўтор серад чацвер пятніц субот нядзел",
    "tr": "pazartesi salı çarşamba perşembe cuma cumartesi",
    "az": "bazar-ertəsi çərşənbə cümə şənbə",
    "kk": (
        "дүйсенбі сейсенбі сәрсенбі бейсенбі жұма сенбі жексенбі дүйшөмбү шейшемби шаршемби "
        "бейшемби"
    ),
    "hy": "երկուշաբթի երեքշաբթի չորեքշաբթի հինգշաբթի ուրբաթ շաբաթ կիրակի",
    "ka": "ორშაბათ სამშაბათ ოთხშაბათ ხუთშაბათ პარასკევ",
    "ar": "الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت الأحد",
    "fa": "دوشنبه سه‌شنبه چهارشنبه پنجشنبه پنج‌شنبه جمعه یکشنبه",
    "hi": "सोमवार मंगलवार बुधवार गुरुवार शुक्रवार शनिवार रविवार",
    "id": "selasa rabu kamis jumat sabtu",
}  # fmt: skip
_VERBS: dict[str, str] = {
    "en": (
        "said told announced stated reported warned added spokesman spokeswoman spokesperson says "
        "tells warns argues explained wrote writes"
    ),
    "de": (
        "sagte sagten erklärte teilte kündigte berichtete verkündete erläuterte sprecher "
        "sprecherin sagt sagen schrieb schreibt meint"
    ),
    "fr": "déclaré affirmé annoncé expliqué précisé porte-parole affirme raconte déplore estime",
    "es": "dijo dice dicen afirmó afirma anunció declaró señaló explicó asegura contó",
    "pt": "disse afirmou anunciou declarou",
    "it": "dichiarato affermato annunciato",
    "nl": "zei meldde verklaarde",
    "pl": (
        "powiedział poinformował oświadczył powiedziała powiedzieli poinformowała "
        "poinformowali oświadczyła oznajmił rzecznik rzeczniczka mówi mówią twierdzi tłumaczy"
    ),
    "cs": "řekl uvedl oznámil povedal uviedol",
    "hu": "mondta közölte bejelentette",
    "ro": "declarat spus anunțat",
    "bg": "каза заяви съобщи",
    "sr": "рекао изјавио саопштио rekao izjavio saopštio priopćio",
    "el": "δήλωσε ανακοίνωσε",
    "sv": "sade säger sagde oppga",
    "fi": "sanoi kertoi",
    "ru": (
        "сказал сказала сообщил сообщила сообщили заявил заявила рассказал сказали заявили "
        "рассказала рассказали уточнил уточнила уточнили пояснил пояснила говорит говорят объявил "
        "объявила объявили объяснил объяснила объяснили рассказывает утверждает отметил отметила"
    ),
    "uk": (
        "сказав сказала повідомив повідомил заявив заявил розповів сказали повідомила "
        "повідомили заявила заявили розповіла розповіли уточнив уточнили пояснив пояснила каже "
        "кажуть оголосив оголосила оголосили пояснили розповідає стверджує зазначив зазначила"
    ),
    "be": "паведаміў заявіў сказаў",
    "tr": "dedi söyledi açıkladı belirtti duyurdu bildirdi açıkladılar sözcüsü diyor söylüyor",
    "az": "dedi bildirdi açıqladı",
    "ar": "قال قالت أعلن أعلنت صرح قالوا أفاد أفادت ذكرت أوضح يقول تقول أكد أكدت",
    "fa": "گفت گفتند گوید گویند افزود",
    "he": (
        "אמר אמרה מסר מסרה הודיע הודיעה אמרו מסרו הודיעו הדובר דוברת אומר אומרת אומרים הסביר "
        "הסבירה הסבירו"
    ),
    "hi": "कहा बताया",
    "id": "mengatakan",
}  # fmt: skip
_DAY_STRINGS = (
    "周一", "周二", "周三", "周四", "周五", "周六", "周日", "星期一", "星期二", "星期三", "星期四",
    "星期五", "月曜日", "火曜日", "水曜日", "木曜日", "金曜日", "土曜日", "日曜日",
    "월요일", "화요일", "수요일", "목요일", "금요일", "토요일", "일요일",
    "วันจันทร์", "วันอังคาร", "วันพุธ", "วันศุกร์", "יום שני", "יום שלישי", "יום רביעי", "יום חמישי",
)  # fmt: skip
_SAID_STRINGS = (
    "表示，", "宣布", "记者", "記者", "说，", "說，", "发言人", "解释说", "指出，", "報道", "报道",
    "述べた", "発表した", "説明した", "と説明し", "と話した", "によると",
    "말했다", "밝혔다", "전했다", "설명했다", "주장했다", "에 따르면", "กล่าวว่า",
)  # fmt: skip
_PREFIXES = ("ال", "و", "ب", "ו", "ב")


@functools.lru_cache(maxsize=16)  # many rules ask of one page's few texts
def is_reported(text: str) -> bool:
    """Whether a text says on which day of the week something was, or that somebody said it.

    Numbers of incidents and times of the clock (`Mon, 16 Mar 2026 04:00:00 GMT`) are no such thing.
    """
    if any(string in text for string in _DAY_STRINGS) or is_said(text):
        return True
    begun = _beginnings()
    return any(word.startswith(begun) for word in words_of(text))


def is_said(text: str) -> bool:
    """Whether a text says that somebody said it."""
    if any(string in text for string in _SAID_STRINGS):
        return True
    return not _words().isdisjoint(words_of(text))


@functools.cache
def _beginnings() -> tuple[str, ...]:
    """Of days: they are declined."""
    return tuple(fold_word(day) for days in _DAYS.values() for day in days.split())


@functools.cache
def _words() -> frozenset[str]:
    """What is said, as it stands."""
    said = [fold_word(verb) for verbs in _VERBS.values() for verb in verbs.split()]
    return frozenset([*said, *(begun + verb for begun in _PREFIXES for verb in said)])
