"""The real reports in ../shared/real, for tests of what is said of their sentences."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import UTC, datetime

from fastwarc.warc import ArchiveIterator, WarcRecordType

from archive.model.reports import ParsedReport
from pipeline.read.parse import parse_report
from pipeline.read.plaintext.incoming import decode
from pipeline.read.plaintext.reading import read_text
from tests.conftest import REAL

CAPTURED = datetime(2026, 11, 1, tzinfo=UTC)
BULK = "bulk.warc.gz"


def key(sentence: str) -> str:
    return hashlib.sha256(" ".join(sentence.split()).encode()).hexdigest()[:12]


def reports(documents: set[str]) -> Iterator[tuple[str, ParsedReport]]:
    with (REAL / BULK).open("rb") as stream:
        for record in ArchiveIterator(stream, record_types=WarcRecordType.response):
            url = record.headers["WARC-Target-URI"]
            name = f"{BULK}#{url.rsplit('/', 1)[1]}"
            if name in documents:
                found = parse_report(record.reader.read(), url, "text/html", CAPTURED)
                assert isinstance(found, ParsedReport)
                yield name, found
    for name in sorted(one for one in documents if not one.startswith(BULK)):
        body = (REAL / name).read_bytes()
        if name.endswith(".html"):
            url = "https://www.understandingwar.org/backgrounder/x"
            found = parse_report(body, url, "text/html; charset=utf-8", CAPTURED)
            assert isinstance(found, ParsedReport)
            yield name, found
        else:
            yield from ((name, one.report) for one in read_text(decode(body, name), name))
