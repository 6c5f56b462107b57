"""What evidence costs: verifying, a backup of nothing new, the ledger of a crawl."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import tempfile
from contextlib import closing
from pathlib import Path

from archive.db.database import open_database
from archive.db.tables import fixity_rows
from archive.fixity.backup import backup
from archive.fixity.holding import Holding, WarcsAlone, holding
from archive.fixity.ledger import Ledger
from archive.fixity.verify import Wish, verify
from archive.folder import DataFolder
from archive.model.fixity import WarcFile
from archive.warc.recover import measure
from pipeline.run.jobs.book import Book
from tests.bench.measure import seconds
from tests.bench.table import line
from tests.bench.web import page
from tests.saved import record

FILES, FILE_BYTES = 3, 100_000_000
RECORDS = 1_500
"""Of 60 to 120 kB, for what reads inside of records."""
AT = "2026-03-12T10:00:00Z"


def evidence() -> None:
    """Files of noise, closed and entered: as fast to read as any others."""
    with tempfile.TemporaryDirectory() as name:
        folder = DataFolder(Path(name) / "data")
        paths = _made(folder)
        size = FILES * FILE_BYTES
        plain = min(seconds(lambda: [_sha256(path) for path in paths]) for _ in range(3))
        line("SHA-256 alone, MB", size / 1e6 / plain, "hashlib, one core, files in memory")
        whole = min(seconds(lambda: _verified(holding(folder.root))) for _ in range(3))
        ten = 10_000 / (size / 1e6 / whole)
        line(
            "verify, MB", size / 1e6 / whole,
            f"{plain / whole:.2f} of SHA-256 alone; 10 GB in {ten:.0f} s",
        )  # fmt: skip
        bag = Path(name) / "bag"
        first = seconds(lambda: backup(folder, bag, AT, lambda _: None))
        again = seconds(lambda: backup(folder, bag, AT, lambda _: None))
        line("backup, MB", size / 1e6 / first, "written and read back")
        line("backup of nothing new", None, f"{again:.2f} s, {again / first:.3f} of the first")
        _deep(Path(name) / "records")


def _deep(folder: Path) -> None:
    folder.mkdir()
    content = b"".join(
        record(f"https://news.example/{n}", page(n).encode(), number=n) for n in range(1, RECORDS)
    )
    path = folder / "a.warc.gz"
    path.write_bytes(content)
    unpacked = min(seconds(lambda: gzip.decompress(content)) for _ in range(3))
    deep = min(
        seconds(lambda: verify(Holding(WarcsAlone(folder)), Wish(deep=True))) for _ in range(3)
    )
    line(
        "verify --deep, records, MB", len(content) / 1e6 / deep,
        f"{unpacked / deep:.2f} of gunzip in Python",
    )  # fmt: skip


def _made(folder: DataFolder) -> list[Path]:
    folder.make()
    paths = [folder.warcs / f"isw-archive-2026031210000{n}-00001-x.warc.gz" for n in range(FILES)]
    with closing(open_database(folder.database)) as db:
        for path in paths:
            path.write_bytes(os.urandom(FILE_BYTES))
            known = measure(path)
            file = WarcFile(path.name, known.size, known.sha256, path.stat().st_mtime_ns)
            with db.atomic():
                fixity_rows.close_file(db, file, 0)
    ledger = Ledger(folder, AT)
    ledger.append(
        [
            {"kind": "file", "file": one.name, "size": FILE_BYTES, "sha256": _sha256(one)}
            for one in paths
        ]
    )
    Book(folder).seal()
    return paths


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _verified(what: Holding) -> None:
    found = verify(what, Wish())
    assert not found.faults, found.faults


def ledger(data: Path, crawl_s: float) -> None:
    """The ledger of a crawl made at once, beside what the crawl took."""
    with tempfile.TemporaryDirectory() as name:
        copy = DataFolder(Path(shutil.copytree(data, Path(name) / "data")))
        for path in (copy.ledger, copy.checkpoint, copy.ledger_tail):
            path.unlink(missing_ok=True)
        took = seconds(lambda: Book(copy).catch_up())
    line("ledger of that crawl", None, f"{took:.2f} s, {took / crawl_s:.3f} of its time")
