"""TikTok: oEmbed with the caption and the account's name."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.read.media.posts import signed_oembed
from pipeline.read.platforms.oembed import closed_video, read_video, removed_video
from pipeline.read.platforms.platform import Platform

if TYPE_CHECKING:
    from archive.urls.normal import SourceIdentity


def view(identity: SourceIdentity) -> str | None:
    """Its oEmbed, which knows only the full form with `www.`."""
    if identity.post_id is None:
        return None
    video = identity.key.replace("https://tiktok.com/", "https://www.tiktok.com/")
    return f"https://www.tiktok.com/oembed?url={quote(video, safe='')}"


PLATFORM = Platform(
    name="tiktok",
    view=view,
    providers=("tiktok",),
    read_oembed=read_video,
    removed=removed_video,
    closed=closed_video,
    framed=True,
    json_media=signed_oembed,
)
