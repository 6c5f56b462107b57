"""What a post on Bluesky shows, as the public API's answer has it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.model.media import MediaKind
from pipeline.read.text.json_of import part_of
from pipeline.read.text.shown.gathered import STREAM, Gathered

if TYPE_CHECKING:
    from archive.model.media import ShownMedia


def shown(post: dict[str, Any]) -> tuple[ShownMedia, ...]:
    """Pictures with their alternative texts; of a video its still."""
    gathered = Gathered()
    embed = part_of(post, "embed")
    for one in (embed, part_of(embed, "media")):
        images = one.get("images")
        for image in images if isinstance(images, list) else ():
            if isinstance(image, dict):
                gathered.add(
                    MediaKind.PICTURE, image.get("fullsize"), alt=image.get("alt"), **_ratio(image)
                )
        if one.get("playlist"):
            size = {**_ratio(one), "alt": one.get("alt")}
            gathered.add(MediaKind.POSTER, one.get("thumbnail"), **size)
            gathered.add(MediaKind.VIDEO, missing=STREAM, **size)
    return gathered.all()


def _ratio(one: dict[str, Any]) -> dict[str, Any]:
    """Width and height; small numbers are a ratio."""
    ratio = part_of(one, "aspectRatio")
    width, height = ratio.get("width"), ratio.get("height")
    is_size = isinstance(width, int) and width >= 100
    return {"width": width, "height": height} if is_size else {}
