"""What columns are called on pages, where people read, and how figures in them are told.

Names stay what they are in data, in SQL and in addresses. Pure.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archive.show.corrections import span
from archive.show.plain import series_name
from archive.show.space import human_bytes
from archive.web.described import DESCRIBED_NAME, description

if TYPE_CHECKING:
    from collections.abc import Callable

ROW = "row"
"""What leads to a row's own page, where its key says nothing to a reader."""

_LABELS = {
    "Link": ROW, "url": "address", "cited_url": "cited address", "other_url": "other address",
    "final_url": "address that answered", "target_url": "target", "memento_url": "copy's address",
    "source_id": "source", "other_source_id": "other source", "target_source_id": "target's page",
    "capture_id": "our copy", "own_id": "our copy", "copy_id": "their copy",
    "account_id": "account's number", "record_id": "WARC record", "cites": "report cited",
    "report_id": "report", "version_id": "version", "earlier_id": "version before",
    "at": "when", "last_at": "last on", "seen_at": "seen", "http_status": "HTTP status",
    "apart_s": "apart", "stood_least_s": "stood at least", "stood_most_s": "stood at most",
    "duration_s": "lasts", "clock_skew_s": "clock behind by", "tls_verified": "certificate checked",
    "report_count": "reports citing", "target_report_count": "reports citing the target",
    "told": "known", "own_only": "own reports only", "telegram_x": "Telegram and X only",
    "one_channel": "one Telegram channel", "no_live_support": "no live support left",
    "only_copy": "no copy but ours", "only_copies": "no copy but ours",
    "circular": "circular sources", "asked": "asked elsewhere", "seen": "ever seen",
    "doubts": "doubts of the parser", "via": "by way of", "lastmod": "changed, it says",
}  # fmt: skip
"""Columns whose names say little to a reader."""
_ENDINGS = ("_at", "_id")

_IS_FLAG = re.compile(r"1 (?:when|while|where|for|on) (?!.*\belse\b)")
"""How `metadata.yaml` begins what it says of a yes or no."""

_MINUTE_S = 60


def label(column: str) -> str:
    """A column's name as people say it: `first captured`, of `first_captured_at`."""
    told = _LABELS.get(column)
    if told is not None:
        return told
    ending = next((one for one in _ENDINGS if column.endswith(one)), "")
    return column.removesuffix(ending).replace("_", " ")


def heading(column: str, table: str) -> str:
    """`label`, where a table's own key is called what its cells say; of a question (an empty
    table) that alone."""
    key = column == "id" and table and table not in _READABLE_KEYS
    return ROW if key else label(column)


def narrowed(told: str, table: str) -> str:
    """How rows are chosen and sorted, in datasette's words, with columns called as in headings.

    Args:
        told: `where report_count > 1 and host = "t.me" sorted by id descending`, escaped or not.
        table: Whose rows.
    """
    parts = _QUOTED.split(told)
    parts[::2] = [
        _COLUMN.sub(lambda found: f"{found[1]}{heading(found[2], table)}", part)
        for part in parts[::2]
    ]
    return "".join(parts)


_QUOTED = re.compile(r"(\".*?\"(?!\w)|&#34;.*?&#34;(?!\w))", re.DOTALL)
"""A value, which somebody typed."""
_COLUMN = re.compile(r"((?:\bwhere|\band|\bsorted by|,) )(\w+)(?=\s|$)")


def row_key(cell: Markup) -> Markup:
    """The link to a row's page, as datasette makes it, with a word in place of a key that nobody
    reads; the key stays in what is read aloud."""
    return Markup(_KEY.sub(rf'\1 aria-label="{ROW} \2">{ROW}</a>', str(cell)))  # noqa: S704 - digits


_KEY = re.compile(r'^(<a href="[^"]*")>(\d{6,}|[^<]*,[^<]*)</a>$')
"""A number of ours, or several values that the row shows anyway."""

_READABLE_KEYS = frozenset({"reports", "runs"})
"""Tables whose key is a name."""


@cache
def _flags(table: str) -> frozenset[str]:
    tables = description()["databases"][DESCRIBED_NAME]["tables"]
    told = tables.get(table, {}).get("columns", {})
    return frozenset(name for name, said in told.items() if _IS_FLAG.match(said))


def choice(value: Any, column: str, table: str) -> str:
    """A value that rows may be narrowed to, as their cells have it; a dash of nothing."""
    told = str("" if value is None else value)
    if column in _flags(table):
        return {"0": "no", "1": "yes"}.get(told, told)
    return (series_name(told) if column == "series" else told) or "-"


def figure(value: Any, column: str, table: str | None) -> Markup | None:
    """A number as people say it, the number itself in its title; None: as it is.

    Args:
        value: As SQLite gives it.
        column: Its column: what ends in `_s` are seconds, `bytes` bytes, what begins with `share_`
            parts of one.
        table: None for the answer of a query.
    """
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return None
    if value in (0, 1) and isinstance(value, int) and table and column in _flags(table):
        return answer(value)
    told = next((tell for fits, tell in _MEASURES if fits(column)), None)
    if told is None:
        return None
    return Markup('<span title="{}">{}</span>').format(value, told(value))


def answer(value: Any) -> Markup:
    """Yes or no."""
    return Markup('<span class="isw-answer">{}</span>').format("yes" if value else "no")


def _seconds(value: float) -> str:
    if abs(value) < _MINUTE_S:
        return f"{value:g} s"
    return f"{'-' if value < 0 else ''}{span(abs(value))}"


def _share(value: float) -> str:
    return f"{100 * value:.1f}\N{NO-BREAK SPACE}%"


_MEASURES: tuple[tuple[Callable[[str], bool], Callable[[float], str]], ...] = (
    (lambda name: name.endswith("_s"), _seconds),
    (lambda name: name == "bytes" or name.endswith("_bytes"), human_bytes),
    (lambda name: name.startswith("share_"), _share),
)
