"""How fast WARC files are written and read: `python -m tests.bench_warc`."""

from __future__ import annotations

import random
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from fastwarc.warc import ArchiveIterator as FastIterator
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from archive.model.fetch import Exchange, FetchContext, HttpMessage
from archive.model.vocabulary import Kind
from archive.warc.reader import iter_records
from archive.warc.writer import WarcWriter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# The mean of 471 report pages is 63 kB.
PAGE_BYTES = 60_000
PAGES = 400
HEADERS = (("Content-Type", "text/html; charset=utf-8"), ("Server", "bench"), ("ETag", '"1"'))


def pages() -> Iterator[bytes]:
    """Pages that gzip packs about as well as real ones."""
    chance = random.Random(1)
    words = [
        "".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 11)))
        for _ in range(4000)
    ]
    for _ in range(PAGES):
        text = " ".join(chance.choices(words, k=3500))
        frame = '<div class="item"><p></p></div>' * 900
        page = f"<html><body>{frame}{text}</body></html>"
        yield page.encode().ljust(PAGE_BYTES, b" ")[:PAGE_BYTES]


def rate(work: Callable[[], object]) -> float:
    """Records a second: the best of three runs, since the machine is shared."""
    spans = []
    for _ in range(3):
        begun = time.perf_counter()
        work()
        spans.append(time.perf_counter() - begun)
    return PAGES / min(spans)


def bench() -> dict[str, float]:
    """Records a second, by what was done; and `packed`, the share of the bodies that is on disk."""
    bodies = list(pages())
    with tempfile.TemporaryDirectory() as folder:
        path = write_all(Path(folder), bodies)
        return {
            "write": rate(lambda: write_all(Path(folder), bodies)),
            "write, sync each": rate(lambda: write_all(Path(folder), bodies, sync=True)),
            "read": rate(lambda: sum(1 for _ in iter_records(path, types={"response"}))),
            "read with fastwarc": rate(lambda: read_fastwarc(path)),
            "read with warcio": rate(lambda: read_warcio(path)),
            "packed": path.stat().st_size / sum(map(len, bodies)),
        }


def write_all(folder: Path, bodies: list[bytes], *, sync: bool = False) -> Path:
    """One new file with a response and a request for each body."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    asked = HttpMessage("GET / HTTP/1.1", (("Host", "a.example"),))
    with WarcWriter(folder, software="bench", max_bytes=10**10, now=lambda: now) as warc:
        for number, body in enumerate(bodies):
            uri = f"https://a.example/{number}"
            answer = HttpMessage("HTTP/1.1 200 OK", HEADERS, body)
            written = warc.write(
                Exchange(uri, now, answer, asked), FetchContext(number, Kind.SOURCE, uri)
            )
            if sync:
                warc.sync()
    return folder / written.location.file


def read_fastwarc(path: Path) -> int:
    """Only headers and bodies: no digest, no check that the file is whole."""
    with path.open("rb") as file:
        return sum(len(record.reader.read()) for record in FastIterator(file))


def read_warcio(path: Path) -> int:
    """The same with warcio."""
    with path.open("rb") as file:
        return sum(len(record.raw_stream.read()) for record in WarcioIterator(file))


if __name__ == "__main__":
    for name, value in bench().items():
        print(f"{name:20} {value:10,.2f}")
