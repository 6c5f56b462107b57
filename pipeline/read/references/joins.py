"""When a word behind a blank is plainly the rest of the URL before it. Where it is not plain,
nothing is joined."""

from __future__ import annotations

import re

from archive.urls.platforms.registry import BEFORE_POST, POST_NAMES

EXTENSIONS = ("html", "htm", "shtml", "php", "aspx", "asp", "pdf", "jsp", "jpg", "png", "amp")

# What fingers make of "dot"; read as one only behind half a host.
MISSPELT_DOTS = frozenset(
    [
        "do",
        "dt",
        "dit",
        "dpt",
        "dor",
        "dat",
        "dog",
        "dto",
        "dott",
        "doot",
        "ddot",
        "fot",
        "sot",
        "ot",
        "odt",
        "and",
    ]
)

# A word that looks like the rest of an address: so many hyphens, or so long with a slash.
_SLUG_HYPHENS = 2
_SLUG_LENGTH = 12

_PATH = re.compile(r"[\w@%-]+[/?][\w@%./?&=#-]+")
_ESCAPE = re.compile(r"%[0-9A-Fa-f]{2}")

# The day of an article and its name: a day alone may be the note's own.
_DATED = re.compile(
    r"(?:19|20)\d\d/(?:0?[1-9]|1[0-2])/(?:\d{1,2}/)?(?=[\w-]*[^\W\d_])[\w%-]+/?[\w.-]*"
)

# A day and a file, or a file's name of several words, as no note has beside an address.
_FILED = re.compile(
    rf"(?:[\w%-]+/[\w%./-]+|[\w%]+(?:-[\w%]+){{2,}})\.(?:{'|'.join(EXTENSIONS)})(?:\?\S*)?",
    re.IGNORECASE,
)

# A section and a long number, or a name of several words: `politics/500001`, `Iraq/a-b-c`.
_SECTIONED = re.compile(r"[\w%-]*[^\W\d_][\w%-]*(?:/[\w%-]+)*/(?:\d{5,}|[\w%]+(?:-[\w%]+){2,})/?")

_NAME_CHARS = 90
"""The longest beginning of a post's name, and what stands before it."""


def is_torn(rest: str, word: str, *, in_host: bool) -> bool:
    """True when `word` is plainly the rest of the URL.

    Args:
        rest: The URL so far, without scheme.
        in_host: True when no path has begun.
        word: The word behind the blank.
    """
    if not any(map(str.isalnum, word)):
        return False  # a dash between words
    if len(word) > 1 and word[0] in "/?&=#_-%" and (word[1].isalnum() or word[1] in "-_?&=%"):
        return not in_host or word[0] in "/?#"
    if in_host or not word[0].isalnum():
        return False
    if rest[-1] == "/":
        return _is_path_behind_slash(rest, word)
    if rest[-1] in "-_=&?%" or _ESCAPE.fullmatch(rest[-3:]):
        return not _ESCAPE.fullmatch(rest[-3:]) or _is_debris(word)
    return _is_split_number(rest, word) or (
        rest[-1].islower() and word[0].islower() and _is_debris(word)
    )


def _is_path_behind_slash(rest: str, word: str) -> bool:
    """True for `t.me/ sample/12`, `t.me/sample/ 12`, `x.com/sample/status/ 12…`: half an address
    each."""
    word = word.rstrip(";,.:")
    lead, slash, number = word.rpartition("/")
    if number.isdigit() and any(before.fullmatch(rest + lead + slash) for before in BEFORE_POST):
        return True
    if word.isdigit():
        return False
    if any(known.fullmatch(word) for known in (_DATED, _FILED, _SECTIONED)):
        return True
    bare_host = rest.find("/") == len(rest) - 1
    return bare_host and bool(_PATH.fullmatch(word)) and not word.replace("/", "").isalpha()


def _is_debris(word: str) -> bool:
    """True for a word that nobody writes outside an address."""
    word = word.rstrip(";,.:")
    if _ESCAPE.search(word) or word.count("-") >= _SLUG_HYPHENS:
        return True
    if word.lower().endswith((".html", ".htm", ".php", ".shtml")):
        return True
    return "/" in word and len(word) >= _SLUG_LENGTH


def _is_split_number(rest: str, word: str) -> bool:
    """True when a blank stands inside a post's number or name."""
    word = word.rstrip(";,.:")
    return any(name.completes(rest[-_NAME_CHARS:], word) for name in POST_NAMES)
