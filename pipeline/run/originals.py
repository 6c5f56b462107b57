"""What a revisit record of somebody else's file stands for: the record that it names, or one with
the digest that it states."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.db.tables import capture_rows
from archive.errors import WarcError
from archive.model.times import format_time
from archive.warc.digests import parsed_digest
from archive.warc.through import record_at

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from archive.model.fetch import Headers
    from archive.model.past import HeldCapture
    from archive.warc.reader import WarcRecord
    from pipeline.run.readback import Readback

Digest = tuple[str, bytes]


@dataclass(frozen=True, slots=True)
class Original:
    """What is repeated.

    Attributes:
        http_status: Of its response.
        start_line: Its status line.
        headers: Its HTTP headers.
        body: Its payload.
    """

    http_status: int
    start_line: str
    headers: Headers
    body: bytes


@dataclass(slots=True)
class Originals:
    """Looks for originals among the archive's captures, then among records of the files under way.

    Attributes:
        stated: Digests that imported records state, with the id of our own record: crawlers differ
            in whether they mean the body with its chunks or without.
        by_digest: Digest of each payload held, by algorithm; made when first asked for.
        algorithms: Of the digests that revisits of ours state.
        used: WARCs of which a copy was used.
        copies: Where records of the files under way stand, by id, by address and time, and by
            digest; of those alone that a revisit of ours names.
        named: What revisits of ours name.
    """

    readback: Readback
    stated: dict[Digest, str] = field(default_factory=dict)
    by_digest: dict[str, dict[bytes, str]] = field(default_factory=dict)
    copies: dict[object, tuple[Path, int]] = field(default_factory=dict)
    named: set[object] = field(default_factory=set)
    algorithms: set[str] = field(default_factory=set)
    used: set[Path] = field(default_factory=set)

    # --- records of the files under way -----------------------------------------------------------

    def want(self, revisit: WarcRecord) -> None:
        """Keep in mind what a revisit names."""
        self.named.update(_names_of_original(revisit))
        if digest := parsed_digest(revisit.header("warc-payload-digest")):
            self.algorithms.add(digest[0])

    def offer(self, record: WarcRecord, path: Path) -> None:
        """Keep the place of a record in mind, if a revisit may repeat it."""
        if not self.named or record.type != "response" or not record.location.length:
            return
        for name in self._own_names(record):
            if name in self.named:
                self.copies.setdefault(name, (path, record.location.offset))

    def _own_names(self, record: WarcRecord) -> Iterator[object]:
        if record.record_id:
            yield record.record_id
        if record.uri and record.date:
            yield record.uri, format_time(record.date)
        stated = parsed_digest(record.header("warc-payload-digest"))
        if stated is not None:
            yield stated
        for name in self.algorithms - ({stated[0]} if stated else set()):
            yield name, hashlib.new(name, record.payload, usedforsecurity=False).digest()

    def forget(self, paths: Iterable[Path]) -> None:
        """Drop the copies in files that go."""
        gone = set(paths)
        self.copies = {name: at for name, at in self.copies.items() if at[0] not in gone}

    # --- finding ----------------------------------------------------------------------------------

    def keep(self, record: WarcRecord, record_id: str) -> None:
        """A record was taken in: its stated digest leads to our copy."""
        digest = parsed_digest(record.header("warc-payload-digest"))
        if digest is not None and record.type == "response":
            self.stated.setdefault(digest, record_id)

    def find(self, revisit: WarcRecord, *, thorough: bool = False) -> Original | None:
        """What a revisit repeats, or None.

        Args:
            revisit: From a file under way.
            thorough: Every payload that is held is compared, where no shorter way leads to one.
        """
        held = self._held_original(revisit, thorough=thorough)
        if held is not None:
            # where our own copy is damaged, the file under way may have another
            with suppress(WarcError):
                record = self.readback.record_of(held)
                return _original(record, self.readback.payload_of(held))
        for name in _names_of_original(revisit):
            if name in self.copies:
                with suppress(WarcError):
                    record = record_at(*self.copies[name])
                    self.used.add(self.copies[name][0])
                    return _original(record, record.payload)
        return None

    def _held_original(self, revisit: WarcRecord, *, thorough: bool) -> HeldCapture | None:
        db = self.readback.db
        if revisit.refers_to and (held := capture_rows.capture_of_origin(db, revisit.refers_to)):
            return held
        if revisit.refers_to_uri and revisit.refers_to_date:
            at = format_time(revisit.refers_to_date)
            if held := capture_rows.capture_at(db, revisit.refers_to_uri, at):
                return held
        digest = parsed_digest(revisit.header("warc-payload-digest"))
        record_id = self._with_digest(digest, revisit, thorough=thorough) if digest else None
        return capture_rows.capture_of_record(db, record_id) if record_id else None

    def _with_digest(self, digest: Digest, revisit: WarcRecord, *, thorough: bool) -> str | None:
        """Id of our record whose payload has this digest."""
        db = self.readback.db
        name, value = digest
        if name == "sha256":
            earlier = capture_rows.payload_ref(db, f"sha256:{value.hex()}")
            if earlier is not None:
                return earlier.record_id
        if digest in self.stated:
            return self.stated[digest]
        if name == "sha256":
            return None
        if found := self._digests(name, capture_rows.payloads(db, revisit.uri)).get(value):
            self.stated[digest] = found
            return found
        if not thorough:
            return None
        # Every payload is read, once for all revisits that nothing else could place.
        if name not in self.by_digest:
            self.by_digest[name] = self._digests(name, capture_rows.payloads(db, None))
        return self.by_digest[name].get(value)

    def _digests(self, name: str, held: Iterable[HeldCapture]) -> dict[bytes, str]:
        found: dict[bytes, str] = {}
        for capture in held:
            try:
                body = self.readback.payload_of(capture)
            except WarcError:
                continue
            digest = hashlib.new(name, body, usedforsecurity=False).digest()
            found.setdefault(digest, capture.record_id)
        return found


def _original(record: WarcRecord, body: bytes) -> Original | None:
    if record.http_status is None:
        return None
    return Original(record.http_status, record.http_start_line or "", record.http_headers, body)


def repeated(revisit: WarcRecord, original: Original) -> tuple[str, Headers]:
    """Status line and headers of what a revisit stands for: its own, or where it has no block the
    original's.

    WARC 1.1 section 6.7.2 lets a block be left out; what was the same then is the payload, with
    what describes it.
    """
    if revisit.http_start_line is not None:
        return revisit.http_start_line, revisit.http_headers
    return original.start_line, original.headers


def _names_of_original(revisit: WarcRecord) -> list[object]:
    names: list[object] = []
    if revisit.refers_to:
        names.append(revisit.refers_to)
    if revisit.refers_to_uri and revisit.refers_to_date:
        names.append((revisit.refers_to_uri, format_time(revisit.refers_to_date)))
    if digest := parsed_digest(revisit.header("warc-payload-digest")):
        names.append(digest)
    return names
