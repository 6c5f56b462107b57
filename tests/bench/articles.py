"""Public collections of articles beside the project: how much of the text is kept, and how many
days are right.

`python -m tests.bench.articles`, with the data's folders in the environment; a part without its
data is left out:

- ISW_ARCHIVE_TEST_ARTICLES: scrapinghub's article-extraction-benchmark (ground-truth.json,
  html/*.html.gz).
- ISW_ARCHIVE_TEST_DATES: htmldate's tests (eval_*.json, and the pages in test_set, cache and eval).

The pages are imported as a WARC file through the command line, and the tables are looked at.
"""

from __future__ import annotations

import gzip
import html
import json
import os
import re
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ARTICLES, DATES = "ISW_ARCHIVE_TEST_ARTICLES", "ISW_ARCHIVE_TEST_DATES"
# After the newest page of both.
_CAPTURED_AT = "2026-11-01T00:00:00Z"
_REPORT = "https://understandingwar.org/research/middle-east/iran-update-october-31-2026/"
_TITLE = "Iran Update, October 31, 2026"
_WORD = re.compile(r"\w+")
_SHINGLE = 4
_LONG_ADDRESS = 1_000


@dataclass(frozen=True)
class Page:
    """A page with its right answer: a text, or a day."""

    url: str
    body: bytes
    right: str


@dataclass(frozen=True)
class Score:
    """Means over pages, as the benchmark takes them, and their harmonic mean."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        return 2 * self.precision * self.recall / (self.precision + self.recall)


def shingles(text: str) -> Counter[tuple[str, ...]]:
    """Every run of four words; of a shorter text the whole."""
    words = _WORD.findall(text)
    runs = (tuple(words[n : n + _SHINGLE]) for n in range(max(1, len(words) - _SHINGLE + 1)))
    return Counter(run for run in runs if run)


def score(pairs: Iterable[tuple[str, str]]) -> Score:
    """Precision and recall of shingles, a page each; a page without any text has no precision.

    Args:
        pairs: Right text, and the text kept.
    """
    precisions, recalls = [], []
    for right, kept in pairs:
        wanted, had = shingles(right), shingles(kept)
        both = (wanted & had).total()
        if had:
            precisions.append(both / had.total())
        if wanted:
            recalls.append(both / wanted.total())
    return Score(statistics.mean(precisions), statistics.mean(recalls))


def articles(folder: Path) -> list[Page]:
    """The pages of the article benchmark."""
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        Page(one["url"], gzip.decompress((folder / "html" / f"{key}.html.gz").read_bytes()),
            one.get("articleBody", ""))
        for key, one in sorted(truth.items())
    ]  # fmt: skip


def dated(folder: Path) -> list[Page]:
    """The pages of htmldate's evaluation."""
    truth = {}
    for name in ("eval_mediacloud_2020.json", "eval_default.json"):
        truth.update(json.loads((folder / name).read_text(encoding="utf-8")))
    return [Page(url, _saved(folder, one["file"]), str(one["date"])) for url, one in truth.items()]


def _saved(folder: Path, name: str) -> bytes:
    places = (folder / part / name for part in ("test_set", "cache", "eval"))
    return next(path for path in places if path.is_file()).read_bytes()


def kept(pages: list[Page], column: str) -> list[str | None]:
    """What the archive holds of each page in a column of `texts`, after an import of them all."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with (folder / "pages.warc.gz").open("wb") as file:
            file.writelines(_records(pages))
        command = [sys.executable, "-m", "pipeline", "--data", str(folder / "data"), "import"]
        # Exit code 1 says that some were left out; each counts as nothing kept.
        subprocess.run([*command, str(folder / "pages.warc.gz")], check=False, capture_output=True)
        db = sqlite3.connect(folder / "data" / "archive.db")
        rows = dict(
            db.execute(
                f"SELECT captures.url, texts.{column} FROM captures JOIN texts ON texts.id = "
                "captures.text_id"
            ).fetchall()
        )
        db.close()
    return [rows.get(_address(number, page.url)) for number, page in enumerate(pages)]


def _address(number: int, url: str) -> str:
    """The page's own address; one that a note could not print whole gets another."""
    named = url.startswith(("http://", "https://")) and not re.search(r"[\s<>()\[\]]", url)
    plain = named and url.isascii() and len(url) < _LONG_ADDRESS
    return url if plain else f"https://pages.example/{number}"


def _records(pages: list[Page]) -> Iterator[bytes]:
    """A report that cites every page, so that they are the archive's; then the pages."""
    addresses = [_address(number, page.url) for number, page in enumerate(pages)]
    yield _record(_REPORT, _report(addresses))
    for address, page in zip(addresses, pages, strict=True):
        yield _record(address, page.body)


def _report(addresses: list[str]) -> bytes:
    marks = "".join(
        f"<p>Forces moved near the river.[{n}]</p>" for n in range(1, len(addresses) + 1)
    )
    notes = "".join(f"<p>[{n}] {html.escape(url)}</p>" for n, url in enumerate(addresses, 1))
    return (
        f'<!DOCTYPE html><html><head><title>{_TITLE}</title><link rel="canonical" '
        f'href="{_REPORT}"></head><body><article><h1>{_TITLE}</h1><div '
        'class="dynamic-entry-content"><div '
        f'data-id="toplines"><h2>Toplines</h2>{marks}</div><div '
        f'data-id="endnotes"><h2>Endnotes</h2>{notes}</div></div></article></body></html>'
    ).encode()


def _record(address: str, body: bytes) -> bytes:
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + body
    fields = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{uuid.uuid4()}>\r\n"
        f"WARC-Target-URI: {address}\r\nWARC-Date: {_CAPTURED_AT}\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return gzip.compress(fields.encode() + block + b"\r\n\r\n", 1)


def main() -> None:
    """Measure what there is data for."""
    for name, measure in ((ARTICLES, _texts), (DATES, _days)):
        if name in os.environ:
            measure(Path(os.environ[name]))
        else:
            print(f"{name} names no folder: its part is left out")


def _texts(folder: Path) -> None:
    pages = articles(folder)
    pairs = list(
        zip(
            (page.right for page in pages),
            (text or "" for text in kept(pages, "text")),
            strict=True,
        )
    )
    for name, part in (("all", pairs), ("even", pairs[::2]), ("odd", pairs[1::2])):
        found = score(part)
        print(
            f"texts, {name}: F1 {found.f1:.4f}, precision {found.precision:.4f}, recall "
            f"{found.recall:.4f} of {len(part)}"
        )


def _days(folder: Path) -> None:
    pages = dated(folder)
    found = kept(pages, "published")
    right = sum(day == page.right for day, page in zip(found, pages, strict=True))
    none = sum(day is None for day in found)
    print(f"days: {right} right, {len(pages) - right - none} wrong, {none} none of {len(pages)}")


if __name__ == "__main__":
    main()
