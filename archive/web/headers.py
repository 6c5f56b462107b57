"""Security headers on every response: what stands in our rows was written by strangers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator, MutableMapping
    from types import ModuleType

    from datasette.app import Datasette

    Policy = Callable[[str], str]

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

FRAMING_POLICY = f"{PAGE_POLICY}; frame-src 'self'"
"""For our page around a captured one: the frame stays with us, wherever what is in it may lead."""

REPLAY_POLICY = (
    "sandbox allow-top-navigation-by-user-activation; default-src 'none'; img-src data:; "
    "style-src 'unsafe-inline'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
"""For a captured page in its frame: no origin, no script, no network; pictures stand in it."""

POLICY_NAME = "content-security-policy"

_ALWAYS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Sites cited must not learn who reads about them.
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


_SPELLED = {
    name.lower().encode(): name.encode()
    for name in ("Link", "Location", "Vary", "Memento-Datetime", "Content-Type")
}
"""The case of letters in a header's name says nothing, yet LANL's memento-validator looks for these
in this spelling (`util/http.py` of lanl/memento-validator)."""

PLUGIN = "isw-archive"
"""Under this name datasette's configuration may set `page_policy`: another policy for all pages;
empty: none."""


def page_policy(datasette: Datasette, ours: ModuleType) -> Policy:
    """Which policy a page at a path gets.

    Other plugins' pages bring scripts of their own, which stand in the page: they get no policy of
    ours. What strangers wrote is shown by datasette's pages and by ours, and those keep it.

    Args:
        datasette: The application.
        ours: Our plugin, whose pages keep the policy.
    """
    config = datasette.plugin_config(PLUGIN) or {}
    policy = str(config.get("page_policy", PAGE_POLICY))
    others: list[re.Pattern[str]] = []

    def policy_of(path: str) -> str:
        if not others:
            others.extend(_routes_of_others(datasette, ours))
        return "" if any(route.match(path) for route in others) else policy

    return policy_of


def _routes_of_others(datasette: Datasette, ours: ModuleType) -> Iterator[re.Pattern[str]]:
    from datasette.plugins import pm  # it loads all plugins, ours among them

    yield re.compile(r"(?!)")  # at least one, so that they are collected once
    for routes in pm.subset_hook_caller("register_routes", [ours])(datasette=datasette):
        yield from (re.compile(route) for route, _ in routes)


def with_headers(app: App, policy: Policy = lambda _: PAGE_POLICY) -> App:
    """`app`, each response with our headers; a policy that a response has already is kept."""

    async def wrapped(scope: MutableMapping[str, Any], receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = message.get("headers", [])
                message = {**message, "headers": _extended(given, policy(scope["path"]))}
            await send(message)

        await app(scope, receive, send_with_headers if scope["type"] == "http" else send)

    return wrapped


def _extended(headers: list[tuple[bytes, bytes]], policy: str) -> list[tuple[bytes, bytes]]:
    names = {name.lower() for name, _ in headers}
    ours = {**({POLICY_NAME: policy} if policy else {}), **_ALWAYS}
    added = [(name.encode(), value.encode()) for name, value in ours.items()]
    spelled = [(_SPELLED.get(name.lower(), name), value) for name, value in headers]
    return [*spelled, *(pair for pair in added if pair[0] not in names)]
