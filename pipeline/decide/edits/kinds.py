"""What kind of edit leads from one sentence to another: a pure function of the two.

Each difference is read by itself, and is of the kind that it surely is, else `wording`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.edits import EditKind
from pipeline.decide.edits.hunks import hunks
from pipeline.decide.edits.places import is_place
from pipeline.decide.edits.speakers import is_attribution
from pipeline.decide.edits.values import items

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive.model.speech import Role
    from pipeline.decide.edits.hunks import Hunk
    from pipeline.decide.edits.values import Item

_MOST_CHANGED = 0.5
"""Share of a sentence's words from which it is another sentence: what stood where is then a
guess."""
_BESIDE_NUMBERS = frozenset(["percent", "and", "to", "or", "from", "between"])


def kinds_of(before: str, after: str, names: Mapping[str, Role]) -> tuple[EditKind, ...]:
    """The kinds of an edit, in the order of `EditKind`.

    Args:
        before: The older sentence.
        after: The newer sentence.
        names: Whom the reports introduce as what, from `pipeline.read.speech.names_in`.

    Returns:
        None where only the setting differs: blanks, quotes, dashes, punctuation, letters' size, or
        a number in words and in digits.
    """
    old, new = items(before), items(after)
    found = hunks(old, new)
    if not found:
        return ()
    changed = max(sum(len(one.gone) for one in found), sum(len(one.come) for one in found))
    if changed > max(len(old), len(new)) * _MOST_CHANGED and len(found) > 1:
        return (EditKind.WORDING,)
    kinds = {_kind(one, before, after, names) for one in found}
    return tuple(kind for kind in EditKind if kind in kinds)


def _kind(hunk: Hunk, before: str, after: str, names: Mapping[str, Role]) -> EditKind:
    if _is_number(hunk):
        return EditKind.NUMBER
    if is_place(hunk):
        return EditKind.PLACE
    if is_attribution(hunk, before, after, names):
        return EditKind.ATTRIBUTION
    return EditKind.WORDING


def _is_number(hunk: Hunk) -> bool:
    if not hunk.swaps:
        return _is_percent(hunk)
    one, other = (_words_beside_numbers(side) for side in hunk.sides)
    has_both = all(any(item.is_number for item in side) for side in hunk.sides)
    return has_both and (one == other or not (set(one) | set(other)) - _BESIDE_NUMBERS)


def _is_percent(hunk: Hunk) -> bool:
    """`10` and `10 percent`."""
    said = [one.text.casefold() for side in hunk.sides for one in side]
    return said == ["percent"] and bool(hunk.before) and hunk.before[-1].value is not None


def _words_beside_numbers(side: Sequence[Item]) -> list[str]:
    return [one.text.casefold() for one in side if not one.is_number]
