"""Instagram: pictures, reels, stories."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.urls.platforms.identity import Identity, Recognised

if TYPE_CHECKING:
    from archive.urls.platforms.identity import UrlParts


def read(parts: UrlParts) -> Recognised:
    """`/p/`, `/reel/`, `/tv/` with or without the account name are one post."""
    segments = parts.segments
    if len(segments) > 2 and segments[1] in {"p", "reel", "tv"}:
        segments = segments[1:]
    if len(segments) > 1 and segments[0] in {"p", "reel", "reels", "tv"}:
        return Recognised("instagram", None, segments[1], f"https://instagram.com/p/{segments[1]}")
    if len(segments) > 1 and segments[0] == "stories":
        return Recognised("instagram", segments[1].lower(), "/".join(segments[2:]) or None)
    if len(segments) == 1 and segments[0] not in {"explore", "accounts"}:
        name = segments[0].lower()
        return Recognised("instagram", name, None, f"https://instagram.com/{name}")
    return Recognised("instagram")


IDENTITY = Identity(
    "instagram",
    hosts=("instagram.com",),
    read=read,
    gates={"l.instagram.com": ("u",)},
)
