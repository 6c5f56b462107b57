"""Which jobs there are and when each runs: data."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from archive.errors import BadInputError
from pipeline.decide.rhythm import Rhythm
from pipeline.read.publishers.registry import SITES

if TYPE_CHECKING:
    from collections.abc import Collection

    from archive.config import Settings

NEW_YORK = ZoneInfo("America/New_York")
"""The clocks by which both publishers work, in summer and in winter. None of the times below, and
none of their sites' looks, is one of the hours (1 to 3) that a change of the clock doubles or leaps
over."""

CHECK_AT = "03:30"
"""When the last look of the night has long ended, for only one run holds the archive at a time."""
TIMESTAMP_AT = "05:15"
"""Before the backup, so that it has the day's timestamps."""
FIXITY_AT = "09:00"
BACKUP_AT = "05:45"

ASKED = tuple(time(hour, 40) for hour in range(24))
"""When requests of people are taken up, UTC, if any wait: each hour. A time that was skipped
because nothing waited is made up for, so that a first request waits for minutes only."""

EARLY = tuple(time(hour, 10) for hour in range(24))
"""When posts are looked at early, UTC, if any is due; no publisher is looked at then."""
LEFT_TO_US = {"collect": ("--no-sources",), "check": ("--elsewhere",)}
"""What is left of a command where workers fetch the sources."""

EVERY_H = 6
"""Hours between two looks where the setting `daily_at` names the first."""
CHECK_AFTER_H = 3
"""Checks then run half way between two looks."""


def rhythms(
    settings: Settings, commands: Collection[str], *, cluster: bool = False
) -> tuple[Rhythm, ...]:
    """What the daemon runs.

    Args:
        settings: Say when, and where backups go.
        commands: Those that this version has; what it lacks is not planned.
        cluster: Workers capture and check sources; here is done what they do not.

    Raises:
        BadInputError: `daily_at` is no time of day.
    """
    found = list(_fixed(settings.daily_at) if settings.daily_at else _publishers())
    found.append(Rhythm("requests", ("recrawl", "--queued"), ASKED, UTC, on_request=True))
    if settings.early_looks == "on":
        found.append(Rhythm("early-looks", ("check", "--early"), EARLY, UTC, early=True))
    if settings.fixity_bytes_per_day:
        found.append(Rhythm("fixity", ("fixity",), (_time(FIXITY_AT),), NEW_YORK))
    if settings.timestamp_authorities or settings.timestamp_calendars:
        found.append(Rhythm("timestamp", ("timestamp",), (_time(TIMESTAMP_AT),), NEW_YORK))
    if settings.backup_to:
        keep = ("--keep", str(settings.backup_keep)) if settings.backup_keep else ()
        words = ("backup", settings.backup_to, *keep)
        found.append(Rhythm("backup", words, (_time(BACKUP_AT),), NEW_YORK))
    planned = (rhythm for rhythm in found if rhythm.arguments[0] in commands)
    return tuple(map(_without_sources, planned)) if cluster else tuple(planned)


def _without_sources(rhythm: Rhythm) -> Rhythm:
    more = LEFT_TO_US.get(rhythm.arguments[0], ())
    return replace(rhythm, arguments=(*rhythm.arguments, *more))


def _publishers() -> list[Rhythm]:
    looks = [
        Rhythm(
            f"collect-{site.name}",
            ("collect", "--publisher", site.name),
            tuple(map(_time, site.looks)),
            NEW_YORK,
        )
        for site in SITES
    ]
    return [*looks, Rhythm("check", ("check",), (_time(CHECK_AT),), NEW_YORK)]


def _fixed(daily_at: str) -> list[Rhythm]:
    """Four looks a day from a time that the operator chose, UTC."""
    first = _time(daily_at)
    looks = tuple(_later(first, hours) for hours in range(0, 24, EVERY_H))
    return [
        Rhythm("collect", ("collect",), looks, UTC),
        Rhythm("check", ("check",), (_later(first, CHECK_AFTER_H),), UTC),
    ]


def _later(first: time, hours: int) -> time:
    return first.replace(hour=(first.hour + hours) % 24)


def _time(text: str) -> time:
    hour, _, minute = text.partition(":")
    if hour.isdigit() and minute.isdigit() and int(hour) < 24 and int(minute) < 60:
        return time(int(hour), int(minute))
    raise BadInputError(f"daily_at: {text!r} is no time of day; write it as 06:10 (UTC)")
