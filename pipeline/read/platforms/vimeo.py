"""Vimeo: oEmbed with title, channel, day and description."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.read.media.players import vimeo_oembed, vimeo_page
from pipeline.read.platforms.oembed import closed_video, read_video, removed_video
from pipeline.read.platforms.platform import Platform

if TYPE_CHECKING:
    from archive.urls.normal import SourceIdentity


def view(identity: SourceIdentity) -> str | None:
    """Its oEmbed (https://developer.vimeo.com/api/oembed/videos)."""
    if identity.post_id is None:
        return None
    return f"https://vimeo.com/api/oembed.json?url={quote(identity.key, safe='')}"


PLATFORM = Platform(
    name="vimeo",
    tells_account=True,
    view=view,
    providers=("vimeo",),
    read_oembed=read_video,
    removed=removed_video,
    closed=closed_video,
    page_media=vimeo_page,
    json_media=vimeo_oembed,
)
