"""A list of sources without labels, as news sites and magazines print it below an article."""

from __future__ import annotations

from itertools import groupby, takewhile
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.blocks import BlockKind
from pipeline.read.references.lists import begins_with_url, is_title
from pipeline.read.references.tape import is_citation

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.read.blocks import Run
    from pipeline.read.references.lists import Line

_CITING = 0.5
"""Share of a list's lines that have an address: a list of people or of places has none."""
_LONGEST = 400
"""Characters of a paragraph that names a source; longer ones are prose."""


class SourceList(NamedTuple):
    """A list, as it stands.

    Attributes:
        begin, end: Its lines, the last one not included.
        items: Each source's lines.
    """

    begin: int
    end: int
    items: tuple[tuple[tuple[Run, ...], ...], ...]


def find_sources(lines: Sequence[Line]) -> SourceList | None:
    """The list right below the last heading of its kind: items, or short lines that have addresses
    from the first on; None: there is none."""
    for index in range(len(lines) - 2, -1, -1):
        if lines[index].kind is not BlockKind.ITEM and is_title(lines[index].text):
            return _items(lines, index + 1) or _lines(lines, index + 1)
    return None


def _items(lines: Sequence[Line], begin: int) -> SourceList | None:
    own = list(takewhile(lambda line: line.kind is BlockKind.ITEM, lines[begin:]))
    if not own or sum(map(_cites, own)) < _CITING * len(own):
        return None
    items = groupby(own, key=lambda line: line.block)
    divided = tuple(tuple(line.runs for line in item) for _, item in items)
    return SourceList(begin, begin + len(own), divided)


def _lines(lines: Sequence[Line], begin: int) -> SourceList | None:
    own = list(takewhile(_is_short, lines[begin:]))
    while own and not _cites(own[-1]):
        own.pop()  # what follows the list
    if not own or not _cites(own[0]) or sum(map(_cites, own)) < _CITING * len(own):
        return None
    return SourceList(begin, begin + len(own), tuple((line.runs,) for line in own))


def _is_short(line: Line) -> bool:
    return line.kind is BlockKind.PARAGRAPH and len(line.text) <= _LONGEST


def _cites(line: Line) -> bool:
    return begins_with_url(line) or any(
        run.href is not None and is_citation(run.href) for run in line.runs
    )
