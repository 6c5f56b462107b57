"""What a day's work with the network takes on archives of several sizes.

`python -m tests.bench day` makes the archives and measures them, `python -m tests.bench.day SMALL …
LARGE` measures some that were made (`tests.bench.growth`), which stay as they are.

The day is the same for each: one new report with so many new sources, collected; the same sources,
due once more and unchanged, checked; and a check with nothing due, once as the first command of the
day (it seals the database) and once as the last. What waits in the archive itself waits on.
"""

from __future__ import annotations

import argparse
import shutil
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median

from archive.model.times import format_time
from tests.bench.growth import TODAY
from tests.bench.measure import Usage
from tests.bench.replicas import Crawl, collecting
from tests.bench.scale import exponent
from tests.bench.table import heading, progress, row
from tests.bench.web import REPORT_URL

PAGES = 100
"""New sources of the day: a day's reports cite some such number that was never cited before."""
RUNS = 3
FIRST, NEW, CHECKED, NOTHING = (
    "first command of a day, nothing to do",
    f"`collect` of a new report with {PAGES} new sources",
    f"`check --all-due` of {PAGES} sources, all unchanged",
    "`check` with nothing due",
)
NOW = datetime.fromisoformat(f"{TODAY}T12:00:00Z") + timedelta(days=1)
"""The day after the archives' last: earlier, all their captures would be of the day, too, and later
all that waits with them would be late."""
_AFTER = "2027-06-01T00:00:00Z"
"""Beyond all days of the bench."""
_PUT_OFF = f"UPDATE sources SET next_due_at = '{_AFTER}' WHERE next_due_at IS NOT NULL"
_WITHOUT_FILES = "DELETE FROM warc_files"
"""There are none behind the archives' captures."""
_DUE = """
UPDATE sources SET next_due_at = last_captured_at WHERE id IN (
    SELECT source_id FROM captures WHERE kind = 'source' AND url LIKE 'https://bench-paper-%')
"""


@dataclass(frozen=True)
class Day:
    """Processor seconds of each part, round by round, of an archive of so many citations."""

    citations: int
    took: dict[str, list[float]]


def days(folders: Sequence[Path], runs: int = RUNS) -> list[Day]:
    """The same day in a copy of each archive, in turn, so that a machine that changes its speed
    changes it for all."""
    found = [Day(_citations(data), {}) for data in folders]
    with collecting(PAGES, "tests.bench.web", "--at", format_time(NOW), at=NOW) as crawl:
        for number in range(1, runs + 1):
            for data, day in zip(folders, found, strict=True):
                progress(f"round {number} of {runs}, {day.citations:,} citations")
                for name, usage in _day(crawl, data).items():
                    day.took.setdefault(name, []).append(usage.cpu_s)
    return found


def _citations(data: Path) -> int:
    with closing(sqlite3.connect(data / "archive.db")) as db:
        return int(db.execute("SELECT count(*) FROM citations").fetchone()[0])


def _day(crawl: Crawl, data: Path) -> dict[str, Usage]:
    """One day in a copy."""
    crawl.anew()
    shutil.copytree(data, crawl.data)
    _change(crawl, _PUT_OFF)
    _change(crawl, _WITHOUT_FILES)
    took = {FIRST: crawl.run("check")[0]}
    took[NEW] = crawl.run("collect", "--report", REPORT_URL)[0]
    _held(crawl, "outcome = 'ok'", "captured")
    _change(crawl, _DUE)
    took[CHECKED] = crawl.run("check", "--all-due")[0]
    _held(crawl, "outcome = 'not-modified' AND reason = 'check'", "checked")
    took[NOTHING] = crawl.run("check")[0]
    crawl.anew()
    return took


def _change(crawl: Crawl, sql: str) -> None:
    with closing(sqlite3.connect(crawl.data / "archive.db")) as db, db:
        db.execute(sql)


def _held(crawl: Crawl, where: str, what: str) -> None:
    done = crawl.count(f"{where} AND url LIKE 'https://bench-paper-%'")
    if done != PAGES:
        raise SystemExit(f"bench: {done} of {PAGES} sources {what}")


def table(folders: Sequence[Path], runs: int = RUNS) -> None:
    """Print medians and exponents, and the least and the most at the largest."""
    found = days(folders, runs)
    sizes = (f"{day.citations:,} citations" for day in found)
    heading("a day, processor s", *sizes, "from, to at the last", "exponent")
    for name in (FIRST, NEW, CHECKED, NOTHING):
        middle = [median(day.took[name]) for day in found]
        last = found[-1].took[name]
        slope = exponent([(day.citations, one) for day, one in zip(found, middle, strict=True)])
        shown = (f"{one:.2f}" for one in middle)
        row(name, *shown, f"{min(last):.2f} to {max(last):.2f}", f"{slope:.2f}")


def main() -> None:
    """Measure archives that are there."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.day", description=__doc__)
    parser.add_argument("data", type=Path, nargs="+", help="data folders, the smallest first")
    parser.add_argument("--runs", type=int, default=RUNS, help=f"rounds [{RUNS}]")
    args = parser.parse_args()
    table(args.data, args.runs)


if __name__ == "__main__":
    main()
