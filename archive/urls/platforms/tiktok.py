"""TikTok: clips and pictures by their number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.urls.platforms.identity import DIGITS, Identity, Recognised, leading

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts


def read(parts: UrlParts) -> Recognised:
    """`tiktok.com/@<user>/video/<id>`; parameters say only who shared it."""
    user = parts.segment(0)
    if not user.startswith("@"):
        return Recognised("tiktok")
    user = user.lower()
    post = leading(DIGITS, parts.segment(2)) if parts.segment(1) in {"video", "photo"} else None
    tail = f"/{parts.segment(1)}/{post}" if post else ""
    return Recognised("tiktok", user[1:], post, f"https://tiktok.com/{user}{tail}")


IDENTITY = Identity("tiktok", title="TikTok", hosts=("tiktok.com",), read=read)
