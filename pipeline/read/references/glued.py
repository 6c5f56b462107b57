"""A whole list of notes in one paragraph.

`[1] https://… [2] https://…[3] …`, as scrapers and hasty copies leave it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from pipeline.read.blocks import Run

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.read.blocks import Block

_LABEL = re.compile(r"\[\s?(?P<value>\d{1,4})\s?\]")
_CITING = re.compile(r"\]\s*(?:h?t?tps?:|www\.|\S+ dot |t\.me/|\S+\.\w+/)")
_MIN_LABELS = 3  # one or two inside a note may be mentions of other notes


def divided(block: Block) -> Block:
    """The block with a line break before each label of a row that goes up by one from its first.

    Mostly the block itself.
    """
    text = block.text
    if text.lstrip()[:1] != "[" or text.count("[") < _MIN_LABELS:
        return block
    cuts = _cuts(text)
    return replace(block, runs=_broken(block.runs, cuts)) if cuts else block


def _cuts(text: str) -> list[int]:
    """The places of further labels that follow one another in one line."""
    first = _LABEL.match(text.lstrip())
    if first is None:
        return []
    wanted, cuts, citing = int(first["value"]), [], 0
    for found in _LABEL.finditer(text):
        if int(found["value"]) != wanted:
            continue
        wanted += 1
        cuts.append(found.start())
        citing += _CITING.match(text, found.end() - 1) is not None
    inner = [at for at in cuts[1:] if "\n" not in text[max(0, at - 2) : at]]
    many = len(cuts) >= _MIN_LABELS and citing * 2 >= len(cuts)
    return inner if many else []


def _broken(runs: Sequence[Run], cuts: Sequence[int]) -> tuple[Run, ...]:
    broken: list[Run] = []
    at = 0
    for run in runs:
        end = at + len(run.text)
        inside = [cut for cut in cuts if at <= cut < end]
        for since, until in pairwise([at, *inside, end]):
            broken += [Run("\n")] if since in inside else []
            broken.append(run._replace(text=run.text[since - at : until - at]))
        at = end
    return tuple(run for run in broken if run.text or run.href)
