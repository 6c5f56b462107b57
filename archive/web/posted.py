"""What is posted to us, before datasette reads it: forms alone, of a bounded size.

Datasette 0.65 reads a form whole, and stumbles over one that is no UTF-8 or not of the type it
says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import Response

if TYPE_CHECKING:
    from collections.abc import MutableMapping

    from archive.web.headers import App, Message, Receive, Send

ACTS = "/-/act/"
LARGEST_FORM = 64 * 1024
"""Bytes: the longest note in any script with each byte quoted, a sentence beside it, and room."""
_FORM = "application/x-www-form-urlencoded"


def forms_only(app: App) -> App:
    """`app`, to whose acts only forms are let through."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or ACTS not in scope["path"] or scope["method"] != "POST":
            await app(scope, receive, send)
            return
        refused, body = 415, b""
        if _type(scope) == _FORM:
            refused, body = await _body(receive)
        if refused:
            text = "Only forms are taken here, and none this large or of this kind.\n"
            await Response.text(text, status=refused).asgi_send(send)
            return
        left = [{"type": "http.request", "body": body, "more_body": False}]

        async def again() -> Message:
            return left.pop() if left else await receive()

        await app(scope, again, send)

    return wrapped


def _type(scope: MutableMapping[str, Any]) -> str:
    headers = dict(scope.get("headers") or ())
    return str(headers.get(b"content-type", b"").decode("latin-1").partition(";")[0].strip())


async def _body(receive: Receive) -> tuple[int, bytes]:
    """The body, and the status that refuses it; 0: none does."""
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] != "http.request":
            return 400, b""  # the client is gone
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > LARGEST_FORM:
            return 413, b""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return 400, b""
    return 0, body
