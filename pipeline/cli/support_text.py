"""`report support` for people and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.show.support import COUNTED
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.show.support import SupportFigures

_NAME_WIDTH = 36
_SHARES = {
    "one voice": "one_voice",
    "tg, x only": "telegram_x",
    "one channel": "one_channel",
    "none live": "no_live_support",
    "only copy": "only_copies",
    "circular": "circular",
}


def support_lines(found: Sequence[SupportFigures], uncounted: int) -> Iterator[str]:
    """The table that `isw-archive report support` prints.

    Args:
        found: From `archive.show.support.figures`, the first of all sentences.
        uncounted: Reports that are missing in them.
    """
    yield COUNTED
    yield (
        "Shares of the sentences that cite others ('own': those that cite ISW and CTP alone): that "
        "rest on one voice for sure, on Telegram and X only, on one Telegram channel alone; whose "
        "sources are all gone or have another text now; with a source of which the only copy is "
        "kept here; with a source that repeats the report or its authors."
    )
    if uncounted:
        yield f"Reports not counted yet: {uncounted}; count them with isw-archive rebuild."
    yield ""
    shares = "".join(f"{name:>12}" for name in _SHARES)
    yield f"{'':{_NAME_WIDTH}}{'reports':>8}{'sentences':>10}{'own':>6}{shares}"
    for one in found:
        yield _line(one)


def _line(one: SupportFigures) -> str:
    name = printable(one.group)
    name = name if len(name) < _NAME_WIDTH else f"{name[: _NAME_WIDTH - 2]}…"
    shares = "".join(f"{_percent(one.share(getattr(one, key))):>12}" for key in _SHARES.values())
    return f"{name:{_NAME_WIDTH}}{one.reports:8d}{one.sentences:10d}{one.own_only:6d}{shares}"


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.0f} %"


def answer(by: str | None, found: Sequence[SupportFigures], uncounted: int) -> dict[str, Any]:
    """All of it, JSON-ready."""
    return {
        "by": by, "counted": COUNTED, "uncounted": uncounted,
        "groups": [asdict(one) for one in found],
    }  # fmt: skip
