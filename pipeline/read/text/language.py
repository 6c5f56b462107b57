"""The language of a text: its script, then telling letters, then py3langid where an alphabet fits.

Measured on 545 own sentences of 20 to 150 letters in 77 languages and spellings
(tests/fixtures/languages.txt): py3langid 0.4 alone told 499, fastText's lid.176 450, lingua 2.1
362 (it has neither Kyrgyz, Tatar, Uyghur nor Amharic, and takes 950 MB); this module tells 540.
"""

from __future__ import annotations

import functools
import math
import re
from typing import Any

from pipeline.read.text import alphabets
from pipeline.read.text.alphabets import LETTERS_A_SIGN, SCRIPTS

# Letters below which nothing is said; fewer where a sign says more (`LETTERS_A_SIGN`).
MIN_LETTERS = 12
# Below this share of probability a text is left undecided. Of own Latin sentences the least sure
# had 0.87 (a family together); of names, acronyms and file names three in four had less.
MIN_CONFIDENCE = 0.85
# A language that ISW and CTP never cite has to be as good as certain, and long.
_RARE_CONFIDENCE = 0.99
_RARE_LETTERS = 30
# For each letter that the language has not, off the logarithm of its probability: names have some.
_FOREIGN_COST = 3.0
# The statistics of short Ukrainian without its own letters are off by up to nine.
_WORD_GAIN = 4.0
# Exclusive letters are at least so many in a hundred; the rarest, Chechen's palochka, has three.
_TELLING_PER_LETTER = 50
# Bytes read in the wrong charset; no language has three accents in a row but in a stray word.
_ACCENTED_SHARE = 0.3
_MOJIBAKE_SHARE = 0.3
# Signs of tables, private use and control; capitals within words.
_STRANGE_SHARE = 0.08
# Of own Chinese and Japanese sentences the lowest was a third, of Korean ones 0.29.
_COMMON_SHARE = {"han": 0.12, "ko": 0.05}
# Characters looked at: enough, and py3langid's time grows with the length.
_SAMPLE = 2_000

_NOISE = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|[@#]\w+|\w*[\d_]\w*")
_ASCII = re.compile(r"[\x00-\x7f]+")
_ASCII_LETTERS = re.compile(r"[A-Za-z]+")
_ACCENTED = re.compile(r"[\u0080-\u00ff]{3,}")
# Letters of no Latin alphabet: a menu of languages names each in its own script.
_OTHER_LETTERS = re.compile(r"[\u0370-\u1dff\u2c00-\ufaff\ufb1d-\uffef]+")
_LOWER_WORD = re.compile(r"(?<![\w'’-])[^\W\d_A-Z][^\W\d_]+")
_NO_LETTERS = re.compile(r"[\u0080-\u009f\u2500-\u257f\ue000-\uf8ff\ufffd]")
_CAPITAL_WITHIN = re.compile(r"[а-яё][А-ЯЁ]")
_INVERTED_WORD = re.compile(r"\b[а-яё][А-ЯЁ]{2,}")
_YIDDISH_VOWELS = "אַאָײַוו"
_YIDDISH_WORDS = re.compile(r"(?<!\w)(?:און|איז|די|דער|האָט)(?!\w)")

# The model's codes beside ISO 639-1: the same language, or one that is written as it.
_SAME = {"sdh": "ku", "ckb": "ku", "arz": "ar", "ary": "ar", "hbo": "he", "nb": "no"}
# Words with a small letter that a text has at least; English titles have none, German ones few.
_LOWER_WORDS = {"en": 0, "de": 1}
# The model's code for what is no language. Prose with a script in it would be none, too.
_NO_LANGUAGE = "zxx"
_PROSE_LETTERS = 200
# So near that a short text is not told from its neighbour's: their probabilities count together.
_FAMILIES = (
    frozenset({"sr", "hr", "bs", "sl"}),
    frozenset({"no", "nn", "da"}),
    frozenset({"id", "ms"}),
    frozenset({"cs", "sk"}),
)
# Of the languages in Latin letters, those that ISW and CTP cite or that their region reads.
_CITED = frozenset(
    {
        "az", "bs", "cs", "da", "de", "en", "es", "et", "fi", "fr", "ha", "hr", "hu", "id", "it",
        "ku", "lt", "lv", "ms", "nl", "no", "om", "pl", "pt", "ro", "rw", "sk", "sl", "so", "sq",
        "sr", "sv", "sw", "tk", "tl", "tr", "uz", "vi",
    }
)  # fmt: skip
# Logarithms of how much rarer than Russian and Ukrainian each is: short texts without letters of
# their own are decided by them.
_PRIORS = {
    "be": -4.0, "bg": -5.0, "sr": -5.0, "mk": -5.0, "mn": -3.0, "ba": -3.0, "tg": -3.0,
    "uz": -3.0, "kk": -1.0, "ky": -1.0,
}  # fmt: skip
_MODELLED = {
    "cyrillic": alphabets.CYRILLIC,
    "arabic": {code: alphabets.ARABIC_SHARED + own for code, own in alphabets.ARABIC.items()},
    "devanagari": dict.fromkeys(("hi", "mr", "ne"), ""),
}


def detect(text: str) -> str | None:
    """ISO 639-1 code of the language of `text`; None when it is too short, doubtful, or no text."""
    clean = _NOISE.sub(" ", text[:_SAMPLE])
    counts = _letters(clean)
    script = max(counts, key=lambda name: counts[name])
    letters = counts[script]
    if letters * LETTERS_A_SIGN.get(script, 1) < MIN_LETTERS or _is_bytes(clean, script, letters):
        return None
    if script in {"han", "kana"}:
        return "ja" if counts["kana"] * 10 > counts["han"] else "zh"
    if script in _MODELLED:
        return _among(clean.lower(), script, letters)
    rule = {"hebrew": _hebrew, "ethiopic": _ethiopic, "bengali": _bengali, "latin": _latin}.get(
        script
    )
    return rule(clean, letters) if rule else script


def _letters(text: str) -> dict[str, int]:
    """How many letters of each script a text has."""
    others = _ASCII.sub("", text)
    counts = {name: len(pattern.findall(others)) for name, pattern in SCRIPTS.items()}
    counts["latin"] += sum(map(len, _ASCII_LETTERS.findall(text)))
    return counts


def _is_bytes(text: str, script: str, letters: int) -> bool:
    """Whether the letters are bytes in the wrong charset.

    Latin is accents on end then, Cyrillic a row of Р and С, or lower-case letters before capitals,
    Chinese a row of rare signs.
    """
    if len(_NO_LETTERS.findall(text)) > _STRANGE_SHARE * letters:
        return True
    if script == "latin":
        return sum(map(len, _ACCENTED.findall(text))) > _ACCENTED_SHARE * letters
    if script == "cyrillic":
        return _is_cyrillic_bytes(text, letters)
    if script in alphabets.COMMON:
        common = sum(1 for sign in text if sign in alphabets.COMMON[script])
        return common < _COMMON_SHARE[script] * letters
    return False


def _is_cyrillic_bytes(text: str, letters: int) -> bool:
    # UTF-8 read as windows-1251; bytes of no text; KOI8 read as windows-1251.
    doubled = _count(text, "РС") > _MOJIBAKE_SHARE * letters and text.upper() != text
    capitals = sum(1 for letter in text if letter.isupper())
    within = len(_CAPITAL_WITHIN.findall(text))
    inverted = capitals * 2 > letters and _INVERTED_WORD.search(text) is not None
    return doubled or within > _STRANGE_SHARE * letters or inverted


def _count(text: str, letters: str) -> int:
    return sum(text.count(letter) for letter in letters)


def _hebrew(text: str, letters: int) -> str:
    # Yiddish writes its vowels; Hebrew almost never does.
    return (
        "yi"
        if _count(text, _YIDDISH_VOWELS) * 20 > letters and _YIDDISH_WORDS.search(text)
        else "he"
    )


def _ethiopic(text: str, letters: int) -> str:
    tigrinya, amharic = (len(p.findall(text)) for p in (alphabets.TIGRINYA, alphabets.AMHARIC))
    return "ti" if tigrinya > amharic else "am"


def _bengali(text: str, letters: int) -> str:
    return "as" if _count(text, "ৰৱ") * 100 > letters else "bn"


def _among(text: str, script: str, letters: int) -> str | None:
    """The likeliest of the languages of a script, by its letters and by the model."""
    for code, telling in alphabets.TELLING.get(script, {}).items():
        if len(telling.findall(text)) * _TELLING_PER_LETTER > letters:
            return code
    written = [letter for letter in text if SCRIPTS[script].match(letter)]
    scores = {}
    for code, alphabet in _MODELLED[script].items():
        foreign = sum(1 for letter in written if letter not in alphabet) if alphabet else 0
        words = len(alphabets.WORDS[code].findall(text)) if code in alphabets.WORDS else 0
        scores[code] = _PRIORS.get(code, 0.0) - _FOREIGN_COST * foreign + _WORD_GAIN * words
    code, confidence = _surest(_ranked(text, scores, only=True))
    return code if confidence >= MIN_CONFIDENCE else None


def _latin(text: str, letters: int) -> str | None:
    text = _OTHER_LETTERS.sub(" ", text.lower() if text == text.upper() else text)
    lacked = {
        code: -_FOREIGN_COST * _count(text, own) for code, own in alphabets.LATIN_LACKS.items()
    }
    if letters > _PROSE_LETTERS:
        lacked[_NO_LANGUAGE] = -math.inf
    shares = _ranked(text, lacked, only=False)
    code, confidence = _surest(shares)
    family = next((family for family in _FAMILIES if code in family), frozenset({code}))
    confidence = sum(shares.get(member, 0.0) for member in family)
    # Names in a row have the letters of some language, and no word of it.
    if len(_LOWER_WORD.findall(text)) < _LOWER_WORDS.get(code, 2):
        return None
    if code in _CITED:
        return code if confidence >= MIN_CONFIDENCE else None
    rare = len(code) == 2 and code != "la" and letters >= _RARE_LETTERS
    return code if rare and confidence >= _RARE_CONFIDENCE else None


@functools.cache
def model() -> Any:
    """py3langid's model with its own scores; loading takes 0.1 s, once 0.5 s, and 100 MB."""
    from pipeline.read.text import language_model

    return language_model.load()


def _ranked(text: str, added: dict[str, float], *, only: bool) -> dict[str, float]:
    """Each language's share of probability, its score raised by what is `added`.

    Args:
        text: What to tell the language of.
        added: Logarithms, by language.
        only: Whether no others than those in `added` are asked for.
    """
    scores: dict[str, float] = {}
    for name, score in model().rank(text):
        code = _SAME.get(name, name)
        if code in added or not only:
            scores[code] = max(float(score) + added.get(code, 0.0), scores.get(code, -math.inf))
    most = max(scores.values())
    weights = {code: math.exp(score - most) for code, score in scores.items()}
    total = sum(weights.values())
    return {code: weight / total for code, weight in weights.items()}


def _surest(shares: dict[str, float]) -> tuple[str, float]:
    code = max(shares, key=lambda name: shares[name])
    return code, shares[code]
