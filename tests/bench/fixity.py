"""What evidence costs: verifying, a backup of nothing new, the ledger of a crawl. Rates of reading
are bytes by processor time."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing, nullcontext
from pathlib import Path

from isal import igzip

from archive.db import at_rest
from archive.db.at_rest import AT_ONCE_BYTES
from archive.db.database import CHECKPOINT_PAGES, open_database
from archive.db.tables import fixity_rows
from archive.db.write_log import PAGE_BYTES
from archive.fixity.backup import backup
from archive.fixity.check_ledger import Trust, check_ledger
from archive.fixity.expected import Expected
from archive.fixity.findings import Findings
from archive.fixity.holding import Holding, WarcsAlone, holding
from archive.fixity.ledger import Ledger
from archive.fixity.verify import VerifyOptions, verify
from archive.folder import DataFolder
from archive.model.fixity import WarcFile
from archive.warc.measured import measure
from pipeline.run.jobs.ledger_keeper import LedgerKeeper
from tests.bench.measure import cpu_seconds, seconds
from tests.bench.pages import page
from tests.bench.table import figure, line
from tests.saved import record

FILES, FILE_BYTES = 10, 100_000_000
RECORDS, RECORD_BYTES = 1_500, 200_000
"""For what reads inside of records: of noise, as pictures are, and pages as large as real ones."""
CAPTURES = 100_000
ROW_BYTES = 3_000
"""A row a page."""
AT = "2026-03-12T10:00:00Z"


def evidence() -> None:
    """Files of noise, closed and entered: as fast to read as any others."""
    with tempfile.TemporaryDirectory() as name:
        folder = DataFolder(Path(name) / "data")
        paths = _made(folder)
        size = FILES * FILE_BYTES
        plain = min(cpu_seconds(lambda: [_sha256(path) for path in paths]) for _ in range(3))
        line("SHA-256 alone, MB", size / 1e6 / plain, "hashlib, one core, files in memory")
        whole = min(cpu_seconds(lambda: _verified(holding(folder.root))) for _ in range(3))
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
        _deep(Path(name), "noise", lambda _: os.urandom(RECORD_BYTES))
        _deep(Path(name), "pages", page)
        _entries(DataFolder(Path(name) / "entries"))
        _pieces(Path(name) / "pieces.db")


def _entries(folder: DataFolder) -> None:
    """What `verify` and a fixity round read of a ledger."""
    folder.make()
    Ledger(folder, AT).append(_entry(number) for number in range(CAPTURES))

    def read() -> None:
        found = Findings()
        check_ledger(Holding(folder), Expected(), found, Trust())
        assert not found.faults, found.faults

    took = min(cpu_seconds(read) for _ in range(3))
    what = f"{folder.ledger.stat().st_size / 1e6:.0f} MB"
    figure(f"ledger of {CAPTURES:,} captures read", [took], "s", what)


def _entry(number: int) -> dict[str, object]:
    """A capture as crawls enter it."""
    digest = hashlib.sha256(f"{number}".encode()).hexdigest()
    name = f"urn:uuid:00000000-0000-4000-8000-{number:012d}"
    place = {"file": f"isw-archive-{number // 1000}.warc.gz", "offset": number, "length": 60_000}
    return {
        "kind": "capture", "at": AT, "capture": number, "url": f"https://news.example/{digest}",
        "for": "source", "via": "direct", "reason": "cited", "run": "20260312T100000Z-collect",
        "type": "response", "status": 200, "payload": f"sha256:{digest}", "end": number + 60_900,
        "record": name, "sha256": digest, **place,
        "request": {"record": f"{name}-r", "offset": number + 60_000, "length": 900,
                    "sha256": digest},
    }  # fmt: skip


def _pieces(path: Path) -> None:
    """What it costs to find a changed byte of a database: beside its seal, alone, and of what is
    written over."""
    with closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE t (id INTEGER PRIMARY KEY, x BLOB)")
        db.execute("BEGIN")
        rows = ((os.urandom(ROW_BYTES),) for _ in range(AT_ONCE_BYTES // PAGE_BYTES))
        db.executemany("INSERT INTO t (x) VALUES (?)", rows)
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        size = path.stat().st_size
        seal = min(cpu_seconds(lambda: _sha256(path)) for _ in range(3))
        at_rest.whole(path)
        both = min(cpu_seconds(lambda: at_rest.whole(path)) for _ in range(3))
        alone = min(cpu_seconds(lambda: at_rest.damage(path)) for _ in range(3))
        figure("database sealed and compared", [both], "s", f"{size / 1e6:.0f} MB; "
               f"{both / seal:.2f} of its SHA-256 alone")  # fmt: skip
        figure("database compared alone", [alone], "s", f"{size / 1e6 / alone:,.0f} MB/s")
        db.execute("PRAGMA wal_autocheckpoint=0")
        for is_compared in (False, True):
            figure(
                f"32 MB of its log folded in{', compared' if is_compared else ''}",
                [_folded(db, path, is_compared=is_compared)], "s", "rows changed here and there",
            )  # fmt: skip


def _folded(db: sqlite3.Connection, path: Path, *, is_compared: bool) -> float:
    db.execute("BEGIN")
    change = "UPDATE t SET x = randomblob(?) WHERE id = ?"
    db.executemany(change, [(ROW_BYTES, number) for number in range(1, 2 * CHECKPOINT_PAGES, 2)])
    db.execute("COMMIT")

    def fold() -> None:
        with at_rest.folding(path) if is_compared else nullcontext():
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    return cpu_seconds(fold)


def _deep(folder: Path, what: str, body: Callable[[int], bytes]) -> None:
    """Every record of one file, beside unpacking it and the digests that records have (of block and
    payload) and the file."""
    path = folder / what / "a.warc.gz"
    path.parent.mkdir()
    members = [_sealed(f"https://news.example/{n}", body(n), n) for n in range(1, RECORDS)]
    path.write_bytes(b"".join(members))
    size = path.stat().st_size
    least = min(cpu_seconds(lambda: _at_least(members)) for _ in range(3))
    deep = min(
        cpu_seconds(lambda: verify(Holding(WarcsAlone(path.parent)), VerifyOptions(deep=True)))
        for _ in range(3)
    )
    line(
        f"verify --deep of {what}, MB", size / 1e6 / deep,
        f"{least / deep:.2f} of unpacking and three times SHA-256",
    )  # fmt: skip


def _sealed(url: str, body: bytes, number: int) -> bytes:
    """A record with both digests, as ours have them."""
    digest = f"sha256:{hashlib.sha256(body).hexdigest()}"
    return record(url, body, number=number, **{"WARC-Payload-Digest": digest})


def _at_least(members: list[bytes]) -> None:
    whole = hashlib.sha256()
    for member in members:
        whole.update(member)
        unpacked = igzip.decompress(member)
        hashlib.sha256(unpacked).digest()
        hashlib.sha256(unpacked).digest()


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
    LedgerKeeper(folder).seal()
    return paths


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _verified(what: Holding) -> None:
    found = verify(what, VerifyOptions())
    assert not found.faults, found.faults


def ledger(data: Path, crawl_s: float) -> None:
    """The ledger of a crawl made at once, beside what the crawl took."""
    with tempfile.TemporaryDirectory() as name:
        copy = DataFolder(Path(shutil.copytree(data, Path(name) / "data")))
        for path in (copy.ledger, copy.checkpoint, copy.ledger_tail):
            path.unlink(missing_ok=True)
        took = seconds(lambda: LedgerKeeper(copy).catch_up())
    figure("ledger of that crawl", [took], "s", f"{took / crawl_s:.3f} of its time")
