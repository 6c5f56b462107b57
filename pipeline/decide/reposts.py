"""Completing the addresses that a repost cuts off, once the page that it was taken from is known.
Pure."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.read.plaintext.cut import complete_notes
from pipeline.read.sources import note_sources

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.reports import Note
    from archive.model.understood import Processed


def completed(processed: Processed, real: Sequence[Note]) -> Processed:
    """A repost with its cut addresses made whole (repair `completed`) from the notes of the real
    page.

    Its digest stays that of what is printed: what is known elsewhere is no edit of the repost.
    """
    assert processed.report is not None
    notes = complete_notes(processed.report.notes, real)
    if notes == processed.report.notes:
        return processed
    report = replace(processed.report, notes=notes)
    return replace(processed, report=report, sources=note_sources(report))
