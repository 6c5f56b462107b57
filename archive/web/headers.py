"""Security headers on every response: what stands in our rows was written by strangers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    Message = MutableMapping[str, Any]
    Receive = Callable[[], Awaitable[Message]]
    Send = Callable[[Message], Awaitable[None]]
    App = Callable[[MutableMapping[str, Any], Receive, Send], Awaitable[None]]

_PAGE_RULES = (
    "default-src 'none'",
    "script-src 'self'",  # datasette's inline scripts are files in our templates
    "style-src 'self' 'unsafe-inline'",  # datasette's tables name their columns in inline styles
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
)
PAGE_POLICY = "; ".join(_PAGE_RULES)

BODY_POLICY = (
    "sandbox; default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
)
"""For captured bytes: no origin, no script, nothing loaded, should a browser show them against our
wish."""

POLICY_NAME = "content-security-policy"

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Sites cited must not learn who reads about them.
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def with_headers(app: App) -> App:
    """`app`, each response with our headers; a policy that a response has already is kept."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                message = {**message, "headers": _extended(message.get("headers", []))}
            await send(message)

        await app(scope, receive, send_with_headers if scope["type"] == "http" else send)

    return wrapped


def _extended(headers: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    names = {name.lower() for name, _ in headers}
    ours = {POLICY_NAME: PAGE_POLICY, **_ALWAYS}
    added = [(name.encode(), value.encode()) for name, value in ours.items()]
    return [*headers, *(pair for pair in added if pair[0] not in names)]
