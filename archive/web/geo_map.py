"""A map of points as SVG, drawn here from nothing but their coordinates: meridians, parallels, a
scale. No tile, outline or name comes from elsewhere.

Degrees of longitude are shortened by the cosine of the middle's latitude, so that shapes and the
scale are right there; over a country it is off by a few hundredths.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_WIDTH = 720
_HIGHEST, _LOWEST = 560, 240
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 18, 14, 56
_LEAST_SPAN = 0.2
"""Degrees that a map shows at least, some 20 km: of one point the surroundings."""
_PAD = 0.12
"""Of the span, around the outermost points."""
_STEPS = (0.02, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30, 45)
_MOST_LINES = 7
_KM_OF_DEGREE = 111.2
"""A degree of latitude: 40,030 km / 360, of a sphere with the Earth's mean radius."""
_KM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000)
_FLATTEST = 0.05
"""Of the cosine: near a pole meridians would meet."""


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the map.

    Attributes:
        label: Stands beside it.
        told: What is said of it where it is pointed at.
        href: Where it leads, within the page.
    """

    latitude: float
    longitude: float
    label: str
    told: str
    href: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """Which part of the world is shown, and how large."""

    west: float
    north: float
    across: float
    """Points of the picture to a degree of longitude."""
    down: float
    """Points of the picture to a degree of latitude."""
    width: float
    height: float

    def x(self, longitude: float) -> float:
        return round(_LEFT + (longitude - self.west) * self.across, 1)

    def y(self, latitude: float) -> float:
        return round(_TOP + (self.north - latitude) * self.down, 1)


def picture(points: Sequence[Point], title: str) -> Markup:
    """The points on a map of their own; empty without any."""
    if not points:
        return Markup("")
    frame = _framed(points)
    height = frame.height + _TOP + _BOTTOM
    parts = [
        *_meridians(frame),
        *_parallels(frame),
        _scale(frame),
        *(_dot(frame, one) for one in points),
    ]
    return Markup(
        '<svg class="isw-curves isw-map" viewBox="0 0 {} {:.0f}" role="img" '
        'aria-labelledby="map-title"><title id="map-title">{}</title>'
        '<rect class="isw-grid" x="{}" y="{}" width="{}" height="{}"/>{}</svg>'
    ).format(
        _WIDTH, height, title, _LEFT, _TOP, frame.width, round(frame.height, 1),
        Markup("").join(parts),
    )  # fmt: skip


def _framed(points: Sequence[Point]) -> _Frame:
    south, north = _padded([one.latitude for one in points], 90)
    west, east = _padded([one.longitude for one in points], 180)
    shrunk = max(_FLATTEST, math.cos(math.radians((south + north) / 2)))
    width = _WIDTH - _LEFT - _RIGHT
    down = width / ((east - west) * shrunk)
    height = (north - south) * down
    if height > _HIGHEST:  # a tall map: it is widened instead
        down = _HIGHEST / (north - south)
        more = (width / (down * shrunk) - (east - west)) / 2
        west, east, height = west - more, east + more, _HIGHEST
    elif height < _LOWEST:
        more = (_LOWEST / down - (north - south)) / 2
        south, north, height = south - more, north + more, _LOWEST
    return _Frame(west, north, down * shrunk, down, width, height)


def _padded(values: Sequence[float], end: float) -> tuple[float, float]:
    low, high = min(values), max(values)
    more = max((high - low) * _PAD, (_LEAST_SPAN - (high - low)) / 2)
    return max(-end, low - more), min(end, high + more)


def _meridians(frame: _Frame) -> Iterator[Markup]:
    bottom = round(_TOP + frame.height, 1)
    for degrees, name in _lines(frame.west, frame.west + frame.width / frame.across, "E", "W"):
        x = frame.x(degrees)
        yield Markup('<path class="isw-grid" d="M{} {}V{}"/>').format(x, _TOP, bottom)
        yield _text(x, bottom + 18, name, "middle")


def _parallels(frame: _Frame) -> Iterator[Markup]:
    for degrees, name in _lines(frame.north - frame.height / frame.down, frame.north, "N", "S"):
        y = frame.y(degrees)
        yield Markup('<path class="isw-grid" d="M{} {}H{}"/>').format(_LEFT, y, _WIDTH - _RIGHT)
        yield _text(_LEFT - 6, y + 5, name, "end")


def _lines(low: float, high: float, plus: str, minus: str) -> Iterator[tuple[float, str]]:
    """Round degrees between two, with their names."""
    step = next((one for one in _STEPS if (high - low) / one < _MOST_LINES), _STEPS[-1])
    for number in range(math.ceil(low / step), math.floor(high / step) + 1):
        degrees = number * step
        side = "" if not number else plus if number > 0 else minus
        yield degrees, f"{abs(degrees):.10g}°{side}"


def _scale(frame: _Frame) -> Markup:
    """A bar of round kilometres, at most a quarter of the width."""
    km_of_point = _KM_OF_DEGREE / frame.down
    km = max((one for one in _KM if one / km_of_point < frame.width / 4), default=_KM[0])
    length, y = round(km / km_of_point, 1), round(_TOP + frame.height + 40, 1)
    return Markup('<path class="isw-scale" d="M{} {}v6h{}v-6"/>{}').format(
        _LEFT, y - 6, length, _text(_LEFT + length + 8, y + 2, f"{km:,} km", "start")
    )


def _dot(frame: _Frame, point: Point) -> Markup:
    x, y = frame.x(point.longitude), frame.y(point.latitude)
    return Markup(
        '<a href="{}"><title>{}</title><circle class="isw-point" cx="{}" cy="{}" r="6"/>{}</a>'
    ).format(point.href, point.told, x, y, _text(x + 9, y + 5, point.label, "start"))


def _text(x: float, y: float, text: str, anchor: str) -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}">{}</text>').format(x, y, anchor, text)
