"""`report support` for people and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.show.support import COUNTED
from pipeline.cli.figures_text import notes, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from archive.show.support import SupportFigures

_SHARES = {
    "one\nvoice": "one_voice",
    "Telegram,\nX only": "telegram_x",
    "one\nchannel": "one_channel",
    "no live\nsupport": "no_live_support",
    "only\ncopy": "only_copies",
    "circular": "circular",
}
SHARES_OF = (
    "Shares are of the sentences that cite others ('own only': those that cite ISW and CTP alone): "
    "that rest on one voice for sure, on Telegram and X only, on one Telegram channel alone; whose "
    "sources are all gone or have another text now; with a source of which the only copy is kept "
    "here; with a source that repeats the report or its authors."
)


def support_lines(found: Sequence[SupportFigures], uncounted: int) -> Iterator[str]:
    """The table that `isw-archive report support` prints.

    Args:
        found: From `archive.show.support.figures`, the first of all sentences.
        uncounted: Reports that are missing in them.
    """
    yield from notes(COUNTED, SHARES_OF)
    if uncounted:
        yield f"Reports not counted yet: {uncounted}; count them with isw-archive rebuild."
    yield ""
    heads = ("reports", "sentences", "own\nonly", *_SHARES)
    yield from table(heads, [(one.group, _cells(one)) for one in found])


def _cells(one: SupportFigures) -> list[str]:
    shares = [_percent(one.share(getattr(one, key))) for key in _SHARES.values()]
    return [str(one.reports), str(one.sentences), str(one.own_only), *shares]


def _percent(share: float | None) -> str:
    return "-" if share is None else f"{100 * share:.0f} %"


def answer(by: str | None, found: Sequence[SupportFigures], uncounted: int) -> dict[str, Any]:
    """The figures as an object for JSON."""
    return {
        "by": by, "counted": COUNTED, "uncounted": uncounted,
        "groups": [asdict(one) for one in found],
    }  # fmt: skip
