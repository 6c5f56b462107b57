"""Large bodies that stand in WARC records, and blocks that were read through without being kept."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from archive.bodies import spooled
from archive.errors import WarcError
from archive.model.body import LARGE_BYTES
from archive.warc.digests import as_hex, digest_says, known_name
from archive.warc.http import first_header
from archive.warc.packing.source import CutError, DamagedError, Source

if TYPE_CHECKING:
    import mmap
    from collections.abc import Callable, Iterator

    from archive.model.fetch import Headers

# WARC headers of one record. Ours stay under 40 kB, Scrapy's longest URL and our context included.
MAX_HEAD_BYTES = 256 * 1024
# Beginning of a block that is kept: heads of HTTP messages are shorter in all that we write.
_BEGINNING_BYTES = 512 * 1024
# What follows a head, as far as it tells whether that is an interim response.
_NEXT_BYTES = 16


@dataclass(frozen=True, slots=True)
class RecordBody:
    """A body within a record of a WARC file, unpacked whenever it is asked for.

    Attributes:
        path: The file.
        offset: Where its record begins.
        start: Where it begins in the record's block.
        size: Its bytes; it ends with the block.
        digest: `sha256:<hex>` of them.
    """

    path: str
    offset: int
    start: int
    size: int
    digest: str

    def __len__(self) -> int:
        return self.size

    def pieces(self, start: int = 0) -> Iterator[bytes]:
        """As `LargeBody`."""
        try:
            with Source(self.path, self.offset) as source:
                if source.ended():
                    raise CutError
                source.take_head(MAX_HEAD_BYTES)
                source.skip(self.start + start)
                yield from source.stream(self.size - start)
        except (CutError, DamagedError, OSError) as error:
            raise WarcError(
                f"WARC {self.path} is damaged at byte {self.offset} ({error}); "
                "restore it from a copy"
            ) from error

    def view(self, most: int) -> mmap.mmap:
        """As `LargeBody`; the copy is beside the folder of WARC files."""
        return spooled(self.pieces(), Path(self.path).parent.parent).view(most)


@dataclass(frozen=True, slots=True)
class Measured:
    """A block that was read through and not kept.

    Attributes:
        beginning: Of the block, with the whole head of an HTTP message.
        body: What the record is for.
        is_proven: It has the digest that its header gives.
        problems: What its digests say against it, a sentence each.
    """

    beginning: bytes
    body: RecordBody
    is_proven: bool
    problems: tuple[str, ...]


def measured(
    source: Source,
    headers: Headers,
    place: tuple[int, int],
    body_start: Callable[[str, dict[str, str], bytes], int | None],
) -> Measured | bytes:
    """A large block, read through; its beginning alone where no body of it can be told apart.

    Args:
        source: Where the block comes next.
        headers: Of its record.
        place: Where the record begins in the file, and how long its block is.
        body_start: Tells, of a type, named headers and the beginning of a block, where the body
            begins in it; None: that takes more than the beginning.

    Raises:
        CutError, DamagedError: As for all reading.
    """
    offset, size = place
    beginning = source.take(min(size, _BEGINNING_BYTES))
    named = {name.lower(): value for name, value in reversed(headers)}
    start = body_start(named.get("warc-type", "").lower(), named, beginning)
    if start is None or start + _NEXT_BYTES > len(beginning) or start + LARGE_BYTES > size:
        return beginning
    stated = [first_header(headers, f"warc-{what}-digest") for what in ("block", "payload")]
    block, payload = (_Sums(one) for one in stated)
    block.update(beginning)
    payload.update(beginning[start:])
    for piece in source.stream(size - len(beginning)):
        block.update(piece)
        payload.update(piece)
    told = (("block", block), ("payload", payload))
    problems = tuple(
        f"the {what} is not what {sums.stated} was made from"
        for what, sums in told
        if sums.holds() is False
    )
    body = RecordBody(source.path, offset, start, size - start, payload.sha256())
    return Measured(beginning, body, block.holds() is True, problems)


class _Sums:
    """Digests of what goes by: SHA-256, and the one that a header states."""

    def __init__(self, stated: str | None) -> None:
        self.stated = stated
        names = {"sha256", known_name(stated) or "sha256"}
        self._made = {name: hashlib.new(name, usedforsecurity=False) for name in names}

    def update(self, piece: bytes) -> None:
        for made in self._made.values():
            made.update(piece)

    def sha256(self) -> str:
        return f"sha256:{self._made['sha256'].hexdigest()}"

    def holds(self) -> bool | None:
        """Whether it is what the header states; None where it states none that is known."""
        if not self.stated:
            return None
        if as_hex(self.stated) == self.sha256():
            return True
        return digest_says(self.stated, {name: made.digest() for name, made in self._made.items()})
