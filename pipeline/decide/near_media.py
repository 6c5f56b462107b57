"""Which pictures are nearly the same: re-encoded, scaled, marked, cropped a little. Pure.

A perceptual hash finds candidates and tells strangers apart (pictures of two places differ in some
120 of 256 bits, copies in less than 50). It does not see a line that was added to a map, which is
the news there. So a second look lays the two over each other, in 32 by 32 points of grey: where a
drawing is the same but for a place, it is another drawing; a photograph with a mark in its corner
is the same photograph. Figures: `tests/pipeline/test_near_media.py`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.drawing import is_drawing
from archive.model.media import Look, LooksAlike
from archive.urls import normal as urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.model.media import MediaFacts, MediaFile
    from pipeline.decide.held import HeldLooks

BITS = 256
BAND_BITS = 12
"""Of the 21 parts of a hash: of two that differ in 40 bits one part is equal with a chance of 94 %,
of two strangers with one of 0.5 %."""
MOST_FAR = 56
"""Bits in which copies may differ: a crop of 3 % of each side came to 50, strangers to 108."""
MOST_CANDIDATES = 2_000
"""Looked at for one picture: beyond a hundred thousand pictures some may be missed."""

_BLANK = 12
"""Levels of grey between the darkest and the lightest point: below it nothing is to be compared."""
_SHAPES = 1.1
"""Ratio of two ratios of sides: more is no slight crop."""
_PLACE = 18
"""Levels in which one point differs where something was added; re-encoding comes to 22 in
photographs alone."""
_ELSEWHERE = 2.5
"""Mean difference of all points: below it the two lie exactly over each other."""


def look_of(file: MediaFile | None, facts: MediaFacts | None) -> Look | None:
    """What a fetched picture looks like; None for what is none, or is blank."""
    if file is None or facts is None or not (file.sha256 and facts.phash and facts.sketch):
        return None
    points = bytes.fromhex(facts.sketch)
    if not points or max(points) - min(points) < _BLANK:
        return None
    number = urls.stable_id(file.sha256)
    return Look(number, file.sha256, facts.phash, facts.sketch, facts.width or 1, facts.height or 1)


def looks_alike(held: HeldLooks, look: Look | None) -> LooksAlike | None:
    """A picture with those of the held ones that it is nearly."""
    if look is None:
        return None
    own = hash_bands(look.phash)
    others = (one for one in held.looks(own, MOST_CANDIDATES) if one.id != look.id)
    return LooksAlike(look, own, tuple(_near(look, others)))


def _near(look: Look, others: Iterator[Look]) -> Iterator[tuple[int, int]]:
    for other in others:
        far = distance(look, other)
        if far is not None:
            yield other.id, far


def hash_bands(phash: str) -> tuple[int, ...]:
    """Numbers made of parts of a hash and their places: near pictures are likely to share one."""
    number, size = int(phash, 16), 1 << BAND_BITS
    return tuple(
        place * size + (number >> place * BAND_BITS) % size for place in range(BITS // BAND_BITS)
    )


def distance(one: Look, other: Look) -> int | None:
    """The number of bits in which the hashes of two nearly equal pictures differ; None: they are
    not nearly equal."""
    far = (int(one.phash, 16) ^ int(other.phash, 16)).bit_count()
    shapes = (one.width * other.height) / (other.width * one.height)
    if far > MOST_FAR or not 1 / _SHAPES <= shapes <= _SHAPES:
        return None
    return None if _differs_in_a_place(one, other) else far


def _differs_in_a_place(one: Look, other: Look) -> bool:
    """Whether two drawings lie exactly over each other but for a place."""
    ours, theirs = bytes.fromhex(one.sketch), bytes.fromhex(other.sketch)
    if not (is_drawing(ours) or is_drawing(theirs)):
        return False
    apart = [abs(a - b) for a, b in zip(ours, theirs, strict=True)]
    return max(apart) > _PLACE and sum(apart) / len(apart) < _ELSEWHERE
