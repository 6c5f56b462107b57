"""Whether a publisher says that it edited a report: lines of the newer version alone.

The labels and sentences are those of `pipeline.read.corrections`, in each language met. In a
report's prose `Update on the offensive` is a heading: behind a label's preposition has to stand a
day or an hour.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.edits import Admission
from pipeline.decide.edits.hunks import hunks
from pipeline.decide.edits.values import items
from pipeline.read.corrections import is_labelled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from pipeline.decide.edits.values import Item

_PREPOSITION = re.compile(
    r"\W*\w+\s+(?:on|at|as of|du|le|à|от|від|vom|am|del|de|den|af|av|din|dnia|z|ze dne|da|από)\s",
    re.IGNORECASE,
)
_WHEN = re.compile(r"\W*\w+\s+\w+(?:\s+\w+)?(?:\W+\w+){0,4}?\W+\d")
_SHORT = 4
"""Letters up to which a word without a capital tells nothing of what was changed."""


def is_admission(line: str) -> bool:
    """Whether a line says that the text was corrected or brought up to date."""
    if not is_labelled(line):
        return False
    return not _PREPOSITION.match(line) or _WHEN.match(line) is not None


def admission(
    before: str | None, after: str | None, said: Sequence[str], links: Sequence[str] = ()
) -> Admission:
    """Whether lines that the newer version has anew tell of an edit.

    Args:
        before: The older sentence; None: there was none.
        after: The newer sentence; None: there is none.
        said: The lines.
        links: Addresses added or dropped.
    """
    if not said:
        return Admission.SILENT
    changed = {one.key for one in _changed(before, after)}
    lines = [items(line) for line in said]
    named = any(changed & {one.key for one in line if _tells(one)} for line in lines)
    linked = any(link in line for link in links for line in said)
    return Admission.NAMED if named or linked else Admission.NOTED


def _changed(before: str | None, after: str | None) -> Iterator[Item]:
    for hunk in hunks(items(before or ""), items(after or "")):
        for side in hunk.sides:
            yield from (one for one in side if _tells(one))


def _tells(one: Item) -> bool:
    return one.is_number or one.is_name or len(one.text) > _SHORT
