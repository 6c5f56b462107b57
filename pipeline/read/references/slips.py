"""Slips of authors that only the whole report betrays: a note without its label, a marker with half
its brackets.

Both are mended only where nothing else explains what stands there: the prose refers to a note that
the list lacks, or the list has a note that the prose does not refer to; and one place alone fits.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.read.blocks import Block, BlockKind
from pipeline.read.numerals import roman
from pipeline.read.references.labels import Label, Style, label_value
from pipeline.read.references.lists import begins_with_url, is_title

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from pipeline.read.references.lists import Line, NoteList

LABEL_IMPLIED = "label-implied"
"""The repair of a note whose label was left out."""

BRACKET_IMPLIED = "bracket-implied"
"""The repair of a marker that lacked a bracket or had a wrong one."""

_MAX_LACKING = 10  # a list that lacks more labels in a row is a damaged copy, no slip

_NUMBER = r"\d{1,4}|[ivxlcdm]{1,12}"
# An open bracket where a sentence or paragraph ends; two brackets of different kinds; a closing one
# alone.
_HALF_BRACKETS = re.compile(
    rf"""
    (?<=[\w.,;:!?%”"’')\]]) [ \u00a0]? \[ [ \u00a0]? (?P<open> {_NUMBER} ) (?= [ \u00a0]* (?: $
    | \n ) | [ \u00a0] [A-Z“"] )
  | \[ [ \u00a0]? (?P<late> {_NUMBER} ) [ \u00a0]? [)}}\[{{]
  | [({{\]] [ \u00a0]? (?P<early> {_NUMBER} ) [ \u00a0]? \]
  | (?<=[.,;!?”"’']) (?P<shut> \d{{1,4}} ) \]
    """,
    re.VERBOSE,
)


def implied_labels(
    lines: Sequence[Line], found: NoteList, end: int, referred: Collection[int]
) -> dict[int, Label]:
    """Lines of a list that are notes although their label was left out, with that label.

    Args:
        lines: The report's.
        found: The list.
        end: Index behind its last line.
        referred: Numbers that the prose refers to.
    """
    implied: dict[int, Label] = {}
    lead, second = implied_first(lines, found, referred), lines[found.labelled[0]].label
    if lead is not None and second is not None:
        implied[lead] = Label(_label_text(1, second), 1, second.style, 0)
    bounds = [*found.labelled, end]
    for at, (here, following) in enumerate(pairwise(bounds)):
        before = lines[here].label
        after = lines[following].label if at + 1 < len(found.labelled) else None
        if before is None:
            continue
        lacking = _lacking(before, after, referred)
        for index, value in zip(
            _starts(lines, here, following, len(lacking)), lacking, strict=False
        ):
            implied[index] = Label(_label_text(value, before), value, before.style, 0)
    return implied


def implied_first(lines: Sequence[Line], found: NoteList, referred: Collection[int]) -> int | None:
    """The line right above a list that begins with 2 which is note 1 without its label.

    None where it is not plain.
    """
    first = found.labelled[0]
    label = lines[first].label
    if label is None or label.value != 2 or 1 not in referred:
        return None
    above = [at for at in range(first) if lines[at].text.strip()]
    if not above or not begins_with_url(lines[above[-1]]):
        return None
    lead = above[-1]
    before = lines[above[-2]] if len(above) > 1 else None
    ruled = any(line.kind is BlockKind.RULE for line in lines[above[-2] + 1 : lead] if before)
    begins = before is None or ruled or is_title(before.text)
    moved = before is not None and before.section != lines[first].section
    return lead if (begins or moved) and lines[lead].section == lines[first].section else None


def _lacking(before: Label, after: Label | None, referred: Collection[int]) -> list[int]:
    """The labels that stand between two neighbours of the list.

    Where the prose refers to all of them.
    """
    if after is None:
        value = before.value + 1
        return [value] if value in referred and value + 1 not in referred else []
    values = list(range(before.value + 1, min(after.value, before.value + _MAX_LACKING + 1)))
    whole = len(values) < _MAX_LACKING and all(value in referred for value in values)
    return values if whole else []


def _starts(lines: Sequence[Line], here: int, following: int, wanted: int) -> list[int]:
    """The unlabelled lines that begin so many notes; empty when it is not plain which they are."""
    if not wanted:
        return []
    inner = [at for at in range(here + 1, following) if _is_content(lines[at])]
    label = lines[here].label
    if label is not None and not lines[here].text[label.length :].strip():
        inner = inner[1:]  # the label stood alone: its note is the next line
    apart = [at for at in inner if lines[at].block != lines[at - 1].block]
    return next((starts for starts in (apart, inner) if len(starts) == wanted), [])


def _is_content(line: Line) -> bool:
    kinds = {BlockKind.PARAGRAPH, BlockKind.ITEM}
    return bool(line.text.strip()) and (line.kind in kinds or begins_with_url(line))


def _label_text(value: int, like: Label) -> str:
    """A label in the notation of its neighbour."""
    return roman(value).lower() if like.style is Style.ROMAN else str(value)


def implied_markers(
    prose: Sequence[Block], lacking: Collection[int], *, in_roman: bool
) -> list[tuple[int, int, int, str]]:
    """Markers with half their brackets: block, start, end and label of each.

    Args:
        prose: The report's blocks without its notes.
        lacking: Numbers of the notes that no whole marker refers to.
        in_roman: Whether the notes have roman numerals.
    """
    found: dict[int, list[tuple[int, int, int, str]]] = {}
    for index, block in enumerate(prose) if lacking else ():
        if block.kind is not BlockKind.CAPTION:
            for start, end, label in _halves(block.text):
                value = label_value(label)
                if value is not None and value in lacking and label.isdigit() is not in_roman:
                    found.setdefault(value, []).append((index, start, end, label))
    return sorted(places[0] for places in found.values() if len(places) == 1)


def _halves(text: str) -> Iterator[tuple[int, int, str]]:
    if "[" not in text and "]" not in text:
        return
    for found in _HALF_BRACKETS.finditer(text):
        name = next(name for name, label in found.groupdict().items() if label)
        lead = len(found.group()) - len(found.group().lstrip())
        yield found.start() + lead, found.end(), found[name]
