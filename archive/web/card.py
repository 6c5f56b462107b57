"""Cards of edits as pictures: SVG, and PNG for where none is shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from datasette.utils.asgi import NotFound, Response

from archive.show.card import png, reading, svg
from archive.web.answering import database_of, number_of
from archive.web.headers import BODY_POLICY, POLICY_NAME

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from archive.show.card.text import Card


async def edit_card(request: Request, datasette: Datasette) -> Response:
    """The card of an edit of a report, by its version and its place among that one's edits."""
    database = await database_of(datasette, request)
    version = number_of(request.url_vars["version"])
    position = int(request.url_vars["position"])
    found = await database.execute_fn(lambda db: reading.of_edit(db, version, position))
    if found is None:
        raise NotFound(f"No edit {version}/{position} is held here")
    return await _drawn(found, request.url_vars["form"])


async def capture_card(request: Request, datasette: Datasette) -> Response:
    """The card of what a source's capture says otherwise than its first good one."""
    database = await database_of(datasette, request)
    number = number_of(request.url_vars["capture"])
    found = await database.execute_fn(lambda db: reading.of_capture(db, number))
    if found is None:
        raise NotFound(f"Capture {number} says nothing else than the first good one")
    return await _drawn(found, request.url_vars["form"])


async def _drawn(card: Card, form: str) -> Response:
    if form == "svg":
        return _answer(svg.svg(card), "image/svg+xml")
    return _answer(await asyncio.to_thread(png.png, card), "image/png")


def _answer(body: str | bytes, kind: str) -> Response:
    return Response(body, headers={POLICY_NAME: BODY_POLICY}, content_type=kind)
