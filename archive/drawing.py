"""Whether a picture is drawn, by its points in grey: a map, a chart, a logo, a page of text."""

from __future__ import annotations

from collections import Counter

_LEVELS = 4
_FLAT_LEVELS, _FLAT_SHARE = 5, 0.5
"""A drawing: half of its points have one of five levels of 64."""


def is_drawing(points: bytes) -> bool:
    """Whether a few levels of grey make most of a picture."""
    levels = Counter(point // _LEVELS for point in points)
    return sum(n for _, n in levels.most_common(_FLAT_LEVELS)) >= _FLAT_SHARE * len(points)
