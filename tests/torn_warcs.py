"""WARC files with something wrong in them, and what is found in them all the same."""

from __future__ import annotations

import random
from pathlib import Path

from archive.warc.digests import sha256_digest
from archive.warc.reader import iter_records
from archive.warc.record import WarcRecord
from archive.warc.through import Wound, read_through
from tests.warc_samples import CONTEXT, exchange, only_file, request, writer


def split(path: Path, **given: object) -> tuple[list[WarcRecord], list[Wound]]:
    items = list(read_through(path, **given))  # type: ignore[arg-type]
    records = [item for item in items if isinstance(item, WarcRecord)]
    return records, [item for item in items if isinstance(item, Wound)]


def many_captures(folder: Path, count: int = 6) -> tuple[Path, list[WarcRecord]]:
    """A file of ours with pages that do not pack well."""
    chance = random.Random(1)
    with writer(folder) as warc:
        for _ in range(count):
            warc.write(exchange(chance.randbytes(900), request=request()), CONTEXT)
    path = only_file(folder)
    return path, list(iter_records(path))


def ends(records: list[WarcRecord]) -> list[tuple[int, int]]:
    places = [record.location for record in records]
    return [(place.offset, place.offset + place.length) for place in places]


def without(records: list[WarcRecord], start: int, end: int) -> list[WarcRecord]:
    """The records that share no byte with a range."""
    return [
        record
        for record, (begin, stop) in zip(records, ends(records), strict=True)
        if stop <= start or begin >= end
    ]


def plain_record(
    number: int, body: bytes = b"text", *, length: int = 0, digest: bool = True
) -> bytes:
    """An uncompressed record; `length` is added to its Content-Length."""
    block = b"HTTP/1.1 200 OK\r\n\r\n" + body
    stated = f"WARC-Block-Digest: {sha256_digest(block)}\r\n" if digest else ""
    head = (
        f"WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:{number}>\r\n"
        f"WARC-Target-URI: https://a.example/{number}\r\nWARC-Date: 2020-01-02T03:04:05Z\r\n"
        f"{stated}Content-Length: {len(block) + length}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def ids(records: list[WarcRecord]) -> list[str]:
    return [record.record_id.removeprefix("urn:uuid:") for record in records]
