"""What a page declares to show: Open Graph, the cards of X, else JSON-LD; oEmbed's thumbnail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from archive.model.media import MediaKind, ShownMedia
from pipeline.read.text.article.jsonld import json_ld
from pipeline.read.text.shown.gathered import Gathered, address, seconds

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.html import HtmlElement

_PICTURES = (
    "og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src",
)  # fmt: skip
_VIDEOS = ("og:video", "og:video:url", "og:video:secure_url")
_STARTS = {
    **dict.fromkeys(_PICTURES, MediaKind.PICTURE),
    **dict.fromkeys(_VIDEOS, MediaKind.VIDEO),
}
_SAID = frozenset(
    f"{of}:{said}"
    for of in ("og:image", "og:video", "twitter:image")
    for said in ("width", "height", "alt")
)
_FILES = (".mp4", ".webm", ".mov", ".m4v")
"""Endings of files: `og:video` is often a player's page."""


def shown(tree: HtmlElement, base: str, *, signed: bool = False) -> tuple[ShownMedia, ...]:
    """Pictures and videos that the page declares, each with what is said of it.

    Args:
        tree: The page.
        base: Its address.
        signed: Whether addresses are made anew for each visitor.
    """
    gathered = Gathered(base, signed)
    is_video = False
    for group in _groups(tree):
        is_video = is_video or group["kind"] is MediaKind.VIDEO
        if group["kind"] is MediaKind.VIDEO and not _is_file(group, base):
            continue
        gathered.add(**group)
    if not gathered.found:
        for item in json_ld(tree):
            _of_item(item, gathered)
    found = gathered.all()
    still = is_video and not any(one.kind is MediaKind.POSTER for one in found)
    return as_stills(found) if still else found


def as_stills(found: tuple[ShownMedia, ...]) -> tuple[ShownMedia, ...]:
    """The pictures of a page that is a video's: they are stills of it."""
    return tuple(
        ShownMedia(MediaKind.POSTER, one.name, one.url, one.width, one.height, alt=one.alt)
        if one.kind is MediaKind.PICTURE
        else one
        for one in found
    )


def of_oembed(loaded: dict[str, Any], *, signed: bool = False) -> tuple[ShownMedia, ...]:
    """The picture of an oEmbed answer: of a video its still, of a photo itself (`url`)."""
    gathered = Gathered(signed=signed)
    alt = loaded.get("title")
    if loaded.get("type") == "photo":
        size = {"width": loaded.get("width"), "height": loaded.get("height")}
        gathered.add(MediaKind.PICTURE, loaded.get("url"), alt=alt, **size)
    gathered.add(
        MediaKind.POSTER,
        loaded.get("thumbnail_url"),
        width=loaded.get("thumbnail_width"),
        height=loaded.get("thumbnail_height"),
        alt=alt,
        duration_s=seconds(loaded.get("duration")),
    )
    return gathered.all()


def _groups(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Each declared picture or video with the properties that follow it (https://ogp.me#array)."""
    group: dict[str, Any] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        if not content:
            continue
        name = (element.get("property") or element.get("name") or "").strip().lower()
        if name in _STARTS:
            if group.get("url") == content or (group and name.endswith(("_url", ":url"))):
                continue
            if group:
                yield group
            group = {"kind": _STARTS[name], "url": content}
        elif group and name in _SAID:
            group.setdefault(name.rpartition(":")[2], content)
    if group:
        yield group


def _is_file(group: dict[str, Any], base: str) -> bool:
    url = urljoin(base, str(group["url"])) if address(group["url"], base) else ""
    return url.partition("?")[0].lower().endswith(_FILES)


def _of_item(item: dict[str, Any], gathered: Gathered) -> None:
    kind = str(item.get("@type"))
    if "VideoObject" in kind:
        size = {"width": item.get("width"), "height": item.get("height")}
        for still in _addresses(item.get("thumbnailUrl") or item.get("thumbnail")):
            gathered.add(MediaKind.POSTER, still, alt=item.get("name"))
        gathered.add(
            MediaKind.VIDEO,
            item.get("contentUrl"),
            duration_s=seconds(item.get("duration")),
            alt=item.get("name"),
            **size,
        )
    elif "Article" in kind or "Posting" in kind:
        image = item.get("image")
        for one in image if isinstance(image, list) else [image]:
            said = one if isinstance(one, dict) else {}
            for url in _addresses(one):
                size = {"width": said.get("width"), "height": said.get("height")}
                gathered.add(MediaKind.PICTURE, url, alt=said.get("caption"), **size)


def _addresses(value: object) -> Iterator[object]:
    """Addresses in a JSON-LD value: a text, an object with one, or several of them."""
    for one in value if isinstance(value, list) else [value]:
        found = one.get("url") or one.get("contentUrl") if isinstance(one, dict) else one
        if isinstance(found, str):
            yield found
