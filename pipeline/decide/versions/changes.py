"""What changed between two contents: kinds, words, notes."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from typing import TYPE_CHECKING

from archive.model.reports import Change
from pipeline.read.content.digests import differing_kinds, parts_of
from pipeline.read.content.keys import NoteKey, note_key
from pipeline.read.content.tokens import Tokens, counted, label_key, tokens_of, without_title

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Sequence

    from archive.model.reports import Content, Note

# Comparing costs (words before) x (words after) / 64 steps: a second and a half at this size, on
# one core. Reports have up to 15,000 words; whatever is larger after its equal ends are cut off is
# counted as a bag of words.
_MAX_WORD_PAIRS = 10**10
_MAX_NOTE_PAIRS = 10**8  # 10,000 notes each; the alignment is kept in memory, a bit per pair

_Cell = tuple[int, "Note", NoteKey]


def change_between(before: Content, after: Content) -> Change | None:
    """How the later content differs; None when it does not, exactly when `digest` is equal too.

    Notes are not compared when either content is incomplete.
    """
    kinds = differing_kinds(parts_of(before), parts_of(after))
    if not kinds:
        return None
    old, new = _prose(before), _prose(after)
    added, removed = _word_counts(old, new) if "prose" in kinds else (0, 0)
    if "notes" not in kinds:
        return Change(kinds, added, removed)
    notes_added, dropped, changed = _note_changes(before.notes, after.notes)
    if old.words == new.words:
        moved = {mark.label for mark in set(old.marks) ^ set(new.marks)}
        changed += [n.label for n in after.notes if label_key(n.label) in moved]
    gone = {*notes_added, *dropped}
    return Change(
        kinds,
        added,
        removed,
        tuple(notes_added),
        tuple(dropped),
        tuple(label for label in _in_order(changed, after.notes) if label not in gone),
    )


def _prose(content: Content) -> Tokens:
    return tokens_of(without_title(content.title, content.text))


def _word_counts(old: Tokens, new: Tokens) -> tuple[int, int]:
    """Words added and removed, replaced ones counting on both sides; punctuation does not count."""
    from rapidfuzz.distance import LCSseq

    before, after = _without_equal_ends(counted(old.words), counted(new.words))
    if len(before) * len(after) > _MAX_WORD_PAIRS:
        common = (Counter(before) & Counter(after)).total()
    else:
        common = LCSseq.similarity(before, after)
    return len(after) - common, len(before) - common


def _without_equal_ends(before: list[str], after: list[str]) -> tuple[list[str], list[str]]:
    most = min(len(before), len(after))
    head = next((n for n in range(most) if before[n] != after[n]), most)
    most -= head
    tail = next((n for n in range(most) if before[-1 - n] != after[-1 - n]), most)
    return before[head : len(before) - tail], after[head : len(after) - tail]


def _note_changes(
    before: Sequence[Note], after: Sequence[Note]
) -> tuple[list[str], list[str], list[str]]:
    """Labels added, dropped and changed: notes are matched by order and content first, then by
    label, then by address."""
    old, new = _unmatched(before, after)
    changed: list[str] = []
    for keys in (_label_of, _content_of, *(_one_url(n) for n in range(3))):
        old, new, pairs = _pair(old, new, keys)
        changed += [later[1].label for _, later in pairs]
    return [cell[1].label for cell in new], [cell[1].label for cell in old], changed


def _unmatched(before: Sequence[Note], after: Sequence[Note]) -> tuple[list[_Cell], list[_Cell]]:
    """The notes that stand not in both lists in the same order."""
    old = [(at, note, note_key(note)) for at, note in enumerate(before)]
    new = [(at, note, note_key(note)) for at, note in enumerate(after)]
    if len(old) * len(new) > _MAX_NOTE_PAIRS:
        kept = {a[0] for a, b in zip(old, new, strict=False) if a[2] == b[2]}
        return [c for c in old if c[0] not in kept], [c for c in new if c[0] not in kept]
    from rapidfuzz.distance import Indel

    codes = Indel.opcodes([cell[2] for cell in old], [cell[2] for cell in new])
    lost = [old[at] for op in codes if op.tag == "delete" for at in range(op.src_start, op.src_end)]
    came = [
        new[at] for op in codes if op.tag == "insert" for at in range(op.dest_start, op.dest_end)
    ]
    return lost, came


def _pair(
    old: list[_Cell], new: list[_Cell], key: Callable[[_Cell], Hashable]
) -> tuple[list[_Cell], list[_Cell], list[tuple[_Cell, _Cell]]]:
    """Pairs the notes with an equal key, first with first; the rest stays unmatched."""
    waiting: defaultdict[Hashable, deque[_Cell]] = defaultdict(deque)
    for cell in old:
        waiting[key(cell)].append(cell)
    pairs, left = [], []
    for cell in new:
        mates = waiting.get(key(cell)) if key(cell) is not None else None
        if mates:
            pairs.append((mates.popleft(), cell))
        else:
            left.append(cell)
    paired = {cell[0] for cell, _ in pairs}
    return [cell for cell in old if cell[0] not in paired], left, pairs


def _label_of(cell: _Cell) -> Hashable:
    return label_key(cell[1].label) or cell[1].label


def _content_of(cell: _Cell) -> Hashable:
    return cell[2] if cell[2].urls or cell[2].words else None


def _one_url(position: int) -> Callable[[_Cell], Hashable]:
    """A note is the same when it still cites the address that stood at this place."""
    return lambda cell: cell[2].urls[position] if len(cell[2].urls) > position else None


def _in_order(labels: Sequence[str], notes: Sequence[Note]) -> list[str]:
    wanted = set(labels)
    return list(dict.fromkeys(note.label for note in notes if note.label in wanted))
