"""What changed between two texts of one page, sentence by sentence. Pure."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.rot import Reading

_CONTEXT = 1
"""Sentences shown on each side of a change."""
_SENTENCE_END = re.compile(r"(?<=[.!?؟۔…])[\"”»’)]*\s+(?=\S)")
_MOST_WORDS = 400
"""Of a sentence whose words are compared: what is longer is a table or a list."""

GAP = "…"


@dataclass(frozen=True, slots=True)
class DiffPart:
    """Words of a sentence that stand in one text only, or in both."""

    text: str
    changed: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence of a difference.

    Attributes:
        sign: `-` gone, `+` new, a blank for context, `…` for what was left out.
        parts: Its words; all are marked where no sentence of the other text is like it.
    """

    sign: str
    parts: tuple[DiffPart, ...]


def sentences(text: str) -> list[str]:
    """The text's sentences, blanks collapsed."""
    parts = (part for line in text.splitlines() for part in _SENTENCE_END.split(line))
    return [" ".join(part.split()) for part in parts if part.strip()]


def text_diff(first: Reading, now: Reading) -> list[str]:
    """The changed sentences with one of context on each side, for people.

    Returns:
        Lines that begin with `- ` (gone), `+ ` (new), `  ` (context), or are `…`; none where the
        texts are equal.
    """
    return _diff(sentences(first.text), sentences(now.text))


def _diff(before: Sequence[str], after: Sequence[str]) -> list[str]:
    lines: list[str] = []
    made = difflib.unified_diff(before, after, lineterm="", n=_CONTEXT)
    for line in islice(made, 2, None):  # the first two name the files
        if line.startswith("@@"):
            lines += [GAP] if lines else []
            continue
        lines.append(f"{line[:1]} {line[1:]}")
    return lines


def marked(first: Reading, now: Reading, most: int) -> tuple[list[Line], bool]:
    """The changed sentences with their changed words marked.

    Args:
        first: What stood there before.
        now: What stands there after.
        most: Sentences compared of each text.

    Returns:
        The lines, and whether a text had more sentences.
    """
    before, after = sentences(first.text), sentences(now.text)
    lines = _diff(before[:most], after[:most])
    found: list[Line] = []
    at = 0
    while at < len(lines):
        end = at
        while end < len(lines) and lines[end][0] in "-+":
            end += 1
        if end > at:
            found += _changed(lines[at:end])
            at = end
            continue
        found.append(Line(lines[at][0], (DiffPart(lines[at][2:], changed=False),)))
        at += 1
    return found, max(len(before), len(after)) > most


def _changed(lines: Sequence[str]) -> list[Line]:
    """A run of sentences gone and new: the first gone is held against the first new, and so on."""
    gone = [line[2:] for line in lines if line[0] == "-"]
    come = [line[2:] for line in lines if line[0] == "+"]
    found = []
    for place in range(max(len(gone), len(come))):
        old = gone[place] if place < len(gone) else None
        new = come[place] if place < len(come) else None
        found += _pair(old, new)
    return found


def _pair(old: str | None, new: str | None) -> list[Line]:
    if old is None or new is None:
        text, sign = (new or "", "+") if old is None else (old, "-")
        return [Line(sign, (DiffPart(text, changed=True),))]
    one, other = old.split(), new.split()
    if max(len(one), len(other)) > _MOST_WORDS:
        return [
            Line("-", (DiffPart(old, changed=True),)),
            Line("+", (DiffPart(new, changed=True),)),
        ]
    steps = difflib.SequenceMatcher(None, one, other, autojunk=False).get_opcodes()
    gone = tuple(
        DiffPart(" ".join(one[a:b]), kind != "equal") for kind, a, b, _, _ in steps if b > a
    )
    come = tuple(
        DiffPart(" ".join(other[a:b]), kind != "equal") for kind, _, _, a, b in steps if b > a
    )
    return [Line("-", gone), Line("+", come)]
