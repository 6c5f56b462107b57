"""Survival curves as SVG, drawn here: no script is needed to see them.

Colours and dashes stand in `isw.css`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.show.rot import Figures
    from archive.show.survival import Step

LINES = 5
"""Curves in one picture: more cannot be told apart."""

_WIDTH, _HEIGHT = 720, 400
_LEFT, _RIGHT, _TOP, _BOTTOM = 84, 24, 16, 84
_TICKS = (1, 2, 5, 7, 14, 30, 60, 90, 180, 365, 730, 1825)
_MOST_TICKS = 9
_SHARES = (0, 25, 50, 75, 100)

_STYLE = Markup(
    "text{font-family:system-ui,sans-serif;font-size:14px;fill:#1d2129}"
    ".isw-grid{stroke:#d9dde3;fill:none}.isw-half{stroke:#59616e;stroke-dasharray:3 3;fill:none}"
    ".isw-band{fill:#1b5b9e;opacity:.16}.isw-line{fill:none;stroke-width:2.2}"
    ".isw-line-0{stroke:#1b5b9e;stroke-width:3}.isw-line-1{stroke:#a3211b;stroke-dasharray:7 3}"
    ".isw-line-2{stroke:#0a6b34;stroke-dasharray:2 3}"
    ".isw-line-3{stroke:#8a5200;stroke-dasharray:10 3 2 3}"
    ".isw-line-4{stroke:#4a5363;stroke-dasharray:4 2}"
)
"""As `isw.css` has it by day, for a file that stands by itself."""


@dataclass(frozen=True, slots=True)
class Labels:
    """What the picture shows, and what its axes count."""

    title: str
    across: str
    up: str


def picture(groups: Sequence[Figures], labels: Labels) -> Markup:
    """The curves of the first groups, the first with its interval and how many were followed.

    Empty without a curve.
    """
    shown = [one for one in groups[:LINES] if one.curve]
    if not shown:
        return Markup("")
    longest = max(one.curve[-1].days for one in shown)
    tick = next((tick for tick in _TICKS if longest / tick < _MOST_TICKS), _TICKS[-1])
    end = tick * max(1, math.ceil(longest / tick))
    parts = [_band(shown[0].curve, end), *_axes(end, tick, labels), *_at_risk(shown[0], end, tick)]
    parts += [
        Markup('<path class="isw-line isw-line-{}" d="{}"/>').format(place, _path(one.curve, end))
        for place, one in enumerate(shown)
    ]
    return Markup(
        '<svg class="isw-curves" viewBox="0 0 {} {}" role="img" aria-labelledby="curves-title '
        'curves-text"><title id="curves-title">{}</title><desc id="curves-text">{}</desc>{}</svg>'
    ).format(_WIDTH, _HEIGHT, labels.title, " ".join(map(described, shown)), Markup("").join(parts))


def standalone_svg(groups: Sequence[Figures], labels: Labels) -> Markup:
    """The picture as a file of its own: with its colours, its title and its legend.

    Empty without a curve.
    """
    inside = picture(groups, labels)
    if not inside:
        return inside
    shown = [one for one in groups[:LINES] if one.curve]
    legend = [
        Markup('<path class="isw-line isw-line-{}" d="M{} {}h34"/>{}').format(
            place, _LEFT, y, axis_text(_LEFT + 42, y + 5, one.group, "start")
        )
        for place, one in enumerate(shown)
        for y in [_HEIGHT + 62 + 22 * place]
    ]
    height = _HEIGHT + 62 + 22 * len(shown)
    return Markup(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {w} {h}" width="{w}" height="{h}">'
        '<style>{style}</style><rect width="{w}" height="{h}" fill="#fff"/>'
        '<text x="{x}" y="26" style="font-size:18px;font-weight:bold">{title}</text>'
        '<g transform="translate(0 40)">{inside}</g>{legend}</svg>\n'
    ).format(
        w=_WIDTH, h=height, x=_LEFT, title=labels.title, legend=Markup("").join(legend),
        style=_STYLE, inside=_sized(inside),
    )  # fmt: skip


def _sized(inside: Markup) -> Markup:
    """A picture within a picture needs its size said."""
    size = Markup('<svg width="{}" height="{}" ').format(_WIDTH, _HEIGHT)
    return Markup(inside.replace("<svg ", size, 1))  # noqa: S704 - ours


def described(one: Figures) -> str:
    """A curve in words."""
    points = [f"{100 * step.share:.0f} % after day {step.days:.0f}" for step in _few(one.curve)]
    return f"{one.group}: {', '.join(points)}."


def _few(curve: Sequence[Step]) -> list[Step]:
    """Its first, its last, and up to three between."""
    if len(curve) <= LINES:
        return list(curve)
    return [curve[round(place * (len(curve) - 1) / (LINES - 1))] for place in range(LINES)]


def _x(days: float, end: float) -> float:
    return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * days / end, 1)


def _y(share: float) -> float:
    return round(_TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share), 1)


def _path(curve: Sequence[Step], end: float) -> str:
    shares = _drawn(curve, end, [step.share for step in curve])
    return "".join([f"M{_x(0, end)} {_y(1)}", *(f"H{x}V{y}" for x, y in shares)])


def _drawn(curve: Sequence[Step], end: float, values: Sequence[float]) -> list[tuple[float, float]]:
    """The visible corners of a line that goes down in steps: of several at one place the last, and
    none that is level with the one before."""
    changed = [
        (step.days, value)
        for step, value, before in zip(curve, values, (None, *values), strict=False)
        if value != before
    ]
    changed.append((curve[-1].days, values[-1]))
    places = {_x(days, end): value for days, value in changed}
    found: list[tuple[float, float]] = []
    last = _x(curve[-1].days, end)
    for x, value in places.items():
        y = _y(value)
        if not found or y != found[-1][1] or x == last:
            found.append((x, y))
    return found


def _band(curve: Sequence[Step], end: float) -> Markup:
    """The 95 % interval of a curve, as an area."""
    high = _drawn(curve, end, [step.high for step in curve])
    low = _drawn(curve, end, [step.low for step in curve])
    parts = [f"M{_x(0, end)} {_y(1)}", *(f"H{x}V{y}" for x, y in high)]
    for place in range(len(low) - 1, -1, -1):
        before = low[place - 1][1] if place else _y(1.0)
        parts.append(f"V{low[place][1]}H{low[place][0]}V{before}")
    path = "".join([*parts, f"H{_x(0, end)}Z"])
    return Markup('<path class="isw-band" d="{}"/>').format(path)


def _axes(end: float, tick: int, labels: Labels) -> list[Markup]:
    parts = []
    for share in _SHARES:
        y = _y(share / 100)
        kind = "isw-half" if share == 50 else "isw-grid"
        parts.append(
            Markup('<path class="{}" d="M{} {}H{}"/>').format(kind, _LEFT, y, _WIDTH - _RIGHT)
        )
        parts.append(axis_text(_LEFT - 8, y + 5, f"{share} %", "end"))
    foot = _y(0)
    for days in range(0, int(end) + 1, tick):
        x = _x(days, end)
        parts.append(Markup('<path class="isw-grid" d="M{} {}v6"/>').format(x, foot))
        parts.append(axis_text(x, foot + 22, str(days), "middle"))
    parts.append(axis_text((_LEFT + _WIDTH - _RIGHT) / 2, foot + 44, labels.across, "middle"))
    middle = (_TOP + foot) / 2
    parts.append(
        Markup(
            '<text class="isw-axis" x="16" y="{0}" text-anchor="middle" transform="rotate(-90 '
            '16 {0})">{1}</text>'
        ).format(middle, labels.up)
    )  # fmt: skip
    return parts


def _at_risk(one: Figures, end: float, tick: int) -> list[Markup]:
    """How many were still followed, below the axis: where they are few, the curve says little."""
    y = _y(0) + 70
    parts = [axis_text(_LEFT - 40, y, "n", "end")]
    late = one.curve[0].at_risk < sum(step.ended + step.censored for step in one.curve)
    for days in range(0, int(end) + 1, tick):
        if late and days < one.curve[0].days:
            continue  # others come in between, and how many were followed then no step says
        count = next((step.at_risk for step in one.curve if step.days >= days), 0)
        parts.append(axis_text(_x(days, end), y, f"{count:,}", "middle"))
    return parts


def axis_text(x: float, y: float, words: str, anchor: str) -> Markup:
    """Words beside a picture, at a place of its own units; `anchor` as SVG has it."""
    return Markup('<text class="isw-axis" x="{}" y="{}" text-anchor="{}">{}</text>').format(
        x, y, anchor, words
    )
