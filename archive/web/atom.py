"""The Atom feed over HTTP: `/-/atom`, of everything or of one series, account, host or source."""

from __future__ import annotations

from datetime import date
from email.utils import format_datetime, parsedate_to_datetime
from hashlib import sha256
from typing import TYPE_CHECKING

from datasette.utils.asgi import NotFound, Response

from archive.model.times import parse_time
from archive.show.atom import TITLES, FeedScope, feed, not_held
from archive.web.answering import database_of, number_of, root_of

if TYPE_CHECKING:
    import sqlite3
    from datetime import datetime

    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from archive.show.atom import Feed


async def atom_feed(request: Request, datasette: Datasette) -> Response:
    """New reports and what happened, with where our evidence stands; 304 to who has it already."""
    database = await database_of(datasette, request)
    wanted = _wanted(request)
    root = root_of(request, datasette)
    found = await database.execute_fn(lambda db: _feed(db, wanted, root))
    return feed_response(request, found)


def feed_response(request: Request, found: Feed) -> Response:
    """A feed as an answer; 304 to who has it already."""
    tag = f'"{sha256(found.text.encode()).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "max-age=0, must-revalidate"}
    updated = parse_time(found.updated) if found.updated else None
    if updated is not None:
        headers["Last-Modified"] = format_datetime(updated, usegmt=True)
    kind = "application/atom+xml; charset=utf-8"
    if _has_it(request, tag, updated):
        return Response("", 304, headers=headers, content_type=kind)
    return Response(found.text, headers=headers, content_type=kind)


def _wanted(request: Request) -> FeedScope:
    """What is asked for.

    Raises:
        NotFound: That is nothing that there could be.
    """
    given = {
        name: request.args.get(name) or None
        for name in ("series", "platform", "account", "host", "since", "kind")
    }
    kind = given["kind"]
    if kind is not None and kind not in TITLES:
        raise NotFound(f"{kind!r} is no kind of event; there are {', '.join(TITLES)}")
    since = given["since"]
    if since is not None:
        try:
            date.fromisoformat(since)
        except ValueError as error:
            raise NotFound(f"{since!r} is no day; they look like 2026-03-16") from error
    if (given["platform"] is None) != (given["account"] is None):
        raise NotFound("An account is named by its platform and its name")
    source = request.args.get("source")
    return FeedScope(**given, source=number_of(source) if source else None)


def _feed(db: sqlite3.Connection, wanted: FeedScope, root: str) -> Feed:
    """The feed.

    Raises:
        NotFound: Nothing is held of what it would be about.
    """
    missing = not_held(db, wanted)
    if missing is not None:
        raise NotFound(f"Nothing is held of {missing} {getattr(wanted, missing)}")
    return feed(db, wanted, root)


def _has_it(request: Request, tag: str, updated: datetime | None) -> bool:
    """Whether the one who asks has this very feed (RFC 9110, 13.1.2 and 13.1.3)."""
    tags = request.headers.get("if-none-match")
    if tags is not None:
        held = {one.strip().removeprefix("W/") for one in tags.split(",")}
        return tag in held or "*" in held
    since = request.headers.get("if-modified-since")
    try:
        return bool(since and updated and updated <= parsedate_to_datetime(since))
    except (ValueError, TypeError):
        return False
