"""What it costs a worker to read one article, beside trafilatura on the same page."""

from __future__ import annotations

import gzip
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from archive.model.fetch import FetchContext
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind
from pipeline.read.process import Limits, process
from tests.bench.pages import page
from tests.bench.table import line

_OWN = 60
_RUNS = 4
_AT = datetime(2026, 3, 20, tzinfo=UTC)


def reading(folder: Path | None) -> None:
    """Milliseconds of processor time a page, of each page the least of some runs in turn, since
    that is what others who share the machine change least.

    Args:
        folder: Pages, as .html or .html.gz; own ones where None.
    """
    import trafilatura

    from pipeline.read import warm  # noqa: F401 - as in a worker

    bodies = _saved(folder) if folder else [page(n) for n in range(_OWN)]
    bare = trafilatura.bare_extraction
    ways: dict[str, Callable[[int, bytes], object]] = {
        "read by a worker": lambda n, body: process(_fetched(n, body), Limits()),
        "trafilatura with metadata": lambda _, body: bare(body, with_metadata=True),
        "trafilatura, text alone": lambda _, body: bare(body, with_metadata=False),
    }
    for way in ways.values():
        way(0, bodies[0])
    spent = dict.fromkeys(ways, 0.0)
    for number, body in enumerate(bodies):
        for name, way in ways.items():
            spent[name] += min(_seconds(way, number, body) for _ in range(_RUNS))
    size = sum(map(len, bodies)) / len(bodies)
    line(f"{len(bodies)} pages", None, f"{size / 1e3:.0f} kB on average")
    own = spent["read by a worker"]
    for name, total in spent.items():
        line(name, len(bodies) / total, f"{1e3 * total / len(bodies):.1f} ms; {total / own:.2f}")


def _saved(folder: Path) -> list[bytes]:
    files = sorted(folder.glob("*.html*"))
    return [
        gzip.decompress(one.read_bytes()) if one.suffix == ".gz" else one.read_bytes()
        for one in files
    ]


def _fetched(number: int, body: bytes) -> FetchedPage:
    url = f"https://host{number}.example/a/{number}"
    return FetchedPage(
        context=FetchContext(number + 1, Kind.SOURCE, url),
        final_url=url,
        captured_at=_AT,
        http_status=200,
        headers={"content-type": "text/html"},
        body=body,
        error=None,
        truncated=None,
    )


def _seconds(way: Callable[[int, bytes], object], number: int, body: bytes) -> float:
    start = time.process_time()
    way(number, body)
    return time.process_time() - start
