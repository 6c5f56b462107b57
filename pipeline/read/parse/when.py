"""The day a report is about: from title, body, address, in this order; a creation date only lends
its year."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from pipeline.read.parse.dates import (
    PrintedDate,
    best_date,
    date_in_slug,
    latest_before,
    nearest_year,
)
from pipeline.read.parse.series import slug_of, title_date

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Clues:
    """Where a date may stand.

    Attributes:
        dateline: The time line under the byline.
        printed: A date beside the title.
        created_at: ISO 8601; only its year is used.
    """

    title: str
    url: str
    captured_at: datetime
    dateline: str | None = None
    printed: str | None = None
    created_at: str | None = None


def report_date(clues: Clues) -> str | None:
    """`YYYY-MM-DD`, or None when nothing names the day."""
    in_body = best_date(clues.dateline or "")
    beside = best_date(clues.printed or "")
    in_slug = date_in_slug(slug_of(clues.url))
    in_title = title_date(clues.title)
    # "The Parade of May 9 …" dates an event; "…, May 9" at the end of a title dates the report.
    if in_title and not in_title.year and not _ends(clues.title, in_title) and (in_body or beside):
        in_title = None
    named = (
        in_title or in_body or (in_slug if in_slug and in_slug.year else None) or beside or in_slug
    )
    if named is None:
        return None
    if named.year is not None:
        day = named.on(named.year)
    else:
        day = _with_year(named, (in_body, in_slug, beside), clues)
    return day.isoformat() if day else None


def _ends(title: str, printed: PrintedDate) -> bool:
    return not title[printed.end :].strip(" .,)")


def _with_year(
    named: PrintedDate, others: tuple[PrintedDate | None, ...], clues: Clues
) -> date | None:
    for other in others:
        if other and other.year and (other.month, other.day) == (named.month, named.day):
            return named.on(other.year)
    if clues.created_at:
        return nearest_year(named, date.fromisoformat(clues.created_at[:10]))
    for other in others:
        if other and other.year and (day := other.on(other.year)):
            return nearest_year(named, day)
    return latest_before(named, clues.captured_at.date())
