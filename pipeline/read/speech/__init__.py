"""How a citing sentence speaks: its hedge, and who is said to say it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.read.speech.hedges import speech_of
from pipeline.read.speech.names import names_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.reports import Marker

__all__ = ["names_in", "speech_of", "with_speech"]


def with_speech(markers: Sequence[Marker], text: str) -> tuple[Marker, ...]:
    """The markers, each with how its sentence speaks.

    Args:
        markers: Of a report.
        text: Its prose, which introduces whom the sentences name by their surnames.
    """
    names = names_in(text) if markers else {}
    found = {one: speech_of(one, names) for one in {marker.sentence for marker in markers}}
    return tuple(replace(marker, speech=found[marker.sentence]) for marker in markers)
