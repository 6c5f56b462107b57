"""Vimeo, TikTok and Rumble: oEmbed with title, channel, day and description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.model.fetch import PageText
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.language import detect
from pipeline.read.text.limits import one_line, paragraphs

if TYPE_CHECKING:
    from datetime import datetime

    from archive.urls.normal import SourceIdentity


def removal_sign(http_status: int | None) -> str | None:
    """oEmbed's 404 means a video that was removed or never was (TikTok answers 400 for both)."""
    return "oEmbed 404: no such video" if http_status == 404 else None


def closed_sign(http_status: int | None) -> str | None:
    """oEmbed's 403: private, or its owner forbids embedding."""
    return "oEmbed 403: private, or may not be embedded" if http_status in {401, 403} else None


def read_oembed(loaded: dict[str, Any], _source: SourceIdentity, captured_at: datetime) -> PageText:
    """Title, channel, day and description of a video."""
    title = one_line(str(loaded.get("title") or ""))
    thumbnail = str(loaded.get("thumbnail_url") or "")
    text = f"{title}\n\n{paragraphs(str(loaded.get('description') or ''))}".strip()
    return PageText(
        text=text,
        title=title or None,
        author=one_line(str(loaded.get("author_name") or "")) or None,
        site_name=one_line(str(loaded.get("provider_name") or "")) or None,
        published=declared_date([str(loaded.get("upload_date") or "")], captured_at),
        language=detect(text),
        flags=() if text else ("thin",),
        facts=(("media", thumbnail),) if thumbnail else (),
    )
