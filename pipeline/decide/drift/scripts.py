"""Languages that are written in two scripts: a letter for a letter is no edit."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model.rot import Reading

_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[a-z\u00c0-\u024f]", re.IGNORECASE)
_MOST = 0.7
"""Share of a text's letters that are of its script; names and brands are written in another."""
# Serbian, Montenegrin and Bosnian (Vuk Karadžić's letters for Gaj's); Macedonian has a few of its
# own.
_SERBIAN = dict(zip(
    "абвгдђежзијклљмнњопрстћуфхцчџшѓѕќ",
    ["a", "b", "v", "g", "d", "đ", "e", "ž", "z", "i", "j", "k", "l", "lj", "m", "n", "nj", "o",
        "p", "r", "s", "t", "ć", "u", "f", "h", "c", "č", "dž", "š", "đ", "dz", "ć"],
    strict=True,
))  # fmt: skip
# Uzbek, by the alphabet of 1995 without its apostrophes, of which there are six kinds, and Kazakh
# and Tatar letters that sound alike.
_UZBEK = dict(zip(
    "абвгдеёжзийклмнопрстуфхцчшъэюяўқғҳыьіәөүұңһ",
    ["a", "b", "v", "g", "d", "e", "yo", "j", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s",
        "t", "u", "f", "x", "ts", "ch", "sh", "", "e", "yu", "ya", "o", "q", "g", "h", "y", "",
        "i", "a", "o", "u", "u", "n", "h"],
    strict=True,
))  # fmt: skip
_TABLES = tuple(str.maketrans(table) for table in (_SERBIAN, _UZBEK))
_APOSTROPHES = re.compile(r"(?<=\w)['’‘ʻʼ`](?=\w)")
_SERBIAN_ONLY = re.compile("[ђјљњћџ]")


def in_one_script(first: Reading, now: Reading) -> tuple[Reading, Reading]:
    """Both texts in Latin letters where one is written in Cyrillic and the other is not; else as
    they are."""
    scripts = (_script(first.text), _script(now.text))
    if set(scripts) != {"cyrillic", "latin"}:
        return first, now
    if scripts[0] == "cyrillic":
        return _in_latin(first), _without_apostrophes(now)
    return _without_apostrophes(first), _in_latin(now)


def _script(text: str) -> str | None:
    cyrillic, latin = len(_CYRILLIC.findall(text)), len(_LATIN.findall(text))
    if cyrillic + latin == 0:
        return None
    share = cyrillic / (cyrillic + latin)
    return "cyrillic" if share >= _MOST else "latin" if share <= 1 - _MOST else None


def _without_apostrophes(said: Reading) -> Reading:
    """Latin letters as the Uzbek table gives them; where words divide is left as it is."""
    return replace(
        said,
        text=_APOSTROPHES.sub("", said.text),
        title=said.title and _APOSTROPHES.sub("", said.title),
    )


def _in_latin(said: Reading) -> Reading:
    text = said.text.lower()
    table = _TABLES[0] if _SERBIAN_ONLY.search(text) else _TABLES[1]
    title = said.title.lower().translate(table) if said.title else said.title
    return replace(said, text=text.translate(table), title=title)
