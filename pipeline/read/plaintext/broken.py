"""Lines that a scraper broke where a word stood in italics or under a link, put together again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.references.hosts import bare_scheme_length, is_host_start
from pipeline.read.references.labels import Style, line_label

if TYPE_CHECKING:
    from collections.abc import Sequence

_GOES_ON = re.compile(r"[a-z(]?[a-z]|[.,;:)\]’”](?!\.)")
_SIGN = re.compile(r"[.,;:)\]’”]")
_ENDED = re.compile(r"[.!?:;…”\"')\]–—-]\s*$")
# Words that never end a line of their own: an article, a preposition, a conjunction.
_OPEN_WORD = re.compile(
    r"(?:^|\s)(?:the|a|an|of|to|by|in|on|at|for|from|with|and|or|that|as|into|near|via|per|its|their|against)\s*$",
    re.IGNORECASE,
)
_MAX_PIECE = 60  # characters of a name in italics: a newspaper, a ship
_MIN_RUNNING = 80  # titles and headings are shorter
_MIN_BEGUN = 25  # shorter lines are lists, or verse
_BEGUN = re.compile(r"(?:The|A|An|In|On|At|According)\s\S.{0,60}[a-z0-9]\s*", re.DOTALL)


def rejoined(lines: Sequence[str]) -> list[str]:
    """The lines, with those put together that are plainly parts of one sentence.

    A line of a note is left alone.
    """
    joined: list[str] = []
    for at, line in enumerate(lines):
        before = joined[-1] if joined else ""
        following = lines[at + 1] if at + 1 < len(lines) else ""
        if _belongs(before, line, following):
            glued = _SIGN.match(line.strip()) or _is_letter(before, line)
            joined[-1] = before.rstrip() + ("" if glued else " ") + line.strip()
        else:
            joined.append(line)
    return joined


def _belongs(before: str, line: str, following: str) -> bool:
    """Whether a line goes on with the sentence of the line above it."""
    if not before.strip() or not line.strip() or _is_apart(before) or _is_apart(line):
        return False
    is_rest = line[0].islower() and len(before) >= _MIN_BEGUN
    if _SIGN.match(line) or (is_rest and not _ENDED.search(before)):
        return True
    if (len(before) > 1 and _OPEN_WORD.search(before)) or _is_letter(before, line):
        return True
    # a name between two halves of a sentence
    is_piece = len(line.strip()) <= _MAX_PIECE and not _OPEN_WORD.search(line)
    running = len(before) >= _MIN_RUNNING or bool(_BEGUN.fullmatch(before))
    return is_piece and running and bool(_GOES_ON.match(following)) and not _ENDED.search(before)


def _is_letter(before: str, line: str) -> bool:
    """Whether a word was broken behind its first capital: `I` and `SIS`."""
    return len(before.strip()) == 1 and before.strip().isupper() and line[:2].isupper()


def _is_apart(line: str) -> bool:
    """A line of notes, or one that holds an address or markup.

    What it is does not depend on its neighbours.
    """
    text = line.strip()
    label = line_label(text)
    if label is not None and label.style in {Style.BRACKET, Style.ROMAN, Style.CARET}:
        return True
    return (
        "://" in text
        or "](" in text
        or text[0] in "#*|>=_-+•"
        or bare_scheme_length(text) > 0
        or is_host_start(text.lstrip(";, "))
    )
