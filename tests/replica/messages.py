"""What a site gets and gives: one request, one reply."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl, unquote

if TYPE_CHECKING:
    from asyncio import StreamWriter

Headers = tuple[tuple[str, str], ...]
Script = Callable[["StreamWriter"], Awaitable[None]]
"""Writes whatever it likes to the connection, which is closed after it."""


@dataclass(frozen=True, slots=True)
class Request:
    """One request as a site sees it.

    Attributes:
        path: As sent, with the query.
        nth: How often this URL was asked of this replica before, from 0.
        at: The world's time.
        body: As sent.
    """

    method: str
    scheme: str
    host: str
    path: str
    headers: Headers = ()
    nth: int = 0
    at: datetime = field(default=datetime(2026, 3, 20, 12, tzinfo=UTC))
    body: bytes = b""

    @property
    def url(self) -> str:
        """The absolute URL."""
        return f"{self.scheme}://{self.host}{self.path}"

    @property
    def bare_path(self) -> str:
        """The path without query, decoded."""
        return unquote(self.path.partition("?")[0])

    @property
    def query(self) -> dict[str, str]:
        """The query's parameters, decoded; the last of several wins."""
        return dict(parse_qsl(self.path.partition("?")[2], keep_blank_values=True))

    @property
    def form(self) -> dict[str, str]:
        """The fields of a form in the body; the last of several wins."""
        return dict(parse_qsl(self.body.decode(), keep_blank_values=True))

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a site answers.

    Attributes:
        raw: The body is sent as it is, with no Content-Length added (for broken messages).
        script: Takes the connection over instead of everything else.
    """

    status: int = 200
    headers: Headers = ()
    body: bytes = b""
    raw: bool = False
    script: Script | None = None
    reason: str | None = None

    def header(self, name: str) -> str | None:
        """The first header of that name."""
        return next((v for k, v in self.headers if k.lower() == name.lower()), None)

    def head(self, date: datetime) -> bytes:
        """Status line and headers as sent, with the blank line."""
        reason = self.reason or HTTPStatus(self.status).phrase
        lines = [f"HTTP/1.1 {self.status} {reason}"]
        if not self.header("date"):
            lines.append(f"Date: {http_date(date)}")
        lines += [f"{name}: {value}" for name, value in self.headers]
        if not self.raw and self.status not in {204, 304} and not self.header("content-length"):
            lines.append(f"Content-Length: {len(self.body)}")
        return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1")


Handler = Callable[[Request], Reply]


def http_date(moment: datetime) -> str:
    """`Fri, 20 Mar 2026 12:00:00 GMT`."""
    return format_datetime(moment.astimezone(UTC), usegmt=True)


def html(text: str, status: int = 200, *, headers: Headers = (), charset: str = "utf-8") -> Reply:
    """A page; its charset is named in the header."""
    kind = ("Content-Type", f"text/html; charset={charset}")
    return Reply(status, (kind, *headers), text.encode(charset, "xmlcharrefreplace"))


def typed(body: bytes | str, content_type: str, status: int = 200, headers: Headers = ()) -> Reply:
    """A body of any type."""
    data = body.encode() if isinstance(body, str) else body
    return Reply(status, (("Content-Type", content_type), *headers), data)


def as_json(value: Any, status: int = 200) -> Reply:
    """A JSON document."""
    return typed(json.dumps(value, ensure_ascii=False), "application/json; charset=utf-8", status)


def redirect(location: str, status: int = 302, headers: Headers = ()) -> Reply:
    """A redirect with an empty body."""
    return Reply(status, (("Location", location), *headers))


def not_found() -> Reply:
    """A plain 404."""
    return html("<html><head><title>404 Not Found</title></head><h1>Not Found</h1></html>", 404)


def with_validators(reply: Reply, request: Request, modified: datetime) -> Reply:
    """The reply with ETag and Last-Modified, or 304 when the request's validators fit."""
    if reply.status != 200 or reply.script:
        return reply
    etag = '"' + hashlib.sha256(reply.body).hexdigest()[:24] + '"'
    headers = (("ETag", etag), ("Last-Modified", http_date(modified)))
    if _is_fresh(request, etag, modified):
        return Reply(304, headers)
    return replace(reply, headers=(*reply.headers, *headers))


def _is_fresh(request: Request, etag: str, modified: datetime) -> bool:
    """RFC 9110 section 13.2.2: If-None-Match outranks If-Modified-Since."""
    wanted = request.header("if-none-match")
    if wanted is not None:
        return etag in {tag.strip().removeprefix("W/") for tag in wanted.split(",")}
    since = request.header("if-modified-since")
    if since is None:
        return False
    return modified.replace(microsecond=0) <= parsedate_to_datetime(since)
