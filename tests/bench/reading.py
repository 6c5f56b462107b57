"""Saved pages: parsing alone, and the whole way of an import. Uses ../shared/real."""

from __future__ import annotations

import gc
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import lxml.html

from archive.model.reports import ParsedReport
from archive.warc.decode import decode_body
from archive.warc.reader import iter_records
from pipeline.read.parse import parse_report
from pipeline.run.worker import COLLECT_EVERY
from tests.bench.measure import Usage, cpu_seconds, run
from tests.bench.table import Spread, figure
from tests.conftest import REAL

Pages = list[tuple[str, bytes]]
WARCS = [REAL / f"{name}.warc.gz" for name in ("reports", "versions", "bulk")]


COLUMNS = ("what", "median", "from, to", "beside")


def parsing(runs: int = 3) -> None:
    """Page to records on one core, beside lxml alone; how the time grows with the page."""
    pages = _pages()
    gc.freeze()
    gc.set_threshold(COLLECT_EVERY)  # as in a worker
    both = [
        (cpu_seconds(lambda: _trees(pages)), cpu_seconds(lambda: _parse(pages)))
        for _ in range(runs)
    ]
    count = len(pages)
    figure("lxml alone, one core", [count / lxml_s for lxml_s, _ in both], "pages/s")
    ratio = Spread.of([lxml_s / parse_s for lxml_s, parse_s in both])
    figure(
        "page to records, one core", [count / parse_s for _, parse_s in both], "pages/s",
        f"{ratio.middle:.3f} of lxml alone ({ratio.least:.3f} to {ratio.most:.3f})",
    )  # fmt: skip
    url, body = max(pages, key=lambda page: len(page[1]))
    head, _, tail = body.partition(b"<p>")
    inner, _, end = tail.rpartition(b"</p>")
    larger = [(url, head + b"<p>" + b"</p><p>".join([inner] * 10) + b"</p>" + end)]
    times = [
        cpu_seconds(lambda: _parse(larger)) / cpu_seconds(lambda: _parse([(url, body)]))
        for _ in range(runs)
    ]
    figure("ten times the page", times, "times as long")


def importing(runs: int = 3) -> None:
    """The same pages through the whole way; again; and the database anew."""
    pages = _pages()
    took: dict[str, list[Usage]] = {"import": [], "again": [], "rebuild": []}
    parsed = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as name:
            words = [sys.executable, "-m", "pipeline", "--data", str(Path(name) / "data")]
            files = ["import", *map(str, WARCS)]
            took["import"].append(run([*words, *files]))
            took["again"].append(run([*words, *files]))
            took["rebuild"].append(run([*words, "rebuild"]))
        parsed.append(cpu_seconds(lambda: _parse(pages)))
    for name, usages in took.items():
        _imported(name, usages, took["import"], parsed, len(pages))


def _imported(
    name: str, usages: list[Usage], first: list[Usage], parsed: list[float], count: int
) -> None:
    shown = {"import": f"import of {count} captures", "again": "the same again, all held"}
    ratio = Spread.of(
        [one.wall_s / all_new.wall_s for one, all_new in zip(usages, first, strict=True)]
    )
    cpu = Spread.of([one.cpu_s / alone for one, alone in zip(usages, parsed, strict=True)])
    beside = f"processor time {cpu.middle:.2f} of parsing alone ({cpu.least:.2f} to {cpu.most:.2f})"
    if usages is not first:
        beside = f"{ratio.middle:.3f} of the import ({ratio.least:.3f} to {ratio.most:.3f})"
    figure(shown.get(name, name), [count / one.wall_s for one in usages], "captures/s", beside)
    figure(f"{name}, processor time a capture", [1e3 * one.cpu_s / count for one in usages], "ms")
    figure(f"{name}, memory of all processes", [one.peak_bytes / 1e6 for one in usages], "MB")


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


def _trees(pages: Pages) -> None:
    for _, body in pages:
        lxml.html.fromstring(body)
