"""Where two sentences differ, word by word and value by value."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.decide.edits.values import Item


@dataclass(frozen=True, slots=True)
class Hunk:
    """A run of words that another took the place of.

    Attributes:
        gone, come: The words; one of them may be empty.
        before: What stands before it in the newer sentence, from its beginning.
        behind: What stands behind it there, to its end.
    """

    gone: tuple[Item, ...]
    come: tuple[Item, ...]
    before: tuple[Item, ...]
    behind: tuple[Item, ...]

    @property
    def sides(self) -> tuple[tuple[Item, ...], tuple[Item, ...]]:
        """Both sides of the hunk: what went and what came."""
        return self.gone, self.come

    @property
    def swaps(self) -> bool:
        """Something stands on both sides."""
        return bool(self.gone and self.come)


def hunks(before: Sequence[Item], after: Sequence[Item]) -> tuple[Hunk, ...]:
    """The differences in reading order; what is only set otherwise is none."""
    steps = SequenceMatcher(
        None, [one.key for one in before], [one.key for one in after], autojunk=False
    ).get_opcodes()
    found = [
        Hunk(tuple(before[a:b]), tuple(after[c:d]), tuple(after[:c]), tuple(after[d:]))
        for kind, a, b, c, d in steps
        if kind != "equal"
    ]
    return tuple(one for one in found if not _is_spelling(one))


def _is_spelling(hunk: Hunk) -> bool:
    """`anti-tank` and `antitank`: one word."""
    one, other = ("".join(item.text.casefold() for item in side) for side in hunk.sides)
    return one == other
