"""What a viewer finds its way by: the list of pages and the index of records. Pure."""

from __future__ import annotations

import hashlib
import json
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.dossier.package import BLOCKS, INDEX, PAGES, Resource

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_LINES = 300
"""Of the index in a block, as cdxj-indexer packs them."""
_HEAD = {"format": "json-pages-1.0", "id": "pages", "title": "Report and cited pages"}
_GZIP = zlib.MAX_WBITS | 16


@dataclass(frozen=True, slots=True)
class Page:
    """A page that a reader may open.

    Attributes:
        url: As the index has it.
        digits: When it was captured, 14 digits.
        title: Its own, or its address.
    """

    url: str
    digits: str
    title: str


def pages(listed: Sequence[Page]) -> Resource:
    """`pages.jsonl`: the first page is the one that a viewer opens."""
    lines = [_HEAD, *map(_page, listed)]
    text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
    return Resource.of(PAGES, text.encode("utf-8", "backslashreplace"))


def _page(page: Page) -> dict[str, str]:
    name = hashlib.sha256(f"{page.digits} {page.url}".encode("utf-8", "replace")).hexdigest()[:16]
    return {"id": name, "url": page.url, "ts": moment(page.digits), "title": page.title}


def moment(digits: str) -> str:
    """14 digits as ISO 8601."""
    d = digits
    return f"{d[:4]}-{d[4:6]}-{d[6:8]}T{d[8:10]}:{d[10:12]}:{d[12:14]}Z"


def index(lines: Iterable[str]) -> tuple[Resource, Resource]:
    """The sorted lines in packed blocks (ZipNum), and the list of the blocks."""
    ordered = sorted(line.encode("utf-8", "backslashreplace") + b"\n" for line in lines)
    packed, heads = bytearray(), [_head()]
    for start in range(0, len(ordered), _LINES):
        some = ordered[start : start + _LINES]
        packer = zlib.compressobj(wbits=_GZIP)
        block = packer.compress(b"".join(some)) + packer.flush()
        heads.append(_block(some[0], len(packed), block))
        packed += block
    return Resource.of(BLOCKS, bytes(packed)), Resource.of(INDEX, b"".join(heads))


def _head() -> bytes:
    about = {"format": "cdxj-gzip-1.0", "filename": BLOCKS.rpartition("/")[2]}
    return b"!meta 0 " + json.dumps(about).encode() + b"\n"


def _block(first: bytes, offset: int, block: bytes) -> bytes:
    digest = f"sha256:{hashlib.sha256(block).hexdigest()}"
    where = {"offset": offset, "length": len(block), "digest": digest}
    return first.partition(b" {")[0] + b" " + json.dumps(where).encode() + b"\n"
