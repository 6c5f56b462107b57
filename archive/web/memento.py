"""Memento (RFC 7089): time gates, time maps, and captures under the address they are of."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import UTC, datetime
from http import HTTPStatus
from typing import TYPE_CHECKING

from datasette.utils.asgi import BadRequest, NotFound, Response

from archive.model.body import whole_body
from archive.show import timemap
from archive.show.mementos import mementos
from archive.show.timemap import Places
from archive.show.withheld import require_shown
from archive.urls.typed import typed_address
from archive.warc.decode import UndecodableBodyError, decoded_body, encodings
from archive.warc.reader import MAX_RECORD_BYTES
from archive.web.answering import page, root_of
from archive.web.described import our_databases
from archive.web.headers import BODY_POLICY, FRAMING_POLICY, POLICY_NAME
from archive.web.records import BODY_TYPES, capture_of, record_of
from archive.web.replay import ALLOWED, way_of_showing
from archive.web.streamed import answer

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

    from archive.show.mementos import Memento, Mementos

_SCRIPTS = re.compile(r"(?:application|text)/(?:x-)?(?:java|ecma|j|live)script[\d.]*$")
"""As a page's own script these would run with its rights, were one of our pages ever made to load
them (https://mimesniff.spec.whatwg.org/#javascript-mime-type)."""

_HEADER_VALUE = re.compile(r"[\x20-\x7e]+")

_GOOD = range(200, 300)


async def timegate(request: Request, datasette: Datasette) -> Response:
    """Lead to the memento nearest to `Accept-Datetime`; without it, to the newest."""
    _, held = await _held_captures(request, datasette)
    try:
        moment = timemap.accepted_moment(request.headers.get("accept-datetime"))
    except ValueError as error:
        raise BadRequest(f"Accept-Datetime: {error}") from error
    found = held.nearest(moment)
    if found is None:
        raise NotFound(f"No capture of {held.original} is held here")
    places = _places(request, datasette)
    headers = {"Vary": "accept-datetime", "Link": timemap.link_header(places, held)}
    return _leading(places.memento(held.original, found), headers)


async def timemap_page(request: Request, datasette: Datasette) -> Response:
    """All mementos of an address, as link format or as JSON."""
    _, held = await _held_captures(request, datasette)
    places = _places(request, datasette)
    if request.url_vars["form"] == "json":
        return Response.json(timemap.as_json(places, held))
    return Response(
        timemap.link_format(places, held), content_type="application/link-format; charset=utf-8"
    )


async def memento_page(request: Request, datasette: Datasette) -> Response:
    """A capture under its moment and its address; of another moment, the nearest is led to."""
    database, held = await _held_captures(request, datasette, others=True)
    stamp, mode = request.url_vars["stamp"], request.url_vars["mode"] or ""
    places = _places(request, datasette)
    found = held.at(stamp)
    if found is None:
        near = held.nearest(_moment(stamp))
        if near is None:
            raise NotFound(f"No capture of {held.original} is held here")
        headers = {"Link": timemap.link_header(places, held)}
        return _leading(places.memento(held.original, near, mode), headers)
    await database.execute_fn(lambda db: require_shown(db, found.capture))
    if mode:
        sent = await _as_captured(request, database, found)
    else:
        sent = await replayed(request, datasette, database, held, found)
    sent.headers["Memento-Datetime"] = timemap.http_date(found.at)
    sent.headers["Link"] = timemap.link_header(places, held, found, mode)
    return sent


async def replayed(
    request: Request, datasette: Datasette, database: Database, held: Mementos, shown: Memento
) -> Response:
    """What a reader sees of a memento: the archive's page about it, around the page as captured."""
    found = await capture_of(database, shown.capture)
    way = way_of_showing(shown.content_type) if found["row"]["payload_digest"] else None
    near = {one.capture: one for one in held.found}
    numbers = list(near)
    place = numbers.index(shown.capture) if shown.capture in near else None
    context = {
        "held": held,
        "shown": shown,
        "title": (found["text"] or found["version"] or {}).get("title"),
        "framed": way == "page",
        "allowed": ALLOWED,
        "before": held.found[place - 1] if place else None,
        "after": held.found[place + 1] if place is not None and place + 1 < len(numbers) else None,
        "places": Places(str(datasette.urls.path("/")).rstrip("/")),
    }
    sent = await page(datasette, request, database, "isw_memento.html", context)
    sent.status = _status(shown)
    sent.headers[POLICY_NAME] = FRAMING_POLICY
    return sent


async def _as_captured(request: Request, database: Database, shown: Memento) -> Response:
    """The body as it came, its content coding undone; no script of it runs, nothing is loaded."""
    record = await record_of(database, shown.capture, large=True)
    if record.type not in BODY_TYPES:
        raise NotFound(f"Capture {shown.capture} has no body: nothing was answered")
    body = record.body
    if encodings(record.http_headers):
        with suppress(UndecodableBodyError):
            body = decoded_body(whole_body(body), record.http_headers, MAX_RECORD_BYTES)
    declared = next((v for n, v in record.http_headers if n.lower() == "content-type"), "").strip()
    kind, own = safe_type(declared)
    headers = {POLICY_NAME: BODY_POLICY}
    if own:
        headers["X-Archive-Orig-Content-Type"] = own
    sent = answer(request, body, headers, kind, None)
    sent.status = _status(shown) if sent.status == HTTPStatus.OK else sent.status
    return sent


def safe_type(declared: str) -> tuple[str, str | None]:
    """The type under which a body is sent; and the one that it had, where that is another."""
    if not _HEADER_VALUE.fullmatch(declared) or "/" not in declared:
        return "application/octet-stream", None
    essence = declared.partition(";")[0].strip().lower()
    return ("text/plain", declared) if _SCRIPTS.fullmatch(essence) else (declared, None)


def _status(shown: Memento) -> int:
    """The HTTP status for a memento; of an answer in place of the page, its own, as RFC 7089
    (4.5.3) asks."""
    return shown.status if shown.status >= 400 else 200


async def _held_captures(
    request: Request, datasette: Datasette, *, others: bool = False
) -> tuple[Database, Mementos]:
    """The archive that holds captures of the address asked for, the first of those served.

    Args:
        request: Names the address.
        datasette: Serves the archives.
        others: Whether answers that are no mementos will do.

    Raises:
        NotFound: None does.
        WithheldError: All that there is is withheld.
    """
    url = typed_address(request.url_vars["address"], request.query_string)
    for name, database in our_databases(datasette).items():
        await datasette.ensure_permissions(
            request.actor, [("view-database", name), "view-instance"]
        )
        held = await database.execute_fn(lambda db: mementos(db, url))
        if held is None:
            continue
        if not held.found and not others:
            hidden = held.others[0].capture
            await database.execute_fn(lambda db, one=hidden: require_shown(db, one))
        return database, held
    raise NotFound(f"No capture of {url} is held here")


def _moment(stamp: str) -> datetime:
    """What a stamp names.

    Raises:
        NotFound: No moment at all.
    """
    try:
        return datetime.strptime(stamp, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        raise NotFound(f"{stamp} names no moment") from None


def _places(request: Request, datasette: Datasette) -> Places:
    return Places(root_of(request, datasette))


def _leading(target: str, headers: dict[str, str]) -> Response:
    return Response("", 302, headers={"Location": target, **headers}, content_type="text/plain")
