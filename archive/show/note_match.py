"""Which note of one version is which of another, by what they say and cite. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

_ALIKE = 75.0
"""Of 100, from which two notes' words are one note rewritten; chosen on the edits of real reports,
where a repaired address keeps more and another note of the same host less."""
_ALIKE_AT_HOME = 50.0
"""As `_ALIKE`, for two notes of the same number."""
_MOST_COMPARED = 4_000_000
"""Characters times characters of two lists' leftovers; beyond, only numbers are compared."""


@dataclass(frozen=True, slots=True)
class NoteKey:
    """What a note is known by."""

    label: str
    text: str
    sources: tuple[str, ...]

    @property
    def words(self) -> str:
        """The text, blanks collapsed."""
        return " ".join(self.text.split())


@dataclass(frozen=True, slots=True)
class NoteChange:
    """What became of a note.

    Attributes:
        kinds: Of `added`, `dropped`, `rewritten`, `renumbered`; the last two may stand together.
        label_before, text_before: None for one added.
        label_after, text_after: None for one dropped.
        sources_added, sources_dropped: Canonical addresses that only one of the two cites.
    """

    kinds: tuple[str, ...]
    label_before: str | None
    label_after: str | None
    text_before: str | None
    text_after: str | None
    sources_added: tuple[str, ...] = ()
    sources_dropped: tuple[str, ...] = ()


def match(before: Sequence[NoteKey], after: Sequence[NoteKey]) -> dict[int, int]:
    """For each place in the older list that of the same note in the newer; dropped have none.

    The same words first, then the same sources, then the same number with like words, then like
    words alone. Of several alike, those in the same order.
    """
    pairs: dict[int, int] = {}
    _exact(before, after, pairs, lambda note: note.words or None)
    _exact(before, after, pairs, lambda note: tuple(sorted(set(note.sources))) or None)
    _same_number(before, after, pairs)
    _alike(before, after, pairs)
    return pairs


def _exact(
    before: Sequence[NoteKey],
    after: Sequence[NoteKey],
    pairs: dict[int, int],
    key: Callable[[NoteKey], Hashable],
) -> None:
    """Pair what has the same key: along the longest common run of keys first, the rest in order."""
    taken = set(pairs.values())
    old = [place for place in range(len(before)) if place not in pairs and key(before[place])]
    new = [place for place in range(len(after)) if place not in taken and key(after[place])]
    one, other = [key(before[place]) for place in old], [key(after[place]) for place in new]
    for block in SequenceMatcher(None, one, other, autojunk=False).get_matching_blocks():
        for step in range(block.size):
            pairs[old[block.a + step]] = new[block.b + step]
    taken = set(pairs.values())
    waiting: dict[Hashable, list[int]] = {}
    for place in new:
        if place not in taken:
            waiting.setdefault(key(after[place]), []).append(place)
    for place in old:
        found = waiting.get(key(before[place]))
        if place not in pairs and found:
            pairs[place] = found.pop(0)


def _same_number(
    before: Sequence[NoteKey], after: Sequence[NoteKey], pairs: dict[int, int]
) -> None:
    taken = set(pairs.values())
    places = {note.label: place for place, note in enumerate(after) if place not in taken}
    for place, note in enumerate(before):
        other = places.get(note.label)
        if place in pairs or other is None or other in pairs.values():
            continue
        if ratio(note.words, after[other].words) >= _ALIKE_AT_HOME:
            pairs[place] = other


def _alike(before: Sequence[NoteKey], after: Sequence[NoteKey], pairs: dict[int, int]) -> None:
    taken = set(pairs.values())
    old = [place for place in range(len(before)) if place not in pairs]
    new = [place for place in range(len(after)) if place not in taken]
    sizes = [sum(len(notes[p].text) for p in places) for notes,
        places in ((before, old), (after, new))]  # fmt: skip
    if sizes[0] * sizes[1] > _MOST_COMPARED:
        return
    scored = [
        (ratio(before[a].words, after[b].words, score_cutoff=_ALIKE), a, b)
        for a in old
        for b in new
    ]
    for score, a, b in sorted(scored, key=lambda one: (-one[0], one[1], one[2])):
        if score >= _ALIKE and a not in pairs and b not in pairs.values():
            pairs[a] = b


def changes_of(
    before: Sequence[NoteKey], after: Sequence[NoteKey], pairs: dict[int, int]
) -> tuple[NoteChange, ...]:
    """What is not the same, in the newer list's order; each dropped one where it stood."""
    back = {new: old for old, new in pairs.items()}
    found: list[tuple[float, NoteChange]] = []
    for place, note in enumerate(after):
        old = before[back[place]] if place in back else None
        change = _change(old, note)
        if change is not None:
            found.append((place, change))
    for place, note in enumerate(before):
        if place not in pairs:
            found.append((_place_of_dropped(place, pairs), _change(note, None) or _same(note)))
    return tuple(change for _, change in sorted(found, key=lambda one: one[0]))


def _place_of_dropped(place: int, pairs: dict[int, int]) -> float:
    earlier = [pairs[old] for old in range(place, -1, -1) if old in pairs][:1]
    return (earlier[0] if earlier else -1) + 0.5


def _same(note: NoteKey) -> NoteChange:
    return NoteChange((), note.label, note.label, note.text, note.text)


def _change(old: NoteKey | None, new: NoteKey | None) -> NoteChange | None:
    if old is None:
        return None if new is None else NoteChange(
            ("added",), None, new.label, None, new.text, sources_added=new.sources
        )  # fmt: skip
    if new is None:
        return NoteChange(
            ("dropped",), old.label, None, old.text, None, sources_dropped=old.sources
        )
    kinds = []
    if old.words != new.words:
        kinds.append("rewritten")
    if old.label != new.label:
        kinds.append("renumbered")
    if not kinds:
        return None
    return NoteChange(
        tuple(kinds), old.label, new.label, old.text, new.text,
        tuple(one for one in new.sources if one not in old.sources),
        tuple(one for one in old.sources if one not in new.sources),
    )  # fmt: skip
