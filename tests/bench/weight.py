"""What things weigh: a check that finds nothing new, and each part of an archive.

`python -m tests.bench weight` checks pages that answer 304 and imports the real ones;
`python -m tests.bench.weight DATA …` looks at archives that are there. Bytes are of pages of the
database as they lie there, and of members of the WARC files.
"""

from __future__ import annotations

import argparse
import base64
import sqlite3
import sys
import tempfile
import zlib
from collections import Counter
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from statistics import median
from typing import TYPE_CHECKING

from archive.folder import DataFolder
from archive.model.fetch import Connection, Exchange, FetchContext, HttpMessage, PayloadRef
from archive.model.vocabulary import Kind
from archive.warc.certificates import held_in
from archive.warc.reader import iter_records
from archive.warc.writer import WarcWriter
from tests.bench.crawling import collecting
from tests.bench.measure import cpu_seconds, run
from tests.bench.table import line
from tests.bench.web import REPORT_URL

if TYPE_CHECKING:
    from archive.warc.record import WarcRecord

ROUNDS = 3
ANSWERS, HOSTS = 2_000, 60
_CERTIFICATE, _AUTHORITIES = 1_300, 5
"""Bytes of a certificate: usual ones have 1,000 to 1,600."""
_AT = datetime(2026, 3, 20, 12, tzinfo=UTC)
SHOWN = 14
"""Tables of an archive named one by one."""
_BODIES = frozenset({"response", "resource"})
_TEXTS = """
SELECT coalesce(sum(length(cast(text AS BLOB)) + length(cast(coalesce(title, '') AS BLOB))), 0)
FROM (SELECT text, title FROM versions UNION ALL SELECT text, title FROM texts)
"""
_FULL_TEXT = "_fts"


def checks(count: int) -> None:
    """What a first visit leaves on the disk, and what one more check of an unchanged page adds, the
    median of some rounds."""
    with collecting(count) as crawl:
        crawl.run("collect", "--report", REPORT_URL)
        folder, rounds = DataFolder(crawl.data), []
        _of_a_page(_weights(folder), count)
        for _ in range(ROUNDS):
            before = _weights(folder)
            crawl.run("recrawl", "--sql", "SELECT cited_url FROM sources")
            after = _weights(folder)
            rounds.append({name: after[name] - before[name] for name in after})
        newest = max(folder.warc_files())
        kinds = Counter(map(_kind, iter_records(newest)))
        bytes_of = Counter[str]()
        for record in iter_records(newest):
            bytes_of[_kind(record)] += record.location.length
    print(
        f"  a check of {count} pages that answer 304, and of their hosts' robots.txt, bytes a page"
    )
    for name in rounds[0]:
        found = [one[name] / count for one in rounds]
        print(f"    {name:<28}{median(found):>8.0f}   ({min(found):.0f} to {max(found):.0f})")
    print("  of these in the WARC file of the last, bytes each")
    for name, number in kinds.most_common():
        print(f"    {name:<28}{bytes_of[name] / number:>8.0f}   x {number}")


def _of_a_page(first: dict[str, int], count: int) -> None:
    whole = first["WARC"] + first["ledger"] + first["database"]
    parts = ", ".join(f"{name.strip()} {size / count / 1e3:.1f}" for name, size in first.items())
    print(
        f"  a first visit, all tables of an empty archive included: {whole / count / 1e3:.1f} kB a"
    )
    print(f"    page: {parts}")


def _weights(folder: DataFolder) -> dict[str, int]:
    """Bytes of a folder's parts; of the database what its tables take, whatever is free in it."""
    parts = _database(folder.database)
    return {
        "WARC": sum(path.stat().st_size for path in folder.warc_files()),
        "ledger": folder.ledger.stat().st_size,
        "database": sum(parts.values()),
        "  captures": parts["captures"],
        "  indexes of captures": parts["captures, indexes"],
    }


def _database(path: Path) -> Counter[str]:
    """Bytes of each table, of all its indexes, of its full-text index."""
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        rows = db.execute(
            "SELECT dbstat.name, tbl_name, type, sum(pgsize) FROM dbstat "
            "LEFT JOIN sqlite_schema AS made ON made.name = dbstat.name GROUP BY 1"
        ).fetchall()
    found: Counter[str] = Counter()
    for name, table, kind, size in rows:
        whole, is_full_text, _ = name.partition(_FULL_TEXT)
        is_index = kind == "index"
        shown = f"{whole}, full text" if is_full_text else table or name
        found[f"{shown}, indexes" if is_index and not is_full_text else shown] += size
    return found


def _kind(record: WarcRecord) -> str:
    if held_in(record) is not None:
        return "certificate"
    said = record.context.kind.value if record.context else None
    return " ".join(filter(None, (record.type, said, str(record.http_status or ""))))


def parts(data: Path) -> None:
    """What each part of an archive weighs, beside what cannot be spared."""
    folder = DataFolder(data)
    warcs, bodies = _warcs(folder)
    with closing(sqlite3.connect(f"file:{folder.database}?mode=ro", uri=True)) as db:
        [(texts,)] = db.execute(_TEXTS)
    tables = _database(folder.database)
    size, ledger = sum(tables.values()), folder.ledger.stat().st_size
    whole = sum(warcs.values()) + size
    _line("bodies, packed each by itself", bodies, whole)
    _line("texts, as they are", texts, whole)
    _line("WARC files", sum(warcs.values()), whole)
    for name, number in warcs.most_common():
        _line(f"  {name}", number, whole)
    _line("database", size, whole)
    for name, number in tables.most_common(SHOWN):
        _line(f"  {name}", number, whole)
    _line("  all full-text indexes", _sum(tables, ", full text"), whole)
    _line("  all other indexes", _sum(tables, ", indexes"), whole)
    _line("ledger", ledger, whole)
    print(f"  WARC and database are {whole / (bodies + texts):.2f} of bodies and texts")


def _sum(tables: Counter[str], ending: str) -> int:
    return sum(size for name, size in tables.items() if name.endswith(ending))


def _line(name: str, size: int, whole: int) -> None:
    print(f"    {name:<32}{size / 1e6:>9.2f} MB{100 * size / whole:>6.1f} %")


def _warcs(folder: DataFolder) -> tuple[Counter[str], int]:
    """Bytes of members by type, and of all bodies, each packed by itself once."""
    found: Counter[str] = Counter()
    bodies: dict[str | None, int] = {}
    for path in folder.warc_files():
        for record in iter_records(path):
            kind = "certificate" if held_in(record) else record.type
            found[kind] += record.location.length
            if record.type in _BODIES:
                bodies[record.payload_digest] = len(zlib.compress(record.payload))
    return found, sum(bodies.values())


def chains() -> None:
    """A check of a site whose chain is as long as most are, apart from all else."""
    random = Random(1)
    shared = [random.randbytes(_CERTIFICATE) for _ in range(_AUTHORITIES)]
    sites = [
        tuple(
            base64.b64encode(one).decode()
            for one in (random.randbytes(_CERTIFICATE), shared[n % 5], shared[n % 5 - 1])
        )
        for n in range(HOSTS)
    ]
    with tempfile.TemporaryDirectory() as folder:
        warc = WarcWriter(Path(folder), software="bench", max_bytes=10**9, now=lambda: _AT)
        with warc:
            taken = cpu_seconds(lambda: [_not_modified(warc, n, sites) for n in range(ANSWERS)])
        size = sum(path.stat().st_size for path in Path(folder).iterdir())
    line(
        f"304s of {HOSTS} sites, chains of three",
        ANSWERS / taken,
        f"{size / ANSWERS:.0f} bytes each in the WARC, certificates of {_CERTIFICATE} bytes",
    )


def _not_modified(warc: WarcWriter, number: int, sites: list[tuple[str, ...]]) -> None:
    site = number % len(sites)
    url, tag = f"https://paper-{site}.example/news/{number}", f'"{number:024x}"'
    asked = HttpMessage(
        f"GET /news/{number} HTTP/1.1",
        (("Host", f"paper-{site}.example"), ("If-None-Match", tag), ("User-Agent", "bench")),
    )
    answer = HttpMessage("HTTP/1.1 304 Not Modified", (("ETag", tag), ("Server", "nginx")))
    shown = Connection(_AT, sites[site], "TLS_AES_256_GCM_SHA384")
    earlier = PayloadRef(f"urn:uuid:{number:032x}", url, _AT, f"sha256:{number:064x}")
    context = FetchContext(number, Kind.SOURCE, url, reason="check", tls_verified=True)
    warc.write(Exchange(url, _AT, answer, asked, connection=shown), context, earlier)


def weight(pages: int, real: list[Path]) -> None:
    """All of it."""
    chains()
    checks(pages)
    if real:
        with tempfile.TemporaryDirectory() as folder:
            words = ["--data", folder, "import", *map(str, real)]
            run([sys.executable, "-m", "pipeline", *words])
            print("  the saved pages, imported")
            parts(Path(folder))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m tests.bench.weight", description=__doc__)
    parser.add_argument("data", type=Path, nargs="+")
    for one in parser.parse_args().data:
        print(one)
        parts(one)
