"""`make demo`: the main job on the bundled replica, what was kept, then the archive in
datasette."""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from archive.clock import TEST_CLOCK, offset_to
from archive.counted import counted
from tests.replica.server import DEFAULT_AT, Replica

DATA = Path("demo-data")

SETTINGS = {
    "ISW_ARCHIVE_CONTACT": "https://operator.example/about-our-bot",
    # the replica answers on this machine, so politeness would only make the demo slow
    "ISW_ARCHIVE_HOST_DELAY_S": "0",
    "ISW_ARCHIVE_REPORT_HOST_DELAY_S": "0",
    "ISW_ARCHIVE_TIMEOUT_S": "5",
    "ISW_ARCHIVE_RETRIES": "0",
    "ISW_ARCHIVE_ALLOW_NETWORKS": "127.0.0.1/32",
}


def main() -> None:
    """Collect twice, two days apart, so that there is an edit to see."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--port", default="8001")
    parser.add_argument("--no-serve", action="store_true")
    args = parser.parse_args()
    shutil.rmtree(DATA, ignore_errors=True)
    with Replica() as replica:
        for moment in (DEFAULT_AT - timedelta(days=3), DEFAULT_AT):
            replica.set_time(moment)
            print(f"\n== isw-archive collect, as on {moment:%d %B %Y}", flush=True)
            env = {**replica.env(), **SETTINGS, TEST_CLOCK: offset_to(moment)}
            command("collect", env=env)
    # on the day of the last run: months later everything would be overdue
    then = {**os.environ, TEST_CLOCK: offset_to(DEFAULT_AT)}
    print("\n== isw-archive status", flush=True)
    command("status", env=then)
    show_one()
    if not args.no_serve:
        print(f"\n== isw-archive serve --port {args.port}   (Ctrl-C ends it)", flush=True)
        command("serve", "--port", args.port, env=then)


def command(*words: str, env: dict[str, str] | None = None) -> None:
    """Run one command of ours as a user would."""
    try:
        done = subprocess.run([*PROGRAM, *words], env=env, check=False)
    except KeyboardInterrupt:
        return
    if done.returncode not in {0, 1}:
        sys.exit(done.returncode)


PROGRAM = (sys.executable, "-m", "pipeline", "--data", str(DATA))


def show_one() -> None:
    """One report with an edit, in a few lines."""
    lines = subprocess.run(
        [*PROGRAM, "export", "--all"], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    reports = [json.loads(line) for line in lines]
    shown = max(reports, key=lambda report: (len(report["versions"]), len(report["notes"])))
    print(f"\n== isw-archive export {shown['id']}   (in brief)")
    print(f"{shown['title']}, by {', '.join(shown['authors']) or 'nobody named'}")
    for version in shown["versions"]:
        change = version["change"]
        what = f"edited: {', '.join(change['kinds'])}" if change else "first"
        print(f"  version {version['version']} seen {version['first_captured_at']}: {what}")
    for marker in shown["markers"][:3]:
        note = next((n for n in shown["notes"] if n["label"] == marker["label"]), None)
        print(f"  [{marker['label']}] {marker['sentence'][:90]}")
        for url in note["urls"] if note else []:
            print(f"      {url['status']:<10} {counted(url['captures'], 'captures')}  {url['url']}")


if __name__ == "__main__":
    main()
