"""The records of what is accounted for byte by byte, and of what went wrong with it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WarcFile:
    """A closed WARC file as it stands on the disk.

    Attributes:
        name: In the folder of WARC files.
        size: In bytes.
        sha256: Of all of them, in hex.
        mtime_ns: When it was last changed, as the file system says.
    """

    name: str
    size: int
    sha256: str
    mtime_ns: int


@dataclass(frozen=True, slots=True)
class ToldPlace:
    """Where the tables say that the record of a capture begins in its WARC file."""

    capture_id: int
    offset: int


UNREAD_STARTS = 5
"""A page that could not be read at so many starts is left alone until the next `rebuild`: it ends
every worker that reads it, or its record is damaged."""


@dataclass(frozen=True, slots=True)
class UnreadRow:
    """One row of `unread`: a capture whose record is kept, and whose page no worker lived to read.

    Attributes:
        source_id: Of a cited page.
        hops: The redirects on the way, as a JSON list of `Hop` and its place.
        tries: Runs that tried to read it.
        why: What became of the workers.
    """

    record_id: str
    kind: str
    url: str
    source_id: int | None
    warc_file: str
    warc_offset: int
    warc_length: int
    payload_digest: str | None
    revisit_of: str | None
    hops: str
    noted_at: str
    tries: int
    why: str


@dataclass(frozen=True, slots=True)
class Damage:
    """One row of `damages`: what was found damaged, cut off or lost, and what it cost.

    Attributes:
        kind: `wound` (bytes that are no record any more), `altered` (a record that is not what its
            digest says), `torn-tail` (half a record, cut off), `no-warc` (a file that holds none),
            `renumbered` (a capture whose number another one had), `doubled` (likewise, and the
            database has still to be made anew).
        first_byte, end_byte: Where in the file; None: all of it.
        captures: Numbers of the captures whose record it was, as far as the tables know; None: they
            knew nothing of the file.
        kept_as: The file that holds the bytes now, where they were moved.
        detail: One line for a person.
    """

    kind: str
    warc_file: str
    found_at: str
    detail: str
    first_byte: int | None = None
    end_byte: int | None = None
    captures: tuple[int, ...] | None = ()
    kept_as: str | None = None


@dataclass(frozen=True, slots=True)
class FixityCheck:
    """One row of `fixity_checks`: what was found of a file.

    Attributes:
        at: When the round began, ISO 8601.
        file: Below the data folder.
        outcome: `ok`; `fault`; `repaired` (put back from a copy, and right since); `given-up` (the
            archive goes on without it, by the operator's word).
        bytes: Of the file.
        record_id, first_byte: What is at fault, where that is known.
        detail, remedy: Of a fault, a line each.
    """

    at: str
    file: str
    outcome: str
    bytes: int
    record_id: str | None = None
    first_byte: int | None = None
    detail: str | None = None
    remedy: str | None = None
