"""When a page says it was published: what it declares, then what it shows; never after the
capture."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.read.text.article.names import Names

# Older dates are templates' zeros (0001-01-01, 1970-01-01); the web of news begins here, and so
# does htmldate.
EARLIEST = date(1995, 1, 1)
_TIME = re.compile(
    r"(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(:\d{2})?(?:[.,]\d+)?\s*(Z|[+-]\d{2}:?\d{2})?)?"
)

# Claims are stamps; a longer text is none.
_CLAIM_CHARS = 60
_CLOCK = re.compile(r"\s\d{1,2}:\d\d(?::\d\d)?(?:\s(?:[A-Z]{2,5}|[+-]\d{4}))?(?=\s|$)")
_STAMP = re.compile(r"1\d{9}(?:\d{3})?")
_SECONDS_DIGITS = 10
# A moment in UTC, which says no day of the page's own clock.
_UTC = re.compile(r"T\d\d:\d\d.*(?:Z|\+00:?00)$")


def declared_date(claims: Iterable[str | None], captured_at: datetime) -> str | None:
    """The first claim that is a date of the past, as `YYYY-MM-DD` on the page's own clock.

    A page of the east may bear tomorrow's date by its clock and still be older than the capture:
    then it counts as the capture's day.
    """
    for claim in claims:
        text = (claim or "").strip()
        text = _day_of_stamp(text) if _STAMP.fullmatch(text) else text
        match = _TIME.match(text)
        found = _past_day(match, captured_at) if match else _in_words(text, captured_at)
        if found:
            return found
    return None


def _day_of_stamp(claim: str) -> str:
    """The day of so many seconds, or milliseconds, since 1970, in UTC."""
    seconds = int(claim[:_SECONDS_DIGITS])
    return (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).date().isoformat()


def _in_words(claim: str, captured_at: datetime) -> str | None:
    """A claim that is no stamp but names one day, such as `Tue, Sep 15 2020`."""
    # lazy, as below: readers of platforms name this module in processes that read no page
    from pipeline.read.text.dating.written import written_days

    bare = _CLOCK.sub(" ", claim) if len(claim) <= _CLAIM_CHARS else ""
    days = written_days(bare) or written_days(bare, "en")  # `Mar` is a month of RFC 5322, too
    today = captured_at.astimezone(UTC).date()
    return days[0].isoformat() if len(days) == 1 and EARLIEST <= days[0] <= today else None


def any_future(claims: Iterable[str | None], captured_at: datetime) -> bool:
    """Whether a page declares a day after the capture: then its other dates are not to be guessed
    at."""
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


def own_day(
    names: Names,
    url: str,
    title: str | None,
    claims: Iterable[str | None],
    captured_at: datetime,
) -> str | None:
    """When a page was published: as it declares, then as it shows in its address and at its
    heading.

    A stamp in UTC is a day off for much of the world; where the page shows the day beside, that one
    is its own.

    Args:
        names: The page.
        url: Its address.
        title: As it declares it.
        claims: What it declares, best first.
        captured_at: Later dates are no answer.
    """
    from pipeline.read.text.dating.published import day_in_address, machine_days, shown_days

    today = captured_at.astimezone(UTC).date()
    claims = [*claims, *machine_days(names)]
    declared = declared_date(claims, captured_at)
    if declared is None and any_future(claims, captured_at):
        return None
    named = day_in_address(url)
    if declared is None:
        if named is not None:
            return named.isoformat() if EARLIEST <= named <= today else None
        days = shown_days(names.tree, url, title)
        return next((day.isoformat() for day in days if EARLIEST <= day <= today), None)
    stamp = next((c for c in claims if c and c.strip().startswith(declared)), "") or ""
    if _UTC.search(stamp):
        near = [named] if named else shown_days(names.tree, url, title)
        day = date.fromisoformat(declared)
        if near and day not in near and abs((near[0] - day).days) == 1 and near[0] <= today:
            return near[0].isoformat()
    return declared
