"""A web of news pages for the benchmark, served by a replica in a process of its own.

To see it: `python -m tests.bench.web --pages 400`.

One report cites all of them, another the first alone. Pages are saved ones of folders that are
named, as they are, and made up ones after these (`tests.bench.pages`); sent with gzip to whoever
takes it, with an ETag.
"""

from __future__ import annotations

import argparse
import gzip
import signal
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from archive.model.times import parse_time
from tests.bench.pages import CACHED, page
from tests.replica.messages import Headers, Reply, Request, html, not_found
from tests.replica.server import DEFAULT_AT, Replica
from tests.replica.sites import Site, Web

HOSTS = 150
NOTES_URLS = 20  # URLs in one note of the report
REPORT_HOST = "understandingwar.org"
REPORT_URL = f"https://{REPORT_HOST}/research/benchmark/load-update-march-19-2026/"
START_URL = f"https://{REPORT_HOST}/research/benchmark/load-update-march-18-2026/"
"""A report that cites one page: what a crawl takes before it gets going."""
PACKED_AS = 6
"""The level of gzip that servers usually have."""


def url_of(number: int) -> str:
    """The address of a page.

    Neighbours stand on different hosts, each a registered domain: politeness goes by these.
    """
    return f"https://{_host(number % HOSTS)}/news/{number}"


def _host(number: int) -> str:
    return f"bench-paper-{number}.net"


def saved_pages(folders: Sequence[Path], count: int) -> list[Path]:
    """So many files of these folders, evenly over their sizes, so that few are of the mix of all;
    fewer where there are fewer."""
    found = [path for folder in folders for path in folder.iterdir() if path.is_file()]
    if len(found) > count:
        found.sort(key=lambda path: (path.stat().st_size, path.name))
        found = [found[(2 * n + 1) * len(found) // (2 * count)] for n in range(count)]
    return sorted(found, key=lambda path: path.name)


class Bodies:
    """The pages by number: saved ones first."""

    def __init__(self, count: int, folders: Sequence[Path] = ()) -> None:
        self.count = count
        self.saved = saved_pages(folders, count)

    def __call__(self, number: int) -> bytes:
        if number < len(self.saved):
            return self.saved[number].read_bytes()
        return page(number)

    def all(self) -> list[bytes]:
        return [self(number) for number in range(self.count)]

    def type_of(self, number: int) -> str:
        """A saved page says itself in what charset it is."""
        return "text/html" if number < len(self.saved) else "text/html; charset=utf-8"


def report(count: int, day: int = 19) -> str:
    """The report that cites the first `count` pages."""
    numbers = range(0, count, NOTES_URLS)
    # enough that a report with one note is no empty page
    prose = (
        "<p>The benchmark brigade was sent to the river to count its own lines, and counts them "
        "day by day.</p>" * 5
    )
    prose += "\n".join(
        f"<p>The benchmark brigade held the {n}th line of the river and reported it to nobody. "
        f"[{n + 1}]</p>"
        for n, _ in enumerate(numbers)
    )
    notes = "\n".join(
        f"<p>[{n + 1}] "
        + " ; ".join(url_of(i) for i in range(first, min(first + NOTES_URLS, count)))
        + "</p>"
        for n, first in enumerate(numbers)
    )
    title = f"Load Update, March {day}, 2026"
    return (
        f"<!DOCTYPE html><html><head><title>{title}</title></head><body><main><article>"
        f"<h1>{title}</h1>{prose}<hr>{notes}</article></main></body></html>"
    )


class Papers:
    """What the hosts of the pages answer."""

    def __init__(self, bodies: Bodies) -> None:
        self.bodies = bodies
        self.packed = lru_cache(maxsize=CACHED)(self._packed)

    def _packed(self, number: int) -> bytes:
        return gzip.compress(self.bodies(number), PACKED_AS, mtime=0)

    def __call__(self, request: Request) -> Reply:
        name = request.path.removeprefix("/news/")
        if not name.isdecimal():
            return not_found()
        tag = f'"{name}"'
        if request.header("if-none-match") == tag:
            return Reply(304, (("ETag", tag),))
        headers: Headers = (("Content-Type", self.bodies.type_of(int(name))), ("ETag", tag))
        if "gzip" not in (request.header("accept-encoding") or ""):
            return Reply(200, headers, self.bodies(int(name)))
        return Reply(200, (*headers, ("Content-Encoding", "gzip")), self.packed(int(name)))


def made(bodies: Bodies) -> Web:
    """The reports and the papers."""
    cited = {
        urlsplit(REPORT_URL).path: html(report(bodies.count)),
        urlsplit(START_URL).path: html(report(1, day=18)),
    }
    web, papers = Web(), Papers(bodies)
    for number in range(min(bodies.count, CACHED)):
        papers.packed(number)
    web.add(Site((REPORT_HOST,), lambda request: cited.get(request.path, not_found())))
    web.add(*(Site((_host(n),), papers) for n in range(HOSTS)))
    return web


def main() -> None:
    """Serve until SIGTERM; the first line says where."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--pages", type=int, required=True)
    parser.add_argument("--saved", type=Path, action="append", default=[], metavar="FOLDER")
    parser.add_argument("--at", type=parse_time, default=DEFAULT_AT, help="the web's time")
    given = parser.parse_args()
    ends = {signal.SIGTERM, signal.SIGINT}
    signal.pthread_sigmask(signal.SIG_BLOCK, ends)
    with Replica(given.at, world=made(Bodies(given.pages, given.saved))) as replica:
        print(replica.proxy_url, replica.ca_file, flush=True)
        signal.sigwait(ends)


if __name__ == "__main__":
    main()
