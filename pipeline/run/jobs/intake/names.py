"""The names under which imports are remembered, so that nothing is imported twice."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Protocol

from archive.model.times import format_time

if TYPE_CHECKING:
    from datetime import datetime

    from archive.db.tables.capture_rows import ImportedRecords
    from archive.warc.reader import WarcRecord

_MAX_ORIGIN = 500
"""Record ids are URNs of some 50 characters; a record of ours cuts what is longer than 2,000."""


class Named(Protocol):
    """A record of somebody else's file, or its head alone."""

    @property
    def uri(self) -> str | None:
        """The address it is of."""

    @property
    def record_id(self) -> str:
        """Its id; empty where it has none."""

    @property
    def date(self) -> datetime | None:
        """When it was captured."""


def place_of(record: Named) -> str:
    """Address and time: with the record's id, what tells it from all others."""
    return f"{record.uri} {format_time(record.date) if record.date else None}"


def own_name(record: Named) -> str:
    """The record's id; of one that no record could keep whole, its digest."""
    if len(record.record_id) <= _MAX_ORIGIN:
        return record.record_id
    return f"sha256:{hashlib.sha256(record.record_id.encode()).hexdigest()}"


def placed_name(record: Named) -> str:
    """The id with address and time: two records of other people may have one id."""
    return f"{own_name(record)} {place_of(record)}"


def origin_of(record: WarcRecord, known: ImportedRecords) -> str:
    """The name under which an import is remembered: the record's id, where that is its own.

    Args:
        record: From somebody else's file.
        known: Names given so far.
    """
    return named_origin(record, known) if record.record_id else _unnamed(record)


def named_origin(record: Named, known: ImportedRecords) -> str:
    """As `origin_of`, of a record that has an id; its head is enough."""
    name, place = own_name(record), place_of(record)
    if known.get(name) in {None, place} and placed_name(record) not in known:
        return name
    return placed_name(record)


def chain_origin(record: WarcRecord) -> str:
    """The name of an import that begins with a redirect: its own time is not that of the page it
    led to."""
    return placed_name(record) if record.record_id else _unnamed(record)


def _unnamed(record: WarcRecord) -> str:
    return f"{place_of(record)} {record.payload_digest}"
