"""WARC files read by nobody's reader: gzip members and header lines, so that a fault of ours cannot
hide itself."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GZIP = 16 + zlib.MAX_WBITS


@dataclass(frozen=True, slots=True)
class Record:
    """One record that is whole.

    Attributes:
        capture: Number of the capture that it ends, or None: a request, a hop, a warcinfo.
        digest: SHA-256 of the record with its headers.
    """

    file: str
    offset: int
    length: int
    record_id: str
    uri: str
    capture: int | None
    digest: str


class NotWholeError(Exception):
    """A file that cannot be read to its end."""

    def __init__(self, path: Path, offset: int, why: str) -> None:
        super().__init__(f"{path.name} at byte {offset}: {why}")
        self.offset = offset


def records(path: Path) -> Iterator[Record]:
    """All records of a file.

    Raises:
        NotWholeError: At the first that is not whole.
    """
    content = memoryview(path.read_bytes())
    offset = 0
    while offset < len(content):
        unpack = zlib.decompressobj(GZIP)
        try:
            text = unpack.decompress(content[offset:])
        except zlib.error as error:
            raise NotWholeError(path, offset, str(error)) from None
        if not unpack.eof:
            raise NotWholeError(path, offset, "ends in the middle of a record")
        length = len(content) - offset - len(unpack.unused_data)
        yield _record(path, offset, length, text)
        offset += length
    if not content:
        raise NotWholeError(path, 0, "is empty")


def whole_records(path: Path) -> list[Record]:
    """The records before the first that is not whole."""
    found: list[Record] = []
    with contextlib.suppress(NotWholeError):
        for record in records(path):
            found.append(record)  # noqa: PERF402 - what came before an error is wanted
    return found


def _record(path: Path, offset: int, length: int, text: bytes) -> Record:
    head, _, block = text.partition(b"\r\n\r\n")
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    fields = {
        name.lower(): value.strip() for name, _, value in (one.partition(":") for one in lines)
    }
    if not version.startswith("WARC/1."):
        raise NotWholeError(path, offset, "is no WARC record")
    if len(block) != int(fields["content-length"]) + 4:
        raise NotWholeError(path, offset, "is of another length than it says")
    _check_digest(path, offset, fields.get("warc-block-digest"), block[:-4])
    context: dict[str, Any] = json.loads(fields.get("isw-archive-context", "{}"))
    ends = context.get("capture_id") if context.get("final", True) else None
    return Record(
        path.name,
        offset,
        length,
        fields["warc-record-id"].strip("<>"),
        fields.get("warc-target-uri", ""),
        ends,
        hashlib.sha256(text).hexdigest(),
    )


def _check_digest(path: Path, offset: int, named: str | None, block: bytes) -> None:
    if named is None or not named.startswith("sha256:"):
        return
    digest = hashlib.sha256(block)
    if named.removeprefix("sha256:").lower() not in {digest.hexdigest(), _base32(digest.digest())}:
        raise NotWholeError(path, offset, "has another digest than it says")


def _base32(digest: bytes) -> str:
    return base64.b32encode(digest).decode().rstrip("=").lower()
