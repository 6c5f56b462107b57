"""Rumble: oEmbed with title, channel and picture."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from pipeline.read.media.posts import oembed_media
from pipeline.read.platforms.oembed import closed_video, read_video, removed_video
from pipeline.read.platforms.platform import Platform

if TYPE_CHECKING:
    from archive.urls.normal import SourceIdentity


def view(identity: SourceIdentity) -> str | None:
    """Its oEmbed: by the address with its title, or by a player's, which has the code alone."""
    if identity.post_id is None:
        return None
    return f"https://rumble.com/api/Media/oembed.json?url={quote(identity.key, safe='')}"


PLATFORM = Platform(
    name="rumble",
    tells_account=True,
    view=view,
    providers=("rumble", "rumble.com"),
    read_oembed=read_video,
    removed=removed_video,
    closed=closed_video,
    json_media=oembed_media,
)
