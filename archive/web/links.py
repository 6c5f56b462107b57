"""Where pages of ours stand, and which of them a value of a table leads to. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_REPORTS = frozenset({"report", "report_id", "cites"})


@dataclass(frozen=True, slots=True)
class Links:
    """Where pages of ours stand: each a function from an id to a path on this server."""

    report: Callable[..., str]
    """Of a report's id, and of the page about it (`changes`, `check`) if that is meant."""
    version: Callable[[int], str]
    capture: Callable[..., str]
    """Of a capture's number, and of what of it is meant (`body`, `picture`)."""
    source: Callable[..., str]
    """Of a source's number, and of the capture whose text to compare, if any."""
    rot: str
    """The page of figures."""
    support: str
    """The page of what sentences rest on."""
    search: str
    """The page of the search."""
    runs: str
    alarms: str
    run: Callable[[str], str]
    """Of a run's name."""
    account: Callable[[str, str], str]
    """Of a platform and an account there."""
    host: Callable[[str], str]
    series: Callable[[str], str]
    row: Callable[[str, Any], str]
    card: Callable[[str, str], str]
    """Of what is on a card (`edit/12/0`, `capture/12`), and of its form (`svg`, `png`)."""
    corrections: str = "/-/corrections"
    """The page of what publishers edited."""
    latency: str = "/-/latency"
    geo: Callable[[str], str] = "/-/geo/{}.geojson".format
    """Of a report's id: where others place what it cites."""
    held: str = "/-/held"
    """Where it is asked whether something is held."""
    watches: str = "/-/watches"
    queue: str = "/-/queue"
    """What people asked to be captured again."""
    lists: str = "/-/lists"
    about: str = "/-/about"
    """What the archive says of itself, and what its words mean."""


_OF_CITED = frozenset({None, "sources", "cited_sources"})
"""Where accounts stand that are cited; None: in the answer of a question."""
_SOURCES = frozenset({"source_id", "other_source_id"})
_LEADS = {"source_id": "about it", "capture_id": "our copy"}
"""What a number of ours is called in the answer of a question; the number itself says nothing."""
_ROW_TABLES = {
    "text_id": "texts",
    "publication_id": "publications",
    "note_id": "notes",
}


def target_of(
    value: Any, column: str, links: Links, row: Mapping[str, Any], table: str | None
) -> str | None:
    """The path that a value leads to, or None.

    Args:
        value: As SQLite gives it.
        column: Its column; names mean the same in all our tables.
        links: Where to lead.
        row: The row it stands in.
        table: None for the answer of a question.
    """
    if column in _REPORTS:
        return links.report(str(value))
    if column == "title":
        return _titled(links, row, table)
    if column == "account" and table in _OF_CITED:
        return _account(value, links, dict(row))
    if column == "version_id":
        return links.version(value)
    if column == "capture_id" or (table == "captures" and column == "captured_at"):
        return links.capture(value if column == "capture_id" else row["id"])
    if column == "run" or (table == "runs" and column == "started_at"):
        return links.run(str(value if column == "run" else row["id"]))
    if column in _SOURCES:
        return links.source(value)
    return links.row(_ROW_TABLES[column], value) if column in _ROW_TABLES else None


def _account(value: Any, links: Links, row: Mapping[str, Any]) -> str | None:
    """The page of an account; one that nobody cites has none."""
    if not row.get("platform") or row.get("report_count") == 0:
        return None
    return links.account(str(row["platform"]), str(value))


def _titled(links: Links, row: Mapping[str, Any], table: str | None) -> str | None:
    """The page of what has a title."""
    if table == "versions":
        return links.version(row["id"])
    if table == "reports":
        return links.report(row["id"])
    named = dict(row).get("report")
    return links.report(named) if named else None


def leading(value: Any, column: str, label: str | None, table: str | None) -> str:
    """The words of a link to a page of ours."""
    if label and column not in _REPORTS:
        return label
    if table is None and column in _LEADS:
        return _LEADS[column]
    shown = str(value)
    is_time = column.endswith("_at") and shown.endswith("Z")
    return shown[:16].replace("T", " ") if is_time else shown
