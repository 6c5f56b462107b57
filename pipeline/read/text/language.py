"""The language of a text: by script and its telling letters first, then by py3langid among what is left.

Short posts are most of what is cited. Statistics over letters alone take a short Ukrainian post for Bulgarian and a
Persian one for Arabic, while one letter that only one of the languages has decides it.
"""

from __future__ import annotations

import functools
import re
from typing import Any

# Letters below which nothing is said; CJK characters count as three.
MIN_LETTERS = 12
# Below this share of probability a short Latin text is left undecided.
MIN_CONFIDENCE = 0.5
_LONG_LETTERS = 60
# Characters looked at: enough, and py3langid's time grows with the length.
_SAMPLE = 2_000

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|[\d_]+")
_SCRIPTS = {
    "cyrillic": re.compile(r"[\u0400-\u052f]"),
    "arabic": re.compile(
        r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]"
    ),
    "hebrew": re.compile(r"[\u05d0-\u05ea]"),
    "latin": re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]"),
    "han": re.compile(r"[\u4e00-\u9fff]"),
    "kana": re.compile(r"[\u3040-\u30ff]"),
    "ko": re.compile(r"[\uac00-\ud7a3]"),
    "ka": re.compile(r"[\u10a0-\u10ff\u1c90-\u1cbf]"),
    "hy": re.compile(r"[\u0531-\u0587]"),
    "el": re.compile(r"[\u0370-\u03ff]"),
    "hi": re.compile(r"[\u0900-\u097f]"),
    "am": re.compile(r"[\u1200-\u137f]"),
}
_ONE_LANGUAGE = frozenset({"ko", "ka", "hy", "el", "hi", "am"})


def detect(text: str) -> str | None:
    """ISO 639-1 code of the language of `text`, or None when it is too short or too doubtful to tell."""
    clean = _NOISE.sub(" ", text[:_SAMPLE])
    counts = {name: len(pattern.findall(clean)) for name, pattern in _SCRIPTS.items()}
    script = max(counts, key=lambda name: counts[name])
    weight = 3 if script in {"han", "kana", "ko"} else 1
    letters = counts[script]
    if letters * weight < MIN_LETTERS:
        return None
    if script in {"han", "kana"}:
        return "ja" if counts["kana"] * 10 > counts["han"] else "zh"
    if script in _ONE_LANGUAGE:
        return script
    rule = {"hebrew": _hebrew, "arabic": _arabic, "cyrillic": _cyrillic}.get(script)
    return rule(clean) if rule else _latin(clean, letters)


def _count(text: str, letters: str) -> int:
    return sum(text.count(letter) for letter in letters)


def _words(text: str, words: str) -> int:
    return len(re.findall(rf"(?<!\w)(?:{words})(?!\w)", text))


def _hebrew(text: str) -> str:
    # Yiddish writes its vowels; Hebrew almost never does.
    return (
        "yi" if _count(text, "אַאָײַוו") * 20 > len(text) and _words(text, "און|איז|די|דער") else "he"
    )


def _arabic(text: str) -> str:
    """Arabic, Persian, Urdu, Pashto or Kurdish by the letters that only they have; words break a tie."""
    length = max(1, len(_SCRIPTS["arabic"].findall(text)))
    for code, letters in (("ps", "ټډړږښڼېۍ"), ("ku", "ڕۆێڵە"), ("ug", "ۇۈې"), ("ur", "ٹڈڑںے")):
        if _count(text, letters) * 50 > length:
            return code
    # Keyboards mix the forms of yeh and kaf, so that they count little; ة and the hamza forms are hardly Persian.
    persian = 4 * _count(text, "پچژگ") + _count(text, "یک")
    arabic = 4 * _count(text, "ةأإ") + _count(text, "يكى")
    persian += 4 * _words(text, "در|به|از|که|این|است|را|با|برای|شد|می|های")
    arabic += 4 * _words(text, "في|من|على|إلى|أن|عن|التي|الذي|هذا|بعد|مع")
    return "fa" if persian > arabic else "ar"


def _cyrillic(text: str) -> str | None:
    """Ukrainian, Russian, Belarusian and others by their own letters; py3langid where there are none."""
    text = text.lower()
    length = max(1, len(_SCRIPTS["cyrillic"].findall(text)))
    for code, letters in (("kk", "әғқңұһ"), ("tg", "ҷӣӯҳ"), ("sr", "ђјљњћџ"), ("mk", "ѓќѕ")):
        if _count(text, letters) * 50 > length:
            return code
    if _count(text, "ў") * 100 > length:
        return "be"
    ukrainian = _count(text, "іїєґ") + 2 * _words(
        text,
        "та|що|це|або|ще|щодо|про|було|буде|сили|ворог|ворога|вибухи|оборони|знищили|наступ|тривога",
    )
    russian = _count(text, "ыэёъ") + 2 * _words(text, "и|что|это|от|или|которые|после|ещё|еще|как")
    if ukrainian != russian:
        return "uk" if ukrainian > russian else _russian_or_bulgarian(text, length)
    # In a short text without a telling letter only the two that are really cited are likely.
    likely = (
        {"ru", "uk"}
        if length < _LONG_LETTERS
        else {"ru", "uk", "bg", "be", "sr", "mk", "ky", "mn", "kk"}
    )
    return _ranked(text, frozenset(likely))[0]


def _russian_or_bulgarian(text: str, length: int) -> str:
    # Bulgarian has no ы, э, ё, and ъ is one of its commonest letters.
    return "bg" if not _count(text, "ыэё") and _count(text, "ъ") * 100 > length else "ru"


def _latin(text: str, letters: int) -> str | None:
    code, confidence = _ranked(text, None)
    return code if letters >= _LONG_LETTERS or confidence >= MIN_CONFIDENCE else None


@functools.cache
def model() -> Any:
    """py3langid's model with probabilities; loading takes 0.3 s and 100 MB."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def _ranked(text: str, among: frozenset[str] | None) -> tuple[str | None, float]:
    """The likeliest language among those given, and its probability."""
    for code, probability in model().rank(text):
        if (among is None or code in among) and len(code) == 2:
            return code, probability
    return None, 0.0
