"""Platform pages: one small module each, with what it reads and the signs that a post is gone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.read.platforms import facebook, instagram, ok, telegram, vimeo, vk, x, youtube

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from lxml.html import HtmlElement

    from archive.model.fetch import PageText
    from archive.urls.normal import SourceIdentity

    HtmlReader = Callable[[HtmlElement, str, SourceIdentity, datetime], PageText | None]
    OembedReader = Callable[[dict[str, Any], SourceIdentity, datetime], PageText]

HTML_READERS: Mapping[str, HtmlReader] = {
    "telegram": telegram.read_page,
    "x": x.read_page,
    "youtube": youtube.read_page,
    "vk": vk.read_page,
    "ok": ok.read_page,
    "facebook": facebook.read_page,
    "instagram": instagram.read_page,
}
"""By platform; each gives None for a page that is not in its mark-up."""

_OEMBED_READERS: Mapping[str, OembedReader] = {
    "twitter": x.read_oembed,
    "x": x.read_oembed,
    "youtube": youtube.read_oembed,
    "vimeo": vimeo.read_oembed,
    "tiktok": vimeo.read_oembed,
    "rumble": vimeo.read_oembed,
    "rumble.com": vimeo.read_oembed,
}


def read_oembed(
    loaded: dict[str, Any], source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """The text of an oEmbed answer (https://oembed.com), or None when `loaded` is none of a known provider."""
    provider = str(loaded.get("provider_name", "")).strip().lower()
    reader = _OEMBED_READERS.get(provider) if "type" in loaded else None
    return reader(loaded, source, captured_at) if reader else None
