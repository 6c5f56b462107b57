"""What publishers edited in their reports: each edit, and figures by series, year and kind."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from statistics import median
from typing import TYPE_CHECKING, Any

from archive.model.edits import EditKind
from archive.show.narrowing import Narrowing
from archive.show.reading import rows
from archive.show.withheld import HIDDEN, any_withheld

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

    from archive.show.reading import Row

COUNTED = (
    "Sentences, headlines and notes that differ between two versions of a report in a row, of each "
    "address by itself. What is only set otherwise, stands elsewhere or got another number is no "
    "edit; nor are figures. An edit of two kinds counts for both. How long earlier words stood is "
    "known within bounds: from their first capture to their last at least, to the first capture "
    "of others at most, as far as it was looked."
)

ADMISSIONS = (
    "named: a new line of correction has words of the edit; noted: there is a new line, but not of "
    "this edit; silent: there is none."
)

ALL = "all"


class By(StrEnum):
    """What edits are grouped by."""

    SERIES = "series"
    YEAR = "year"
    KIND = "kind"
    PUBLISHER = "publisher"


@dataclass(frozen=True, slots=True)
class EditsAsked(Narrowing):
    """Which edits.

    Attributes:
        kind: An `EditKind`.
        year: Of the report, `YYYY`.
        admission: An `Admission`.
        since: Only reports dated from this day on (YYYY-MM-DD).
        report: One report's id.
    """

    series: str | None = None
    publisher: str | None = None
    kind: str | None = None
    year: str | None = None
    admission: str | None = None
    since: str | None = None
    report: str | None = None


EVERYTHING = EditsAsked()

_CONDITIONS = {
    "series": "series = :series",
    "publisher": "publisher = :publisher",
    "kind": "instr(kinds, json_quote(:kind))",
    "year": "report_date LIKE :year || '-%'",
    "admission": "admission = :admission",
    "since": "report_date >= :since",
    "report": """version_id IN (
        SELECT versions.id FROM publications
        JOIN versions ON versions.publication_id = publications.id
        WHERE publications.report_id = :report)""",
}
_OF_VERSION = "SELECT * FROM corrections WHERE version_id = :version ORDER BY position"
_LISTS = ("kinds", "said", "sources_added", "sources_dropped", "labels_before", "labels_after")


@dataclass(frozen=True, slots=True)
class EditFigures:
    """Counts of one group.

    Attributes:
        versions: In which they were first seen.
        named: The publisher's new line of correction has words of the edit.
        noted: It has a new line, but of something else or of nothing in particular.
        silent: It has none.
        replaced: Edits of words that had stood, which the medians are of.
        stood_least_s: Median of the seconds for which the earlier words were seen to stand.
        stood_most_s: Median of the seconds until others were seen.
    """

    group: str
    edits: int
    reports: int
    versions: int
    named: int
    noted: int
    silent: int
    replaced: int
    stood_least_s: int | None
    stood_most_s: int | None


def question(asked: EditsAsked) -> str:
    """The edits asked for, the newest first; takes `limit` and `offset` beside what is given."""
    conditions = [_CONDITIONS[name] for name in asked.given] or ["1"]
    return (
        f"SELECT * FROM corrections WHERE {' AND '.join(conditions)} "  # noqa: S608 - from above
        "ORDER BY at DESC, version_id DESC, position DESC LIMIT :limit OFFSET :offset"
    )


def edits(
    connection: sqlite3.Connection,
    asked: EditsAsked = EVERYTHING,
    *,
    limit: int = -1,
    offset: int = 0,
) -> list[Row]:
    """The edits asked for, the newest first, without what is withheld; lists are lists.

    Args:
        connection: To the archive.
        asked: Which.
        limit: At most so many; -1: all.
        offset: So many of the newest are left out.
    """
    return _rows_shown(
        connection, question(asked), {**asked.given, "limit": limit, "offset": offset}
    )


def newest(connection: sqlite3.Connection, asked: EditsAsked, limit: int) -> list[Row]:
    """The newest edits asked for, each with the record of the version that has it."""
    found = edits(connection, asked, limit=limit)
    for row in found:
        held = rows(connection, "SELECT record_id FROM captures WHERE id = ?", [row["version_id"]])
        row["record_id"] = held[0]["record_id"]
    return found


def of_version(connection: sqlite3.Connection, version: int) -> list[Row]:
    """The edits that a version has first, in the order of the text, without what is withheld."""
    return _rows_shown(connection, _OF_VERSION, {"version": version})


def _rows_shown(connection: sqlite3.Connection, sql: str, values: Mapping[str, Any]) -> list[Row]:
    """Rows of `corrections` without what is withheld; lists are lists."""
    if any_withheld(connection):
        column, hidden = HIDDEN["corrections"]
        sql = sql.replace("WHERE ", f"WHERE {column} NOT IN ({hidden}) AND ", 1)
    found = rows(connection, sql, values)
    for row in found:
        row.update({name: json.loads(row[name]) for name in _LISTS})
    return found


def figures(found: Sequence[Row], by: By | None = None) -> list[EditFigures]:
    """The figures of all edits, then of each group: years in their order, others the largest first;
    none where there are none.

    Args:
        found: From `edits`.
        by: None: no groups.
    """
    groups: dict[str, list[Row]] = {}
    for row in found:
        for name in _groups(row, by) if by else ():
            groups.setdefault(name, []).append(row)
    told = [_figures(name, some) for name, some in groups.items()]
    told.sort(key=lambda one: (0 if by is By.YEAR else -one.edits, one.group))
    return [_figures(ALL, found), *told] if found else []


def _groups(row: Row, by: By) -> list[str]:
    if by is By.KIND:
        return list(row["kinds"])
    if by is By.YEAR:
        return [str(row["report_date"])[:4] if row["report_date"] else "undated"]
    return [str(row[str(by)])]


def _figures(group: str, found: Sequence[Row]) -> EditFigures:
    stood = [row for row in found if row["stood_most_s"] is not None]
    admitted = [row["admission"] for row in found]
    return EditFigures(
        group, len(found), len({row["report"] for row in found}),
        len({row["version_id"] for row in found}), admitted.count("named"),
        admitted.count("noted"), admitted.count("silent"), len(stood),
        _median(row["stood_least_s"] for row in stood),
        _median(row["stood_most_s"] for row in stood),
    )  # fmt: skip


def _median(seconds: Iterable[int]) -> int | None:
    held = list(seconds)
    return round(median(held)) if held else None


_SPANS = ((86_400, "day"), (3_600, "hour"), (60, "minute"))


def span(seconds: float | None) -> str:
    """A time in its largest unit, rounded: `3 days`; a dash of nothing."""
    if seconds is None:
        return "\N{EN DASH}"
    if not seconds:
        return "seen once"
    for size, name in _SPANS:
        if seconds >= size:
            count = round(seconds / size)
            return f"{count:,} {name}{'' if count == 1 else 's'}"
    return "less than a minute"


def stood_told(row: Row) -> str | None:
    """How long the earlier words stood, as bounds; None for a new sentence."""
    if row["stood_most_s"] is None:
        return None
    least, most = row["stood_least_s"], row["stood_most_s"]
    if not least or span(least) == span(most):
        return f"stood at most {span(most)}, counted from their first capture"
    return f"stood between {span(least)} and {span(most)}, counted from their first capture"


ADMITTED = {
    "named": "the publisher says so",
    "noted": "the publisher notes a change, not this one",
    "silent": "silent",
}
"""In words for people."""

TOLD = {
    EditKind.NUMBER: "number",
    EditKind.PLACE: "place",
    EditKind.ATTRIBUTION: "attribution",
    EditKind.SOURCE: "source",
    EditKind.WORDING: "wording",
    EditKind.ADDED: "sentence added",
    EditKind.REMOVED: "sentence removed",
}


def as_told(row: Row) -> dict[str, Any]:
    """An edit as programs are given it."""
    return {name: value for name, value in row.items() if name != "id"}
