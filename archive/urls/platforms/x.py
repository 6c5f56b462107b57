"""X, which was Twitter, and the mirrors that show its posts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.urls.platforms.identity import DIGITS, Identity, PostName, Recognised, leading

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts

_NAME = re.compile(r"[A-Za-z0-9_]{1,20}(?!\w)")
# First segments of X that are no account (https://x.com/i/…, /search?q=…).
_RESERVED = frozenset(
    {"i", "hashtag", "search", "home", "explore", "intent", "share", "settings", "login", "tos"}
)


def read(parts: UrlParts) -> Recognised:
    """Posts as `x.com/<user>/status/<id>`, on mirrors too; names are the same in any case."""
    segments = parts.segments
    if segments[:2] == ("i", "web"):
        segments = ("i", *segments[2:])
    if len(segments) > 2 and segments[1] in {"status", "statuses"}:
        user, post = leading(_NAME, segments[0]), leading(DIGITS, segments[2])
        if user and post:
            user = user.lower()
            account = None if user == "i" else user
            return Recognised("x", account, post, f"https://x.com/{user}/status/{post}")
    user = leading(_NAME, segments[0]) if len(segments) == 1 else None
    if user and segments[0] not in _RESERVED:
        return Recognised("x", user.lower(), None, f"https://x.com/{user.lower()}")
    query = "?" + "&".join(parts.params) if parts.params else ""
    return Recognised("x", key=f"https://x.com{parts.path}{query}")


IDENTITY = Identity(
    "x",
    hosts=(
        "x.com", "twitter.com", "nitter.net", "nitter.it", "nitter.cz", "nitter.poast.org",
        "nitter.unixfox.eu", "xcancel.com", "fxtwitter.com", "vxtwitter.com", "fixupx.com",
        "fixvx.com", "twstalker.com",
    ),
    read=read,
    before_post=re.compile(r".*/status/", re.DOTALL),
    # post numbers have 15 to 20 digits since 2010, so that a shorter one followed by digits is torn
    post_name=PostName(re.compile(r"/status/(\d{1,18})$"), range(15, 21)),
    anybodys="nitter.",
    hashbang=frozenset({"twitter.com"}),  # how it wrote its addresses until 2012
)  # fmt: skip
