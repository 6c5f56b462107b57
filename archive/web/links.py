"""Where pages of ours stand, and which of them a value of a table leads to. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive.show.plain import series_name

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

REPORTS = frozenset({"report", "report_id", "cites"})
"""Columns that hold a report's id."""


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


_OF_CITED = frozenset(
    {None, "sources", "cited_sources", "account_counts", "account_reports", "post_latency",
     "posted_first"}
)  # fmt: skip
"""Where accounts stand that are cited; None: in the answer of a question."""
_HOSTS_OF_CITED = frozenset({"rot_by_host", "post_latency"})
_TITLED = frozenset({None, "publications", "versions"})
"""Whose rows may say a report's title beside its id."""
_SOURCES = frozenset({"source_id", "other_source_id", "target_source_id"})
_CAPTURES = frozenset(
    {"capture_id", "own_id", "copy_id", "first_capture_id", "file_capture_id", "plain_capture_id"}
)
_VERSIONS = frozenset({"version_id", "earlier_id", "since_id"})
_LEADS = {
    **dict.fromkeys(_SOURCES, "about it"),
    **dict.fromkeys(_CAPTURES, "our copy"),
    **dict.fromkeys(_VERSIONS, "read it"),
    "copy_id": "their copy",
    "publication_id": "where it stands",
    "note_id": "the note",
    "text_id": "the text",
    "event_id": "the event",
    "other_id": "the other text",
}
"""What a number of ours is called where nothing names what it is of; itself it says nothing."""
_ROW_TABLES = {
    "text_id": "texts",
    "publication_id": "publications",
    "note_id": "notes",
    "event_id": "events",
}
_ROW_TABLES_OF: dict[tuple[str | None, str], str] = {("near_texts", "other_id"): "texts"}
"""Where a column of this name is of that table alone."""


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
    if column in REPORTS:
        return links.report(str(value))
    if column == "title":
        return _titled(links, row, table)
    if column in {"account", "host", "series"}:
        return _group(value, column, links, row, table)
    if column in _VERSIONS:
        return links.version(value)
    if column in _CAPTURES or (table == "captures" and column == "captured_at"):
        return links.capture(value if column in _CAPTURES else row["id"])
    if column == "run" or (table == "runs" and column == "started_at"):
        return links.run(str(value if column == "run" else row["id"]))
    if column in _SOURCES:
        return links.source(value)
    led = _ROW_TABLES.get(column) or _ROW_TABLES_OF.get((table, column))
    return links.row(led, value) if led else None


def _group(
    value: Any, column: str, links: Links, row: Mapping[str, Any], table: str | None
) -> str | None:
    """The page of what many sources or reports have in common."""
    if column == "series":
        return links.series(str(value))
    if column == "host":
        return links.host(str(value)) if table in _HOSTS_OF_CITED else None
    return _account(value, links, dict(row)) if table in _OF_CITED else None


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


def leading(
    value: Any, column: str, label: str | None, row: Mapping[str, Any], table: str | None
) -> str:
    """The words of a link to a page of ours.

    Args:
        value: Of the column.
        column: Its name.
        label: What the linked row is called, where that is known.
        row: The row it stands in.
        table: None for the answer of a question.
    """
    if label and column in REPORTS and table in _TITLED and dict(row).get("title") == label:
        return "the report"
    if label:
        return label
    if column in _LEADS:
        return _LEADS[column]
    if column == "series":
        return series_name(str(value))
    shown = str(value)
    is_time = column.endswith("_at") and shown.endswith("Z")
    return shown[:16].replace("T", " ") if is_time else shown
