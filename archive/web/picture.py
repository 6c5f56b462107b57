"""Captured pictures and PDFs, as pictures that were drawn anew and as nothing else."""

from __future__ import annotations

import asyncio
import json
import sys
from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from datasette.utils.asgi import NotFound, Response

from archive.media_types import PICTURE_TYPES, picture_type
from archive.warc.decode import UndecodableBodyError, decoded_body
from archive.warc.reader import MAX_RECORD_BYTES
from archive.web.answering import database_of, number_of, page_number
from archive.web.draw import THUMBNAIL, WIDEST
from archive.web.headers import BODY_POLICY, POLICY_NAME
from archive.web.records import record_of, record_of_body

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from archive.warc.reader import WarcRecord

PDF = "application/pdf"

_WAIT_S = 30
"""Seconds that a drawing may take, of a loaded machine; its own time on the processor is less."""
_AT_ONCE = 2
_KEPT_BYTES = 32 * 1024 * 1024
"""Of drawings in memory, so that a report's maps are drawn once."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """A picture of ours.

    Attributes:
        pages: Of the document that it shows one of.
    """

    kind: str
    body: bytes
    pages: int


class _Kept:
    """Drawings made lately, by record and page, and a bound on how many are made at once."""

    def __init__(self) -> None:
        self._held: OrderedDict[tuple[str, int, int], Drawn | None] = OrderedDict()
        self._turns: WeakKeyDictionary[asyncio.AbstractEventLoop, asyncio.Semaphore] = (
            WeakKeyDictionary()
        )

    async def drawn(self, record: WarcRecord, page: int, widest: int) -> Drawn | None:
        key = (_name(record), page, widest)
        return await self.made(key, lambda: _draw(_decoded(record), page, widest))

    async def made(
        self, key: tuple[str, int, int], make: Callable[[], Awaitable[Drawn | None]]
    ) -> Drawn | None:
        if key in self._held:
            self._held.move_to_end(key)
            return self._held[key]
        loop = asyncio.get_running_loop()
        async with self._turns.setdefault(loop, asyncio.Semaphore(_AT_ONCE)):
            found = await make()
        self._held[key] = found
        while sum(len(one.body) for one in self._held.values() if one) > _KEPT_BYTES:
            self._held.popitem(last=False)
        return found


_kept = _Kept()


def _name(record: WarcRecord) -> str:
    return record.payload_digest or str(record.record_id)


def may_be_picture(content_type: str | None) -> bool:
    """Whether a capture that says so of itself is worth a place on a page."""
    return _bare_type(content_type) in PICTURE_TYPES


def may_be_pdf(content_type: str | None) -> bool:
    """Whether a capture says of itself that it is a PDF."""
    return _bare_type(content_type) == PDF


def _bare_type(content_type: str | None) -> str:
    return (content_type or "").partition(";")[0].strip().lower()


async def redrawn(record: WarcRecord, page: int = 1, widest: int = WIDEST) -> Drawn | None:
    """A record's picture, or one page of its PDF, drawn anew; None: it is neither, or broken."""
    return await _kept.drawn(record, page, widest)


async def picture(request: Request, datasette: Datasette) -> Response:
    """A captured picture to be shown within our pages; of a PDF `?page=2` is the second page.

    It is drawn anew, so what a browser gets is a file of ours, whatever was captured.
    """
    return await _drawn(request, datasette, WIDEST)


async def thumbnail(request: Request, datasette: Datasette) -> Response:
    """The same in a size for lists."""
    return await _drawn(request, datasette, THUMBNAIL)


async def changed(request: Request, datasette: Datasette) -> Response:
    """What changed in a picture since an earlier one, marked in it."""
    database = await database_of(datasette, request)
    number, earlier = (number_of(request.url_vars[name]) for name in ("capture", "before"))
    now, before = await record_of(database, number), await record_of(database, earlier)

    async def make() -> Drawn | None:
        bodies = _decoded(before), _decoded(now)
        if not all(map(picture_type, bodies)):
            return None
        return await _child(b"".join(bodies), "difference", len(bodies[0]), WIDEST)

    found = await _kept.made((f"{_name(before)} {_name(now)}", 0, WIDEST), make)
    if found is None:
        raise NotFound(f"Captures {earlier} and {number} are not two states of one picture")
    return Response(found.body, headers={POLICY_NAME: BODY_POLICY}, content_type=found.kind)


async def _drawn(request: Request, datasette: Datasette, widest: int) -> Response:
    number, record = await record_of_body(request, datasette)
    found = await redrawn(record, page_number(request.args.get("page")), widest)
    if found is None:
        raise NotFound(f"Capture {number} is no picture that can be shown here")
    return Response(found.body, headers={POLICY_NAME: BODY_POLICY}, content_type=found.kind)


def _decoded(record: WarcRecord) -> bytes:
    try:
        return decoded_body(record.payload, record.http_headers, MAX_RECORD_BYTES)
    except UndecodableBodyError:
        return b""


async def _draw(body: bytes, page: int, widest: int) -> Drawn | None:
    kind = "picture" if picture_type(body) else "pdf" if b"%PDF-" in body[:1024] else None
    return await _child(body, kind, page, widest) if kind else None


async def _child(body: bytes, kind: str, number: int, widest: int) -> Drawn | None:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "archive.web.draw", kind, str(number), str(widest),
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )  # fmt: skip
    try:
        out, _ = await asyncio.wait_for(process.communicate(body), _WAIT_S)
    except TimeoutError:
        process.kill()
        await process.wait()
        return None
    told, _, drawn = out.partition(b"\n")
    made = picture_type(drawn) if process.returncode == 0 else None
    return Drawn(made, drawn, int(json.loads(told)["pages"])) if made else None
