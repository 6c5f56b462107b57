"""All platforms by name: each module here that declares `PLATFORM` is one."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any

from archive.declared import declared
from pipeline.read.platforms.platform import Platform

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from lxml.html import HtmlElement

    from archive.model.media import ShownMedia
    from archive.model.understood import PageText
    from archive.urls.normal import SourceIdentity
    from pipeline.read.platforms.platform import JsonReader


@functools.cache
def platforms() -> Mapping[str, Platform]:
    """All platforms by name; looked for when first asked, since their readers import much."""
    found = declared("pipeline.read.platforms", "PLATFORM", Platform)
    return {one.name: one for one in found}


def platform_named(name: str) -> Platform | None:
    """What is declared of a platform; None for one that is read and judged as any page is."""
    return platforms().get(name)


@functools.cache
def _providers() -> Mapping[str, JsonReader]:
    readers = ((name, one.read_oembed) for one in platforms().values() for name in one.providers)
    return {name: reader for name, reader in readers if reader is not None}


def read_page(
    tree: HtmlElement, text: str, source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """The text of a page of the source's platform, or None when no reader knows its mark-up."""
    platform = platform_named(source.platform)
    reader = platform.read_page if platform else None
    return reader(tree, text, source, captured_at) if reader else None


def page_media(tree: HtmlElement, source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """What a page of the source's platform shows beside its words."""
    platform = platform_named(source.platform)
    reader = platform.page_media if platform else None
    return reader(tree, source) if reader else ()


def json_media(loaded: dict[str, Any], source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """What the platform's own JSON, or its oEmbed answer, shows beside its words."""
    platform = platform_named(source.platform)
    reader = platform.json_media if platform else None
    return reader(loaded, source) if reader else ()


def is_framed(name: str) -> bool:
    """Whether only declared dates are a post's on a platform's pages."""
    platform = platform_named(name)
    return platform is not None and platform.framed


@functools.cache
def early_looks() -> Mapping[str, tuple[int, ...]]:
    """Platforms whose posts are looked at again soon, each with the hours after the first
    capture."""
    return {one.name: one.early_looks_h for one in platforms().values() if one.early_looks_h}


def has_page_reader(name: str) -> bool:
    """Whether pages of a platform are looked at by a reader of its own."""
    platform = platform_named(name)
    return platform is not None and platform.read_page is not None


def read_json(
    loaded: dict[str, Any], source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """The text of a known provider's oEmbed answer, or of the platform's own JSON, or None."""
    provider = str(loaded.get("provider_name", "")).strip().lower()
    reader = _providers().get(provider) if "type" in loaded else None
    if reader is not None:
        return reader(loaded, source, captured_at)
    platform = platform_named(source.platform)
    own = platform.read_json if platform else None
    return own(loaded, source, captured_at) if own else None


@functools.cache
def login_hosts() -> frozenset[str]:
    """Hosts where nothing is but a platform's login."""
    return frozenset(host for one in platforms().values() for host in one.login_hosts)


def private_at(url: str) -> Platform | None:
    """The platform that shows nobody without an account anything at an address, or None."""
    return next((one for one, is_private in _with_private() if is_private(url)), None)


@functools.cache
def _with_private() -> tuple[tuple[Platform, Callable[[str], bool]], ...]:
    return tuple((one, one.is_private) for one in platforms().values() if one.is_private)
