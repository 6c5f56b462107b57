"""Cited pages through the whole way: fetched over TLS, kept in a WARC, read, put into SQLite.

Beside bare trafilatura, which fetches and keeps nothing. Each round has all of it, one after
another, so that a machine that changes its speed changes it for both sides of a ratio.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import fixity
from tests.bench.bare import bare
from tests.bench.measure import COMMAND, CORES, CRAWL, OTHERS, SERVER, WORKERS, Moments, Usage
from tests.bench.replicas import Crawl, collecting
from tests.bench.table import Spread, figure, heading, line, progress, row
from tests.bench.web import HOSTS, REPORT_URL, START_URL, Bodies, url_of
from tests.conftest import REAL

__all__ = ["REPORT_URL", "collecting", "many_sources", "whole_way"]

COLUMNS = ("what", "median", "from, to", "beside")
_AGAIN = ("recrawl", "--sql", "SELECT cited_url FROM sources")
_MOST = 0.95
"""Of all pages."""
SCRAPY_PAGES = Path(__file__).parent / "beside" / "scrapy_pages.py"
REPORT_READ, PAGE_READ = "report", "source"
"""Kinds of captures: the first of each is a moment."""


@dataclass(frozen=True)
class Wanted:
    """What a part measures.

    Attributes:
        pages: Cited pages.
        runs: Rounds.
        saved: Folders of saved pages of others; none: our own pages alone.
    """

    pages: int = 400
    runs: int = 3
    saved: tuple[Path, ...] = ()

    def sets(self) -> list[tuple[str, tuple[Path, ...]]]:
        """Sets of pages by what they are: made up ones with what is saved of cited ones, and those
        of the folders."""
        cited = (REAL / "cited",) if (REAL / "cited").is_dir() else ()
        name = "pages made up" + (", some saved of what reports cite" if cited else "")
        others = [(f"pages of {', '.join(map(_named, self.saved))}", self.saved)]
        return [(name, cited), *(others if self.saved else [])]


def _named(folder: Path) -> str:
    return "/".join(folder.resolve().parts[-3:])


@dataclass(frozen=True)
class Size:
    """Bytes of a data folder."""

    warc: int
    database: int
    others: int

    @classmethod
    def of(cls, data: Path) -> Size:
        files = [(path, path.stat().st_size) for path in data.rglob("*") if path.is_file()]
        warc = sum(size for path, size in files if path.name.endswith(".warc.gz"))
        database = sum(size for path, size in files if path.name.startswith("archive.db"))
        return cls(warc, database, sum(size for _, size in files) - warc - database)

    @property
    def all(self) -> int:
        return self.warc + self.database + self.others

    def above(self, other: Size) -> Size:
        """What was added."""
        return Size(
            self.warc - other.warc, self.database - other.database, self.others - other.others
        )


@dataclass
class Way:
    """One round, of so many pages.

    Attributes:
        start: A crawl of one page, which is taken off to be without start-up.
        served: Processor seconds of the replica.
        added: Bytes of the pages but the first.
        scrapy: The second round, by Scrapy alone, which keeps nothing.
    """

    count: int
    start: Usage
    whole: Usage
    served: float
    added: Size
    again_start: Usage = field(default_factory=Usage)
    again: Usage = field(default_factory=Usage)
    again_added: Size = field(default_factory=lambda: Size(0, 0, 0))
    scrapy_start: Usage = field(default_factory=Usage)
    scrapy: Usage = field(default_factory=Usage)
    text: Usage = field(default_factory=Usage)
    metadata: Usage = field(default_factory=Usage)

    @property
    def warm(self) -> Usage:
        """Without start-up; of one page less."""
        return self.whole.without(self.start)


def whole_way(wanted: Wanted) -> None:
    """First visits, then unchanged ones, of each set of pages."""
    for name, folders in wanted.sets():
        bodies = Bodies(wanted.pages, folders)
        mean = sum(map(len, bodies.all())) / bodies.count / 1e3
        print(f"\n{bodies.count} {name}: {mean:.0f} kB in the mean, on {HOSTS} hosts, over TLS")
        heading(*COLUMNS)
        with collecting(bodies.count, "tests.bench.web", *web_options(folders)) as crawl:
            ways = [_round(crawl, bodies) for _ in rounds(wanted.runs)]
            _show(ways)
            fixity.ledger(crawl.data, ways[-1].warm.wall_s)


def rounds(count: int) -> Iterator[int]:
    """Numbers of rounds from 1, each said."""
    for number in range(1, count + 1):
        progress(f"round {number} of {count}")
        yield number


def web_options(folders: Sequence[Path]) -> list[str]:
    return [word for folder in folders for word in ("--saved", str(folder))]


def _round(crawl: Crawl, bodies: Bodies) -> Way:
    way = first_visits(crawl, bodies.count)
    before = Size.of(crawl.data)
    way.again, _ = crawl.run(*_AGAIN)
    enough(crawl.count("outcome = 'not-modified'"), bodies.count, "pages not modified")
    way.again_added = Size.of(crawl.data).above(before)
    way.scrapy_start, way.scrapy = _scrapy_again(crawl, 1), _scrapy_again(crawl, bodies.count)
    pages = bodies.all()
    way.text, way.metadata = bare(pages, metadata=False), bare(pages, metadata=True)
    return way


def _scrapy_again(crawl: Crawl, count: int) -> Usage:
    """Scrapy alone asks for pages that have not changed."""
    with TemporaryDirectory() as name:
        addresses, told = Path(name) / "addresses", Path(name) / "told"
        addresses.write_text("".join(f"{url_of(number)}\n" for number in range(count)))
        usage, _ = crawl.beside(
            [sys.executable, str(SCRAPY_PAGES), str(addresses), str(told), "--unchanged"]
        )
        enough(json.loads(told.read_text())["pages"], count, "pages not modified, by Scrapy")
    return usage


def first_visits(crawl: Crawl, count: int) -> Way:
    """One page, to know the start-up; then, in a new archive, all of them."""
    crawl.anew()
    start, _ = crawl.run("collect", "--report", START_URL)
    small = Size.of(crawl.data)
    again_start, _ = crawl.run(*_AGAIN)
    crawl.anew()
    whole, served = crawl.run("collect", "--report", REPORT_URL, moments=_moments(crawl))
    # a saved page may be a wall, or say that it is gone: it was fetched, kept and read all the same
    enough(crawl.count("http_status = 200"), count, "pages fetched")
    added = Size.of(crawl.data).above(small)
    return Way(count, start, whole, served, added, again_start)


def _moments(crawl: Crawl) -> Moments:
    return {kind: _has(crawl, kind) for kind in (REPORT_READ, PAGE_READ)}


def _has(crawl: Crawl, kind: str) -> Callable[[], bool]:
    return lambda: crawl.has(kind)


def _show(ways: Sequence[Way]) -> None:
    count = ways[0].count
    for name, limit in (
        ("text alone", [way.text for way in ways]),
        ("with metadata", [way.metadata for way in ways]),
    ):
        beside = f"{_ms(limit, count)} ms CPU a page"
        _rate(f"bare trafilatura, {name}, {CORES} processes", count, limit, beside)
    _rate("whole way, with start-up", count, [way.whole for way in ways])
    _rate("whole way, without", count - 1, [way.warm for way in ways])
    _ratios(ways)
    _processor(ways)
    _once(ways)
    _unchanged(ways)


def _rate(name: str, count: int, usages: Sequence[Usage], beside: str = "") -> None:
    """Pages a second; a start that took longer than the whole says that the machine was busy."""
    if min(one.wall_s for one in usages) <= 0:
        row(name, "lost in noise", "", beside)
    else:
        figure(name, [count / one.wall_s for one in usages], "pages/s", beside)


def _ms(usages: Sequence[Usage], count: int) -> str:
    return f"{sorted(1e3 * one.cpu_s / count for one in usages)[len(usages) // 2]:.1f}"


def _ratios(ways: Sequence[Way]) -> None:
    """Rates beside rates, and processor time a page beside the same."""
    for name, limit in (
        ("with metadata", [way.metadata for way in ways]),
        ("text alone", [way.text for way in ways]),
    ):
        for part, ours, pages in (
            ("without start-up", [way.warm for way in ways], ways[0].count - 1),
            ("with start-up", [way.whole for way in ways], ways[0].count),
        ):
            share = pages / ways[0].count
            pairs = list(zip(ours, limit, strict=True))
            clock = [share * one.wall_s / our.wall_s for our, one in pairs]
            cpu = Spread.of([share * one.cpu_s / our.cpu_s for our, one in pairs])
            middle, around = cpu.shown(".2f")
            beside = f"in processor time {middle} ({around})"
            if min(clock) <= 0:
                row(f"ratio to bare {name}, {part}", "lost in noise", "", beside)
            else:
                figure(f"ratio to bare {name}, {part}", clock, "", beside)


def _processor(ways: Sequence[Way]) -> None:
    each = ways[0].count
    figure("processor time a page", [1e3 * way.whole.cpu_s / each for way in ways], "ms")
    figure("without start-up", [1e3 * way.warm.cpu_s / (each - 1) for way in ways], "ms")
    for kind in (WORKERS, CRAWL, COMMAND, SERVER, OTHERS):
        figure(
            f"of it {kind}",
            [1e3 * way.warm.by_process.get(kind, 0.0) / (each - 1) for way in ways], "ms",
        )  # fmt: skip
    figure("the replica's, not counted above", [1e3 * way.served / each for way in ways], "ms")


def _once(ways: Sequence[Way]) -> None:
    more = ways[0].count - 1
    figure("start-up: a crawl of one page", [way.start.wall_s for way in ways], "s")
    for kind, name in ((REPORT_READ, "report"), (PAGE_READ, "cited page")):
        figure(
            f"until the first {name} is in the database",
            [way.whole.reached.get(kind, way.whole.wall_s) for way in ways], "s",
        )  # fmt: skip
    figure("memory of all processes, at most", [way.whole.peak_bytes / 1e6 for way in ways], "MB")
    sizes = [way.added for way in ways]
    figure(
        "bytes on disk a page", [size.all / more / 1e3 for size in sizes], "kB",
        f"WARC {sizes[0].warc / more / 1e3:.1f}, database {sizes[0].database / more / 1e3:.1f}, "
        f"ledger and others {sizes[0].others / more / 1e3:.1f}",
    )  # fmt: skip


def _unchanged(ways: Sequence[Way]) -> None:
    count = ways[0].count
    warm = [way.again.without(way.again_start) for way in ways]
    whole = [way.again for way in ways]
    cpu = f"{_ms(whole, count)} ms CPU each"
    _rate("unchanged pages (304), with start-up", count, whole, cpu)
    _rate("unchanged pages (304), without", count - 1, warm, f"{_ms(warm, count - 1)} ms CPU each")
    alone = [way.scrapy.without(way.scrapy_start) for way in ways]
    _rate("Scrapy alone, the same", count - 1, alone, f"{_ms(alone, count - 1)} ms CPU each")
    if min(one.wall_s for one in (*warm, *alone)) > 0:
        shares = [one.wall_s / our.wall_s for our, one in zip(warm, alone, strict=True)]
        figure("ratio to Scrapy alone, without start-up", shares, "")
    added = [way.again_added for way in ways]
    figure("bytes of an unchanged page, WARC", [one.warc / count for one in added], "B")
    figure("bytes of an unchanged page, database", [one.database / count for one in added], "B")


def many_sources(count: int) -> None:
    """Memory of one long run, in fifths of it."""
    with collecting(count) as crawl:
        usage, served = crawl.run("collect", "--report", REPORT_URL)
        enough(crawl.count("outcome = 'ok'"), count, "pages read")
    line(
        f"{count} sources in one run",
        count / usage.wall_s,
        f"replica {served:.0f} s CPU, ours {usage.cpu_s:.0f} s",
    )
    for part in range(5):
        looks = usage.memory[len(usage.memory) * part // 5 : len(usage.memory) * (part + 1) // 5]
        mean = sum(size for _, size in looks) / max(1, len(looks))
        line(f"  memory in fifth {part + 1}", None, f"{mean / 1e6:.0f} MB in the mean")


def enough(done: int, count: int, what: str) -> None:
    """Ends the bench where a program did much less than it was asked for. A saved page may lead
    elsewhere, where there is nothing: some few do not count, and are said."""
    if done < _MOST * count:
        sys.exit(f"bench: {done} of {count} {what}")
    if done != count:
        progress(f"{done} of {count} {what}")
