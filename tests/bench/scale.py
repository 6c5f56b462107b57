"""What each page and command takes on archives of several sizes, and how it grows.

`python -m tests.bench growth` makes the archives of saved pages and measures them;
`python -m tests.bench.scale SMALL … LARGE` measures some that were made (`tests.bench.growth`).

Figures are processor time of this process, which a busy machine changes least; the exponent is the
slope of log time over log citations, least squares; 0 is flat, 1 is in proportion.
"""

from __future__ import annotations

import argparse
import asyncio
import math
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

import sqlite_utils
from datasette.app import Datasette

from archive.config import Settings
from archive.db.database import open_readonly
from archive.db.tables import (
    check_rows,
    memento_rows,
    metric_rows,
    submission_rows,
    version_rows,
)
from archive.folder import DataFolder
from archive.model.times import format_time
from archive.show import export, rot, status
from archive.web import cached_figures
from archive.web.serve import make_datasette
from pipeline.run import alarm_round, choose, targets
from pipeline.run.job import SpiderJob

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
PAST = "2026-09-01"
"""A day before which nine of ten checks were made."""
RUNS, SLOW_MS = 5, 1_000.0
"""So many of each, and a third of that where one takes as long."""
_TABLES = (
    "reports", "publications", "versions", "notes", "citations", "markers", "sources", "captures",
    "texts", "verdicts", "events", "mementos", "latest_versions", "cited_sources", "edits",
    "event_sentences", "only_copies", "same_texts", "source_targets", "hosts", "rot_by_host",
    "rot_by_platform", "rot_by_series", "rot_by_year", "rot_by_report", "report_links",
    "missing_days",
)  # fmt: skip
SUBJECTS = {
    "report": "SELECT id FROM reports ORDER BY report_date DESC LIMIT 1",
    "series": "SELECT series FROM reports GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "source": "SELECT id FROM sources WHERE captures > 0 ORDER BY report_count DESC LIMIT 1",
    "usual": "SELECT id FROM sources WHERE captures > 0 AND report_count = 1 LIMIT 1",
    "capture": "SELECT id FROM captures WHERE kind = 'source' LIMIT 1",
    "account": "SELECT account FROM sources WHERE platform = 'telegram' AND account IS NOT NULL "
    "GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",
    "web": "SELECT host FROM sources WHERE platform = 'web' GROUP BY 1 ORDER BY count(*) DESC LIMIT 1",  # noqa: E501
}


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds of processor time."""

    median: float
    p95: float
    runs: int


def measured(data: Path, only: str = "") -> dict[str, Took]:
    """What each page and function takes of one archive, by name."""
    folder = DataFolder(data)
    found: dict[str, Took] = {}
    with closing(open_readonly(folder.database)) as db:
        subjects = {name: db.execute(sql).fetchone()[0] for name, sql in SUBJECTS.items()}
        for name, work in functions(db, folder, str(subjects["report"])):
            if only in name:
                found[name] = asyncio.run(_timed(_made(work)))
    shown = (*pages(subjects), *past(subjects))
    chosen = {name: path for name, path in shown if only in name}
    if chosen:
        found |= asyncio.run(_asked(folder, chosen))
    return found


def _made(work: Callable[[], object]) -> Callable[[], Awaitable[object]]:
    async def run() -> object:
        return work()

    return run


async def _timed(work: Callable[[], Awaitable[object]]) -> Took:
    await work()  # what is read once is not counted
    times: list[float] = []
    while len(times) < (RUNS if not times or times[0] < SLOW_MS else RUNS // 3):
        begun = time.process_time()
        await work()
        times.append(1e3 * (time.process_time() - begun))
    return Took(median(times), sorted(times)[math.ceil(0.95 * len(times)) - 1], len(times))


def functions(
    db: sqlite_utils.Database, folder: DataFolder, report: str
) -> Iterator[tuple[str, Callable[[], object]]]:
    """The day's work but for the network, and commands that only read."""
    now, job = format_time(NOW), SpiderJob(data=str(folder.root), run="bench")
    day = {"now": now, "limit": 400}
    parsers = [name for (name,) in db.execute("SELECT DISTINCT parser FROM versions").fetchall()]
    yield (
        "plan: checks",
        lambda: choose.targets_to_check(db, NOW, Settings(), limit=200, all_due=False),
    )
    yield "plan: sources", lambda: targets.sources_pending(db, NOW, 400)
    yield "plan: reports", lambda: targets.targets_due(db, NOW, job, 30)
    yield "plan: copies of the lost", lambda: memento_rows.sources_to_ask(db, **day)
    yield "plan: copies on the round", lambda: memento_rows.wanted_on_round(db, **day)
    yield "plan: pages to hand in", lambda: submission_rows.pages_to_submit(db, **day)
    yield "plan: hosts that answer", lambda: check_rows.answering_hosts(db, 3)
    yield "plan: what was checked of late", lambda: check_rows.checked(db, now)
    yield "newest capture by a shared clock", lambda: check_rows.newest_capture(db, 86_400)
    yield "versions of older parsers", lambda: version_rows.stale_publications(db, parsers)
    yield "bytes of a day", lambda: metric_rows.bytes_by_url(db, NOW)
    yield "a look for alarms", lambda: alarm_round.look(folder, Settings())
    yield "status, without alarms", lambda: status.status(db, now, young="")
    yield "report rot", lambda: rot.figures(db, by=rot.By.PLATFORM)
    yield "export of a report", lambda: export.report_object(db, report)


def pages(asked: dict[str, object]) -> Iterator[tuple[str, str]]:
    yield "start page", "/"
    yield "database", "/archive"
    for table in _TABLES:
        yield f"table: {table}", f"/archive/{table}"
    yield "table: sources, dead", "/archive/sources?status=dead"
    yield "table: captures, gone", "/archive/captures?outcome=gone"
    yield "report", f"/-/report/{asked['report']}"
    yield "report: check", f"/-/report/{asked['report']}/check"
    yield "report: changes", f"/-/report/{asked['report']}/changes"
    yield "source, the most cited", f"/-/source/{asked['source']}"
    yield "source", f"/-/source/{asked['usual']}"
    yield "capture", f"/-/capture/{asked['capture']}"
    yield "account, the most cited", f"/-/account?platform=telegram&account={asked['account']}"
    yield "host, the most cited", "/-/host?host=t.me"
    yield "host", f"/-/host?host={asked['web']}"
    yield "series", f"/-/series/{asked['series']}"
    yield from _searches(asked)
    yield "feed", "/-/atom"
    yield "feed: host", "/-/atom?host=t.me"
    yield from (
        (f"{name} by {by}", f"/-/rot?from={start}&by={by}")
        for name, start in (("rot", "first-seen"), ("rot from the citation", "citation"))
        for by in ("platform", "host", "report", "series")
    )
    yield "support", "/-/support"
    yield "latency", "/-/latency"
    yield "latency by account", "/-/latency?by=account"
    yield "corrections", "/-/corrections"
    yield "runs", "/-/runs"
    yield "alarms", "/-/alarms"
    given = {"sentences_citing_account": f"?platform=telegram&account={asked['account']}"}
    for name in QUESTIONS:
        yield f"question: {name}", f"/archive/{name}{given.get(name, '')}"
    yield "question: hedges of an account", f"/archive/hedges_by_account?account={asked['account']}"


def past(asked: dict[str, object]) -> Iterator[tuple[str, str]]:
    """Pages as of a day: what is counted is counted anew, and goes through all that there is."""
    shown = {
        "start page": "/", "report": f"/-/report/{asked['report']}",
        "source, the most cited": f"/-/source/{asked['source']}", "rot": "/-/rot",
        "rot by host": "/-/rot?by=host", "rot by series": "/-/rot?by=series",
        "host, the most cited": "/-/host?host=t.me", "search": "/-/search?q=russian",
        "account, the most cited": f"/-/account?platform=telegram&account={asked['account']}",
        "series": f"/-/series/{asked['series']}", "latency": "/-/latency", "support": "/-/support",
    }  # fmt: skip
    for name, path in shown.items():
        yield f"as of {PAST}: {name}", f"{path}{'&' if '?' in path else '?'}as_of={PAST}"


def _searches(asked: dict[str, object]) -> Iterator[tuple[str, str]]:
    yield from (
        (f"search: {words}", f"/-/search?q={words.replace(' ', '+')}")
        for words in ("russian forces", "Russian", "depot", '"air defense"', "drone*")
    )
    yield "search: filtered", "/-/search?q=russian&platform=telegram&since=2024-01-01"
    chosen = (
        "platform=x",
        "status=dead",
        "platform=web&status=dead",
        f"account={asked['account']}",
    )
    for number, one in enumerate(chosen, 1):
        yield f"search: chosen sources {number}", f"/-/search?q=russian&{one}"
    yield "search: newest", "/-/search?q=russian&sort=newest"
    yield "search: newest of a platform", "/-/search?q=russian&sort=newest&platform=x"


QUESTIONS = (
    "newest_edits", "most_cited_accounts", "most_cited_sources", "sources_not_captured",
    "sentences_on_lost_sources", "sentences_citing_account", "hedges_by_series",
    "hedges_by_account", "notes_without_url", "reports_citing_reports", "doubtful_parses",
    "outcomes_by_host", "search_everywhere",
)  # fmt: skip


async def _asked(folder: DataFolder, paths: dict[str, str]) -> dict[str, Took]:
    served = make_datasette(folder)
    await served.invoke_startup()
    found = {}
    for name, path in paths.items():
        try:
            found[name] = await _timed(lambda path=path: _page(served, path))
        except ValueError as error:
            print(f"  {name}: {error}", flush=True)
    served.executor.shutdown()
    return found


async def _page(served: Datasette, path: str) -> None:
    cached_figures.forget()
    answer = await served.client.get(path)
    if answer.status_code != 200:
        raise ValueError(f"{path}: {answer.status_code}")


def exponent(points: list[tuple[float, float]]) -> float:
    """The slope of log time over log size."""
    logs = [(math.log(size), math.log(max(took, 0.1))) for size, took in points]
    x, y = (sum(part) / len(logs) for part in zip(*logs, strict=True))
    over = sum((a - x) ** 2 for a, _ in logs)
    return sum((a - x) * (b - y) for a, b in logs) / over if over else 0.0


def table(folders: list[Path], only: str = "") -> None:
    """Print medians, the 95th percentile at the largest, and the exponents."""
    sizes, columns = [], []
    for data in folders:
        with closing(open_readonly(data / "archive.db")) as db:
            sizes.append(db.execute("SELECT count(*) FROM citations").fetchone()[0])
        columns.append(measured(data, only))
    head = " | ".join(f"{size:,}" for size in sizes)
    print(f"| processor ms of | {head} | 95th percentile | exponent |")
    print(f"| --- {'| --- ' * (len(sizes) + 2)}|")
    for name in columns[-1]:
        took = [column.get(name) for column in columns]
        points = [(s, one.median) for s, one in zip(sizes, took, strict=True) if one]
        cells = " | ".join("-" if one is None else f"{one.median:,.0f}" for one in took)
        print(f"| {name} | {cells} | {columns[-1][name].p95:,.0f} | {exponent(points):.2f} |")


def main() -> None:
    """Measure archives that are there."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.scale", description=__doc__)
    parser.add_argument("data", type=Path, nargs="+", help="data folders, the smallest first")
    parser.add_argument("--only", default="", help="a part of the name of what is measured")
    args = parser.parse_args()
    table(args.data, args.only)


if __name__ == "__main__":
    main()
