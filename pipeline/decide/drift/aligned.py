"""Two texts side by side: what stands in another place is laid beside itself, so that only changed
words differ."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.folding import fold
from archive.near_duplicates import read_words
from archive.show.text_diff import sentences
from pipeline.decide.drift.frame import ENDS, OtherText, framed

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pipeline.decide.drift.frame import Framed

Said = tuple[str, ...]
"""The words of a sentence or line."""

_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Aligned:
    """The words of two texts in one order.

    Attributes:
        moved: Sentences that both have, in another order.
        single: Whole sentences that one of them has, and the other has not word for word; lines
            that end without a mark are none.
    """

    old: list[str]
    new: list[str]
    moved: int
    single: frozenset[Said] = frozenset()


def words_of(text: str) -> Said:
    """The words of a text; forms of letters that keyboards mix are one."""
    return tuple(read_words(fold(text)))


def aligned(before: str, after: str, language: str | None = None) -> Aligned:
    """Two texts without their frames, the sentences of both in the order of the first.

    Args:
        before: A text.
        after: The other.
        language: Of both, where it is known.
    """
    one, other = (
        framed(before, OtherText(after, language)),
        framed(after, OtherText(before, language)),
    )
    below_one, below_other = _rows(one, other)
    old = [*_sentences(one.lines), *below_one]
    new = [*_sentences(other.lines), *below_other]
    moved, new = _in_order_of(old, new)
    single = _closed(one.lines) ^ _closed(other.lines)
    return Aligned([w for s in old for w in s], [w for s in new for w in s], moved, single)


def _sentences(lines: Sequence[str]) -> list[Said]:
    said = (tuple(read_words(one)) for one in sentences(fold("\n".join(lines))))
    return [words for words in said if words]


def _closed(lines: Sequence[str]) -> frozenset[Said]:
    """The sentences that end like one."""
    said = sentences(fold("\n".join(lines)))
    return frozenset(tuple(read_words(one)) for one in said if ENDS.search(one))


def _in_order_of(old: Sequence[Said], new: Sequence[Said]) -> tuple[int, list[Said]]:
    """How many sentences that both have stand in another order, and `new` with them in the order of
    `old`."""
    common = Counter(old) & Counter(new)
    wanted, there = _only(old, common), _only(new, common)
    if wanted == there:
        return 0, list(new)
    left, following = Counter(common), iter(wanted)
    ordered = []
    for words in new:
        if left[words] > 0:
            left[words] -= 1
            ordered.append(next(following))
        else:
            ordered.append(words)
    return sum(a != b for a, b in zip(wanted, there, strict=True)), ordered


def _only(said: Iterable[Said], common: Counter[Said]) -> list[Said]:
    left, found = Counter(common), []
    for words in said:
        if left[words] > 0:
            left[words] -= 1
            found.append(words)
    return found


def _rows(one: Framed, other: Framed) -> tuple[list[Said], list[Said]]:
    """What of the lines below two texts is said by the page itself.

    A list of links to other pages lets go as many as it takes in. Where a line stays and only its
    number changes, or where most lines stay and some are only gone or only new, it is a list of the
    page's own.
    """
    old, new = ([words_of(line) for line in lines] for lines in (one.below, other.below))
    gone, come = _without(old, new), _without(new, old)
    numbers = {_unnumbered(line) for line in gone} & {_unnumbered(line) for line in come}
    kept_old = [line for line in gone if _unnumbered(line) in numbers]
    kept_new = [line for line in come if _unnumbered(line) in numbers]
    gone, come = _without(gone, kept_old), _without(come, kept_new)
    if bool(gone) != bool(come) and len(old) + len(new) - len(gone) - len(come) >= 2 * len(
        gone + come
    ):
        kept_old, kept_new = [*kept_old, *gone], [*kept_new, *come]
    return kept_old, kept_new


def _without(lines: Sequence[Said], others: Sequence[Said]) -> list[Said]:
    left = set(others)
    return [line for line in lines if line not in left]


def _unnumbered(line: Said) -> Said:
    return tuple(_NUMBER.sub("#", word) for word in line)
