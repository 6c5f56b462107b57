"""A series of reports day by day: what is held, and where its gaps are."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING

from archive.db.schema.operations import MISSING_IN_SERIES
from archive.show import speech_reading
from archive.show.reading import Row, rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Container, Sequence

MOST_UNDATED = 100

_REPORTS = """
SELECT reports.id, reports.report_date, reports.edition, reports.title,
       (SELECT max(versions.version) FROM publications JOIN versions ON versions.publication_id =
         publications.id
        WHERE publications.report_id = reports.id) AS versions
FROM reports WHERE series = ? ORDER BY report_date, id
"""


_MISSING = f"SELECT day FROM ({MISSING_IN_SERIES}) WHERE NOT holiday"  # noqa: S608 - ours


def series(connection: sqlite3.Connection, name: str) -> Row | None:
    """The reports of a series as a calendar; None: none is held."""
    found = rows(connection, _REPORTS, [name])
    if not found:
        return None
    dated = [one for one in found if _day(one) is not None]
    missing = {row["day"] for row in rows(connection, _MISSING, {"series": name})}
    months = calendar(dated, missing)
    days = [day for month in months for day in month["days"] if day["inside"]]
    return {
        "name": name,
        "count": len(found),
        "months": months,
        "undated": [one for one in found if _day(one) is None][:MOST_UNDATED],
        "first": dated[0]["report_date"] if dated else None,
        "last": dated[-1]["report_date"] if dated else None,
        "days": len(days),
        "missing": sum(day["missing"] for day in days),
        "covered": sum(bool(day["reports"]) for day in days),
        "speech": speech_reading.of_series(connection, name),
        "speech_of": min(len(found), speech_reading.MOST_REPORTS),
    }


def _day(report: Row) -> date | None:
    try:
        return date.fromisoformat(str(report["report_date"]))
    except ValueError:
        return None


def calendar(reports: Sequence[Row], missing: Container[str] = ()) -> list[Row]:
    """The months from the first report to the last, the newest first.

    Args:
        reports: Dated ones, in the order of their days.
        missing: Days (`2026-03-17`) on which the series, by its rhythm, should have had one.

    Returns:
        Months with `name` (`2026-03`), `lead` (weekdays before the first, Monday is 0) and `days`,
        each with `number`, `reports`, `missing`, and `inside`: whether it lies between first and
        last report.
    """
    held: dict[date, list[Row]] = {}
    for one in reports:
        day = _day(one)
        if day is not None:
            held.setdefault(day, []).append(one)
    if not held:
        return []
    first, last = min(held), max(held)
    months = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month):
        months.append(_month(year, month, held, (first, last), missing))
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return months[::-1]


def _month(
    year: int,
    month: int,
    held: dict[date, list[Row]],
    ends: tuple[date, date],
    missing: Container[str],
) -> Row:
    lead, length = monthrange(year, month)
    days = [date(year, month, number) for number in range(1, length + 1)]
    return {
        "name": f"{year:04}-{month:02}",
        "lead": lead,
        "days": [
            {
                "number": day.day,
                "date": day.isoformat(),
                "reports": held.get(day, []),
                "missing": day.isoformat() in missing,
                "inside": ends[0] <= day <= ends[1],
            }
            for day in days
        ],
    }
