"""For tests of import and what follows: the command line over WARC files made here."""

from __future__ import annotations

import gzip
import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from archive.db import at_rest
from archive.folder import DataFolder
from archive.warc.reader import iter_records
from pipeline.cli.main import main
from pipeline.run.jobs.ledger_keeper import unseal
from tests.factories import at
from tests.replica.world import SMALL, build_world, fetch, reports

HTML = (("Content-Type", "text/html; charset=utf-8"),)
ENV = {"ISW_ARCHIVE_WORKERS": "1"}


def run(data: Path, *words: object, **env: str) -> Result:
    return CliRunner(env={**ENV, **env}).invoke(
        main, ["--data", str(data), *map(str, words)], prog_name="isw-archive"
    )


def answer(data: Path, *words: object) -> tuple[int, dict[str, int], list[str]]:
    result = run(data, *words, "--json")
    assert "Traceback" not in result.output
    said = json.loads(result.stdout)
    return result.exit_code, said["counts"], said["problems"]


def http(body: bytes, status: str = "200 OK", headers: tuple[tuple[str, str], ...] = HTML) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers)
    return f"HTTP/1.1 {status}\r\n{lines}\r\n".encode() + body


def record(uri: str | None, body: bytes, *, number: int | None, **more: str | None) -> bytes:
    """A response (or, with `WARC-Type`, another record) as some other tool wrote it."""
    block = body if body.startswith(b"HTTP/") else http(body)
    fields = {
        "WARC-Type": "response",
        "WARC-Record-ID": f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>" if number else None,
        "WARC-Target-URI": uri,
        "WARC-Date": "2026-03-12T10:00:00Z",
        "Content-Type": "application/http; msgtype=response",
        "Content-Length": str(len(block)),
        **{name.replace("_", "-"): value for name, value in more.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in fields.items() if value is not None)
    return gzip.compress(f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n")


def rows(data: Path, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(data / "archive.db")
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


@contextmanager
def written(data: Path) -> Iterator[sqlite3.Connection]:
    """The database, for what a command could have left there itself: without a seal, or of an older
    version; done by another program it would be damage."""
    unseal(DataFolder(data))
    at_rest.forget(data / "archive.db")
    with closing(sqlite3.connect(data / "archive.db")) as db, db:
        yield db


def reports_imported(folder: Path, count: int) -> Path:
    """An archive `data` of the first reports of the replica, imported from `x.warc.gz`."""
    world = build_world(SMALL)
    wanted = [report for report in reports(SMALL) if report.site == "isw"][:count]
    pages = [(report.url, fetch(world, report.url, at(24 * 30)).body) for report in wanted]
    content = b"".join(record(*page, number=n) for n, page in enumerate(pages, 1))
    (folder / "x.warc.gz").write_bytes(content)
    assert run(folder / "data", "import", folder / "x.warc.gz").exit_code == 0
    return folder / "data"


def warcs(data: Path) -> list[Path]:
    """The WARC files; the ledger lies beside them."""
    return sorted((data / "warc").glob("*.warc.gz*"))


def ledger(data: Path) -> list[dict[str, Any]]:
    """The entries of the ledger."""
    lines = (data / "warc" / "ledger.jsonl").read_bytes().splitlines()
    return [json.loads(line) for line in lines]


def kept(data: Path) -> dict[str, str]:
    """All that is kept but the table of runs: digests of the database's rows, of each WARC file and
    of the ledger."""
    connection = sqlite3.connect(data / "archive.db")
    rows = [line for line in connection.iterdump() if not line.startswith('INSERT INTO "runs"')]
    connection.close()
    found = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in (data / "warc").iterdir()}
    return {**found, "rows": "\n".join(rows)}


def kept_but_runs(data: Path) -> dict[str, object]:
    """The same where a run is entered in the ledger: its other entries in place of its digest."""
    others = [entry for entry in ledger(data) if entry["kind"] not in {"run", "end", "database"}]
    return {**kept(data), "ledger.jsonl": others, "ledger.checkpoint": None}


def records_held(data: Path) -> int:
    held = (iter_records(path, types={"response", "revisit"}) for path in warcs(data))
    return sum(1 for records in held for _ in records)


def wacz(path: Path, **members: bytes) -> bytes:
    with zipfile.ZipFile(path, "w") as package:
        for name, content in members.items():
            package.writestr(name.replace("__", "/"), content)
    return path.read_bytes()
