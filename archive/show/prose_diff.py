"""The prose of two versions, sentence by sentence: words changed, citations gained and lost. Pure.

Markers are no words: a sentence whose note only got another number is the same sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from rapidfuzz.distance import LCSseq
from rapidfuzz.fuzz import ratio

from archive.show.laid_out import MARKER
from archive.show.text_diff import DiffPart

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_END = re.compile(r"(?<=[.!?؟۔…])(?:[\"”»’)]*)(?:\s*\[[^\[\]\s]{1,12}\])*\s+(?=[\"“«‘(]*[^\Wa-z_])")
"""Between two sentences: a stop, its quotes and its markers, then no small letter."""
_ABOUT = re.compile(r"\A[\W_]+|[\W_]+\Z")
_ALIKE = 45.0
"""Of 100, from which two sentences are one that was edited."""
_MOST_PAIRED = 60
"""Sentences of a run whose best pairing is looked for; longer runs are paired in order."""
_MOST_WORDS = 400
"""Of a sentence whose words are compared; what is longer is a table."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence without its markers, and the labels of those.

    Attributes:
        starts: Whether a paragraph begins with it.
    """

    words: str
    labels: tuple[str, ...]
    starts: bool


@dataclass(frozen=True, slots=True)
class ProseChange:
    """A sentence of either version.

    Attributes:
        kind: `same`, `edited`, `new`, `gone`, or `cited` (same words, other citations).
        before, after: Its words, marked where changed; empty where it is not there.
        labels_before, labels_after: Markers as printed in each version.
        gained, lost: Labels, as the newer and the older version print them, of notes that only
            that version cites here.
        starts: Whether a paragraph begins with it.
    """

    kind: str
    before: tuple[DiffPart, ...]
    after: tuple[DiffPart, ...]
    labels_before: tuple[str, ...] = ()
    labels_after: tuple[str, ...] = ()
    gained: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    starts: bool = False


def sentences(text: str) -> list[Sentence]:
    """The sentences of a version's prose, in order."""
    found = []
    for paragraph in text.split("\n\n"):
        starts = True
        for line in paragraph.split("\n"):
            for piece in _cut(line):
                words = " ".join(MARKER.sub(" ", piece).split())
                labels = tuple(one[1] for one in MARKER.finditer(piece))
                if words or labels:
                    found.append(Sentence(_closed(words), labels, starts))
                    starts = False
    return found


def _closed(words: str) -> str:
    """Words without the blank that a marker before a stop leaves behind."""
    return re.sub(r" ([.,;:!?])", r"\1", words)


def _cut(line: str) -> list[str]:
    places = [match.end() for match in _END.finditer(line)]
    return [line[a:b] for a, b in zip([0, *places], [*places, len(line)], strict=True)]


def prose_changes(
    before: str,
    after: str,
    old: Mapping[str, int],
    new: Mapping[str, int],
    *,
    compare_notes: bool = True,
) -> tuple[tuple[ProseChange, ...], int, int]:
    """Every sentence of both, in reading order, and the numbers of words added and removed.

    Args:
        before: The older prose.
        after: The newer prose.
        old: For each label of the older version the number of its note.
        new: The same of the newer; equal numbers are the same note.
        compare_notes: Whether citations are compared; not where one has no notes yet.
    """
    comparing = _Comparing(old, new, compare_notes)
    one, other = sentences(before), sentences(after)
    steps = SequenceMatcher(
        None, [s.words for s in one], [s.words for s in other], autojunk=False
    ).get_opcodes()
    for kind, a, b, c, d in steps:
        if kind == "equal":
            for place in range(b - a):
                comparing.pair(one[a + place], other[c + place])
            continue
        for left, right in _paired(one[a:b], other[c:d]):
            comparing.pair(left, right)
    return tuple(comparing.found), comparing.added, comparing.removed


class _Comparing:
    """Collects what became of each sentence."""

    def __init__(self, old: Mapping[str, int], new: Mapping[str, int], notes: bool) -> None:
        self._old, self._new, self._notes = old, new, notes
        self.found: list[ProseChange] = []
        self.added = self.removed = 0

    def pair(self, before: Sentence | None, after: Sentence | None) -> None:
        """Add a sentence that stands in one of the versions or in both."""
        shown = after or before
        if shown is None:
            return
        gained, lost = self._citations(before, after)
        old, new = _words(before, after)
        gone, come = _changed(old), _changed(new)
        common = LCSseq.similarity(gone, come)
        self.removed += len(gone) - common
        self.added += len(come) - common
        self.found.append(
            ProseChange(
                _kind(before, after, cites_other=bool(gained or lost)),
                old,
                new,
                before.labels if before else (),
                after.labels if after else (),
                gained,
                lost,
                shown.starts,
            )
        )

    def _citations(
        self, before: Sentence | None, after: Sentence | None
    ) -> tuple[tuple[str, ...], tuple[str, ...]]:
        if not self._notes:
            return (), ()
        old = before.labels if before else ()
        new = after.labels if after else ()
        held = {self._old.get(label, label) for label in old}
        holds = {self._new.get(label, label) for label in new}
        gained = tuple(label for label in new if self._new.get(label, label) not in held)
        lost = tuple(label for label in old if self._old.get(label, label) not in holds)
        return gained, lost


def _kind(before: Sentence | None, after: Sentence | None, *, cites_other: bool) -> str:
    if before is None:
        return "new"
    if after is None:
        return "gone"
    if before.words != after.words:
        return "edited"
    return "cited" if cites_other else "same"


def _words(
    before: Sentence | None, after: Sentence | None
) -> tuple[tuple[DiffPart, ...], tuple[DiffPart, ...]]:
    return marked_words(before.words if before else None, after.words if after else None)


def _changed(parts: Sequence[DiffPart]) -> list[str]:
    """The marked words, without the punctuation about them, which does not count."""
    words = " ".join(part.text for part in parts if part.changed).split()
    return [bare for bare in (_ABOUT.sub("", word) for word in words) if bare]


def marked_words(
    before: str | None, after: str | None
) -> tuple[tuple[DiffPart, ...], tuple[DiffPart, ...]]:
    """Two sentences with the words marked that only one of them has.

    Args:
        before: The older; None: there was none.
        after: The newer; None: there is none.
    """
    if before is None or after is None:
        whole = tuple(DiffPart(one, changed=True) for one in (before, after) if one)
        return (whole, ()) if before else ((), whole)
    if before == after:
        same = (DiffPart(before, changed=False),)
        return same, same
    one, other = before.split(), after.split()
    if max(len(one), len(other)) > _MOST_WORDS:
        return (DiffPart(before, changed=True),), (DiffPart(after, changed=True),)
    steps = SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    gone = tuple(DiffPart(" ".join(one[a:b]), k != "equal") for k, a, b, _, _ in steps if b > a)
    come = tuple(DiffPart(" ".join(other[c:d]), k != "equal") for k, _, _, c, d in steps if d > c)
    return gone, come


def _paired(
    gone: Sequence[Sentence], come: Sequence[Sentence]
) -> list[tuple[Sentence | None, Sentence | None]]:
    """A run of sentences replaced by another: what is alike together, all in order."""
    if not gone or not come:
        return [*((one, None) for one in gone), *((None, one) for one in come)]
    if max(len(gone), len(come)) > _MOST_PAIRED:
        longest = max(len(gone), len(come))
        rows = (list(gone) + [None] * longest, list(come) + [None] * longest)
        return [(rows[0][place], rows[1][place]) for place in range(longest)]
    return _best(gone, come)


def _best(
    gone: Sequence[Sentence], come: Sequence[Sentence]
) -> list[tuple[Sentence | None, Sentence | None]]:
    """The pairing, in order, whose likenesses are the largest in all."""
    score = [[ratio(a.words, b.words) for b in come] for a in gone]
    best = [[0.0] * (len(come) + 1) for _ in range(len(gone) + 1)]
    for a in range(len(gone) - 1, -1, -1):
        for b in range(len(come) - 1, -1, -1):
            together = score[a][b] + best[a + 1][b + 1] if score[a][b] >= _ALIKE else -1.0
            best[a][b] = max(together, best[a + 1][b], best[a][b + 1])
    pairs: list[tuple[Sentence | None, Sentence | None]] = []
    a = b = 0
    while a < len(gone) and b < len(come):
        if score[a][b] >= _ALIKE and best[a][b] == score[a][b] + best[a + 1][b + 1]:
            pairs.append((gone[a], come[b]))
            a, b = a + 1, b + 1
        elif best[a][b] == best[a + 1][b]:
            pairs.append((gone[a], None))
            a += 1
        else:
            pairs.append((None, come[b]))
            b += 1
    pairs += [(one, None) for one in gone[a:]]
    return pairs + [(None, one) for one in come[b:]]
