"""YouTube: videos and channels."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.urls.platforms.identity import Identity, Recognised, leading

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts

_VIDEO_ID = re.compile(r"[A-Za-z0-9_-]{11}(?![\w-])")


def read(parts: UrlParts) -> Recognised:
    """Every form of a video folds to `youtube.com/watch?v=<id>`; channels keep their address."""
    first = parts.segment(0)
    named = parts.param("v") if first == "watch" else None
    if parts.host == "youtu.be":
        named = first
    elif first in {"shorts", "live", "embed", "v", "e"}:
        named = parts.segment(1)
    video = leading(_VIDEO_ID, named) if named else None
    if video:
        return Recognised("youtube", None, video, f"https://youtube.com/watch?v={video}")
    if first.startswith("@"):
        return Recognised("youtube", first[1:].lower())
    if first in {"channel", "c", "user"}:
        return Recognised("youtube", parts.segment(1) or None)
    return Recognised("youtube")


IDENTITY = Identity(
    "youtube",
    title="YouTube",
    hosts=("youtube.com", "youtu.be", "youtube-nocookie.com"),
    read=read,
    dresses={"youtube.com": re.compile(r"music|gaming")},
    tracking={"youtube.com": frozenset({"feature", "si", "ab_channel", "pp"})},
    exits={("youtube.com", "redirect"): ("q",)},
)
