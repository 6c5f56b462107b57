"""What was asked, in other people's files: only GET tells what stands at an address (RFC 9110,
section 9.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.errors import WarcError
from archive.warc.reader import iter_records
from archive.warc.through import Wound, read_through

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from archive.warc.record import WarcRecord

NOT_A_GET = "answers to another method than GET"

_CONCURRENT = "warc-concurrent-to"


def other_methods(path: Path) -> frozenset[str]:
    """What tells the answers to other methods than GET: their ids, and those of the requests.

    A record without a request that is held counts as an answer to a GET.
    """
    found: set[str] = set()
    for request in _requests(path):
        method = (request.http_start_line or "").split(" ", 1)[0].upper()
        if method and method != "GET":
            found |= {request.record_id, *_concurrent(request)}
    return frozenset(found - {""})


def is_among(record: WarcRecord, others: frozenset[str]) -> bool:
    """Whether a record is one of those that `other_methods` told."""
    return bool(others) and (
        record.record_id in others or not others.isdisjoint(_concurrent(record))
    )


def _concurrent(record: WarcRecord) -> Iterator[str]:
    for name, value in record.warc_headers:
        if name.lower() == _CONCURRENT:
            yield value.strip().removeprefix("<").removesuffix(">")


def _requests(path: Path) -> Iterator[WarcRecord]:
    try:
        yield from iter_records(path, types={"request"})
    except WarcError:
        # what stands behind the damage is found by the reader that goes on
        try:
            for item in read_through(path):
                if not isinstance(item, Wound) and item.type == "request":
                    yield item
        except WarcError:
            return  # whoever reads all of it tells why
