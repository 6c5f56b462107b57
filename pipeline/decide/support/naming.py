"""Whether a cited page itself names or links the publishers whose reports are kept. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.folding import fold
from archive.model.support import Naming
from archive.urls import normal as urls
from archive.urls.publishers.registry import BY_HOST, OWN_DOMAINS, PUBLISHERS
from pipeline.decide.support.names import GOES_ON, NAMED_WITH, NAMES, OTHERS
from pipeline.decide.support.voices import is_own

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_BLANK = r"[\s\-\u2010-\u2015\u00ab\u00bb\u201c-\u201f\"()\u200c\u200f]{1,3}"
_APOSTROPHES = re.compile("[\u2018\u2019\u02bc\u0060\u00b4]")
_ENDING = r"\w{0,4}"
# Prefixes that Hebrew and Arabic write together with the word: and, in, to, from, that, as.
_PREFIX = {
    "he": "[\u05d5\u05d1\u05dc\u05de\u05e9\u05db]{0,2}",
    "ar": "[\u0648\u0641\u0628\u0644\u06a9]{0,2}",
}
# Printable ASCII without what escapes begin with.
_PLAIN = re.compile(r"[!-$&-)+-~]+")
_ESCAPING = "urldefense"
_OURS = (*OWN_DOMAINS, *BY_HOST, *(host for one in PUBLISHERS for host in one.linked))
# In scripts without blanks between words a name may stand anywhere.
_JOINED = frozenset({"zh", "ja", "ko"})
_WIDE = (("\uff08", "("), ("\uff09", ")"))
# What is looked for first has at least so many letters: shorter words stand in any text.
_SHARED_CHARS = 3
_Names = tuple[tuple[int, str, tuple[str, ...]], ...]
"""Names: the place of each in the order in which they are tried, its expression, its fixed
parts."""


def naming_of(title: str | None, text: str, links: Iterable[str]) -> Naming | None:
    """What a page says of the publishers; None: nothing.

    Args:
        title: Of the page.
        text: Of the page.
        links: Where the text leads.
    """
    names = named_in(f"{title}\n{text}" if title else text)
    linked = min((one for one in links if _is_ours(one)), default=None)
    return Naming(names, linked) if names or linked else None


def named_in(text: str) -> str | None:
    """The first words of a text that name one of them, as they stand there; None: none does."""
    plain = _folded(text)
    found = _first(_expressions_within(plain, _NAMES), plain)
    if (
        found is None
        and (held := _expressions_within(plain, _NAMED_WITH))
        and not _others().search(plain)
    ):
        found = _compiled("|".join(held)).search(plain)
    return " ".join(found.group().split()) if found else None


def _expressions_within(plain: str, names: Mapping[str, _Names]) -> tuple[str, ...]:
    """The expressions all of whose fixed parts stand in a text, in their order: to look for a few
    letters is a hundred times faster than to try every expression at each of them, and most texts
    hold none."""
    found = [
        (place, expression)
        for letters, those in names.items()
        if letters in plain
        for place, expression, parts in those
        if all(part in plain for part in parts)
    ]
    return tuple(expression for _, expression in sorted(found))


def _first(names: tuple[str, ...], plain: str) -> re.Match[str] | None:
    """The place of the first of these names that is not part of another institute's longer name."""
    if not names:
        return None
    onward = "|".join(_words(fold(one)) for one in GOES_ON)
    return _compiled(rf"(?:{'|'.join(names)})(?!\s*(?:{onward})\b)").search(plain)


def _folded(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    for wide, narrow in _WIDE:  # faster than a table that is asked for each letter
        composed = composed.replace(wide, narrow)
    return fold(_APOSTROPHES.sub("'", composed).casefold())


@lru_cache
def _compiled(expression: str) -> re.Pattern[str]:
    return re.compile(expression)


@cache
def _others() -> re.Pattern[str]:
    # a text that spells the abbreviation out, and not by one of the names, means another
    spelt = r"\w\W{0,2}\(\s*isw\s*\)|\bisw\s*\(\s*\w"
    return re.compile("|".join([spelt, *(_pattern(one) for one in OTHERS)]))


def _pattern(name: str, prefix: str = "") -> str:
    return rf"\b{prefix}{_words(name)}\b"


def _words(name: str) -> str:
    folded = fold(name.casefold())
    return _BLANK.join(re.escape(one).replace(r"\*", _ENDING) for one in folded.split())


def _is_ours(url: str) -> bool:
    """Whether an address is of a site of the publishers."""
    if not _may_be_ours(url):
        return False
    try:
        found = urls.identify(url)
    except BadUrlError:
        return False
    if is_own(found.host, found.domain):
        return True
    publisher = BY_HOST.get(found.domain)
    return publisher is not None and urls.is_report_url(found.key)


def _may_be_ours(url: str) -> bool:
    """Whether it can be, as far as its letters say: most links of most pages cannot, and to take
    one apart takes a hundred times as long.

    Wrappers write the address that they lead to with its letters, but for what their escapes (`%`,
    `*`, and `-` of Proofpoint's) stand for.
    """
    if not _PLAIN.fullmatch(url):
        return True
    lower = url.lower()
    return _ESCAPING in lower or any(one in lower for one in _OURS)


def _parts(name: str) -> tuple[str, ...]:
    """What of a name stands in each of its spellings, the longest first: it is the rarest."""
    parts = (part for word in fold(name.casefold()).split() for part in word.split("*") if part)
    return tuple(sorted(parts, key=len, reverse=True))


def _expression(language: str, name: str) -> str:
    return _words(name) if language in _JOINED else _pattern(name, _PREFIX.get(language, ""))


def _by_letters(names: Iterable[tuple[str, tuple[str, ...]]]) -> Mapping[str, _Names]:
    """Names by letters that stand in each of them: what many have in common is looked for once."""
    left = {expression: (place, parts) for place, (expression, parts) in enumerate(names)}
    found: dict[str, _Names] = {}
    while left:
        counts = Counter(
            part for _, parts in left.values() for part in parts if len(part) >= _SHARED_CHARS
        ) or Counter(part for _, parts in left.values() for part in parts)
        letters = max(counts, key=lambda part: (counts[part], part))
        those = {e: one for e, one in left.items() if any(letters in part for part in one[1])}
        found[letters] = tuple((place, e, parts) for e, (place, parts) in those.items())
        left = {e: one for e, one in left.items() if e not in those}
    return found


_NAMES = _by_letters(
    (_expression(language, name), _parts(name)) for language, names in NAMES.items()
    for name in names
)  # fmt: skip
_NAMED_WITH = _by_letters((_pattern(one), _parts(one)) for one in NAMED_WITH)
