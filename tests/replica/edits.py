"""What is done to a report after it was published: the states that follow its first."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.replica.reports import PrintedNote

if TYPE_CHECKING:
    from datetime import datetime

    from tests.replica.reports import Part, State

HEDGES = {" claimed ": " confirmed ", " reported ": " denied ", " said ": " acknowledged "}
"""Words that a silent edit puts for one another: what was claimed is now confirmed."""


def corrected(first: State, since: datetime, url: str) -> State:
    """A correction line on top, and another URL in the second note."""
    note = first.notes[1]
    changed = PrintedNote(note.label, url, (url,))
    text = (
        "CORRECTION: The Ilma crossing carries 12 lorries an hour. An earlier version of this "
        "report gave another number."
    )
    return replace(
        first, since=since, correction=text, notes=(first.notes[0], changed, *first.notes[2:])
    )


def silently_edited(first: State, since: datetime) -> State:
    """Two words of one paragraph differ; nothing on the page says so."""
    part = first.parts[0]
    edited = part.paragraphs[0].removesuffix(".") + " without warning."
    parts = (replace(part, paragraphs=(edited, *part.paragraphs[1:])), *first.parts[1:])
    return replace(first, since=since, parts=parts)


def reworded(first: State, since: datetime) -> State:
    """In each section that has one, the first hedge is another, and nothing on the page says so."""
    return replace(first, since=since, parts=tuple(_reworded(part) for part in first.parts))


def _reworded(part: Part) -> Part:
    said = re.compile("|".join(HEDGES))
    edited, done = [], False
    for paragraph in part.paragraphs:
        text = paragraph if done else said.sub(lambda m: HEDGES[m[0]], paragraph, count=1)
        done = done or text != paragraph
        edited.append(text)
    return replace(part, paragraphs=tuple(edited))


def renumbered(first: State, since: datetime, url: str) -> State:
    """A sentence with a new second note, so that all notes after it get another number; the last
    note is dropped."""

    def moved(match: re.Match[str]) -> str:
        number = int(match[1])
        return match[0] if number < 2 else f"[{number + 1}]" if number < len(first.notes) else ""

    parts = [
        replace(part, paragraphs=tuple(re.sub(r"\[(\d+)\]", moved, p) for p in part.paragraphs))
        for part in first.parts
    ]
    added = "The Office of River Safety denied on Friday that the crossing at Dorn was closed.[2]"
    parts[0] = replace(parts[0], paragraphs=(*parts[0].paragraphs, added))
    notes = [replace(note, label=str(int(note.label) + 1)) for note in first.notes[1:-1]]
    new = PrintedNote("2", url, (url,))
    return replace(first, since=since, parts=tuple(parts), notes=(first.notes[0], new, *notes))
