"""A round of alarms: what is measured, which alarms changed, and who is notified."""

from __future__ import annotations

from contextlib import closing
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from archive import clock
from archive.counted import counted
from archive.db import watches
from archive.db.database import open_readonly, writing
from archive.db.tables import alarm_rows, metric_rows, planned_rows, run_rows, step_rows
from archive.model.times import format_time, parse_time
from archive.show import fixity
from archive.show.alarms import sudden_drops, wrong_clocks
from archive.show.space import forecast, human_bytes
from pipeline.decide.alarms import (
    ENDS,
    LATENCY_H,
    MISSING_IN_DAYS,
    PLATFORM_LEAST,
    Measured,
    Platform,
    Share,
    alarms,
    changes,
    to_tell,
)
from pipeline.decide.rhythm import End
from pipeline.run.plan import NEW_YORK

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import sqlite_utils

    from archive.config import Settings
    from archive.folder import DataFolder
    from archive.model.operations import Alarm, AlarmState
    from archive.show.space import Space
    from pipeline.run.notices import Notice, Sent

DAY, WEEK = timedelta(days=1), timedelta(days=7)
FIVE_WEEKS = timedelta(days=35)
NAMED = 3
"""Files of an import that an alarm names."""


def look(folder: DataFolder, settings: Settings) -> list[Alarm]:
    """The alarms that hold now."""
    now = clock.now()
    space = forecast(folder, now, settings.max_bytes_in_all)
    with closing(open_readonly(folder.database)) as db:
        return alarms(measure(db, folder, settings, now, space))


def measure(
    db: sqlite_utils.Database, folder: DataFolder, settings: Settings, now: datetime, space: Space
) -> Measured:
    """All that alarms rest on.

    Args:
        db: The archive's database.
        folder: The archive's.
        settings: Say where copies go.
        now: UTC.
        space: What is taken and what is left.
    """
    # a day is over when it is over where the publishers are
    yesterday = now.astimezone(NEW_YORK).date() - DAY
    first = yesterday - timedelta(days=MISSING_IN_DAYS)
    newest = {str(row["planned_as"]): row for row in planned_rows.newest(db)}
    ended = {name: (row["outcome"], row["detail"] or "see its log") for name, row in newest.items()}
    week, before = format_time(now - WEEK), format_time(now - FIVE_WEEKS)
    return Measured(
        missing=tuple(metric_rows.missing_days(db, first.isoformat(), yesterday.isoformat())),
        dead_steps=tuple(
            (s, step, detail or "failed") for s, step, detail in step_rows.dead_steps(db)
        ),
        drops=tuple(sudden_drops(db)),
        clocks=tuple(wrong_clocks(db, format_time(now + DAY))),
        fixity=tuple(fixity.alarms(db, folder)),
        low_space=_low_space(folder, space),
        broken_off=tuple(planned_rows.lost_since(db, now - DAY)),
        failed=tuple((n, why) for n, (end, why) in ended.items() if end == End.FAILED),
        imports=unfinished(run_rows.imports(db, week)),
        in_time=Share(
            *metric_rows.captured_in_time(
                db, week, format_time(now - timedelta(hours=LATENCY_H)), LATENCY_H
            )
        ),
        unread=Share(*metric_rows.unread_reports(db, week)),
        platforms=_places(metric_rows.platforms(db, before, week)),
        hosts=_places(metric_rows.hosts(db, before, week, PLATFORM_LEAST)),
        backup_age_days=_backup_age(db, settings, now) if "backup" in newest else None,
        watched=_watched(db, folder, now),
    )


def unfinished(
    runs: Sequence[tuple[tuple[str, ...], str, str]],
) -> tuple[tuple[str, str, str], ...]:
    """The imports that did not end well, unless a later one of the same files did.

    Args:
        runs: Files, beginning and outcome of each, the oldest first.

    Returns: Files, day and outcome.
    """
    newest = {files: (at, outcome) for files, at, outcome in runs}
    return tuple(
        (_first_files(files), at[:10], outcome)
        for files, (at, outcome) in newest.items()
        if outcome in ENDS
    )


def _first_files(files: Sequence[str]) -> str:
    more = len(files) - NAMED
    return ", ".join(files[:NAMED]) + (f" and {more} more" if more > 0 else "")


def _places(rows: Sequence[tuple[str, int, int, int, int]]) -> tuple[Platform, ...]:
    return tuple(Platform(name, Share(a, b), Share(c, d)) for name, a, b, c, d in rows)


def _watched(
    db: sqlite_utils.Database, folder: DataFolder, now: datetime
) -> tuple[tuple[str, str, str], ...]:
    """Watches that found something within the last day, and since they were made."""
    kept = watches.all_watches(folder.people)
    if not kept:
        return ()
    # not above: most archives have none, and `status` would load all that searching needs
    from archive.show import watching

    told = []
    for watch in kept:
        since = max(format_time(now - DAY), watch.made_at)
        found = watching.new_finds(db.conn, watch, since=since) if watch.alarm else []
        if found:
            what = f"watch {watch.name}: {counted(len(found), 'finds')}, the newest: "
            told.append((watch.name, found[0].at[:10], f"{what}{found[0].title}"))
    return tuple(told)


def _low_space(folder: DataFolder, space: Space) -> str | None:
    if not space.is_low:
        return None
    lasts = (
        f", {space.days_left:.0f} days at the pace of late" if space.days_left is not None else ""
    )
    budget = (
        "" if space.allowed is None
        else f", {human_bytes(space.allowed)} within the budget max_bytes_in_all"
    )  # fmt: skip
    return f"{human_bytes(space.free)} are free for {folder.root}{budget}{lasts}"


def _backup_age(db: sqlite_utils.Database, settings: Settings, now: datetime) -> float | None:
    if not settings.backup_to:
        return None
    at = metric_rows.last_done(db, "backup")
    return float("inf") if at is None else (now - parse_time(at)) / DAY


def keep_and_tell(
    folder: DataFolder, settings: Settings, environ: Mapping[str, str], seen: Sequence[Alarm]
) -> list[str]:
    """Keep the alarms that changed, and send a notice of them.

    Args:
        folder: The archive's.
        settings: Say which networks notices may go to.
        environ: Holds the addresses.
        seen: What is wrong now.

    Returns: What could not be sent, a line each; it is sent the next time.

    Raises:
        LockedError: Another run holds the archive; the next round finds the same.
    """
    from pipeline.run.notices import urls_from

    at = format_time(clock.now())
    urls = urls_from(environ)
    with closing(open_readonly(folder.database)) as db:
        if not _changed(db, seen, at) and not (urls and to_tell(alarm_rows.states(db))):
            return []
    # not above: it brings all that writing jobs need, a sixth of the time of `status`
    from pipeline.run.jobs.ledger_keeper import unseal
    from pipeline.run.schedule import seal_database

    with folder.locked():
        unseal(folder)
        with writing(folder.database) as db:
            # asked again: meanwhile another round may have kept the same, and sent a notice of it
            alarm_rows.keep(db, _changed(db, seen, at))
            sent = _send_due(db, urls, settings, at)
        seal_database(folder)
    return [f"notice to address {one.number} ({one.kind}): {one.said}" for one in sent if one.said]


def _changed(db: sqlite_utils.Database, seen: Sequence[Alarm], at: str) -> list[AlarmState]:
    """The alarms that are other than they were kept last."""
    return changes(seen, {one.alarm.name: one for one in alarm_rows.states(db)}, at)


def _send_due(
    db: sqlite_utils.Database, urls: Sequence[str], settings: Settings, at: str
) -> list[Sent]:
    """Send the notices that are due. Returns how each address did."""
    from pipeline.run.notices import send

    due = to_tell(alarm_rows.states(db))
    sent = send(urls, notice(due), settings) if due and urls else []
    if any(not one.said for one in sent):
        # one address is enough: a second notice to those that had it would be worse
        alarm_rows.note_told(db, due, at)
    return sent


def notice(states: Sequence[AlarmState]) -> Notice:
    """One notice for all that changed."""
    from pipeline.run.notices import Notice

    raised = [state.alarm for state in states if state.raised]
    over = [state.alarm for state in states if not state.raised]
    parts = [f"{len(raised)} raised"] if raised else []
    parts += [f"{len(over)} recovered"] if over else []
    lines = [f"- {alarm.text}\n  {alarm.remedy}" for alarm in raised]
    lines += [f"- recovered: {alarm.text}" for alarm in over]
    return Notice(f"isw-archive: {', '.join(parts)}", "\n".join(lines))
