"""What the servers' clocks say of ours: each answer has the time at which it was made (`Date`, RFC
9110 section 6.6.1). Pure."""

from __future__ import annotations

from datetime import timedelta
from email.utils import parsedate_to_datetime
from statistics import median
from typing import TYPE_CHECKING

from archive.model.vocabulary import Via

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from archive.warc.record import WarcRecord

MAX_CLOCK_SKEW_S = 86_400
"""A server's clock may be wrong by hours (a time zone taken for another), ours by minutes; by a day
one of them is wrong."""

VOICES = 20
"""Answers of a file that are looked at: a run is made under one clock, and the first answers tell
which."""


def skew_s(told: str | None, at: datetime) -> int | None:
    """Seconds that a server's clock was behind ours; None where it does not say.

    Args:
        told: Its `Date`.
        at: When we had the answer, by our clock.
    """
    try:
        said = parsedate_to_datetime(told or "")
    except ValueError:
        return None
    if said.tzinfo is None:
        return None
    return round((at - said).total_seconds())


def is_apart(skew: int) -> bool:
    """Whether one of two clocks must be wrong."""
    return abs(skew) > MAX_CLOCK_SKEW_S


def contradiction(records: Iterable[WarcRecord]) -> timedelta | None:
    """By how much our clock was ahead when these were written, where every server that says its
    time says so.

    Args:
        records: Of one WARC file of ours, from its beginning; no more are read than are needed.

    Returns:
        None where one server agreed, the servers disagree among themselves, or only one host has
        spoken.
    """
    skews: list[int] = []
    hosts: set[str] = set()
    for record in records:
        context = record.context
        if context is None or context.via is Via.IMPORT or record.http_status is None:
            continue
        if record.date is None:
            continue
        told = next((v for k, v in record.http_headers if k.lower() == "date"), None)
        skew = skew_s(told, record.date)
        if skew is None:
            continue
        if not is_apart(skew):
            return None
        skews.append(skew)
        hosts.add((record.uri or "").split("/")[2])
        if len(skews) >= VOICES:
            break
    middle = median(skews) if len(hosts) > 1 else 0
    alike = all(abs(skew - middle) <= MAX_CLOCK_SKEW_S for skew in skews)
    return timedelta(seconds=round(middle)) if middle and alike else None
