"""Saved pages: parsing alone, and the whole way of an import. Uses ../shared/real."""

from __future__ import annotations

import gc
import shutil
import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import lxml.html

from archive.model.reports import ParsedReport
from archive.warc.decode import decode_body
from archive.warc.reader import iter_records
from pipeline.read.parse import parse_report
from pipeline.run.worker import COLLECT_EVERY
from tests.bench.measure import CORES, run, seconds
from tests.bench.table import line
from tests.conftest import REAL

Pages = list[tuple[str, bytes]]
WARCS = [REAL / f"{name}.warc.gz" for name in ("reports", "versions", "bulk")]


def parsing() -> None:
    """Page to records on one core, beside lxml alone; how the time grows with the page."""
    pages = _pages()
    gc.freeze()
    gc.set_threshold(COLLECT_EVERY)  # as in a worker
    lxml_s = _best(lambda: [lxml.html.fromstring(body) for _, body in pages])
    parse_s = _best(lambda: _parse(pages))
    line("lxml alone, one core", len(pages) / lxml_s, "")
    line("page to records, one core", len(pages) / parse_s, f"{lxml_s / parse_s:.3f} of lxml alone")
    url, body = max(pages, key=lambda page: len(page[1]))
    head, _, tail = body.partition(b"<p>")
    inner, _, end = tail.rpartition(b"</p>")
    times = []
    for factor in (1, 10):
        grown = head + b"<p>" + b"</p><p>".join([inner] * factor) + b"</p>" + end
        times.append(_best(lambda page=grown: _parse([(url, page)])))
    line("ten times the page", None, f"takes {times[1] / times[0]:.1f} times as long")


def importing() -> None:
    """The same pages through the whole way; again; and the database anew."""
    count = len(_pages())
    folder = Path(tempfile.mkdtemp())
    words = [sys.executable, "-m", "pipeline", "--data", str(folder / "data")]
    files = ["import", *map(str, WARCS)]
    first = run([*words, *files])
    second = run([*words, *files])
    again = run([*words, "rebuild"])
    line(
        f"import of {count} captures", count / first.wall_s,
        f"{1e3 * first.cpu_s / count:.1f} ms CPU each: {count * CORES / first.cpu_s:.0f}/s if all "
        "cores were ours",
    )  # fmt: skip
    line(
        "second import",
        count / second.wall_s,
        f"{first.wall_s / second.wall_s:.0f} times as fast as the first",
    )
    line("rebuild", count / again.wall_s, f"{first.wall_s / again.wall_s:.1f} of the import")
    peak = max(first.peak_bytes, again.peak_bytes)
    line("memory, all processes", None, f"{peak / 1e6:.0f} MB at most")
    shutil.rmtree(folder)


def _pages() -> Pages:
    return [
        (record.uri or "", decode_body(record.payload, record.http_headers, 30_000_000).body)
        for path in WARCS
        for record in iter_records(path)
        if record.type == "response"
    ]


def _parse(pages: Pages) -> int:
    when = datetime(2025, 7, 1, tzinfo=UTC)
    read = (parse_report(body, url, "text/html; charset=utf-8", when) for url, body in pages)
    return sum(isinstance(report, ParsedReport) for report in read)


def _best(work: Callable[[], object]) -> float:
    """The better of two: what the machine's other users take is not ours."""
    return min(seconds(work), seconds(work))
