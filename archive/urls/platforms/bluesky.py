"""Bluesky: `/profile/<account>/post/<post>`, and `at://<account>/app.bsky.feed.post/<post>`.

An account is a handle, which is a host name and the same in any case, or a DID, which stays when
the handle changes.

Source: https://atproto.com/specs/at-uri-scheme, https://atproto.com/specs/handle
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

from archive.urls.platforms.identity import Identity, Recognised, leading

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts

_POSTS = "app.bsky.feed.post"
_AT = re.compile(
    r"at://(?P<account>[\w.:%-]+)"
    r"(?:/(?P<kind>[\w.]+)/(?P<post>[\w.~:-]+))?/?",
    re.ASCII | re.IGNORECASE,
)
_ACCOUNT = re.compile(r"did:[a-z]+:[\w.:%-]+|[a-z0-9-]+(?:\.[a-z0-9-]+)+", re.ASCII)
_POST = re.compile(r"[\w.~:-]+(?!\w)", re.ASCII)


def read(parts: UrlParts) -> Recognised:
    """Posts by account and key, also embedded (`/embed/<did>/app.bsky.feed.post/<key>`)."""
    first = parts.segment(0)
    if first not in {"profile", "embed"}:
        return Recognised("bluesky")
    account = leading(_ACCOUNT, unquote(parts.segment(1)).lstrip("@").lower())
    if account is None:
        return Recognised("bluesky")
    profile = f"https://bsky.app/profile/{account}"
    named = parts.segment(2) == ("post" if first == "profile" else _POSTS)
    post = leading(_POST, parts.segment(3)) if named else None
    if post:
        return Recognised("bluesky", account, post, f"{profile}/post/{post}")
    return Recognised("bluesky", account, None, profile if len(parts.segments) == 2 else None)


def web_address(url: str) -> str | None:
    """Where a record (`at://…`) stands on the web; None for records that stand nowhere."""
    found = _AT.fullmatch(url)
    if found is None or found["kind"] not in {None, _POSTS, "app.bsky.actor.profile"}:
        return None
    tail = f"/post/{found['post']}" if found["kind"] == _POSTS else ""
    return f"https://bsky.app/profile/{found['account']}{tail}"


IDENTITY = Identity(
    "bluesky",
    # the other two show the same posts to programs that make previews
    hosts=("bsky.app", "fxbsky.app", "bskyx.app"),
    read=read,
    schemes={"at": web_address},
)
