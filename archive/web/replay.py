"""A captured page, shown: within our page, in a frame without origin, script or network."""

from __future__ import annotations

import asyncio
import base64
from typing import TYPE_CHECKING, TypeVar

from datasette.utils.asgi import NotFound, Response

from archive.errors import WarcError
from archive.media_types import picture_type
from archive.show import reading, replay_held, replay_html
from archive.warc.decode import UndecodableBodyError, decoded_body
from archive.warc.http import first_header
from archive.warc.reader import MAX_RECORD_BYTES
from archive.web.answering import database_of, db_argument, number_of, page
from archive.web.headers import FRAMING_POLICY, POLICY_NAME, REPLAY_POLICY
from archive.web.records import BODY_TYPES, capture_of, read_record, record_of, record_of_body

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

    from archive.show.replay_html import Referred

_T = TypeVar("_T")

_HTML = frozenset({"text/html", "application/xhtml+xml"})
_WORDS = frozenset({"text/plain", "application/json", "application/xml", "text/xml"})
MOST_PAGE_BYTES = 8 << 20
"""The largest of ten thousand pages had five megabytes."""
MOST_PICTURE_BYTES = 8 << 20
MOST_PICTURES_BYTES = 24 << 20
"""They stand in the page itself, since the frame may fetch nothing."""
ALLOWED = "allow-top-navigation-by-user-activation"
"""All that the frame may do: a reader's click on a link, which leads to a page of ours."""


def way_of_showing(content_type: str | None) -> str | None:
    """How a capture of this type is shown: `page`, `picture`; None: as a download only."""
    kind = (content_type or "").partition(";")[0].strip().lower()
    if kind in _HTML | _WORDS:
        return "page"
    return "picture" if kind.startswith("image/") and kind != "image/svg+xml" else None


async def replay_page(request: Request, datasette: Datasette) -> Response:
    """Our page around a capture: whose it is, of when, and the capture itself in its frame.

    Raises:
        UnreadableError: Its record is lost or damaged.
    """
    database = await database_of(datasette, request)
    number = number_of(request.url_vars["capture"])
    found = await capture_of(database, number)
    row = found["row"]
    # of what nothing answered the row names no payload
    way = way_of_showing(row["content_type"]) if row["payload_digest"] else None
    if way is not None:
        await record_of(database, number)  # or its loss is told here, where it is seen
    context = {
        "capture": found,
        "way": way,
        "allowed": ALLOWED,
        "query": db_argument(datasette, database, "?"),
    }
    answer = await page(datasette, request, database, "isw_replay.html", context)
    answer.headers[POLICY_NAME] = FRAMING_POLICY
    return answer


async def replayed(request: Request, datasette: Datasette) -> Response:
    """What stands in the frame: the page made anew of what is harmless in it."""
    number, record = await record_of_body(request, datasette)
    database = await database_of(datasette, request)
    found = await database.execute_fn(lambda db: reading.capture(db, number))
    row = found["row"] if found else {}
    kind = (row.get("content_type") or "").partition(";")[0].strip().lower()
    if kind not in _HTML | _WORDS or record.type not in BODY_TYPES:
        raise NotFound(f"Capture {number} is no page that can be shown here")
    try:
        body = decoded_body(record.payload, record.http_headers, MOST_PAGE_BYTES)
    except UndecodableBodyError as error:
        raise NotFound(f"Capture {number}: {error}") from error
    declared = first_header(record.http_headers, "content-type") or kind
    text = await _beside(lambda: replay_html.decoded(body, declared))
    if kind in _WORDS:
        html = await _beside(lambda: replay_html.as_text(text))
    else:
        html = await _rewritten(request, datasette, text, row)
    headers = {POLICY_NAME: REPLAY_POLICY, "x-frame-options": "SAMEORIGIN"}
    return Response(html, headers=headers, content_type="text/html; charset=utf-8")


async def _rewritten(
    request: Request, datasette: Datasette, text: str, row: Mapping[str, str]
) -> str:
    tree = await _beside(lambda: replay_html.parsed(text))
    if tree is None:
        return replay_html.as_text("")
    database = await database_of(datasette, request)
    asked = replay_html.wanted(tree, row["final_url"])
    held = await _held_parts(datasette, database, asked, row["captured_at"])
    return await _beside(lambda: replay_html.rewritten(tree, row["final_url"], held))


async def _beside(work: Callable[[], _T]) -> _T:
    """Work that takes its time, beside the event loop."""
    return await asyncio.get_running_loop().run_in_executor(None, work)


async def _held_parts(
    datasette: Datasette, database: Database, asked: Referred, near: str
) -> replay_html.Held:
    """What we hold of what a page refers to; files are taken into it as far as there is room."""
    links = await database.execute_fn(lambda db: replay_held.pages_held(db, asked.links, near))
    wanted = (*asked.pictures, *asked.styles)
    files = await database.execute_fn(lambda db: replay_held.files_held(db, wanted, near))
    pictures: dict[str, str] = {}
    styles: dict[str, str] = {}
    room = MOST_PICTURES_BYTES
    for url, number in sorted(files.items()):
        body = await _file(database, number)
        if body is None or len(body) > min(room, MOST_PICTURE_BYTES):
            continue
        if url in asked.pictures and (kind := picture_type(body)) is not None:
            pictures[url] = f"data:{kind};base64,{base64.b64encode(body).decode()}"
            room -= len(body)
        elif url in asked.styles:
            styles[url] = body.decode("utf-8", "replace")
            room -= len(body)
    end = db_argument(datasette, database, "?")
    places = {
        url: str(datasette.urls.path(f"/-/capture/{number}/replay{end}"))
        for url, number in links.items()
    }
    return replay_html.Held(places, pictures, styles)


async def _file(database: Database, number: int) -> bytes | None:
    place = await database.execute_fn(lambda db: reading.held_record(db, number))
    if place is None:
        return None
    try:
        record = await read_record(
            database, place["warc_file"], place["warc_offset"], MAX_RECORD_BYTES
        )
        return decoded_body(record.payload, record.http_headers, MOST_PICTURE_BYTES)
    except (WarcError, UndecodableBodyError):
        return None
