"""The address of a report in a line of text, also where blanks broke it."""

from __future__ import annotations

import re
from itertools import islice

from archive.urls.normal import is_report_url
from pipeline.read.parse.series import slug_of, slugify

_START = re.compile(r"(?:h\s?t\s?t\s?p\s?s?\s?:\s?/\s?/|www\s?\.)", re.IGNORECASE)
_PIECE = re.compile(r"[A-Za-z0-9%._~/&=?#+-]+")
_END = ".,;:)]}>\"'”’"
_MAX_STARTS = 10  # a line with more addresses is a list of links
_MAX_CHARS = 500  # the longest real address of a report has 190
# A broken address has two or three; sentences behind it are not tried word by word.
_MAX_PIECES = 12


def address_in(line: str, title: str | None = None, following: str = "") -> str | None:
    """The first address of an ISW or CTP report in the line; None without one.

    Where blanks stand behind it, the words that go on with it are taken in: all that make its last
    part equal to the title, else those that can be nothing but the rest of an address.

    Args:
        line: One line of text.
        title: The report's title, if known.
        following: The next line; where it is one word, an address may go on there.
    """
    for start in islice(_START.finditer(line), _MAX_STARTS):
        found = _from(line[start.start() : start.start() + _MAX_CHARS], title, following)
        if found:
            return found
    return None


def _from(text: str, title: str | None, following: str) -> str | None:
    scheme = _START.match(text)
    assert scheme is not None
    head = "".join(scheme.group().split())
    begin = "https://www." if head.lower() == "www." else head.lower()
    below = _pieces(following) if len(following.split()) == 1 else []
    pieces = [*_pieces(text[scheme.end() :]), *below][:_MAX_PIECES]
    wanted = slugify(title) if title else None
    plain = None
    whole = False  # an ordinary word stood behind it
    joined = begin
    for piece in pieces:
        whole = whole or (plain is not None and not _is_rest(piece))
        joined += piece
        address = joined.rstrip(_END)
        if not is_report_url(address):
            continue
        if wanted and slug_of(address) == wanted:
            return address
        if not whole:
            plain = address
    return plain


def _pieces(text: str) -> list[str]:
    """The blank-divided words up to the first that cannot stand in an address, or begins another
    one."""
    found: list[str] = []
    for word in text.replace("\u00a0", " ").split():
        if not _PIECE.fullmatch(word.rstrip(_END)) or (found and _START.match(word)):
            break
        found.append(word)
    return found


def _is_rest(word: str) -> bool:
    """True for a word that nobody writes outside an address."""
    core = word.rstrip(_END)
    if not any(char.isalnum() for char in core):
        return False
    return core.count("-") > 1 or "/" in core.strip("/") or core.startswith(("-", "/"))
