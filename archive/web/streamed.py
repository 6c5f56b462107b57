"""Bodies sent piece by piece, and parts of them (RFC 9110, section 14): a player of videos asks for
the part that it shows, and a server of many megabytes keeps none of them."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING, Protocol

from datasette.utils.asgi import Response

if TYPE_CHECKING:
    from collections.abc import Iterator

    from datasette.utils.asgi import Request

    from archive.web.headers import Send

_RANGE = re.compile(r"bytes[ \t]*=[ \t]*(\d{0,15})-(\d{0,15})")
"""One part; who asks for several gets all of it, as the RFC lets us."""


class Pieces(Protocol):
    """What can be read from any of its bytes on, such as a `LargeBody`."""

    def __len__(self) -> int:
        """How many bytes there are."""

    def pieces(self, start: int = 0) -> Iterator[bytes]:
        """The bytes from one place on."""


class Streamed(Response):  # type: ignore[misc]  # datasette has no types
    """An answer whose body is read while it is sent."""

    def __init__(self, pieces: Iterator[bytes], headers: dict[str, str], content_type: str) -> None:
        """Of pieces, as many bytes as the headers' Content-Length says."""
        super().__init__(b"", headers=headers, content_type=content_type)
        self._pieces = pieces

    async def asgi_send(self, send: Send) -> None:
        """Send the head, then each piece; reading is done beside the event loop."""
        headers = {**self.headers, "content-type": self.content_type}
        lines = [(name.encode("latin-1"), text.encode("latin-1")) for name, text in headers.items()]
        await send({"type": "http.response.start", "status": self.status, "headers": lines})
        loop = asyncio.get_running_loop()
        while piece := await loop.run_in_executor(None, next, self._pieces, b""):
            await send({"type": "http.response.body", "body": piece, "more_body": True})
        await send({"type": "http.response.body", "body": b""})


def answer(
    request: Request,
    body: bytes | Pieces,
    headers: dict[str, str],
    content_type: str,
    etag: str | None,
) -> Response:
    """A body, or the part of it that is asked for.

    Args:
        request: Its `Range` counts, and its `If-Range` where that names this body.
        body: What is sent.
        headers: What else is said.
        content_type: Of the body.
        etag: Names these bytes and no others; None: nothing does.
    """
    headers = {**headers, "accept-ranges": "bytes", **({"etag": f'"{etag}"'} if etag else {})}
    size, status = len(body), 200
    part: tuple[int, int] | None = (0, size)
    named = request.headers.get("if-range")
    if request.method == "GET" and named in {None, headers.get("etag", "")}:
        asked = _RANGE.fullmatch(request.headers.get("range", "").strip())
        if asked is not None and any(asked.groups()):
            status, part = 206, _part(asked[1], asked[2], size)
    if part is None:
        headers["content-range"] = f"bytes */{size}"
        return Response(b"", 416, headers=headers, content_type=content_type)
    start, end = part
    if status == 206:
        headers["content-range"] = f"bytes {start}-{end - 1}/{size}"
    headers["content-length"] = str(end - start)
    pieces = iter(()) if request.method == "HEAD" else _cut(body, start, end - start)
    streamed = Streamed(pieces, headers, content_type)
    streamed.status = status
    return streamed


def _part(first: str, last: str, size: int) -> tuple[int, int] | None:
    """The first and last byte of a part; None where there is none of it."""
    if not first:
        length = min(int(last), size)
        return (size - length, size) if length else None
    start, end = int(first), min(int(last or size) + 1, size)
    return (start, end) if start < end else None


def _cut(body: bytes | Pieces, start: int, length: int) -> Iterator[bytes]:
    for piece in (body[start:],) if isinstance(body, bytes) else body.pieces(start):
        if length <= 0:
            return
        yield piece[:length]
        length -= len(piece)
