"""Forms of letters that search and comparison should not tell apart.

SQLite's `unicode61 remove_diacritics 2` folds case and Latin accents. It keeps apart what writers
of Arabic, Persian, Hebrew and Cyrillic take for the same: Arabic and Persian yeh and kaf, the forms
of alef, vowel signs, tatweel, yo. Queries, the index and drift are folded by one table.

Source: Unicode 15 names; the choice of letters follows Lucene's ArabicNormalizer and
PersianNormalizer.
"""

from __future__ import annotations

import re

FOLDS: dict[str, str] = {
    # Arabic kaf, yeh and alef maksura: keyboards of Persian and Arabic write different ones in the
    # same word.
    "\u0643": "\u06a9",
    "\u064a": "\u06cc",
    "\u0649": "\u06cc",
    "\u0626": "\u06cc",
    # Alef with hamza above, below, with madda, wasla.
    "\u0623": "\u0627",
    "\u0625": "\u0627",
    "\u0622": "\u0627",
    "\u0671": "\u0627",
    # Teh marbuta, heh with yeh above and heh goal; waw with hamza.
    "\u0629": "\u0647",
    "\u06c0": "\u0647",
    "\u06c1": "\u0647",
    "\u0624": "\u0648",
    # Signs without sound: tatweel, the vowel signs from fathatan to hamza below, superscript alef.
    **dict.fromkeys((chr(code) for code in (0x640, *range(0x64B, 0x656), 0x670)), ""),
    # Hebrew vowel points of block text; cantillation is left, news does not print it.
    **dict.fromkeys((chr(code) for code in (*range(0x5B0, 0x5BE), 0x5BF, 0x5C1, 0x5C2, 0x5C7)), ""),
    # Russian prints yo with and without its dots.
    "\u0451": "\u0435",
    "\u0401": "\u0415",
}  # fmt: skip

_TABLE = str.maketrans(FOLDS)
_SCRIPTS = re.compile("[\u0400-\u06ff]")  # Cyrillic to Arabic: where all the letters above stand


def fold(text: str) -> str:
    """`text` with letters that search does not tell apart made one."""
    # most texts are English, and looking for a letter is faster than exchanging none
    return text.translate(_TABLE) if not text.isascii() and _SCRIPTS.search(text) else text
