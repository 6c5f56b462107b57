"""Still frames of a video, as their perceptual hashes."""

from __future__ import annotations

from dataclasses import dataclass

from archive.drawing import is_drawing
from pipeline.read.media.pictures import grey_hash

SIDE = 128
"""Of a frame in points of grey, whatever the video's shape: twice what the hash looks at."""
_BLANK = 16
"""Levels of grey between the darkest and the lightest point: below it a frame says nothing."""


@dataclass(frozen=True, slots=True)
class Frames:
    """What the frames of a video look like.

    Attributes:
        hashes: One of each frame; None: it is blank.
        is_drawn: Most of them are drawings: a map, a table, a card of text.
    """

    hashes: tuple[int | None, ...]
    is_drawn: bool


def frames_of(points: bytes) -> Frames:
    """Frames that stand one after another, each `SIDE` by `SIDE` points of grey.

    Raises:
        ImportError: The hash's library (extra `media`) is not installed.
    """
    size = SIDE * SIDE
    cut = [points[n * size : (n + 1) * size] for n in range(len(points) // size)]
    told = [one for one in cut if max(one) - min(one) >= _BLANK]
    drawn = sum(map(is_drawing, told))
    hashes = tuple(
        int(grey_hash(one, SIDE), 16) if max(one) - min(one) >= _BLANK else None for one in cut
    )
    return Frames(hashes, 2 * drawn > len(told))
