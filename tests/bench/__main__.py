"""`make bench`: figures of the whole and of its parts, as ratios, since machines differ.

`python -m tests.bench --sources 20000` collects that many cited pages in one run and shows how
memory goes (20 minutes). `python -m tests.bench --year` checks 20,000 drawn sources daily for a
year, without a network (10 minutes).
"""

from __future__ import annotations

import argparse
import os
import resource

from tests.bench import crawling, fixity, reading, year
from tests.bench.measure import CORES


def main() -> None:
    """Measure, print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--pages", type=int, default=600, help="cited pages of the whole way")
    parser.add_argument("--sources", type=int, help="only: memory over so many sources")
    parser.add_argument("--year", action="store_true", help="only: a year of daily checks, drawn")
    parser.add_argument("--fixity", action="store_true", help="only: verify, backup")
    args = parser.parse_args()
    load = os.getloadavg()[0]
    print(
        f"{CORES} cores, load {load:.1f} before"
        + ("; BUSY: the rates are too low" if load > 0.5 else "")
    )
    if args.sources:
        crawling.many_sources(args.sources)
        return
    if args.year:
        year.show()
        return
    if args.fixity:
        fixity.evidence()
        return
    if all(path.exists() for path in reading.WARCS):
        print("real pages")
        reading.parsing()
        reading.importing()
    else:
        print(f"no real pages at {reading.REAL}: their part is left out")
    print("evidence")
    fixity.evidence()
    print(f"{args.pages} news pages of 60 to 120 kB on 60 hosts, over TLS through a proxy")
    crawling.whole_way(args.pages)


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
