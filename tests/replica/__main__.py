"""`python -m tests.replica`: serve the replica until SIGTERM or Ctrl-C."""

from __future__ import annotations

import argparse
import signal
from pathlib import Path

from archive.model.times import parse_time
from tests.replica.server import DEFAULT_AT, Replica
from tests.replica.world import SMALL, build_world


def main() -> None:
    """Read the arguments, serve, say where."""
    parser = argparse.ArgumentParser(prog="python -m tests.replica", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one")
    parser.add_argument(
        "--at", type=parse_time, default=DEFAULT_AT, help="the world's time, ISO 8601"
    )
    parser.add_argument("--warc", type=Path, nargs="+", action="extend", default=[], metavar="FILE")
    parser.add_argument("--ca-file", type=Path, help="where to write the authority's certificate")
    parser.add_argument("--ready-file", type=Path, help="gets the ready line when all is up")
    parser.add_argument("--small", action="store_true", help="fewer newspapers' articles and posts")
    args = parser.parse_args()
    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)  # before the thread starts, which inherits it
    world = build_world(SMALL) if args.small and not args.warc else None
    with Replica(args.at, args.warc, world, args.port, args.ca_file) as replica:
        line = f"replica ready http_proxy={replica.proxy_url} ca={replica.ca_file}"
        print(line, flush=True)
        if args.ready_file:
            args.ready_file.write_text(line + "\n")
        signal.sigwait(ends)


if __name__ == "__main__":
    main()
