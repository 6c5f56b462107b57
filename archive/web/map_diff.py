"""What changed between the map of one day and that of the next, as a picture. Pure.

The two are laid over each other by their size; where points differ clearly, and enough of them
stand together, the newer map keeps its colours and gets a frame, and all else is faded. A map of
another frame or scale is no earlier state of this one, and nothing is shown then.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

_SHAPES = 1.03
"""Ratio of two ratios of sides: more is another frame."""
_APART = 48
"""Levels of 255 in which a point differs that changed; coding a JPEG anew comes to 30 at edges."""
_CELL = 8
"""Pixels of a side: points that changed are counted in squares of these."""
_SHARE = 0.1
"""Of a square's points that must have changed."""
_MOST = 0.4
"""Of all squares: where more changed, it is another map, or all of it was drawn anew."""
_GAP = 2
"""Squares between which two changes are one region."""
_LEAST_SQUARES = 2
"""Of a region; less is a speck."""
_LINE = (190, 20, 30)
_FADED = 0.7


class Box(NamedTuple):
    """A region that changed, in pixels of the newer map."""

    left: int
    top: int
    right: int
    bottom: int


class OtherMap(ValueError):
    """The two are not two states of one map."""


def difference(before: Image, now: Image) -> tuple[Image, list[Box]]:
    """The newer map with what changed marked, and where that is.

    Raises:
        OtherMap: They differ in shape, or nearly everywhere.
    """
    before, now = before.convert("RGB"), now.convert("RGB")
    shapes = (before.width * now.height) / (now.width * before.height)
    if not 1 / _SHAPES <= shapes <= _SHAPES:
        raise OtherMap("the two maps differ in shape")
    cells = _changed(before.resize(now.size), now)
    wide, high = -(-now.width // _CELL), -(-now.height // _CELL)
    if len(cells) > _MOST * wide * high:
        raise OtherMap("the two maps differ nearly everywhere")
    boxes = [box for box in map(_box, _regions(cells)) if box is not None]
    return _marked(now, boxes), boxes


def _changed(before: Image, now: Image) -> set[tuple[int, int]]:
    """Squares of which enough points changed."""
    from PIL import Image, ImageChops, ImageFilter

    soft = ImageFilter.GaussianBlur(1)
    apart = ImageChops.difference(before.filter(soft), now.filter(soft))
    red, green, blue = apart.split()
    most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
    mask = most.point([255 * (level > _APART) for level in range(256)])
    wide, high = -(-now.width // _CELL), -(-now.height // _CELL)
    whole = Image.new("L", (wide * _CELL, high * _CELL))
    whole.paste(mask)
    shares = whole.resize((wide, high), Image.Resampling.BOX).tobytes()
    return {(at % wide, at // wide) for at, share in enumerate(shares) if share > 255 * _SHARE}


def _regions(cells: set[tuple[int, int]]) -> Iterator[list[tuple[int, int]]]:
    """Squares that stand together."""
    left = set(cells)
    while left:
        region = [left.pop()]
        for x, y in region:  # grows as it is gone through
            near = {
                (x + across, y + down)
                for across in range(-_GAP, _GAP + 1)
                for down in range(-_GAP, _GAP + 1)
            } & left
            left -= near
            region += sorted(near)
        yield region


def _box(region: list[tuple[int, int]]) -> Box | None:
    if len(region) < _LEAST_SQUARES:
        return None
    across, down = [x for x, _ in region], [y for _, y in region]
    return Box(
        min(across) * _CELL, min(down) * _CELL, (max(across) + 1) * _CELL, (max(down) + 1) * _CELL
    )


def _marked(now: Image, boxes: list[Box]) -> Image:
    from PIL import Image, ImageDraw

    shown = Image.blend(
        now.convert("L").convert("RGB"), Image.new("RGB", now.size, "white"), _FADED
    )
    drawn = ImageDraw.Draw(shown)
    for box in boxes:
        shown.paste(now.crop(box), box[:2])
        drawn.rectangle(box, outline=_LINE, width=3)
    return shown
