"""Comparing two texts, loaded only where there are two: a first capture has none to compare with,
and the code that compares takes a tenth of a second to load. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model.rot import Drift, Reading


def compare(first: Reading, now: Reading) -> Drift:
    """See `pipeline.decide.drift.compare`."""
    from pipeline.decide import drift

    return drift.compare(first, now)
