"""Facebook: posts, groups, videos."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.urls.platforms.identity import Identity, PostName, Recognised

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts

# First segments that are no page's name.
_RESERVED = frozenset(
    {
        "watch", "groups", "photo", "photo.php", "permalink.php", "story.php", "events", "reel",
        "share", "profile.php", "video.php", "login", "sharer", "hashtag", "media", "pages",
        "people", "stories",
    }
)  # fmt: skip


def read(parts: UrlParts) -> Recognised:
    """Posts by their number; the parameters that name a post stay, the rest is tracking."""
    first = parts.segment(0)
    base = "https://facebook.com/" + "/".join(parts.segments)
    for name in ("story_fbid", "fbid", "v"):
        post = parts.param(name)
        if post and re.fullmatch(r"\w+", post):
            owner = parts.param("id")
            tail = f"&id={owner}" if name == "story_fbid" and owner and owner.isalnum() else ""
            return Recognised("facebook", owner, post, f"{base}?{name}={post}{tail}")
    if first == "profile.php" and (parts.param("id") or "").isdigit():
        return Recognised("facebook", parts.param("id"), None, f"{base}?id={parts.param('id')}")
    if first == "groups":
        return Recognised("facebook", parts.segment(1) or None, parts.segment(3) or None, base)
    if first in _RESERVED or not first:
        post = parts.segment(1) if first == "reel" else None
        return Recognised("facebook", post_id=post or None)
    post = parts.segments[-1] if len(parts.segments) > 2 else None
    return Recognised("facebook", first.lower(), post, base)


IDENTITY = Identity(
    "facebook",
    hosts=("facebook.com", "fb.com"),
    read=read,
    before_post=re.compile(r".*/(?:posts|videos)/", re.DOTALL),
    # post names are 60 and more letters and digits long
    post_name=PostName(re.compile(r"/pfbid([0-9A-Za-z]{1,70})$"), range(55, 75), digits=False),
    dresses={"facebook.com": re.compile(r"web|[a-z]{2}-[a-z]{2}")},
    exits={("facebook.com", path): ("u",) for path in ("l.php", "sharer/sharer.php", "sharer.php")},
)
