"""`python -m tests.cluster.rates`: pages a second with 1, 2 and 4 workers, and the smallest gap
between two requests to a domain. The replica waits instead of computing, so that the machine's
cores are not the bound; two in five addresses are Telegram's, which nobody can share.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import time
from pathlib import Path

from archive.clock import TEST_CLOCK, offset_to
from tests.cluster.postgres import Server, server
from tests.cluster.running import Cluster, gaps
from tests.cluster.world import slow_web
from tests.replica.server import Replica
from tests.spider_runs import AT

TELEGRAM = 0.4
"""Of all unique addresses that reports cite."""


def main() -> None:
    """Measure, print a table."""
    parser = argparse.ArgumentParser(prog="python -m tests.cluster.rates", description=__doc__)
    parser.add_argument("--hosts", type=int, default=150)
    parser.add_argument("--wait", type=float, default=4.0, help="seconds of an answer")
    parser.add_argument("--pace", type=float, default=1.0)
    parser.add_argument("--at-once", type=int, default=4, help="jobs of a worker side by side")
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    args = parser.parse_args()
    messages = round(args.hosts * TELEGRAM / (1 - TELEGRAM))
    world, report = slow_web(args.hosts, messages, args.wait)
    print(f"{args.hosts} hosts of one page, {messages} messages of t.me; pace {args.pace} s, "
        f"an answer takes {args.wait} s; {args.at_once} jobs at once a worker")  # fmt: skip
    print(f"{'workers':>8}{'seconds':>9}{'t.me s':>8}{'pages':>7}{'a second':>10}"
        f"{'other hosts':>13}{'smallest gap':>14}")  # fmt: skip
    with (
        tempfile.TemporaryDirectory(prefix="rates-") as root,
        server() as queue,
        Replica(at=AT, world=world) as replica,
    ):
        Cluster(Path(root), queue.conninfo, replica, pace_s=0).run(
            "ground", "collect", "--report", report.url, "--no-sources"
        )
        for count in args.workers:
            queue.wipe()
            print(_row(Path(root), queue, replica, count, args), flush=True)


def _row(root: Path, queue: Server, replica: Replica, count: int, args: argparse.Namespace) -> str:
    place = root / str(count)
    shutil.copytree(root / "ground", place / "data")
    cluster = Cluster(place, queue.conninfo, replica, pace_s=args.pace)
    cluster.env |= {TEST_CLOCK: offset_to(AT.replace(hour=AT.hour + 1)),
        "ISW_ARCHIVE_TIMEOUT_S": "60"}  # fmt: skip
    cluster.run("data", "plan")
    before = len(replica.requests)
    began = time.monotonic()
    words = ("work", "--drain", "--at-once", str(args.at_once))
    workers = [cluster.start(f"worker-{number}", *words) for number in range(count)]
    for one in workers:
        said = one.communicate()[0]
        assert one.returncode == 0, said
    seconds = time.monotonic() - began
    seen = replica.requests[before:]
    pages = [one for one in seen if not one.path.startswith("/robots.txt")]
    telegram = [one.at - began for one in pages if one.host.startswith("t.me")]
    others = [one.at - began for one in pages if "shared.net" in one.host]
    return (
        f"{count:>8}{seconds:>9.0f}{max(telegram):>8.0f}{len(pages):>7}"
        f"{len(pages) / seconds:>10.2f}{len(others) / max(others):>13.2f}"
        f"{gaps(seen)[0][0]:>13.2f}s"
    )


if __name__ == "__main__":
    main()
