"""Scripts, and the alphabets of the languages that share one; data only.

A text with letters that a language has not is not in it. Beside the orthographies themselves:
the exemplar characters of Unicode's CLDR (https://cldr.unicode.org/).
"""

from __future__ import annotations

import re

SCRIPTS = {
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "cyrillic": re.compile(r"[\u0400-\u052f]"),
    "arabic": re.compile(
        r"[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"
    ),
    "hebrew": re.compile(r"[\u05d0-\u05ea\u05f0-\u05f2]"),
    "ethiopic": re.compile(r"[\u1200-\u135a]"),
    "devanagari": re.compile(r"[\u0900-\u097f]"),
    "bengali": re.compile(r"[\u0980-\u09ff]"),
    "han": re.compile(r"[\u4e00-\u9fff]"),
    "kana": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7a3]"),
    "ka": re.compile(r"[\u10a0-\u10ff\u1c90-\u1cbf]"),
    "hy": re.compile(r"[\u0531-\u0587]"),
    "el": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "pa": re.compile(r"[\u0a00-\u0a7f]"),
    "gu": re.compile(r"[\u0a80-\u0aff]"),
    "or": re.compile(r"[\u0b00-\u0b7f]"),
    "ta": re.compile(r"[\u0b80-\u0bff]"),
    "te": re.compile(r"[\u0c00-\u0c7f]"),
    "kn": re.compile(r"[\u0c80-\u0cff]"),
    "ml": re.compile(r"[\u0d00-\u0d7f]"),
    "si": re.compile(r"[\u0d80-\u0dff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "lo": re.compile(r"[\u0e80-\u0eff]"),
    "bo": re.compile(r"[\u0f00-\u0fff]"),
    "my": re.compile(r"[\u1000-\u109f]"),
    "km": re.compile(r"[\u1780-\u17ff]"),
    "dv": re.compile(r"[\u0780-\u07bf]"),
}
"""Letters of each script; one with a single language is called by its code (ISO 639-1)."""

LETTERS_A_SIGN = {
    "han": 4.0, "kana": 2.5, "ko": 2.5, "ethiopic": 1.6, "km": 1.6, "hebrew": 1.5,
    "devanagari": 1.3, "th": 1.3, "arabic": 1.2, "lo": 1.2, "ka": 1.2,
}  # fmt: skip
"""How many letters English needs for what one sign says: the lengths of the same three sentences,
own translations (tests/fixtures/languages.txt); scripts below 1.2 are left out."""

_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"

CYRILLIC = {
    "ru": _RUSSIAN,
    "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    "be": "абвгґдеёжзійклмнопрстуўфхцчшыьэюя",
    "bg": "абвгдежзийѝклмнопрстуфхцчшщъьюя",
    "mk": "абвгдѓеѐжзѕиѝјклљмнњопрстќуфхцчџш",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш",
    "kk": _RUSSIAN + "әғқңөұүһі",
    "ky": _RUSSIAN + "ңөү",
    "tt": _RUSSIAN + "әөүҗңһ",
    "ba": _RUSSIAN + "әөүҙғҡңҫһ",
    "mn": _RUSSIAN + "өү",
    "tg": "абвгғдеёжзийӣкқлмнопрстуӯфхҳчҷшъэюя",
    "uz": _RUSSIAN + "ўқғҳ",
}
"""Alphabets of the languages that the model tells apart."""

TELLING = {
    "cyrillic": {
        "cv": re.compile("[ӑӗӳ]"),
        "os": re.compile("ӕ"),
        "ab": re.compile("[ҩҵҭԥӡҟҽ]"),
        "ce": re.compile("ӏ|[аоу]ь"),
    },
    "arabic": {"sd": re.compile("[ڪٻٽڏڊڄڃڻڙڳڱٺٿڦڍڀ]")},
}
"""What only these languages write, which the model does not know; Ingush passes for Chechen."""

PERSIAN_LETTERS = "پچژگ"
ARABIC = {
    "ar": "ةىأإؤئءكي",
    "fa": PERSIAN_LETTERS + "کیئأؤءۀة",
    "ur": PERSIAN_LETTERS + "کیئأؤءٹڈڑںھہےۓۂ",
    "ps": PERSIAN_LETTERS + "کيیىئأؤءټډړږښڼېۍځڅګ",
    "ku": PERSIAN_LETTERS + "کیئءڕۆێڵەڤھ",
    "ug": PERSIAN_LETTERS + "كئىيۇۆۈېەۋڭھ",
}
"""Beside `ARABIC_SHARED`: what each language adds."""
ARABIC_SHARED = "ابتثجحخدذرزسشصضطظعغفقلمنهوآيكىیک"
"""All have these; of yeh and kaf keyboards mix the forms."""


WORDS = {
    "uk": re.compile(
        r"(?<!\w)(?:та|що|це|або|ще|щодо|було|буде|були|сили|сил|ворог\w*|ворож\w+|вибух\w*|оборони"
        r"|знищ\w+|збили|збито|тривог\w+|наразі|через|курсом|мешкан\w+|небезпека|пошкоджен\w+"
        r"|удар\w*|повітрян\w+)(?!\w)"
    ),
    "ru": re.compile(r"(?<!\w)(?:что|это|или|от|ещё|еще|как|после|через|удар\w*|был[аио]?)(?!\w)"),
}
"""Words of short Ukrainian posts without і or ї, which the statistics take for Bulgarian, and
Russian's to weigh against them."""

LATIN_LACKS = {
    **dict.fromkeys(("hr", "sr", "bs", "sl", "lv"), "qwxy"),
    **dict.fromkeys(("cs", "sk", "hu", "lt", "tr"), "qwx"),
    **dict.fromkeys(("sw", "rw", "tl"), "qx"),
    **dict.fromkeys(("az", "uz", "sq"), "w"),
    "pl": "qvx",
    "et": "qwxy",
    "so": "pvz",
    "ha": "pqvx",
    "tk": "cqvx",
    "ro": "qwy",
    "it": "jkwxy",
}
"""Letters that a language writes in foreign names only, and transliterations write often."""

TIGRINYA = re.compile(
    r"[\u1250-\u125d\u12b8-\u12c5ኣሓ]"
    r"|(?<!\w)(?:እዩ|እዮም|እያ|ናይ|ካብ|ምስ|እቲ|እታ|እዚ|እዛ|ነቲ|ነታ|ነዚ|ነዛ|ድማ|ግን|ሰብ|ሰባት|የለን|ኢሉ|ኢላ|ሎሚ|ብዘይ)(?!\w)"
)
AMHARIC = re.compile(
    r"(?<!\w)(?:ነው|ናቸው|ነበር|ላይ|ውስጥ|እና|ጋር|ወደ|ስለ|ሰዎች|ሰው|ዛሬ|ያለ)(?!\w)"
    r"|(?:ዋል|ቷል|ዎች|ሯል|ለች)(?!\w)|(?<!\w)አ"
)
"""Amharic and Tigrinya share a script: letters of Tigrinya alone, words and endings of both."""

COMMON_HAN = frozenset(
    "的一是不了在人有我他这這个個们們中来來大为為上和国國地到以说說时時要就出会會可也你对對生能而子那得于於着下自之年过過发發后後作里裡用道行所然"
    "家种種事成方多经經么麼去法学學如都同现現当當没沒动動面起看定天分还還进進好小部其些主样樣理心本前开開但因只从從想实實日军軍者意无無力它与與长"
    "長把机機十民第公此已工使情明性知全三又关關点點正业業外将將两兩高间間由问問很最重并物手应應战戰向头頭文体體政美相见見被利什二等产產或新己制身"
    "果加西月话話合回特代内內信表化老给給世位次度门門任常先海通教原东東声聲提立及比员員解水名真论論处處走义義各入几幾口认認条條平系气氣题題活更别"
    "別打女变變四总總何电電数數安少报報才结結反受目太量再感建务務做接必场場件计計管期市直德资資命山金指克许許统統区區保至队隊形社便空决決治展科司"
    "五基书書非则則听聽界达達光放强即像难難且权權思王象完设設式色路记記南品住告类類求据據程北边邊死张張该該交规規万萬取拉格望觉覺术術领領共确確传"
    "傳师師观觀清今切院让讓识識候带帶导導争爭运運防警党黨省县縣城村河桥橋百千六七八九半周星晨午晚早称稱宣布議议案控调調查击擊伤傷亡飞飛弹彈武器艦"
    "舰船府官局署央委"
)
COMMON_HANGUL = frozenset("이다는에의을를가고하지기로서사한은도나인")
COMMON = {"han": COMMON_HAN, "ko": COMMON_HANGUL}
"""The commonest signs: half of the Chinese of any news in both scripts, a third of the Korean; of
bytes read as such one in forty and one in a hundred."""
