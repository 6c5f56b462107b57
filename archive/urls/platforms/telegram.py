"""Telegram: t.me and the hosts it had before."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.urls.platforms.identity import DIGITS, Identity, Recognised, leading

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]{2,31}(?!\w)")
# First segments of Telegram that are no channel; `c` is a private one, known by number.
_RESERVED = frozenset(
    {"joinchat", "share", "addstickers", "addemoji", "proxy", "socks", "setlanguage", "login"}
)


def read(parts: UrlParts) -> Recognised:
    """t.me, telegram.me: preview (`/s/`), topics and shared albums fold to `t.me/<channel>/<id>`.

    Channel names are the same in any case
    (https://core.telegram.org/method/contacts.resolveUsername).
    """
    segments = parts.segments[1:] if parts.segment(0) == "s" else parts.segments
    first = segments[0] if segments else ""
    if first == "c" and len(segments) > 2:
        return Recognised("telegram", f"c/{segments[1]}", leading(DIGITS, segments[-1]))
    name = leading(_NAME, first)
    if name is None or first in _RESERVED:
        return Recognised("telegram")
    name = name.lower()
    post = leading(DIGITS, segments[-1]) if len(segments) > 1 else None
    comment = parts.param("comment")
    tail = f"/{post}" if post else ""
    if post and comment and comment.isdigit():
        tail += f"?comment={comment}"
    return Recognised("telegram", name, post, f"https://t.me/{name}{tail}")


IDENTITY = Identity(
    "telegram",
    hosts=("t.me", "telegram.me", "telegram.dog"),
    read=read,
    before_post=re.compile(r"t\.me/(?:.*/)?", re.DOTALL),
    exits={
        (host, path): ("url",) for host in ("t.me", "telegram.me") for path in ("iv", "share/url")
    },
)
