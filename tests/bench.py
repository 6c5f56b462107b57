"""`make bench`: figures of the whole and of its parts, as ratios within one run, since machines differ.

Uses ../shared/real where it is there, else pages of the replica.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import lxml.html

from archive.records import ParsedReport
from archive.warc.decode import decode_body
from archive.warc.reader import iter_records
from pipeline.parse import parse_report
from tests.conftest import REAL

Pages = list[tuple[str, bytes]]


def main() -> None:
    """Measure, print."""
    warcs = [REAL / f"{name}.warc.gz" for name in ("reports", "versions", "bulk")]
    if not all(path.exists() for path in warcs):
        sys.exit(f"bench: needs {', '.join(map(str, warcs))}")
    pages = _pages(warcs)
    lxml_s = _seconds(lambda: [lxml.html.fromstring(body) for _, body in pages])
    parse_s = _seconds(lambda: _parse(pages))
    print(f"{len(pages)} real pages, {os.cpu_count()} cores")
    print(f"  lxml alone            {_rate(len(pages), lxml_s)}  1.00")
    print(
        f"  page to records       {_rate(len(pages), parse_s)}  {lxml_s / parse_s:.2f} of lxml alone"
    )
    _linear(pages)
    _imports(warcs, len(pages), parse_s)


def _imports(warcs: list[Path], count: int, parse_s: float) -> None:
    data = Path(tempfile.mkdtemp()) / "data"
    words = [sys.executable, "-m", "pipeline", "--data", str(data), "import", *map(str, warcs)]
    peak = _Peak()
    first = _seconds(lambda: peak.run(words))
    second = _seconds(lambda: peak.run(words))
    rebuild = _seconds(lambda: peak.run([*words[:5], "rebuild"]))
    best = parse_s / (os.cpu_count() or 1)
    print(
        f"  import, whole way     {_rate(count, first)}  {best / first:.2f} of parsing alone on all cores"
    )
    print(
        f"  second import         {_rate(count, second)}  {first / second:.1f} times as fast as the first"
    )
    print(f"  rebuild               {_rate(count, rebuild)}")
    print(f"  memory, all processes {peak.bytes / 1e6:9.0f} MB at most")
    shutil.rmtree(data.parent)


def _linear(pages: Pages) -> None:
    """A page with its body ten times as long must take about ten times as long."""
    url, body = max(pages, key=lambda page: len(page[1]))
    head, mark, tail = body.partition(b"<p>")
    inner, _, end = tail.rpartition(b"</p>")
    times = []
    for factor in (1, 10):
        grown = head + mark + b"</p><p>".join([inner] * factor) + b"</p>" + end
        times.append(_seconds(lambda page=grown: _parse([(url, page)])))
    print(f"  ten times the page    takes {times[1] / times[0]:.1f} times as long")


def _pages(warcs: list[Path]) -> Pages:
    return [
        (record.uri or "", decode_body(record.payload, record.http_headers, 30_000_000).body)
        for path in warcs
        for record in iter_records(path)
        if record.type == "response"
    ]


def _parse(pages: Pages) -> list[ParsedReport]:
    when = datetime(2025, 7, 1, tzinfo=UTC)
    read = (parse_report(body, url, "text/html; charset=utf-8", when) for url, body in pages)
    return [report for report in read if isinstance(report, ParsedReport)]


def _rate(count: int, seconds: float) -> str:
    return f"{count / seconds:9.0f}/s"


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


class _Peak:
    """Most memory that a command and its children held together (proportional set size, Linux)."""

    def __init__(self) -> None:
        self.bytes = 0

    def run(self, words: list[str]) -> None:
        with subprocess.Popen(
            words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as process:
            done = threading.Event()
            watcher = threading.Thread(target=self._watch, args=(process.pid, done))
            watcher.start()
            code = process.wait()
            done.set()
            watcher.join()
        if code not in {0, 1}:
            sys.exit(f"bench: {' '.join(words)} ended with {code}")

    def _watch(self, pid: int, done: threading.Event) -> None:
        while not done.wait(0.2):
            self.bytes = max(self.bytes, sum(_pss(one) for one in _family(pid)))


def _family(pid: int) -> list[int]:
    children = []
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            children += [int(text) for text in (task / "children").read_text().split()]
    except OSError:
        return [pid]
    return [pid, *(one for child in children for one in _family(child))]


def _pss(pid: int) -> int:
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in text.splitlines() if line.startswith("Pss:"))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
