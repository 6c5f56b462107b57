"""`make demo`: a year of the program's work on the bundled replica, what came of it, then the
archive in datasette.

Every row comes from commands that ran on their day, and saw what was there on that day; the last
day is today.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from archive import clock
from archive.clock import TEST_CLOCK, offset_to
from archive.counted import counted
from archive.model.times import format_time, parse_time, shown_time
from archive.web.cells import shorten
from tests.replica.lives_web import move
from tests.replica.server import Replica
from tests.replica.year import COLLECTED, Year, year
from tests.replica.year_web import build

DATA = Path("demo-data")

SETTINGS = {
    "ISW_ARCHIVE_CONTACT": "https://operator.example/about-our-bot",
    # the replica answers on this machine, so politeness would only make the demo slow
    "ISW_ARCHIVE_HOST_DELAY_S": "0",
    "ISW_ARCHIVE_REPORT_HOST_DELAY_S": "0",
    "ISW_ARCHIVE_TIMEOUT_S": "20",
    "ISW_ARCHIVE_RETRIES": "0",
    "ISW_ARCHIVE_ALLOW_NETWORKS": "127.0.0.1/32",
}
CHECKED = (357, 330, 300, 266, 212, 176, 122, 86, 30, 7, 4, 0.9)
"""Days before the end on which checks are made."""
COPIES_ASKED = 1.0
"""Other archives are asked from so many days before the end on: each time takes some seconds."""


@dataclass(frozen=True, slots=True)
class Step:
    """One command on one day, in days before the end."""

    before: float
    words: tuple[str, ...]

    @property
    def env(self) -> dict[str, str]:
        """Settings of this day."""
        return {} if self.before <= COPIES_ASKED else {"ISW_ARCHIVE_WAYBACK": ""}


def steps() -> list[Step]:
    """The year, in its order."""
    looks = [Step(days, ("collect",)) for days in COLLECTED]
    again = [Step(days - 2, ("collect", "--no-sources")) for days in COLLECTED[:-1]]
    checks = [Step(days, ("check", "--all-due")) for days in CHECKED]
    return sorted([*looks, *again, *checks], key=lambda step: -step.before)


def main() -> None:
    """Live through the year, tell what came of it, serve it."""
    parser = argparse.ArgumentParser(prog="python -m tests.demo", description=__doc__)
    parser.add_argument("--port", default="8001")
    parser.add_argument("--no-serve", action="store_true")
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--until", type=parse_time, help="the year's last day [default: today]")
    args = parser.parse_args()
    if not args.no_serve and (wrong := port_trouble(args.port)):
        parser.error(f"{wrong}; name another: make demo PORT=8002")  # now, not after the year
    if args.data != DATA and args.data.exists() and any(args.data.iterdir()):
        parser.error(f"--data {args.data}: not empty; name a folder that is not there yet")
    shutil.rmtree(args.data, ignore_errors=True)
    # a full hour ago at most: nothing of it is in the future when the clock is right again
    end = args.until or clock.now().replace(minute=0, second=0)
    then = {**os.environ, TEST_CLOCK: live_through(year(end), args.data)}
    print("\n== isw-archive status", flush=True)
    command(args.data, "status", env=then)
    show_one(args.data)
    if not args.no_serve:
        print(f"\n== isw-archive serve --port {args.port}   (Ctrl-C ends it)", flush=True)
        command(args.data, "serve", "--port", args.port, env=then)


def port_trouble(port: str) -> str | None:
    """Why the archive could not be served there; None: it could."""
    try:
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(("127.0.0.1", int(port)))
    except (OSError, ValueError, OverflowError) as error:
        return f"port {port}: {error}"
    return None


def live_through(story: Year, data: Path) -> str:
    """Run the year's commands, each on its day; returns by how much the clock of the last one was
    off."""
    off = ""
    with Replica(world=build(story)) as replica:
        for step in steps():
            moment = story.before(step.before)
            move(replica, moment, story.lives)
            print(f"{moment:%Y-%m-%d}  isw-archive {' '.join(step.words)}", end="", flush=True)
            off = offset_to(moment)
            env = {**replica.env(), **SETTINGS, **step.env, TEST_CLOCK: off}
            command(data, *step.words, env=env, quiet=True)
            print(f"  {news(data, moment)}", flush=True)
    return off


def command(data: Path, *words: str, env: dict[str, str], quiet: bool = False) -> None:
    """Run one command of ours as a user would; what it says is shown, or only kept for the case
    that it fails."""
    program = (sys.executable, "-m", "pipeline", "--data", str(data), *words)
    pipe = subprocess.PIPE if quiet else None
    try:
        done = subprocess.run(program, env=env, check=False, stdout=pipe, stderr=pipe, text=True)
    except KeyboardInterrupt:
        if quiet:
            raise
        return
    if done.returncode not in {0, 1}:
        sys.exit(f"\n{done.stderr or ''}{' '.join(program)}: exit code {done.returncode}")


def news(data: Path, since: datetime) -> str:
    """Captures and events since a moment, in one line."""
    with closing(sqlite3.connect(data / "archive.db")) as db:
        (captures,) = db.execute(
            "SELECT count(*) FROM captures WHERE captured_at >= ? AND (publication_id IS NOT NULL "
            "OR source_id IS NOT NULL)",
            [format_time(since)],
        ).fetchone()
        events = db.execute(
            "SELECT kind, count(*) FROM events WHERE at >= ? GROUP BY kind ORDER BY kind",
            [format_time(since)],
        ).fetchall()
    told = "".join(f", {number} {kind}" for kind, number in events)
    return f"{counted(captures, 'captures')}{told}"


def show_one(data: Path) -> None:
    """One report with an edit, in a few lines."""
    program = (sys.executable, "-m", "pipeline", "--data", str(data), "export", "--all")
    lines = subprocess.run(program, capture_output=True, text=True, check=True).stdout.splitlines()
    reports = [json.loads(line) for line in lines]
    shown = max(reports, key=lambda report: (len(report["versions"]), len(report["notes"])))
    print(f"\n== isw-archive export {shown['id']}   (in brief)")
    print(f"{shown['title']}, by {', '.join(shown['authors']) or 'nobody named'}")
    for version in shown["versions"]:
        change = version["change"]
        what = f"edited: {', '.join(change['kinds'])}" if change else "first"
        seen = shown_time(version["first_captured_at"])
        print(f"  version {version['version']} seen {seen}: {what}")
    for marker in shown["markers"][:3]:
        note = next((n for n in shown["notes"] if n["label"] == marker["label"]), None)
        print(f"  [{marker['label']}] {shorten(marker['sentence'], 90)}")
        for url in note["urls"] if note else []:
            print(f"      {url['status']:<10} {counted(url['captures'], 'captures')}  {url['url']}")


if __name__ == "__main__":
    main()
