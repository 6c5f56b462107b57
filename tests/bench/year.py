"""A year of daily checks without a network.

The real planner, schedule and judge over a real database; answers are drawn.

Platforms and hosts are as skewed as in real citations: three in five on Telegram and X, then a long
tail of hosts with a few sources each, of which some are down for weeks and some for good.
"""

from __future__ import annotations

import random
import tempfile
import time
from bisect import bisect
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import accumulate
from pathlib import Path
from statistics import mean

from archive.config import Settings
from archive.db.store import Store
from archive.model.rot import Attempt, Drift
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import DriftClass, Outcome, Status
from pipeline.decide.checks.schedule import next_check
from pipeline.decide.judging import SITES
from pipeline.decide.verdicts import judge_source
from pipeline.read.sources import source_row
from pipeline.run.choose import targets_to_check

BEGIN = datetime(2026, 1, 1, 9, 40, tzinfo=UTC)
SHARES = {"telegram": 0.35, "x": 0.25, "youtube": 0.03, "web": 0.37}
EARLY_DEATH = {"telegram": 0.2, "x": 0.15, "youtube": 0.03, "web": 0.02}
"""Dead within three months of being cited: one post in five (Pew 2024)."""
LATE_DEATH = {"telegram": 0.08, "x": 0.08, "youtube": 0.05, "web": 0.05}
"""Dead in the nine months after."""
BACKFILL = 0.6
"""Captured by the first collect, all on one day; the others come over the year."""
WALLED = 0.04
NOISE = 0.006
"""Of all answers: a timeout or a server's error that says nothing."""
GONE_BY = {
    "telegram": Outcome.REMOVED,
    "x": Outcome.REMOVED,
    "youtube": Outcome.REMOVED,
    "web": Outcome.GONE,
}
STATUS = {Outcome.OK: 200, Outcome.NOT_MODIFIED: 304, Outcome.GONE: 404, Outcome.REMOVED: 200}
IN_TIME_DAYS = 14.0
KNOWN_DOWN = 2
"""A host is known to be down when so many tries in a row have failed on it."""
NEVER = 1e9
_INSERT_SOURCE = """
INSERT INTO sources (id, url, cited_url, host, domain, platform, account, post_id, captures, first_captured_at)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, 1, ?)
"""  # noqa: E501
_INSERT_CAPTURE = """
INSERT INTO captures (id, kind, url, source_id, captured_at, outcome, http_status, final_url, via, reason, warc_file,
    warc_offset, warc_length, record_id, payload_digest, etag, clock_skew_s)
VALUES (?, 'source', ?, ?, ?, ?, ?, ?, 'live', ?, 'year.warc.gz', ?, 1, ?, ?, '"e"', 0)
"""  # noqa: E501
_UPDATE_SOURCE = """
UPDATE sources SET status = ?, next_due_at = ?, last_captured_at = ?, last_outcome = ?, captures = captures + 1 WHERE id = ?
"""  # noqa: E501


@dataclass(slots=True)
class Host:
    """What happens to a host: from which day to which it fails, and how."""

    name: str
    fails: Outcome | None = None
    since: float = NEVER
    until: float = NEVER
    failed_in_row: int = 0

    def failure(self, day: float) -> Outcome | None:
        """How it fails on a day; None when it is well."""
        return self.fails if self.since <= day < self.until else None


@dataclass(slots=True)
class Source:
    """One source, what becomes of it, and what is thought of it."""

    id: int
    url: str
    platform: str
    host: Host
    comes: float
    dies: float
    walled: float
    attempts: list[Attempt] = field(default_factory=list)
    due: str = ""
    found_dead: float | None = None

    @property
    def gone_since(self) -> float:
        """The day from which it is absent: by its own death, or its host's name's."""
        nameless = self.host.since if self.host.fails is Outcome.DNS_FAILURE else NEVER
        return min(self.dies, nameless)

    def outcome(self, day: float, rng: random.Random) -> Outcome:
        """What a check on that day finds."""
        failure = self.host.failure(day)
        if failure is not None:
            return failure
        if day >= self.walled:
            return Outcome.FORBIDDEN
        if rng.random() < NOISE:
            return rng.choice((Outcome.TIMEOUT, Outcome.SERVER_ERROR))
        if day >= self.dies:
            return GONE_BY[self.platform]
        return Outcome.NOT_MODIFIED if self.attempts else Outcome.OK


@dataclass
class Figures:
    """What came of it; times in days, planner in seconds."""

    per_day: list[int] = field(default_factory=list)
    per_host_day: int = 0
    busiest: str = ""
    wasted: int = 0
    planner_s: list[float] = field(default_factory=list)
    lateness: list[float] = field(default_factory=list)
    delays: list[float] = field(default_factory=list)
    missed: list[Source] = field(default_factory=list)
    false_dead: list[Source] = field(default_factory=list)

    @property
    def checks(self) -> int:
        return sum(self.per_day)


class Year:
    """Sources, their answers, and an archive that checks them day after day.

    Args:
        count: Sources.
        days: Of checks.
        folder: Of the database.
        settings: The budget.
    """

    def __init__(
        self, count: int, days: int, folder: Path, settings: Settings | None = None, seed: int = 1
    ) -> None:
        self.days = days
        self.settings = settings or Settings()
        self._rng = random.Random(seed)
        self._store = Store(folder / "archive.db")
        self._captures = 0
        self._rows: list[tuple[object, ...]] = []
        self._updates: list[tuple[object, ...]] = []
        self.sources = _draw(count, days, self._rng)
        self._by_url = {source.url: source for source in self.sources}
        self._by_host: dict[str, list[Source]] = defaultdict(list)
        for source in self.sources:
            self._by_host[source.host.name].append(source)
        self.figures = Figures()

    def run(self) -> Figures:
        """All days."""
        for day in range(self.days + 1):
            self._collect(day)
            if day:
                self._check(float(day))
        self._sum_up()
        self._store.close()
        return self.figures

    def _collect(self, day: int) -> None:
        """First captures of what is cited by now."""
        new = [s for s in self.sources if not s.attempts and s.comes <= day]
        at = format_time(BEGIN + timedelta(days=day, hours=-3))
        for source in new:
            row = source_row(source.url)
            held = (
                row.id,
                row.url,
                row.cited_url,
                row.host,
                row.domain,
                row.platform,
                row.account,
                row.post_id,
                at,
            )
            self._store.db.execute(_INSERT_SOURCE, held)
            self._keep(source, Outcome.OK, at, "cited")
        self._flush()

    def _check(self, day: float) -> None:
        now = BEGIN + timedelta(days=day, minutes=self._rng.uniform(0, 30))
        begun = time.perf_counter()
        targets = targets_to_check(self._store.db, now, self.settings, limit=None, all_due=False)
        self.figures.planner_s.append(time.perf_counter() - begun)
        self.figures.per_day.append(len(targets))
        domains: Counter[str] = Counter()
        for number, target in enumerate(targets):
            source = self._by_url[target.subject or target.url]
            at = now + timedelta(seconds=number)
            domains[source.host.name] += 1
            late = (now - parse_time(source.due)).total_seconds() / 86_400
            if source.host.failed_in_row < KNOWN_DOWN:
                self.figures.lateness.append(late)
            outcome = source.outcome(day, self._rng)
            self._count_waste(source.host, outcome)
            self._keep(source, outcome, format_time(at), "check", day)
        self._flush()
        busiest, most = domains.most_common(1)[0] if domains else ("", 0)
        if most > self.figures.per_host_day:
            self.figures.per_host_day, self.figures.busiest = most, busiest

    def _count_waste(self, host: Host, outcome: Outcome) -> None:
        down = host.fails is not None and outcome is host.fails
        if down and host.failed_in_row >= KNOWN_DOWN:
            self.figures.wasted += 1
        host.failed_in_row = host.failed_in_row + 1 if down else 0

    def _keep(
        self, source: Source, outcome: Outcome, at: str, reason: str, day: float | None = None
    ) -> None:
        self._captures += 1
        good = outcome in {Outcome.OK, Outcome.NOT_MODIFIED}
        attempt = Attempt(
            self._captures, at, outcome, source.url, source.url, STATUS.get(outcome),
            digest="text" if good else None, words=300, clock_skew_s=0,
            drift=Drift(DriftClass.SAME, 0.0) if good and source.attempts else None,
        )  # fmt: skip
        source.attempts.append(attempt)
        digest = f"sha256:{source.id}" if outcome is Outcome.OK else None
        row = (
            self._captures, source.url, source.id, at, str(outcome), STATUS.get(outcome),
            source.url, reason,
            self._captures, f"<urn:uuid:{self._captures}>", digest,
        )  # fmt: skip
        self._rows.append(row)
        self._judge(source, day)
        if outcome is Outcome.DNS_FAILURE and source.platform in SITES:
            for beside in self._by_host[source.host.name]:
                if beside is not source and beside.attempts:
                    self._judge(beside, day)

    def _judge(self, source: Source, day: float | None) -> None:
        """What is thought of it now, and when it is due again.

        Neighbours of a name that is gone count.
        """
        near: list[Attempt] = []
        if source.host.fails is Outcome.DNS_FAILURE and source.platform in SITES:
            near = [
                _beside(attempt)
                for other in self._by_host[source.host.name]
                if other is not source
                for attempt in other.attempts
                if attempt.outcome is Outcome.DNS_FAILURE
            ]
        last = judge_source(source.url, [*source.attempts, *near])[-1]
        source.due = next_check(source.id, source.attempts, last)
        newest = source.attempts[-1]
        self._updates.append((last.status, source.due, newest.at, newest.outcome, source.id))
        if last.status is not Status.DEAD or source.found_dead is not None:
            return
        source.found_dead = day
        if day is None or day < source.gone_since:
            self.figures.false_dead.append(source)

    def _flush(self) -> None:
        with self._store.db.atomic():
            self._store.db.conn.executemany(_INSERT_CAPTURE, self._rows)
            self._store.db.conn.executemany(_UPDATE_SOURCE, self._updates)
        self._rows.clear()
        self._updates.clear()

    def _sum_up(self) -> None:
        for source in self.sources:
            since = source.gone_since
            # nobody could tell: behind a wall, on a host that was down just then, or too near to
            # the end
            hidden = source.walled <= since + IN_TIME_DAYS or any(
                source.host.failure(since + d) not in {None, Outcome.DNS_FAILURE} for d in range(15)
            )
            if source.comes > since or hidden or since > self.days - IN_TIME_DAYS:
                continue
            if source.found_dead is None:
                self.figures.missed.append(source)
            else:
                self.figures.delays.append(source.found_dead - since)


def _beside(attempt: Attempt) -> Attempt:
    return Attempt(
        attempt.capture_id, attempt.at, attempt.outcome, attempt.url, attempt.final_url, own=False
    )


def _draw(count: int, days: int, rng: random.Random) -> list[Source]:
    hosts = [_host(number, days, rng) for number in range(max(4, round(count * SHARES["web"] / 4)))]
    heaps = list(accumulate(1 / (rank + 3) for rank in range(len(hosts))))
    large = {name: Host(name) for name in ("t.me", "x.com", "www.youtube.com")}
    made = []
    for number in range(count):
        platform = rng.choices(list(SHARES), list(SHARES.values()))[0]
        host = hosts[min(bisect(heaps, rng.uniform(0, heaps[-1])), len(hosts) - 1)]
        url = f"https://{host.name}/world/{number}-the-crossing"
        if platform == "telegram":
            url, host = f"https://t.me/river_{number % 400}/{number + 10}", large["t.me"]
        elif platform == "x":
            url, host = (
                f"https://x.com/river_{number % 900}/status/{2 * 10**18 + number}",
                large["x.com"],
            )
        elif platform == "youtube":
            url, host = (
                f"https://www.youtube.com/watch?v=yEar{number:07d}",
                large["www.youtube.com"],
            )
        comes = 0.0 if rng.random() < BACKFILL else round(rng.uniform(0, days), 2)
        walled = (
            comes + rng.uniform(5, days) if platform == "web" and rng.random() < WALLED else NEVER
        )
        dies = comes + _lifetime(platform, rng)
        row = source_row(url)
        made.append(Source(row.id, row.cited_url, platform, host, comes, dies, walled))
    return made


def _host(number: int, days: int, rng: random.Random) -> Host:
    name = f"paper-{number}-of-the-river.net"
    since, lot = rng.uniform(5, days), rng.random()
    if lot < 0.02:
        return Host(name, Outcome.DNS_FAILURE, since)
    if lot < 0.03:
        return Host(name, rng.choice((Outcome.CONNECTION_FAILURE, Outcome.TIMEOUT)), since)
    if lot < 0.07:
        how = rng.choice((Outcome.CONNECTION_FAILURE, Outcome.TIMEOUT))
        return Host(name, how, since, since + rng.uniform(3, 42))
    return Host(name)


def _lifetime(platform: str, rng: random.Random) -> float:
    lot = rng.random()
    if lot < EARLY_DEATH[platform]:
        return round(rng.uniform(1, 90), 2)
    if lot < EARLY_DEATH[platform] + LATE_DEATH[platform]:
        return round(rng.uniform(90, 365), 2)
    return NEVER


def show(count: int = 20_000, days: int = 365) -> None:
    """Run it and print its figures beside what they must be."""
    with tempfile.TemporaryDirectory() as folder:
        begun = time.perf_counter()
        year = Year(count, days, Path(folder))
        figures = year.run()
        took = time.perf_counter() - begun
    settings = year.settings
    delays = sorted(figures.delays)
    late = sorted(figures.lateness)
    deaths = len(delays) + len(figures.missed)
    in_time = sum(delay <= IN_TIME_DAYS for delay in delays)
    rows = (
        ("sources, days, checks", f"{count}, {days}, {figures.checks}", ""),
        ("checks a day, mean and most", f"{mean(figures.per_day):.0f}, {max(figures.per_day)}",
            f"<= {settings.checks_per_day}"),
        ("most of one host on a day", f"{figures.per_host_day} ({figures.busiest})",
            f"<= {settings.checks_per_host_per_day}"),
        ("deaths found within two weeks", f"{in_time} of {deaths}, slowest {delays[-1]:.1f} days",
            "all"),
        ("called dead and not", f"{len(figures.false_dead)}", "0"),
        ("checks of hosts known to be down",
            f"{figures.wasted}, {figures.wasted / figures.checks:.2%}", "< 1%"),
        ("lateness of a check, 99% and most",
            f"{late[len(late) * 99 // 100]:.1f}, {late[-1]:.1f} days", ""),
        ("planner a day, mean and most",
            f"{mean(figures.planner_s):.2f}, {max(figures.planner_s):.2f} s", "< 5 s"),
        ("the whole simulation", f"{took:.0f} s", ""),
    )  # fmt: skip
    for name, value, wanted in rows:
        print(f"  {name:<36}{value:<38}{wanted}".rstrip(), flush=True)
