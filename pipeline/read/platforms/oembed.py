"""oEmbed (https://oembed.com), as video sites answer it: title, channel, day and description."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.model.understood import PageText
from pipeline.read.platforms.signs import by_status, closed_by_status
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.language import detect
from pipeline.read.text.limits import one_line, paragraphs

if TYPE_CHECKING:
    from datetime import datetime

    from archive.urls.normal import SourceIdentity

_HIDDEN = "oEmbed 403: private, or may not be embedded"

# TikTok answers 400 for what was removed and for what never was
removed_video = by_status({404: "oEmbed 404: no such video"})
closed_video = closed_by_status({401: _HIDDEN, 403: _HIDDEN})


def read_video(loaded: dict[str, Any], _source: SourceIdentity, captured_at: datetime) -> PageText:
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
