"""Feeds in JSON (https://www.jsonfeed.org/version/1.1/): title, site and the entries' own words,
newest first as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import lxml.html

from archive.model.understood import PageText
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.language import detect
from pipeline.read.text.limits import LIBRARY_ERRORS, one_line, paragraphs

if TYPE_CHECKING:
    from datetime import datetime

_VERSION = re.compile(r"https?://(?:www\.)?jsonfeed\.org/version/")
_BREAK = re.compile(r"<(?:br|/p|/div|/li|/h\d)\b[^<>]{0,200}>", re.IGNORECASE)


def is_json_feed(loaded: Any) -> bool:
    """Whether a JSON value says that it is a feed."""
    return isinstance(loaded, dict) and bool(_VERSION.match(str(loaded.get("version"))))


def json_feed_text(loaded: dict[str, Any], captured_at: datetime, max_chars: int) -> PageText:
    """The entries of a feed; it changes with each of them, and so it has no day of its own.

    Args:
        loaded: The feed, of which only the version is known to be right.
        captured_at: No entry's time is later.
        max_chars: Longer texts are cut.
    """
    items = loaded.get("items")
    entries = [item for item in items if isinstance(item, dict)] if isinstance(items, list) else []
    text = paragraphs("\n\n".join(map(_entry, entries)))[:max_chars]
    stamps = (
        str(item.get("date_published") or item.get("date_modified") or "") for item in entries
    )
    days = filter(None, (declared_date([stamp], captured_at) for stamp in stamps))
    newest = max(days, default=None)
    title = _line(loaded.get("title"))
    return PageText(
        text=text,
        title=title,
        author=_author(loaded),
        site_name=title,
        language=detect(text),
        flags=() if text else ("thin",),
        facts=(("newest_post_at", newest),) if newest else (),
    )


def _entry(item: dict[str, Any]) -> str:
    """Title and text of one entry."""
    plain, marked = item.get("content_text"), item.get("content_html")
    body = (
        plain
        if isinstance(plain, str)
        else _without_tags(marked)
        if isinstance(marked, str)
        else ""
    )
    title = _line(item.get("title"))
    return "\n\n".join(filter(None, (title, body or _line(item.get("summary")))))


def _without_tags(marked: str) -> str:
    if not marked.strip():
        return ""
    try:
        tree = lxml.html.fragment_fromstring(_BREAK.sub(r"\g<0>\n\n", marked), create_parent="div")
    except LIBRARY_ERRORS:
        return ""
    return paragraphs(tree.text_content())


def _author(loaded: dict[str, Any]) -> str | None:
    """Version 1.1 has a list of authors, version 1 had one."""
    authors = loaded.get("authors")
    named = authors if isinstance(authors, list) else [loaded.get("author")]
    names = [_line(one.get("name")) for one in named if isinstance(one, dict)]
    return "; ".join(filter(None, names)) or None


def _line(value: Any) -> str | None:
    return one_line(value) or None if isinstance(value, str) else None
