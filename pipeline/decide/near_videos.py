"""Which videos show the same: re-encoded, scaled, marked, cropped or cut a little. Pure.

Both are looked at in still frames, two a second, each as a perceptual hash. Two videos are nearly
the same where, at one shift in time, most frames of the shorter lie near frames of the longer. A
camera that stands still makes all frames alike, of whatever day; so frames at the right shift must
also be clearly nearer than at wrong ones. What was slowed, sped up, mirrored or laid into another
picture is another. Figures: `tests/pipeline/test_near_videos.py`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model.media import NearVideo

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.model.media import VideoLook

BITS = 256
BAND_BITS = 16
"""Of the 16 parts of a hash: of frames that differ in 45 bits one part is equal with a chance of
52 %, of strangers' with one of 0.02 %; a video has many frames."""
INDEX_EVERY = 4
"""Of the frames one in so many, one in two seconds, finds the video; it is asked for with all."""
MOST_FAR = 76
"""Bits in which a frame and its copy may differ. More than with pictures: a copy's frames are taken
up to a quarter of a second beside the original's, and many must agree. Strangers' frames differ in
128 bits, with a deviation of 8 to 10."""
_LEAST_FRAMES = 4
"""Seconds of overlap, twice: less shows one scene at most."""
_LEAST_OVERLAP = 0.5
"""Of the shorter video that must lie within the longer; the rest was cut off."""
_LEAST_SHARE = 0.65
"""Of the frames in the overlap that must be near."""
_CLEARLY = 0.6
"""Mean distance at the right shift, in that of a video's own frames from one another. Copies of
moving pictures came to 0.55; one place on two days, seen by a camera that stands still, to 0.7 and
more."""
_DRAWN_FAR = 8
"""Mean distance of two films of a map or the like: a line that is new on the second day, which is
the news, came to 16 to 26, coding it anew to less than 8."""
_STILL = 8
"""Mean distance of a video's frames below which nothing moves: a still picture with sound."""
_STILL_FAR = 10
"""Of two such, in which they may differ."""


@dataclass(frozen=True, slots=True)
class _Shift:
    """How two videos lie over each other at one shift, in frames."""

    frames: int
    near: int
    mean: float


def bands(look: VideoLook, every: int = 1) -> frozenset[int]:
    """Parts of the hashes of frames with their places; of blank frames none."""
    size = 1 << BAND_BITS
    return frozenset(
        place * size + (frame >> place * BAND_BITS) % size
        for frame in look.frames[::every]
        if frame is not None
        for place in range(BITS // BAND_BITS)
    )


def near_videos(look: VideoLook, others: Sequence[VideoLook]) -> Iterator[NearVideo]:
    """The others that show nearly the same as a video."""
    for other in others:
        if other.id != look.id and (found := compare_videos(look, other)) is not None:
            yield found


def compare_videos(one: VideoLook, other: VideoLook) -> NearVideo | None:
    """How two videos lie over each other that show nearly the same; None: they do not.

    The answer is the same whichever comes first, but for the sign of the shift.
    """
    least, most = 1 - len(one.frames), len(other.frames)
    shifts = {shift: found for shift in range(least, most) if (found := _at(one, other, shift))}
    if not shifts:
        return None
    best = max(shifts, key=lambda shift: (shifts[shift].near, -shifts[shift].mean, -abs(shift)))
    found = shifts[best]
    if found.near < _LEAST_SHARE * found.frames or not _is_clear(one, other, best, shifts):
        return None
    return NearVideo(one.id, other.id, found.frames, best)


def _at(one: VideoLook, other: VideoLook, shift: int) -> _Shift | None:
    """Two videos at a shift; None: they hardly overlap there."""
    start, end = max(0, -shift), min(len(one.frames), len(other.frames) - shift)
    whole = min(len(one.frames), len(other.frames))
    if end - start < max(_LEAST_FRAMES, _LEAST_OVERLAP * whole):
        return None
    pairs = zip(one.frames[start:end], other.frames[start + shift : end + shift], strict=True)
    far = [(a ^ b).bit_count() for a, b in pairs if a is not None and b is not None]
    if len(far) < max(_LEAST_FRAMES, _LEAST_OVERLAP * whole):
        return None
    return _Shift(len(far), sum(n <= MOST_FAR for n in far), sum(far) / len(far))


def _is_clear(one: VideoLook, other: VideoLook, best: int, shifts: dict[int, _Shift]) -> bool:
    """Whether frames at the best shift are clearly nearer than frames that do not match."""
    found = shifts[best]
    if one.is_drawn or other.is_drawn:
        return found.mean <= _DRAWN_FAR
    apart = max(_spread(one), _spread(other))
    if apart < _STILL:
        return found.mean <= _STILL_FAR
    return found.mean <= _CLEARLY * apart


def _spread(look: VideoLook) -> float:
    """Mean distance of a video's frames from those some seconds later."""
    frames = [frame for frame in look.frames if frame is not None]
    step = max(1, len(frames) // 3)
    far = [(a ^ b).bit_count() for a, b in zip(frames, frames[step:], strict=False)]
    return sum(far) / len(far) if far else 0.0
