"""A list of sources without labels, as news sites and magazines print it below an article."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pipeline.read.blocks import BlockKind
from pipeline.read.references.lists import begins_with_url, is_title
from pipeline.read.references.tape import is_citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.read.blocks import Run
    from pipeline.read.references.lists import Line

_CITING = 0.5
"""Share of a list's items that have an address: a list of people or of places has none."""


def find_sources(lines: Sequence[Line]) -> list[list[tuple[Run, ...]]]:
    """The items of the last list that stands right below a heading of its kind, each as its lines;
    none where there is no such list.

    The first line of the list is `first_line`.
    """
    start = first_line(lines)
    if start is None:
        return []
    end = start
    while end < len(lines) and lines[end].kind is BlockKind.ITEM:
        end += 1
    items = groupby(lines[start:end], key=lambda line: line.block)
    return [[line.runs for line in own] for _, own in items]


def first_line(lines: Sequence[Line]) -> int | None:
    """Where the list begins; None: there is none."""
    for index in range(len(lines) - 2, -1, -1):
        if is_title(_text(lines[index])) and lines[index].kind is not BlockKind.ITEM:
            return index + 1 if _is_list(lines[index + 1 :]) else None
    return None


def _is_list(lines: Sequence[Line]) -> bool:
    items = 0
    citing = 0
    for line in lines:
        if line.kind is not BlockKind.ITEM:
            break
        items += 1
        citing += begins_with_url(line) or any(
            run.href is not None and is_citation(run.href) for run in line.runs
        )
    return bool(items) and citing >= _CITING * items


def _text(line: Line) -> str:
    return "".join(run.text for run in line.runs)
