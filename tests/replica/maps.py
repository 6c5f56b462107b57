"""Maps as the reports carry them, drawn by hand: two sides of a line, a river, some towns."""

from __future__ import annotations

import math
import struct
import zlib
from typing import TYPE_CHECKING

from tests.replica.files import png_of
from tests.replica.prose import rng_for

if TYPE_CHECKING:
    import random

WIDTH, HEIGHT = 480, 300  # pixels
COLOURS = (
    (238, 234, 222), (226, 178, 168), (150, 52, 44), (126, 164, 196), (40, 40, 40),
)  # fmt: skip
LAND, HELD, FRONT, RIVER, TOWN = range(len(COLOURS))
TOWNS = 9


def map_png(seed: str) -> bytes:
    """A map that comes from the text; equal texts give equal bytes."""
    rng = rng_for(seed)
    front, river = _line(rng, 0.3, 0.6), _line(rng, 0.2, 0.8)
    rows = [_row(round(front(y)), round(river(y))) for y in range(HEIGHT)]
    for _ in range(TOWNS):
        _dot(rows, rng.randrange(8, WIDTH - 8), rng.randrange(8, HEIGHT - 8))
    header = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 3, 0, 0, 0)  # 3: by a palette
    palette = bytes(part for colour in COLOURS for part in colour)
    pixels = zlib.compress(b"".join(b"\x00" + row for row in rows))  # filter 0
    return png_of((b"IHDR", header), (b"PLTE", palette), (b"IDAT", pixels))


def _line(rng: random.Random, least: float, most: float) -> Line:
    """From the upper edge to the lower one, in bends: at which column it is in a row."""
    middle = rng.uniform(least, most) * WIDTH
    bends = [(rng.uniform(6, 40), rng.uniform(1, 6), rng.uniform(0, math.tau)) for _ in range(3)]
    return lambda y: (
        middle
        + sum(
            wide * math.sin(often * math.tau * y / HEIGHT + begin) for wide, often, begin in bends
        )
    )


def _row(front: int, river: int) -> bytearray:
    row = bytearray([LAND]) * WIDTH
    row[front:] = bytearray([HELD]) * (WIDTH - front)
    for at, half, colour in ((river, 2, RIVER), (front, 1, FRONT)):
        for x in range(max(0, at - half), min(WIDTH, at + half + 1)):
            row[x] = colour
    return row


def _dot(rows: list[bytearray], left: int, top: int) -> None:
    for row in rows[top : top + 5]:
        row[left : left + 5] = bytearray([TOWN]) * 5


if TYPE_CHECKING:
    from collections.abc import Callable

    Line = Callable[[int], float]
