"""Figures of what citing sentences rest on, over the whole archive and by group."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING

from archive.db.schema.large import SUPPORT
from archive.errors import BadInputError

if TYPE_CHECKING:
    from archive.db.as_of import Connection

ALL = "all"

COUNTED = (
    "Sentences of the newest version of each report with a marker whose note has an address, each "
    "sentence once. A voice is an account or a site: forwards count for their origin, copies and "
    "short links for the page behind them, the same or nearly the same text as one voice, one "
    "house's accounts and domains likewise. Reports and maps of ISW and CTP are no voices."
)


class By(StrEnum):
    """What sentences are grouped by."""

    SERIES = "series"
    YEAR = "year"
    REPORT = "report"


_GROUPS = {
    By.SERIES: "latest_versions.series",
    By.YEAR: "coalesce(substr(latest_versions.report_date, 1, 4), 'undated')",
    By.REPORT: "latest_versions.report",
}


@dataclass(frozen=True, slots=True)
class SupportFigures:
    """Counts of one group; the sentences of the shares are those that cite others.

    Attributes:
        sentences: Citing sentences.
        own_only: That cite nothing but reports and maps of ISW and CTP.
        one_voice: That rest on one voice for sure.
        telegram_x: All of whose sources are posts on Telegram and X.
        one_channel: That rest on one Telegram channel alone.
        no_live_support: All of whose sources are gone or have another text.
        only_copies: With a source of which all that is left is kept here.
        circular: With a source that repeats the report or its authors.
        voices: By how many voices: one, two, three, four and more.
        reports: Reports with such sentences.
    """

    group: str
    reports: int
    sentences: int
    own_only: int
    one_voice: int
    telegram_x: int
    one_channel: int
    no_live_support: int
    only_copies: int
    circular: int
    voices: tuple[int, int, int, int]

    @property
    def citing(self) -> int:
        """Sentences that cite others."""
        return self.sentences - self.own_only

    def share(self, count: int) -> float | None:
        """A count as a share of the sentences that cite others; None: there are none."""
        return count / self.citing if self.citing else None


_COUNTED = ", ".join(f"sum({name})" for name in SUPPORT)

_FIGURES = f"""
SELECT {{group}}, count(DISTINCT latest_versions.report), {_COUNTED}
FROM latest_versions JOIN version_support
    ON version_support.version_id = latest_versions.version_id
WHERE ? IS NULL OR latest_versions.report_date >= ?
GROUP BY 1
"""  # noqa: S608 - names of ours

# Versions that were kept before sentences were counted.
_UNCOUNTED = """
SELECT count(*) FROM latest_versions
WHERE NOT EXISTS (SELECT 1 FROM sentence_support
                  WHERE sentence_support.version_id = latest_versions.version_id)
  AND EXISTS (SELECT 1 FROM markers JOIN citations ON citations.note_id = markers.note_id
              WHERE markers.version_id = latest_versions.version_id
              AND citations.source_id IS NOT NULL)
"""


def figures(
    db: Connection, by: By | None = None, *, since: str | None = None, least: int = 1
) -> list[SupportFigures]:
    """The figures of all citing sentences, then of each group, the largest first.

    Args:
        db: An archive.
        by: None: no groups.
        since: Only of reports dated from this day on (YYYY-MM-DD).
        least: Leave out groups with fewer sentences.

    Raises:
        BadInputError: No sentence is counted (since that day).
    """
    everything = _figures_by(db, f"'{ALL}'", since)
    if not everything:
        when = f" in a report dated {since} or later" if since else ""
        raise BadInputError(
            f"report support: no citing sentence is counted{when}; collect or import reports "
            "first, or count those kept before: isw-archive rebuild"
        )
    found = (
        [one for one in _figures_by(db, _GROUPS[by], since) if one.sentences >= least] if by else []
    )
    return [*everything, *sorted(found, key=lambda one: (-one.sentences, one.group))]


def uncounted(db: Connection) -> int:
    """Reports that were kept before sentences were counted; `isw-archive rebuild` counts them."""
    return int(db.execute(_UNCOUNTED).fetchone()[0])


def _figures_by(db: Connection, group: str, since: str | None) -> list[SupportFigures]:
    sql = _FIGURES.format(group=group)
    count = len(fields(SupportFigures)) - 1
    return [
        SupportFigures(*row[:count], voices=tuple(row[count:]))  # type: ignore[misc]
        for row in db.execute(sql, [since, since]).fetchall()
    ]
