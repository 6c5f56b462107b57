"""Readers that several platforms share: of a post's page, of an oEmbed answer."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pipeline.read.text.shown import declared

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from archive.model.media import ShownMedia
    from archive.urls.normal import SourceIdentity


def signed_page(tree: HtmlElement, source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """What a post's page declares, where addresses are signed anew for each visitor."""
    return declared.shown(tree, source.url, signed=True)


def public_page(tree: HtmlElement, source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """What a post's page declares, where addresses stay."""
    return declared.shown(tree, source.url)


def video_page(tree: HtmlElement, source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """What a video's page declares, where addresses stay: its pictures are stills."""
    return declared.as_stills(declared.shown(tree, source.url))


def oembed_media(loaded: dict[str, Any], _source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """The picture of an oEmbed answer, or of another that names it alike."""
    return declared.of_oembed(loaded)


def signed_oembed(loaded: dict[str, Any], _source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """The picture of an oEmbed answer, where addresses are signed anew for each visitor."""
    return declared.of_oembed(loaded, signed=True)
