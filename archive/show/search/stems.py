"""Forms of one word, lightly, in English, Russian, Ukrainian, Arabic and Hebrew. Pure.

Light stemming takes off what changes with case and number, never what makes another word. Words are
as the index has them: folded (`archive.folding`), lower-case letters.

Source of the idea, not of the lists: Savoy 2006, "Light stemming approaches for the French,
Portuguese, German and Hungarian languages".
"""

from __future__ import annotations

from itertools import product

_LEAST = 3
"""Letters that a stem keeps."""

_CYRILLIC = sorted(
    [
        "иями",
        "ями",
        "ами",
        "иях",
        "ях",
        "ах",
        "иям",
        "ям",
        "ам",
        "ого",
        "его",
        "ому",
        "ему",
        "ыми",
        "ими",
        "ий",
        "ый",
        "ой",
        "ая",
        "яя",
        "ое",
        "ее",
        "ые",
        "ие",
        "ых",
        "их",
        "ую",
        "юю",
        "ым",
        "им",
        "ом",
        "ем",
        "ов",
        "ев",
        "ей",
        "ия",
        "ии",
        "ию",
        "ием",
        "ья",
        "ье",
        "ью",
        "ьями",
        "ей",
        "ою",
        "ею",
        "ові",
        "еві",
        "ів",
        "їв",
        "ої",
        "єї",
        "ію",
        "єю",
        "ії",
        "ія",
        "іям",
        "іями",
        "іях",
        "ій",
        "іх",
        "ім",
        "ьої",
        "ьою",
        "а",
        "я",
        "о",
        "е",
        "у",
        "ю",
        "ы",
        "и",
        "ь",
        "й",
        "і",
        "ї",
        "є",
    ],
    key=len,
    reverse=True,
)
"""Endings of nouns and adjectives in Russian and Ukrainian, the longest first."""

_ARABIC_BEFORE = ("وال", "بال", "کال", "فال", "لل", "ال", "و", "ب", "ل", "ف", "ک")
_ARABIC_AFTER = (
    "هایی", "های", "ها", "یه", "ات", "ان", "ون", "ین", "ه", "ی",
    "هم", "هما", "نا", "کم", "ته", "تها", "تهم", "تنا",
)  # fmt: skip
"""Plural, dual, feminine and whose it is in Arabic, plural and link of Persian; letters as
folded. Before a suffix the feminine's ending is written with a t."""

_HEBREW_BEFORE = tuple(
    sorted(
        {
            "".join(parts)
            for parts in product(("", "ו"), ("", "ש", "כש"), ("", "ב", "ל", "מ", "כ"), ("", "ה"))
            if 1 <= len("".join(parts)) <= 3
        },
        key=lambda particles: (-len(particles), particles),
    )
)
"""And, that, when; in, to, from, as; the: in this order they are written on to a word."""
_HEBREW_AFTER = ("ימ", "ות", "יות")
"""Plural, letters as they stand inside; that of the feminine stands in place of its ending."""
_FEMININE, _FEMININES = "ה", "ות"
_FINAL = str.maketrans("ךםןףץ", "כמנפצ")
"""Letters that are written otherwise at a word's end; an ending moves them inside."""


def stem(word: str) -> str:
    """What the forms of a word have in common; of a word in no script known here, the word."""
    first = word[:1]
    if "a" <= first <= "z":
        return _english(word)
    if "\u0400" <= first <= "\u052f":
        return _without_end(word, _CYRILLIC)
    return word


def _english(word: str) -> str:
    found = word
    if found.endswith(("ies", "ied")) and len(found) > 4:
        return found[:-3] + "y"
    if found.endswith(("sses", "shes", "ches", "xes", "zes")):
        found = found[:-2]
    elif found.endswith("s") and not found.endswith(("ss", "us", "is")) and len(found) > _LEAST:
        found = found[:-1]
    for end in ("ing", "ed"):
        rest = found[: -len(end)]
        if found.endswith(end) and len(rest) >= _LEAST and any(sign in "aeiouy" for sign in rest):
            found = rest
            if found[-1] == found[-2] and found[-1] not in "lsz":
                found = found[:-1]
            break
    return found[:-1] if found.endswith("e") and len(found) > _LEAST else found


def _without_end(word: str, ends: tuple[str, ...] | list[str]) -> str:
    for end in ends:
        if word.endswith(end) and len(word) - len(end) >= _LEAST:
            return word[: -len(end)]
    return word


def beginnings(word: str) -> tuple[str, ...]:
    """Beginnings that all forms of the word share one of: where to look in a sorted vocabulary."""
    found = stem(word)
    bases = _bases(word)
    if bases is None:
        return (found[:-1] if found.endswith("y") and len(found) > _LEAST else found,)
    before: tuple[str, ...] = _ARABIC_BEFORE if _is_arabic(word) else _HEBREW_BEFORE
    # the last letter may be written in either form
    cut = [base[:-1] if not _is_arabic(word) and len(base) > _LEAST else base for base in bases]
    return tuple(dict.fromkeys(start + base for base in sorted(cut) for start in ("", *before)))


def same_word(one: str, other: str) -> bool:
    """Whether two words as the index has them are forms of one."""
    if one == other:
        return True
    mine, others = _bases(one), _bases(other)
    if mine is None or others is None:
        return mine is others is None and stem(one) == stem(other)
    return bool(mine & others)


def _is_arabic(word: str) -> bool:
    return "\u0600" <= word[:1] <= "\u06ff"


def _bases(word: str) -> frozenset[str] | None:
    """What may be the bare word of one to which particles are written on; None: no such script."""
    before: tuple[str, ...]
    after: tuple[str, ...]
    if _is_arabic(word):
        before, after = _ARABIC_BEFORE, _ARABIC_AFTER
    elif "\u05d0" <= word[:1] <= "\u05ea":
        before, after = _HEBREW_BEFORE, _HEBREW_AFTER
        word = word.translate(_FINAL)
    else:
        return None
    starts = {word}
    starts.update(
        word[len(b) :] for b in before if word.startswith(b) and len(word) - len(b) >= _LEAST
    )
    ends = {
        base[: -len(a)]
        for base in starts
        for a in after
        if base.endswith(a) and len(base) - len(a) >= _LEAST
    }
    if after is _HEBREW_AFTER:
        ends |= {base[:-2] + _FEMININE for base in starts if base.endswith(_FEMININES)}
    return frozenset(starts | ends)
