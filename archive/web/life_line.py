"""The life of a source as one picture: when it was cited, what each try found, what was thought.

SVG drawn here: no script is needed to see it. Colours stand in `isw.css`.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archive.model.vocabulary import DriftClass
from archive.show.plain import status_words
from archive.web.cells import tone
from archive.web.curves import axis_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_WIDTH, _HEIGHT = 720, 112
_LEFT, _RIGHT = 92, 14
_TRIES, _VERDICTS, _CITED, _AXIS = 18, 42, 70, 82
"""Heights of the lanes, and of the axis."""
_MOST_MONTHS, _MOST_DAYS = 5, 3
"""Labels on the axis: as many as a phone has room for."""
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120)
_DAYS = (1, 2, 5, 10, 20, 40)
_MONTH_DAYS = 30.44

FOUND = {
    "there": "there",
    "changed": "there, with another text",
    "absent": "absent",
    "untold": "cannot be told",
}
"""What a try found, by the sign that it has in the picture, in words."""

_SIGNS = {
    "there": "M{x} {y}h0",
    "changed": "M{x} {top}l6 6l-6 6l-6-6z",
    "absent": "M{left} {top}l10 10m0-10l-10 10",
    "untold": "M{x} {top}v12",
}
_OTHER_TEXT = frozenset({DriftClass.SUBSTANTIAL, DriftClass.REPLACED, DriftClass.OFF_TOPIC})


@dataclass(frozen=True, slots=True)
class Life:
    """The picture, and which of its signs and colours are in it.

    Attributes:
        picture: An `svg`.
        signs: Of `FOUND`, in its order, each with an `svg` of its own.
        statuses: Those of the band, in the order of their coming.
    """

    picture: Markup
    signs: tuple[tuple[str, Markup], ...]
    statuses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Span:
    start: datetime
    end: datetime

    def x(self, at: datetime) -> float:
        share = (at - self.start) / (self.end - self.start)
        return round(_LEFT + (_WIDTH - _LEFT - _RIGHT) * min(1.0, max(0.0, share)), 1)


def life(source: Mapping[str, Any]) -> Life | None:
    """The life of a source; None where two tries do not lie a day apart.

    Args:
        source: As `archive/show/reading_source.py: source` gives it.
    """
    tries = sorted((_moment(one["captured_at"]), _found(one)) for one in source["tries"])
    if len(tries) < 2 or tries[-1][0] - tries[0][0] < timedelta(days=1):
        return None
    cited = sorted({_moment(one["report_date"]) for one in source["citing"] if one["report_date"]})
    # older tries than are shown leave a beginning that nothing is known of
    start = tries[0][0] if source["more_tries"] else min([tries[0][0], *cited[:1]])
    span = _Span(start, max([tries[-1][0], *cited[-1:]]))
    band = sorted((_moment(one["decided_at"]), str(one["status"])) for one in source["verdicts"])
    parts = [
        *_axis(span),
        *_band(band, span),
        *_signs(tries, span),
        *_cited([at for at in cited if at >= start], span),
        *(axis_text(_LEFT - 10, y + 5, words, "end") for y, words in _LANES),
    ]
    picture = Markup(
        '<svg class="isw-curves isw-life" viewBox="0 0 {} {}" role="img" aria-labelledby='
        '"life-title life-text"><title id="life-title">{}</title><desc id="life-text">{}</desc>{}'
        "</svg>"
    ).format(
        _WIDTH, _HEIGHT, "When it was cited, and what was found there",
        " ".join(_described(tries, band, cited)), Markup("").join(parts),
    )  # fmt: skip
    present = {found for _, found in tries}
    return Life(
        picture,
        tuple((words, _key(sign)) for sign, words in FOUND.items() if sign in present),
        tuple(dict.fromkeys(status for _, status in band)),
    )


_LANES = ((_TRIES, "tries"), (_VERDICTS, "verdict"), (_CITED, "cited"))


def _moment(written: str) -> datetime:
    at = datetime.fromisoformat(written)
    return at if at.tzinfo else at.replace(tzinfo=UTC)


def _found(one: Mapping[str, Any]) -> str:
    look = tone(str(one["outcome"]))
    if look in ("gone", "unsure"):
        return "absent" if look == "gone" else "untold"
    return "changed" if one["drift"] in _OTHER_TEXT else "there"


def _described(
    tries: Sequence[tuple[datetime, str]],
    band: Iterable[tuple[datetime, str]],
    cited: Sequence[datetime],
) -> Iterable[str]:
    """The picture in words."""
    if cited:
        until = f" to {cited[-1]:%Y-%m-%d}" if len(cited) > 1 else ""
        yield f"Cited by reports of {cited[0]:%Y-%m-%d}{until}."
    counts = Counter(found for _, found in tries)
    told = ", ".join(f"{counts[sign]} {words}" for sign, words in FOUND.items() if counts[sign])
    yield f"{len(tries)} tries from {tries[0][0]:%Y-%m-%d} to {tries[-1][0]:%Y-%m-%d}: {told}."
    verdicts = ", ".join(f"{status_words(status)} from {at:%Y-%m-%d}" for at, status in band)
    if verdicts:
        yield f"Verdicts: {verdicts}."


def _signs(tries: Iterable[tuple[datetime, str]], span: _Span) -> Iterable[Markup]:
    places: dict[str, dict[float, None]] = {}
    for at, found in tries:
        places.setdefault(found, {})[span.x(at)] = None
    for found, across in places.items():
        yield _sign(found, across, _TRIES)


def _sign(found: str, across: Iterable[float], y: int) -> Markup:
    drawn = "".join(
        _SIGNS[found].format(x=x, y=y, top=y - (5 if found == "absent" else 6), left=x - 5)
        for x in across
    )
    return Markup('<path class="isw-try isw-try-{}" d="{}"/>').format(found, drawn)


def _key(found: str) -> Markup:
    return Markup(
        '<svg class="isw-sign-key" viewBox="0 0 16 16" aria-hidden="true">{}</svg>'
    ).format(_sign(found, [8], 8))


def _band(band: Sequence[tuple[datetime, str]], span: _Span) -> Iterable[Markup]:
    ends = [span.x(at) for at in [*(at for at, _ in band), span.end][1:]]
    for (at, status), end in zip(band, ends, strict=True):
        x = span.x(at)
        yield Markup(
            '<rect class="isw-fill-{}" x="{}" y="{}" width="{}" height="12"/>'
        ).format(status, x, _VERDICTS - 6, round(max(1.0, end - x), 1))  # fmt: skip


def _cited(cited: Iterable[datetime], span: _Span) -> Iterable[Markup]:
    across = dict.fromkeys(span.x(at) for at in cited)
    drawn = "".join(f"M{x} {_CITED - 6}l6 10h-12z" for x in across)
    yield Markup('<path class="isw-cites-it" d="{}"/>').format(drawn)


def _axis(span: _Span) -> Iterable[Markup]:
    yield Markup('<path class="isw-grid" d="M{} {}H{}"/>').format(_LEFT, _AXIS, _WIDTH - _RIGHT)
    for at, words in _ticks(span):
        x = span.x(at)
        yield Markup('<path class="isw-grid" d="M{} {}v6"/>').format(x, _AXIS)
        # what stands at an edge stays within the picture
        yield axis_text(min(max(x, _LEFT), _WIDTH - 46), _AXIS + 24, words, "middle")


def _ticks(span: _Span) -> list[tuple[datetime, str]]:
    """Where the axis is marked, and with what: years, months, or days."""
    days = (span.end - span.start) / timedelta(days=1)
    if days / _DAYS[-1] <= _MOST_DAYS:
        step = next(step for step in _DAYS if days / step <= _MOST_DAYS)
        day = span.start.replace(hour=0, minute=0, second=0, microsecond=0)
        first = day if day == span.start else day + timedelta(days=1)
        found = [first + timedelta(days=n * step) for n in range(_MOST_DAYS + 1)]
        return [(at, f"{at:%Y-%m-%d}") for at in found if at <= span.end]
    most = _MOST_MONTHS * _MONTH_DAYS
    step = next((step for step in _MONTHS if days / step <= most), _MONTHS[-1])
    told = "%Y" if step >= 12 else "%Y-%m"
    begin = 12 * span.start.year + span.start.month - 1
    begin -= begin % step
    months = [divmod(begin + n * step, 12) for n in range(_MOST_MONTHS + 2)]
    found = [datetime(year, month + 1, 1, tzinfo=UTC) for year, month in months]
    return [(at, at.strftime(told)) for at in found if span.start <= at <= span.end]
