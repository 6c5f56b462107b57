"""Words laid out in lines of a given width, in either direction, whatever the writing. Pure.

A line of a text from right to left begins at the right; within it, words of the other direction
keep their order. Scripts without blanks (Chinese, Japanese, Thai) break between characters.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from archive.show.text_diff import DiffPart

    Measure = Callable[[str], float]

_RIGHT = frozenset({"R", "AL"})
_STRONG = frozenset({"L", *_RIGHT})


@dataclass(frozen=True, slots=True)
class Word:
    """A piece that stays on one line.

    Attributes:
        glued: No blank stands before it.
    """

    text: str
    changed: bool
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A word and where it begins, from the left edge of its line."""

    text: str
    changed: bool
    x: float


def is_rtl(text: str) -> bool:
    """Whether a text is read from the right: its first strong character tells (UAX 9, P2)."""
    kinds = (unicodedata.bidirectional(char) for char in text)
    return next((kind in _RIGHT for kind in kinds if kind in _STRONG), False)


def words(parts: Iterable[DiffPart]) -> list[Word]:
    """The pieces of a text that a line may break between."""
    return [
        piece
        for part in parts
        for word in part.text.split()
        for piece in _pieces(word, changed=part.changed)
    ]


def _pieces(word: str, *, changed: bool) -> Iterator[Word]:
    """The pieces of a word at which a line may break: the word itself, or each character of a
    script without blanks."""
    start = 0
    for at in range(1, len(word) + 1):
        ends = at == len(word) or (
            (_breaks(word[at]) or _breaks(word[at - 1])) and not _clings(word[at])
        )
        if ends:
            yield Word(word[start:at], changed, glued=start > 0)
            start = at


def _breaks(char: str) -> bool:
    """Whether a line may break beside it: wide characters, and those of South-East Asia."""
    return (unicodedata.east_asian_width(char) in "WF" and char.isalnum()) or (
        "\u0e00" <= char <= "\u0eff" or "\u1000" <= char <= "\u109f" or "\u1780" <= char <= "\u17ff"
    )


def _clings(char: str) -> bool:
    """Marks, and stops that never begin a line."""
    return unicodedata.category(char)[0] in "MP" or unicodedata.combining(char) > 0


def wrapped(pieces: Sequence[Word], width: float, measure: Measure) -> list[list[Word]]:
    """Pieces in lines none of which is wider; what is wider alone is broken where it must be."""
    blank = measure(" ")
    lines: list[list[Word]] = [[]]
    used = 0.0
    for piece in _narrow(pieces, width, measure):
        gap = 0.0 if piece.glued or not lines[-1] else blank
        size = measure(piece.text)
        if lines[-1] and used + gap + size > width:
            lines.append([])
            used, gap = 0.0, 0.0
        lines[-1].append(piece)
        used += gap + size
    return [line for line in lines if line]


def _narrow(pieces: Iterable[Word], width: float, measure: Measure) -> Iterator[Word]:
    for piece in pieces:
        if measure(piece.text) <= width:
            yield piece
            continue
        rest, glued = piece.text, piece.glued
        while rest:
            most = _fitting(rest, width, measure)
            yield Word(rest[:most], piece.changed, glued)
            rest, glued = rest[most:], True


def _fitting(text: str, width: float, measure: Measure) -> int:
    """How many characters fit, at least one; by halves, as each measure costs."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def placed(line: Sequence[Word], width: float, measure: Measure, *, rtl: bool) -> list[Placed]:
    """The places at which the pieces of a line begin."""
    order = _visual(line) if rtl else list(line)
    blank = measure(" ")
    sizes = [measure(piece.text) for piece in order]
    gaps = [0.0 if at == 0 or _touch(order, at, rtl=rtl) else blank for at in range(len(order))]
    x = max(0.0, width - sum(sizes) - sum(gaps)) if rtl else 0.0
    found = []
    for piece, size, gap in zip(order, sizes, gaps, strict=True):
        x += gap
        found.append(Placed(piece.text, piece.changed, x))
        x += size
    return found


def _touch(order: Sequence[Word], at: int, *, rtl: bool) -> bool:
    """Whether no blank stands before the piece at this place of what is seen."""
    return order[at - 1].glued if rtl and not _is_left(order[at]) else order[at].glued


def _is_left(word: Word) -> bool:
    kinds = {unicodedata.bidirectional(char) for char in word.text}
    return bool(kinds & {"L", "EN"}) and not kinds & _RIGHT


def _visual(line: Sequence[Word]) -> list[Word]:
    """Pieces from left to right as a line from right to left shows them."""
    runs: list[list[Word]] = []
    for piece in line:
        if runs and _is_left(piece) and _is_left(runs[-1][-1]):
            runs[-1].append(piece)
        else:
            runs.append([piece])
    return [piece for run in reversed(runs) for piece in run]
