"""When a page says it was published: what it declares, then htmldate; never after the capture."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

from pipeline.read.text.limits import LIBRARY_ERRORS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

# Older dates are templates' zeros (0001-01-01, 1970-01-01); the web of news begins here, and so does htmldate.
EARLIEST = date(1995, 1, 1)
_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)


def declared_date(claims: Iterable[str | None], captured_at: datetime) -> str | None:
    """The first claim that is a date of the past, as `YYYY-MM-DD` on the page's own clock.

    A page of the east may bear tomorrow's date by its clock and still be older than the capture: then it counts as the
    capture's day.
    """
    for claim in claims:
        match = _TIME.match((claim or "").strip())
        if match:
            found = _past_day(match, captured_at)
            if found:
                return found
    return None


def any_future(claims: Iterable[str | None], captured_at: datetime) -> bool:
    """Whether a page declares a day after the capture: then its other dates are not to be guessed at."""
    today = captured_at.astimezone(UTC).date().isoformat()
    return any((match := _TIME.match(claim or "")) and match.group(1) > today for claim in claims)


def _past_day(match: re.Match[str], captured_at: datetime) -> str | None:
    day, minutes, _, zone = match.groups()
    today = captured_at.astimezone(UTC).date()
    try:
        found = date.fromisoformat(day)
        if EARLIEST <= found <= today:
            return day
        if found == today + timedelta(days=1) and minutes and zone:
            moment = datetime.fromisoformat(f"{day}T{minutes}:00{zone.replace('Z', '+00:00')}")
            return today.isoformat() if moment <= captured_at else None
    except ValueError:
        return None
    return None


def guessed_date(tree: HtmlElement, url: str, captured_at: datetime) -> str | None:
    """htmldate's answer for a page that declares nothing.

    Args:
        tree: The page; htmldate works on a copy.
        url: Its address, whose path often has the date.
        captured_at: Later dates are no answer.
    """
    from htmldate import find_date

    try:
        found: str | None = find_date(
            tree,
            extensive_search=True,
            original_date=True,
            url=url,
            min_date=EARLIEST.isoformat(),
            max_date=captured_at.astimezone(UTC).date().isoformat(),
        )
    except LIBRARY_ERRORS:
        return None
    return declared_date([found], captured_at)
