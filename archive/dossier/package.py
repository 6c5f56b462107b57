"""A WACZ (Webrecorder's web archive in a zip, version 1.1.1) put together piece by piece; nothing
of a WARC is held in memory.

Source: https://specs.webrecorder.net/wacz/1.1.1/
"""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from archive import SOFTWARE
from archive.dossier.zipped import Entry, directory, local_header
from archive.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

WACZ_VERSION = "1.1.1"
OURS = "isw-archive"
"""The member of the package that says what is ours in it."""
PACKAGE, DIGEST = "datapackage.json", "datapackage-digest.json"
WARC = "archive/data.warc.gz"
INDEX, BLOCKS = "indexes/index.idx", "indexes/index.cdx.gz"
PAGES, NOTES = "pages/pages.jsonl", "pages/notes.html"
CHECKPOINT, PROOFS = "ledger/ledger.checkpoint", "ledger/proofs.jsonl"


@dataclass(frozen=True, slots=True)
class Resource:
    """One file of the package.

    Attributes:
        path: In the package.
        pieces: Gives its content, as often as asked.
    """

    path: str
    size: int
    crc: int
    sha256: str
    pieces: Callable[[], Iterator[bytes]]

    @classmethod
    def of(cls, path: str, content: bytes) -> Resource:
        """One that is in memory."""
        digest = hashlib.sha256(content).hexdigest()
        return cls(path, len(content), zlib.crc32(content), digest, lambda: iter([content]))


def as_json(value: Any) -> bytes:
    """JSON as it stands in the package: members in the order given, the same bytes each time."""
    return json.dumps(value, ensure_ascii=False, indent=2).encode() + b"\n"


def described(about: dict[str, Any], resources: Sequence[Resource]) -> bytes:
    """`datapackage.json`: what the package holds, each file with its digest."""
    listed = [
        {
            "name": one.path.rpartition("/")[2],
            "path": one.path,
            "hash": f"sha256:{one.sha256}",
            "bytes": one.size,
        }
        for one in resources
    ]
    return as_json(
        {
            "profile": "data-package",
            "wacz_version": WACZ_VERSION,
            "software": SOFTWARE,
            **about,
            "resources": listed,
        }
    )


def left_out(about: dict[str, Any]) -> list[dict[str, Any]]:
    """What a package says that it lacks, capture by capture; of one with other words nothing."""
    ours = about.get(OURS)
    groups = _objects(ours.get("left_out") if isinstance(ours, dict) else None)
    return [one for group in groups for one in _objects(group.get("captures"))]


def _objects(listed: Any) -> list[dict[str, Any]]:
    return [one for one in listed if isinstance(one, dict)] if isinstance(listed, list) else []


def zipped(resources: Sequence[Resource]) -> Iterator[bytes]:
    """The zip, piece by piece.

    Raises:
        ArchiveError: A file gives other bytes now than when it was measured.
    """
    entries: list[Entry] = []
    for one in resources:
        entry = Entry(one.path, one.size, one.crc, entries[-1].end if entries else 0)
        entries.append(entry)
        yield local_header(entry)
        size = crc = 0
        for piece in one.pieces():
            size, crc = size + len(piece), zlib.crc32(piece, crc)
            yield piece
        if (size, crc) != (one.size, one.crc):
            raise ArchiveError(f"{one.path}: changed while the dossier was written; try again")
    yield directory(entries)
