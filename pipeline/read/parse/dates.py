"""Dates as reports print them: in titles, under bylines, in addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
_MONTH = r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"  # noqa: E501

_DATE = re.compile(
    rf"""
    (?<![a-z0-9])
    (?:
        (?P<iso_year>20\d\d)(?P<iso>[-/.])(?P<iso_month>\d\d)(?P=iso)(?P<iso_day>\d\d)(?!\d)
      | (?P<us_month>\d{{1,2}})/(?P<us_day>\d{{1,2}})/(?P<us_year>20\d\d)(?![\d/])
      # as Americans write it
      | (?P<month>{_MONTH})\.?(?:[ -]{{0,3}}|,[ ](?=\d{{1,2}},?[ ]20\d\d))
      # "September, 5, 2025"
        (?P<day>\d{{1,2}})(?:st|nd|rd|th)?
        (?![\d:])(?![ ]?[ap]\.?m)
        (?:[ ]?[-–][ ]?\d{{1,2}}(?=,?[ ]*20\d\d))?        # "February 27-28, 2024": its first day
        (?:[ ,.-]{{0,4}}(?P<year>20\d\d)(?!\d|:\d|[ ]?(?:hours|hrs|e[sd]?t)\b))?
      | (?P<day_first>\d{{1,2}})(?:st|nd|rd|th)?[ ]
        (?P<month_second>{_MONTH})\b\.?
        (?:,?[ ](?P<year_last>20\d\d)(?!\d) | (?![ ]?[\w-]))
        # "11 August" and no word behind: not "3 may fall"
    )
    """,
    re.VERBOSE | re.IGNORECASE,
)
_TYPO = re.compile(
    r"(?<![a-z])(?P<month>[a-z]{4,10})[ -](?P<day>\d{1,2})[, -]{1,2}(?P<year>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_MIN_MISPRINTED = 5  # "Jul" and "Jun", "May" and "Mar" are one letter apart
_HALF_YEAR = timedelta(days=183)
# A report is dated by the day it covers, in Washington; a capture in UTC is at most this much
# behind.
_CLOCK_SLACK = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A date as printed.

    Attributes:
        year: None when not printed.
        start, end: Where it stands in the text.
    """

    month: int
    day: int
    year: int | None
    start: int
    end: int

    def on(self, year: int) -> date | None:
        """The day in that year, or None when it has none (February 29)."""
        try:
            return date(year, self.month, self.day)
        except ValueError:
            return None


def find_dates(text: str) -> list[PrintedDate]:
    """All dates of the text, in order; impossible ones (June 31) are left out."""
    found = []
    for match in _DATE.finditer(text):
        month, day, year = _numbers(match)
        printed = PrintedDate(month, day, year, match.start(), match.end())
        if 1 <= month <= 12 and printed.on(year or 2024) is not None:
            found.append(printed)
    return found


def _numbers(match: re.Match[str]) -> tuple[int, int, int | None]:
    if match["iso_year"]:
        return int(match["iso_month"]), int(match["iso_day"]), int(match["iso_year"])
    if match["us_year"]:
        month, day = int(match["us_month"]), int(match["us_day"])
        month, day = (day, month) if month > 12 >= day else (month, day)
        return month, day, int(match["us_year"])
    if match["day_first"]:
        year = match["year_last"]
        return _month(match["month_second"]), int(match["day_first"]), int(year) if year else None
    return _month(match["month"]), int(match["day"]), int(match["year"]) if match["year"] else None


def _month(name: str) -> int:
    prefix = name.lower()[:3]
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(prefix))


def month_name(month: int) -> str:
    """`march` for 3."""
    return _MONTHS[month - 1]


def best_date(text: str) -> PrintedDate | None:
    """The date a title or line names: the first with a year, else the first."""
    found = find_dates(text)
    if not found and "20" in text:
        return _misprinted(text)
    return next((printed for printed in found if printed.year), found[0] if found else None)


def _misprinted(text: str) -> PrintedDate | None:
    """A date whose month has a letter too many, too few, or two in the wrong order: "Septmeber 11,
    2023"."""
    from rapidfuzz.distance import OSA

    for match in _TYPO.finditer(text):
        near = [
            number
            for number, month in enumerate(_MONTHS, 1)
            if OSA.distance(match["month"].lower(), month, score_cutoff=1) == 1
        ]
        if len(near) == 1 and len(_MONTHS[near[0] - 1]) >= _MIN_MISPRINTED:
            month, day, year = near[0], int(match["day"]), int(match["year"])
            printed = PrintedDate(month, day, year, match.start(), match.end())
            return printed if printed.on(year) else None
    return None


def date_in_slug(slug: str) -> PrintedDate | None:
    """The date in an address's last part (`…-march-16-2026`, `…-october-6-23`), or None."""
    words = slug.replace("_", "-").lower()
    short = re.search(rf"(?:^|-)({_MONTH})-(\d{{1,2}})-(2[2-9])(?:-\d)?$", words)
    if short:
        printed = PrintedDate(
            _month(short[1]), int(short[2]), 2000 + int(short[3]), short.start(), short.end()
        )
        return printed if printed.on(2024) else None
    # "august-12-0": the suffix of a doubled slug is no year; "assessmentseptember-28" lost a
    # hyphen.
    words = re.sub(rf"([a-z])({_MONTH})-(\d)", r"\1-\2-\3", words)
    return best_date(words)


def nearest_year(printed: PrintedDate, moment: date) -> date | None:
    """The day in the year that brings it nearest to `moment`."""
    days = [day for year in (-1, 0, 1) if (day := printed.on(moment.year + year))]
    near = min(days, key=lambda day: abs(day - moment), default=None)
    return near if near and abs(near - moment) <= _HALF_YEAR else None


def latest_before(printed: PrintedDate, captured: date) -> date | None:
    """The last such day that a page captured then can report on."""
    days = [day for year in (0, -1, -2, -3, -4) if (day := printed.on(captured.year + year))]
    return next((day for day in days if day <= captured + _CLOCK_SLACK), None)
