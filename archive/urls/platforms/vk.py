"""VK: wall posts, videos and pages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.urls.platforms.identity import Identity, Recognised

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts

_POST = re.compile(r"(wall|video|clip|photo|topic|story)(-?\d+)_(\d+)")


def read(parts: UrlParts) -> Recognised:
    """Wall posts and videos by owner and number, also over another page (`?w=`, `?z=`)."""
    for place in (parts.param("w"), parts.param("z"), parts.segment(0)):
        match = _POST.match(place or "")
        if match:
            kind, owner, post = match.groups()
            key = f"https://vk.com/{kind}{owner}_{post}"
            return Recognised("vk", owner, f"{kind}{owner}_{post}", key)
    name = parts.segment(0)
    return Recognised("vk", name.lower() or None if len(parts.segments) == 1 else None)


IDENTITY = Identity(
    "vk",
    title="VK",
    hosts=("vk.com", "vk.ru", "vkvideo.ru"),
    read=read,
    gates={"away.vk.com": ("to",)},
    exits={("vk.com", "away.php"): ("to",)},
)
