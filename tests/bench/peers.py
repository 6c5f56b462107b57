"""Other programs over the same pages, from the same server, in the same rounds as ours.

They stand in a venv of their own (`make peers` makes `.venv-bench`), but wget, which is the
system's. One that is not there is said to be not installed. What each does differs, so the table
says it: none of them does all that the whole way does.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from archive.warc.reader import iter_records
from tests.bench.bare import bare
from tests.bench.crawling import Size, Wanted, enough, first_visits, rounds, web_options
from tests.bench.measure import CORES, Usage
from tests.bench.replicas import Crawl, collecting
from tests.bench.table import Spread, heading, row
from tests.bench.web import HOSTS, Bodies, url_of
from tests.conftest import ROOT

VENV = ROOT / ".venv-bench"
COLUMNS = (
    "program", "pages/s, start-up left out", "pages/s with it", "ms CPU a page", "of ours", "MB",
    "kB a page on disk", "what it does",
)  # fmt: skip
_A_LITTLE = 0.1
"""kB: less is what a program says of itself."""
_BESIDE = Path(__file__).parent / "beside"


@dataclass(frozen=True)
class Bench:
    """What a peer is given.

    Attributes:
        folder: For what it writes; new for each run.
        pages: A folder with the pages as files.
        addresses: A file with their addresses, a line each.
    """

    crawl: Crawl
    folder: Path
    pages: Path
    addresses: Path

    @property
    def told(self) -> Path:
        """Where a program of ours says what it did."""
        return self.folder / "result"


@dataclass(frozen=True)
class Peer:
    """One program.

    Attributes:
        version: Of it; None where it is not installed.
        command: What is run.
        done: How many pages it did, read afterwards.
    """

    name: str
    does: str
    version: Callable[[Path], str | None]
    command: Callable[[Path, Bench], list[str]]
    done: Callable[[Bench], int]


@dataclass
class Runs:
    """A program's rounds: with one page, with all, and bytes written a page."""

    start: list[Usage] = field(default_factory=list)
    whole: list[Usage] = field(default_factory=list)
    written: list[float] = field(default_factory=list)

    @property
    def started(self) -> bool:
        """Whether start-up was measured; else it is in none of it."""
        return any(one.wall_s for one in self.start)

    def warm(self) -> list[Usage]:
        return [one.without(start) for one, start in zip(self.whole, self.start, strict=True)]

    def more(self, count: int) -> int:
        """Pages without that of the start."""
        return count - self.started

    def each_cpu_s(self, count: int) -> list[float]:
        """Processor time a page, without start-up."""
        return [one.cpu_s / self.more(count) for one in self.warm()]


def beside(wanted: Wanted, venv: Path = VENV) -> None:
    """Of the saved pages where a folder of some is given, else of our own."""
    name, folders = wanted.sets()[-1]
    bodies = Bodies(wanted.pages, folders)
    print(f"\n{bodies.count} {name}, on {HOSTS} hosts, over TLS; medians of {wanted.runs}")
    versions = {peer.name: peer.version(venv) for peer in PEERS}
    there = [peer for peer in PEERS if versions[peer.name] is not None]
    runs: dict[str, Runs] = {}
    with collecting(bodies.count, "tests.bench.web", *web_options(folders)) as crawl:
        for _ in rounds(wanted.runs):
            _ours(crawl, bodies, runs)
            for peer in there:
                _theirs(peer, venv, crawl, bodies, runs.setdefault(peer.name, Runs()))
    heading(*COLUMNS)
    ours = runs[_OURS]
    _shown(
        _OURS,
        "all of it: robots.txt, WARC, text, metadata, verdicts, SQLite",
        ours,
        ours,
        bodies.count,
    )
    _shown(
        _BARE, f"reads pages that were fetched; {CORES} processes", runs[_BARE], ours, bodies.count
    )
    for peer in PEERS:
        if versions[peer.name] is None:
            row(peer.name, *["not installed"] * 3, *["-"] * 3, peer.does)
        else:
            called = f"{peer.name} {versions[peer.name]}"
            _shown(called, peer.does, runs[peer.name], ours, bodies.count)


_OURS, _BARE = "isw-archive", "bare trafilatura with metadata"


def _ours(crawl: Crawl, bodies: Bodies, runs: dict[str, Runs]) -> None:
    way = first_visits(crawl, bodies.count)
    ours, limit = runs.setdefault(_OURS, Runs()), runs.setdefault(_BARE, Runs())
    ours.start.append(way.start)
    ours.whole.append(way.whole)
    ours.written.append(way.added.all / (way.count - 1))
    limit.start.append(Usage())
    limit.whole.append(bare(bodies.all(), metadata=True))
    limit.written.append(0.0)


def _theirs(peer: Peer, venv: Path, crawl: Crawl, bodies: Bodies, runs: Runs) -> None:
    small, _ = _run(peer, venv, crawl, bodies, 1)
    whole, written = _run(peer, venv, crawl, bodies, bodies.count)
    runs.start.append(small)
    runs.whole.append(whole)
    runs.written.append(written / bodies.count)


def _run(peer: Peer, venv: Path, crawl: Crawl, bodies: Bodies, count: int) -> tuple[Usage, int]:
    """What it took with so many pages, and what it wrote; it ends the bench if it did fewer."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        bench = Bench(crawl, folder / "out", folder / "pages", folder / "addresses")
        bench.folder.mkdir()
        bench.pages.mkdir()
        for number in range(count):
            (bench.pages / f"{number:06}.html").write_bytes(bodies(number))
        bench.addresses.write_text("".join(f"{url_of(number)}\n" for number in range(count)))
        usage, _ = crawl.beside(peer.command(venv, bench))
        enough(peer.done(bench), count, f"pages done by {peer.name}")
        return usage, Size.of(bench.folder).all


def _shown(name: str, does: str, runs: Runs, ours: Runs, count: int) -> None:
    cpu, our_cpu = runs.each_cpu_s(count), ours.each_cpu_s(count)
    memory = max(one.peak_bytes for one in runs.whole) / 1e6
    written = Spread.of(runs.written).middle / 1e3
    row(
        name,
        _rates(runs.warm(), runs.more(count)),
        _rates(runs.whole, count) if runs.started else "-",
        _spread([1e3 * one for one in cpu]),
        _spread([one / our for one, our in zip(cpu, our_cpu, strict=True)], ".2f"),
        f"{memory:.0f}" if memory else "-",
        f"{written:.1f}" if written >= _A_LITTLE else "-",
        does,
    )


def _rates(usages: Sequence[Usage], pages: int) -> str:
    if min(one.wall_s for one in usages) <= 0:  # the start alone took longer: a busy machine
        return "lost in noise"
    return _spread([pages / one.wall_s for one in usages])


def _spread(values: Sequence[float], form: str = ".1f") -> str:
    middle, around = Spread.of(values).shown(form)
    return f"{middle} ({around})" if min(values) < max(values) else middle


# --- the programs ---------------------------------------------------------------------------------


def _packaged(name: str) -> Callable[[Path], str | None]:
    """The version of a package in the venv."""

    def version(venv: Path) -> str | None:
        asks = f"from importlib.metadata import version; print(version({name!r}))"
        try:
            words = [str(venv / "bin" / "python"), "-c", asks]
            return subprocess.run(words, check=True, capture_output=True, text=True).stdout.strip()
        except (OSError, subprocess.CalledProcessError):
            return None

    return version


def _of_the_system(_: Path) -> str | None:
    if shutil.which("wget") is None:
        return None
    said = subprocess.run(["wget", "--version"], check=True, capture_output=True, text=True).stdout
    return said.split()[2]


def _script(name: str, given: Callable[[Bench], Path], *more: str) -> Callable[..., list[str]]:
    def command(venv: Path, bench: Bench) -> list[str]:
        python = str(venv / "bin" / "python")
        return [python, str(_BESIDE / name), str(given(bench)), str(bench.told), *more]

    return command


def _wget(_: Path, bench: Bench) -> list[str]:
    """As many at once as there are cores, each with its share of the addresses."""
    lines = bench.addresses.read_text().splitlines(keepends=True)
    shares = [share for n in range(CORES) if (share := lines[n::CORES])]
    each = []
    for number, share in enumerate(shares):
        listed = bench.addresses.with_name(f"share-{number}")
        listed.write_text("".join(share))
        each.append(
            f"wget --quiet --ca-certificate={bench.crawl.ca_file} --input-file={listed} "
            f"--output-document=/dev/null --warc-file={bench.folder}/{number} "
            "--no-warc-keep-log --tries=1 --timeout=60 &"
        )
    return ["sh", "-c", " ".join([*each, "wait"])]


def _responses(bench: Bench) -> int:
    files = sorted(bench.folder.glob("*.warc.gz"))
    return sum(record.type == "response" for path in files for record in iter_records(path))


def _pages_told(bench: Bench) -> int:
    return int(json.loads(bench.told.read_text())["pages"])


PEERS: Sequence[Peer] = (
    Peer(
        "Scrapy", "fetches, with robots.txt; keeps nothing", _packaged("Scrapy"),
        _script("scrapy_pages.py", lambda bench: bench.addresses), _pages_told,
    ),
    Peer(
        "Scrapy, trafilatura in the callback", "the same, and each page's text as a line of JSON",
        _packaged("Scrapy"),
        _script("scrapy_pages.py", lambda bench: bench.addresses, "--text"), _pages_told,
    ),
    Peer(
        "news-please", f"reads pages that were fetched; {CORES} processes",
        _packaged("news-please"),
        _script("news_please_pages.py", lambda bench: bench.pages), _pages_told,
    ),
    Peer(
        "wget", f"fetches into a WARC file (--warc-file); {CORES} at once", _of_the_system,
        _wget, _responses,
    ),
)  # fmt: skip
