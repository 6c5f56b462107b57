"""What needs a person, and what changed in that: pure functions of what was measured.

Bounds stand here, each with its reason. An alarm has a name; it is raised once, and recovers once.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model.operations import Alarm, AlarmState

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

MISSING_IN_DAYS = 14
"""Older days without a report are history; the view `missing_days` keeps them."""

LATENCY_H, LATENCY_SHARE = 6, 0.9
"""The target: nine in ten sources are captured within six hours of the report that cites them."""
LATENCY_LEAST = 50
"""Sources; fewer say nothing of a share."""

PARSE_SHARE, PARSE_LEAST = 0.1, 2
"""Of a week's captures of reports, one in ten that cannot be read is a layout, not an odd page; and
never one alone."""

PLATFORM_FALL, PLATFORM_LEAST, PLATFORM_USUAL = 0.5, 30, 0.2
"""A platform of which this week's captures succeed half as often as in the four weeks before, by 30
captures each, where one in five used to."""

BACKUP_DAYS = 3
"""A copy is made each night; one night may fail."""

ENDS = {"problems": "met problems", "failed": "failed", "killed": "was broken off"}
"""How an import ends that a person has to look at, and how that is said."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share, from 0.0 to 1.0; where there is nothing it is 1.0."""
        return self.part / self.whole if self.whole else 1.0


@dataclass(frozen=True, slots=True)
class Platform:
    """How captures of sources of a platform, or of a site that is on none, succeeded: in the last
    week, and in the four before."""

    name: str
    week: Share
    before: Share


@dataclass(frozen=True, slots=True)
class Measured:
    """What is known of an archive, as far as alarms go.

    Attributes:
        missing: Series and day of reports that should be there, of late.
        dead_steps: Site, step and detail of ways of discovery that used to work.
        drops: Sentences on reports with few notes.
        clocks: Sentences on runs under a wrong clock.
        fixity: Sentences on files that are not as they were.
        low_space: A sentence, where room is low.
        broken_off: Jobs of which a run was lost in the last day, and why; others may have made up
            for it.
        failed: Jobs whose newest run failed, and why.
        imports: Files of an import of the last week that did not end well, the day, and how it
            ended; none where a later one of the same files did.
        in_time: Of the week's new sources, those captured in time.
        unread: Of the week's captures of reports, those that could not be read.
        backup_age_days: Of the newest copy; None when none is wanted.
        watched: Name of a watch that found something within a day, the day of it, and a sentence.
    """

    missing: tuple[tuple[str, str], ...] = ()
    dead_steps: tuple[tuple[str, str, str], ...] = ()
    drops: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    fixity: tuple[str, ...] = ()
    low_space: str | None = None
    broken_off: tuple[tuple[str, str], ...] = ()
    failed: tuple[tuple[str, str], ...] = ()
    imports: tuple[tuple[str, str, str], ...] = ()
    in_time: Share = Share(0, 0)
    unread: Share = Share(0, 0)
    platforms: tuple[Platform, ...] = ()
    hosts: tuple[Platform, ...] = ()
    backup_age_days: float | None = None
    watched: tuple[tuple[str, str, str], ...] = ()


def alarms(measured: Measured) -> list[Alarm]:
    """What needs a person now, the gravest first."""
    found = [
        *_files(measured),
        *_jobs(measured),
        *_imports(measured),
        *_missing(measured),
        *_dead_steps(measured),
        *_readings(measured),
        *_sources(measured),
        *_watched(measured),
    ]
    return list({alarm.name: alarm for alarm in found}.values())


def _files(measured: Measured) -> Iterable[Alarm]:
    if measured.fixity:
        first, more = measured.fixity[0], len(measured.fixity) - 1
        text = f"{first} (and {more} more)" if more else first
        yield Alarm("fixity", text, "isw-archive status --all names each; see docs/after-damage.md")
    if measured.low_space:
        yield Alarm(
            "space", measured.low_space, "free space, or move the data folder to a larger disk"
        )
    if measured.clocks:
        yield Alarm(
            "clock", measured.clocks[0], "set the machine's clock, then isw-archive rebuild"
        )
    age = measured.backup_age_days
    if age is not None and age > BACKUP_DAYS:
        text = (
            "no backup was ever finished"
            if age == float("inf")
            else f"the newest backup is {age:.0f} days old"
        )
        yield Alarm(
            "backup",
            text,
            "see why: isw-archive daemon --list; is the place backup_to there, and has it room?",
        )


def _jobs(measured: Measured) -> Iterable[Alarm]:
    for name, why in measured.broken_off:
        text = f"a run of {name} was lost: {why}"
        yield Alarm(
            f"lost/{name}",
            text,
            "what it wrote is kept; look into the system's log for kills and crashes",
        )
    for name, why in measured.failed:
        yield Alarm(
            f"failed/{name}",
            f"the last run of {name} failed: {why}",
            "isw-archive doctor; then look into the daemon's log",
        )


def _imports(measured: Measured) -> Iterable[Alarm]:
    for files, day, end in measured.imports:
        yield Alarm(
            f"import/{files}",
            f"the import of {files} on {day} {ENDS[end]}",
            "import them again: it names each problem; what is held already is taken in once",
        )


def _missing(measured: Measured) -> Iterable[Alarm]:
    by_series: dict[str, list[str]] = {}
    for series, day in measured.missing:
        by_series.setdefault(series, []).append(day)
    for series, days in by_series.items():
        text = f"{series}: no report of {', '.join(sorted(days))}, where the series' rhythm has one"
        yield Alarm(
            f"missing/{series}",
            text,
            "look at the publisher's site: is it there, or under another address?",
        )


def _dead_steps(measured: Measured) -> Iterable[Alarm]:
    for site, step, detail in measured.dead_steps:
        text = f"discovery {site} {step} no longer works: {detail}"
        yield Alarm(
            f"discovery/{site}/{step}",
            text,
            "has the site's list moved? its steps stand in pipeline/read/publishers/",
        )


def _readings(measured: Measured) -> Iterable[Alarm]:
    """Reports that were read with suddenly few notes, or not at all."""
    for text in measured.drops:
        yield Alarm(
            f"notes/{text.partition('/')[0]}",
            text,
            "isw-archive export shows what was read; is it the page's layout?",
        )
    unread = measured.unread
    if unread.part >= PARSE_LEAST and unread.value >= PARSE_SHARE:
        text = (
            f"{unread.part} of {unread.whole} captures of reports of the last week could not "
            "be read"
        )
        yield Alarm(
            "parse", text, "isw-archive status --all lists them; a newer version may read them"
        )


def _sources(measured: Measured) -> Iterable[Alarm]:
    in_time = measured.in_time
    if in_time.whole >= LATENCY_LEAST and in_time.value < LATENCY_SHARE:
        text = (
            f"{in_time.value:.0%} of the last week's sources were captured within {LATENCY_H} "
            f"hours, where {LATENCY_SHARE:.0%} should be"
        )
        yield Alarm(
            "latency",
            text,
            "does collect end before the next begins? see concurrency, host_delay_s",
        )
    yield from _fallen("platform", measured.platforms)
    yield from _fallen("host", measured.hosts)


WATCH = "watch/"
"""How alarms of watches begin. Each day with something new has one of its own, so that it is told
once; that such a day is over is no news."""


def _watched(measured: Measured) -> Iterable[Alarm]:
    for name, day, text in measured.watched:
        yield Alarm(f"{WATCH}{name}/{day}", text, f"see /-/watch/{name}.atom")


def _fallen(kind: str, places: Iterable[Platform]) -> Iterable[Alarm]:
    """Platforms, or hosts, that let us have far less than before."""
    for one in places:
        enough = min(one.week.whole, one.before.whole) >= PLATFORM_LEAST
        usual = one.before.value
        if enough and usual >= PLATFORM_USUAL and one.week.value < PLATFORM_FALL * usual:
            text = (
                f"{one.name}: {one.week.value:.0%} of this week's captures "
                f"succeeded, where {usual:.0%} did"
            )
            yield Alarm(
                f"{kind}/{one.name}",
                text,
                "look at some of its captures: a new wall, or a new layout?",
            )


def changes(seen: Sequence[Alarm], known: Mapping[str, AlarmState], at: str) -> list[AlarmState]:
    """The states to be kept: what is newly wrong, and what no longer is.

    An alarm that goes on, in whatever words, is none.

    Args:
        seen: What is wrong now.
        known: The newest state of each alarm there ever was.
        at: Now, ISO 8601.
    """
    raised = {name for name, state in known.items() if state.raised}
    new = [AlarmState(alarm, True, at) for alarm in seen if alarm.name not in raised]
    names = {alarm.name for alarm in seen}
    over = [AlarmState(known[name].alarm, False, at) for name in sorted(raised - names)]
    return [*new, *over]


def to_tell(states: Sequence[AlarmState]) -> list[AlarmState]:
    """The states that a notice is due for: the newest of each alarm, unless it was sent already.

    What was raised and recovered before anybody could be told is not told.
    """
    newest: dict[str, AlarmState] = {}
    told: set[str] = set()
    for state in states:
        newest[state.alarm.name] = state
        if state.raised:
            told.discard(state.alarm.name)
        if state.raised and state.noticed:
            told.add(state.alarm.name)
    return [
        state
        for name, state in newest.items()
        if not state.noticed and (state.raised or (name in told and not name.startswith(WATCH)))
    ]
