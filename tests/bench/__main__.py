"""`make bench`: figures of the whole and of its parts, as ratios, since machines differ.

`python -m tests.bench PART …` measures single parts: parsing, importing, evidence, crawling (what
`make bench` does), and growth (archives of 10 and 100 thousand citations made of the saved pages,
10 minutes; `--times 1 10 100` makes one of a million, too: 6 GB, an hour), many-sources (20,000
cited pages in one run and how memory goes, 20 minutes), year (20,000 drawn sources checked daily
for a year, without a network, 10 minutes), weight (bytes of a check and of an archive's parts, 3
minutes), media (a report of 200 posts with 300 pictures, and files of 25 MB, 2 minutes), articles
(what a worker needs to read one, beside trafilatura; of own pages, or of those in `--folder`).
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench import article, crawling, fixity, media, reading, scale, weight, year
from tests.bench.growth import grow
from tests.bench.measure import CORES, run

USUAL = ("parsing", "importing", "evidence", "crawling")


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.bench",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parts: dict[str, Callable[[argparse.Namespace], None]] = {
        "parsing": lambda _: _of_real_pages(reading.parsing),
        "importing": lambda _: _of_real_pages(reading.importing),
        "evidence": lambda _: fixity.evidence(),
        "crawling": lambda given: _crawling(given.pages),
        "growth": lambda given: _of_real_pages(lambda: _growth(given.times)),
        "many-sources": lambda given: crawling.many_sources(given.sources),
        "year": lambda _: year.show(),
        "media": lambda _: media.cost(),
        "articles": lambda given: article.reading(given.folder),
        "weight": lambda given: weight.weight(given.pages, _real()),
    }
    parser.add_argument("parts", nargs="*", metavar="PART", help=f"of {', '.join(parts)}")
    parser.add_argument("--pages", type=int, default=600, help="cited pages of the whole way")
    parser.add_argument("--sources", type=int, default=20_000, help="of many-sources")
    parser.add_argument("--folder", type=Path, help="of saved pages, for articles")
    parser.add_argument("--times", type=int, nargs="+", default=[1, 10], help="of growth")
    given = parser.parse_args()
    if unknown := set(given.parts) - set(parts):
        parser.error(f"no part is called {', '.join(sorted(unknown))}")
    load = os.getloadavg()[0]
    print(
        f"{CORES} cores, load {load:.1f} before"
        + ("; BUSY: the rates are too low" if load > 0.5 else "")
    )
    for name in given.parts or USUAL:
        print(name)
        parts[name](given)


def _of_real_pages(work: Callable[[], None]) -> None:
    if all(path.exists() for path in reading.WARCS):
        work()
    else:
        print(f"no real pages at {reading.REAL}: this part is left out")


def _real() -> list[Path]:
    return [path for path in reading.WARCS if path.exists()]


def _crawling(pages: int) -> None:
    print(f"{pages} news pages of 60 to 120 kB on 60 hosts, over TLS through a proxy")
    crawling.whole_way(pages)


def _growth(times: list[int]) -> None:
    folder = Path(tempfile.mkdtemp())
    seed, made = folder / "seed", []
    run([sys.executable, "-m", "pipeline", "--data", str(seed), "import", *map(str, reading.WARCS)])
    for number in times:
        made.append(folder / f"times-{number}")
        print(f"  {number} times: {grow(seed, made[-1], number)}", flush=True)
    scale.table(made)
    shutil.rmtree(folder)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
