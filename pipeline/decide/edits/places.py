"""Whether a difference is one of place: where it stands tells, no list of places.

A name counts as a place behind `in`, `near`, `north of` and their like, or before `Oblast`, `city`
and their like; a direction of the compass always. A name behind `to`, `from` or `at` may be a
person or a house, so that alone says nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.read.speech.clauses import entries
from pipeline.read.speech.roles import role_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.decide.edits.hunks import Hunk
    from pipeline.decide.edits.values import Item

DIRECTIONS = frozenset(
    f"{one}{end}"
    for one in entries("""
        north south east west northeast northwest southeast southwest northern southern
        eastern western northeastern northwestern southeastern southwestern
    """)
    for end in ("", "ward", "wards", "most", "erly")
) | {"central"}
_BEFORE = frozenset(
    entries("""
        in near into outside within inside around toward towards across throughout between
        surrounding opposite
    """)
)
PLACE_WORDS = frozenset(
    entries("""
        oblast oblasts raion raions krai okrug governorate governorates province provinces
        district districts county subdistrict municipality city town village settlement
        hromada region direction directions axis border river reservoir lake sea strait gulf
        bay bridge highway road valley desert mountains hills island islands peninsula
        airfield airport airbase port crossing junction countryside suburb suburbs
        neighborhood refinery plant depot station garrison
    """)
)
_JOINING = frozenset(
    entries("""
    and or the of al el bin abu kafr tel de la
""")
)
_ADJECTIVE_ENDS = ("ian", "ish", "ese", "aeli", "raqi", "meni", "audi")
"""`in Ruritanian-held territory`: whose, not where."""


def is_place(hunk: Hunk) -> bool:
    """Whether both sides are places or directions, and nothing else."""
    if not hunk.swaps:
        return False
    if all(_is_direction(side) for side in hunk.sides):
        return True
    return all(_is_named(side) for side in hunk.sides) and _is_led_in(hunk)


def _is_direction(side: Sequence[Item]) -> bool:
    return all(one.text.casefold() in DIRECTIONS for one in side)


def _is_named(side: Sequence[Item]) -> bool:
    names = [one for one in side if one.is_name]
    rest = [one for one in side if not one.is_name]
    if not names or not all(one.text.casefold() in _JOINING | PLACE_WORDS for one in rest):
        return False
    if any(_is_no_place(one.text) for one in names):
        return False
    return role_in(" ".join(one.text for one in side)) is None


def _is_no_place(text: str) -> bool:
    return text.isupper() or text.casefold().endswith(_ADJECTIVE_ENDS)


def _is_led_in(hunk: Hunk) -> bool:
    ahead = hunk.behind[0] if hunk.behind else None
    if ahead is not None and ahead.joined:
        return False  # `Kherson-based`
    if ahead is not None and ahead.text.casefold() in PLACE_WORDS:
        return True
    if all(any(one.text.casefold() in PLACE_WORDS for one in side) for side in hunk.sides):
        return True
    return _is_behind_preposition(hunk.before)


def _is_behind_preposition(before: Sequence[Item]) -> bool:
    """Whether the list in which the name stands follows a preposition: `in Kupiansk, Lyman, and
    Siversk`."""
    at = len(before)
    while at and (before[at - 1].is_name or before[at - 1].text.casefold() in {"and", "the", "or"}):
        at -= 1
    if not at:
        return False
    word = before[at - 1].text.casefold()
    if word == "of":
        return at > 1 and before[at - 2].text.casefold() in DIRECTIONS
    return word in _BEFORE
