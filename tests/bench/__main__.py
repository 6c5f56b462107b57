"""`make bench`: figures of the whole and of its parts, as ratios within one run, since machines
differ: medians of at least three, with what the others were.

`python -m tests.bench PART …` measures single parts; without a name those that are marked *.
"""

from __future__ import annotations

import argparse
import compileall
import os
import platform
import resource
import shutil
import sqlite3
import sys
import tempfile
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from tests.bench import (
    article,
    crawling,
    day,
    fixity,
    media,
    mix,
    peers,
    reading,
    scale,
    starting,
    table,
    weight,
    year,
)
from tests.bench.growth import grow
from tests.bench.measure import CORES, run
from tests.conftest import ROOT

_BUSY = 0.5
"""Processes that wait for a core before anything is measured."""
_RATES = ("what", "rate", "beside")


@dataclass(frozen=True)
class Part:
    """A part by name.

    Attributes:
        help: What it measures, of what, and how long that takes on two quiet cores.
        columns: Of its table; none where it prints its own.
        usual: Whether `make bench` measures it.
        reads_saved: Whether it needs the saved reports, and is left out without them.
    """

    help: str
    work: Callable[[argparse.Namespace], None]
    columns: tuple[str, ...] = ()
    usual: bool = False
    reads_saved: bool = False


def _wanted(given: argparse.Namespace, pages: int) -> crawling.Wanted:
    return crawling.Wanted(pages, given.runs, tuple(given.saved))


PARTS = {
    "parsing": Part(
        "a report's page to its records, beside lxml alone (20 seconds)",
        lambda given: reading.parsing(given.runs), reading.COLUMNS, usual=True, reads_saved=True,
    ),
    "importing": Part(
        "saved reports into a new archive, again, and rebuild (2 minutes)",
        lambda given: reading.importing(given.runs), reading.COLUMNS, usual=True, reads_saved=True,
    ),
    "start-up": Part(
        "--help, status, and a check and a collect that have nothing to do (1 minute)",
        lambda given: starting.start_up(max(3, given.runs)), starting.COLUMNS, usual=True,
    ),
    "crawling": Part(
        "cited pages through the whole way, then unchanged (304), beside bare trafilatura; of made "
        "up pages, and of saved ones where --saved names a folder (3 minutes each)",
        lambda given: crawling.whole_way(_wanted(given, given.pages)), usual=True,
    ),
    "peers": Part(
        "Scrapy, Scrapy with text, news-please and wget over the same pages (4 minutes)",
        lambda given: peers.beside(_wanted(given, given.peer_pages), given.venv), usual=True,
    ),
    "evidence": Part(
        "verify, beside SHA-256 alone, and a backup of nothing new (1 minute)",
        lambda _: fixity.evidence(), _RATES, usual=True,
    ),
    "mix": Part(
        "of what the made up pages are, beside all of a folder that --saved names (1 minute)",
        lambda given: mix.compared(given.pages, given.saved),
    ),
    "articles": Part(
        "what a worker needs to read a page, beside trafilatura; of made up pages, or of those in "
        "--folder (2 minutes)",
        lambda given: article.reading(given.folder), _RATES,
    ),
    "growth": Part(
        "pages and plans on archives of 10 and 100 thousand citations, made of the saved reports "
        "(10 minutes; --times 1 10 100 makes one of a million, too: 6 GB, an hour)",
        lambda given: _on_grown(given.times, scale.table), reads_saved=True,
    ),
    "day": Part(
        "a day's collect and check with the network on the same archives, with the same new work "
        "for each (8 minutes; --times as above)",
        lambda given: _on_grown(given.times, day.table), reads_saved=True,
    ),
    "many-sources": Part(
        "20,000 cited pages in one run, and how memory goes (20 minutes)",
        lambda given: crawling.many_sources(given.sources), _RATES,
    ),
    "year": Part(
        "20,000 drawn sources checked daily for a year, without a network (10 minutes)",
        lambda _: year.show(),
    ),
    "media": Part(
        "a report of 200 posts with 300 pictures, and files of 25 MB (2 minutes)",
        lambda _: media.cost(), _RATES,
    ),
    "weight": Part(
        "bytes of a check that finds nothing new, and of an archive's parts (3 minutes)",
        lambda given: weight.weight(given.pages, [path for path in reading.WARCS if path.exists()]),
    ),
}  # fmt: skip


def main() -> None:
    """Measure, print."""
    given = _given()
    _compile()
    print(_machine(), flush=True)
    with table.in_markdown(wanted=given.markdown):
        for name in given.parts or [name for name, part in PARTS.items() if part.usual]:
            _measure(name, PARTS[name], given)


def _compile() -> None:
    """As an installation is, also where `PYTHONDONTWRITEBYTECODE` is set: otherwise each process
    compiles all modules anew, 0.3 s of a crawl."""
    for package in ("archive", "crawler", "pipeline", "tests"):
        compileall.compile_dir(ROOT / package, quiet=1)


def _given() -> argparse.Namespace:
    listed = "\n".join(_in_help(name, one) for name, one in PARTS.items())
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=f"{__doc__}\n{listed}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("parts", nargs="*", metavar="PART")
    parser.add_argument("--markdown", action="store_true", help="tables as the documents have them")
    parser.add_argument("--runs", type=int, default=3, help="rounds of each [3]")
    parser.add_argument("--pages", type=int, default=400, help="of crawling and mix [400]")
    # the slowest of them takes a third of a second of a core for a page
    parser.add_argument("--peer-pages", type=int, default=200, help="of peers [200]")
    parser.add_argument(
        "--saved", type=Path, action="append", default=[], metavar="FOLDER",
        help="saved pages of others for crawling, peers and mix, such as tests/eval of "
        "trafilatura's repository; taken from all its sizes; may be given again",
    )  # fmt: skip
    parser.add_argument(
        "--venv", type=Path, default=peers.VENV, help="where the peers are installed [.venv-bench]"
    )
    parser.add_argument("--folder", type=Path, help="of saved pages, for articles")
    parser.add_argument("--sources", type=int, default=20_000, help="of many-sources [20000]")
    parser.add_argument(
        "--times", type=int, nargs="+", default=[1, 10], help="of growth and day [1 10]"
    )
    given = parser.parse_args()
    if unknown := set(given.parts) - set(PARTS):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    if absent := [str(folder) for folder in given.saved if not folder.is_dir()]:
        parser.error(f"no such folder: {', '.join(absent)}")
    if min(given.pages - 1, given.peer_pages - 1, given.runs) < 1:
        parser.error("at least two pages and one round")
    return given


def _in_help(name: str, part: Part) -> str:
    text = textwrap.fill(part.help, 98, initial_indent=" " * 18, subsequent_indent=" " * 18)
    return f"  {name:<14}{'*' if part.usual else ' '} {text.strip()}"


def _measure(name: str, part: Part, given: argparse.Namespace) -> None:
    print(f"\n### {name}" if given.markdown else f"\n{name}", flush=True)
    if part.reads_saved and not all(path.exists() for path in reading.WARCS):
        print(f"no saved reports at {reading.REAL}: this part is left out")
        return
    if part.columns:
        table.heading(*part.columns)
    part.work(given)


def _machine() -> str:
    """What the figures are of."""
    load = os.getloadavg()[0]
    versions = ", ".join(f"{name} {version(name)}" for name in ("Scrapy", "trafilatura", "lxml"))
    return (
        f"{datetime.now(UTC):%d %B %Y}; {CORES} cores of {_processor()}, {_memory_gb():.0f} GB; "
        f"Linux {platform.release()}, Python {platform.python_version()}, SQLite "
        f"{sqlite3.sqlite_version}, {versions}; load {load:.1f} before"
        + ("; BUSY: the rates are too low, read the processor time" if load > _BUSY else "")
    )


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()


def _memory_gb() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def _on_grown(times: list[int], measure: Callable[[list[Path]], object]) -> None:
    """Make archives of several sizes and measure them."""
    folder = Path(tempfile.mkdtemp())
    seed, made = folder / "seed", []
    run([sys.executable, "-m", "pipeline", "--data", str(seed), "import", *map(str, reading.WARCS)])
    for number in times:
        made.append(folder / f"times-{number}")
        print(f"  {number} times: {grow(seed, made[-1], number)}", flush=True)
    measure(made)
    shutil.rmtree(folder)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
