"""A captured picture, as a picture and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import NotFound, Response

from archive.warc.decode import UndecodableBodyError, decoded_body
from archive.warc.reader import MAX_RECORD_BYTES
from archive.web.headers import BODY_POLICY, POLICY_NAME
from archive.web.records import record_of_body

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from archive.warc.reader import WarcRecord

_STARTS = (
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF87a", "image/gif"),
    (b"GIF89a", "image/gif"),
)
"""Pictures made of points, by their first bytes. SVG is a page with scripts and is none of them."""

PICTURE_TYPES = frozenset(kind for _, kind in _STARTS) | {"image/webp"}


def raster_type(body: bytes) -> str | None:
    """The type of a picture made of points; None for anything else, whatever it says it is."""
    if body[:4] == b"RIFF" and body[8:12] == b"WEBP":
        return "image/webp"
    return next((kind for start, kind in _STARTS if body.startswith(start)), None)


def may_be_picture(content_type: str | None) -> bool:
    """Whether a capture that says so of itself is worth a place on a page."""
    return (content_type or "").partition(";")[0].strip().lower() in PICTURE_TYPES


async def picture(request: Request, datasette: Datasette) -> Response:
    """The bytes of a captured picture, to be shown within our pages.

    They are sent under the type that they are, never as what they say they are, and should a
    browser open them alone, without an origin, script or network.
    """
    number, record = await record_of_body(request, datasette)
    body = _decoded(record)
    kind = raster_type(body)
    if kind is None:
        raise NotFound(f"Capture {number} is no picture that can be shown here")
    return Response(body, headers={POLICY_NAME: BODY_POLICY}, content_type=kind)


def _decoded(record: WarcRecord) -> bytes:
    try:
        return decoded_body(record.payload, record.http_headers, MAX_RECORD_BYTES)
    except UndecodableBodyError:
        return b""
