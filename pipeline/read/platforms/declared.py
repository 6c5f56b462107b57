"""What a platform's page declares about its post: Open Graph and other `<meta>`, JSON-LD, times in
its mark-up."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from archive.model.times import format_time, parse_time
from pipeline.read.text.article.jsonld import json_ld
from pipeline.read.text.limits import one_line, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lxml.html import HtmlElement

PUBLIC = "declared-only"
"""Flag of a text that stands in the page's declarations; what is around it may be a login."""

_EPOCH_LIMIT = 2**33  # year 2242; larger numbers count something else than seconds


def metas(tree: HtmlElement) -> dict[str, str]:
    """Contents of `<meta>` by property, name or itemprop, the first of several; line breaks are
    kept."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = paragraphs(element.get("content") or "")
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def posting(tree: HtmlElement) -> dict[str, Any]:
    """The first post, video or article in the page's JSON-LD; empty where there is none."""
    kinds = re.compile(r"SocialMediaPosting|VideoObject|ImageObject|Article|BlogPosting")
    return next((item for item in json_ld(tree) if kinds.search(str(item.get("@type")))), {})


def name_of(value: Any) -> str | None:
    """The name of a JSON-LD person or organisation."""
    if isinstance(value, list):
        value = value[0] if value else None
    name = value.get("name") or value.get("alternateName") if isinstance(value, dict) else value
    return one_line(name) or None if isinstance(name, str) else None


def moment_of(seconds: Iterable[str], captured_at: datetime) -> str | None:
    """The first of some Unix times that is one of the past, ISO 8601 UTC."""
    for text in seconds:
        if text.isascii() and text.isdigit() and 0 < int(text) < _EPOCH_LIMIT:
            moment = datetime.fromtimestamp(int(text), UTC)
            if moment <= captured_at:
                return format_time(moment)
    return None


def utc_of(claims: Iterable[str], captured_at: datetime) -> str | None:
    """The first of some ISO 8601 times that is one of the past, as ISO 8601 UTC."""
    for claim in claims:
        try:
            moment = parse_time(claim)
        except ValueError:
            continue
        if moment <= captured_at:
            return format_time(moment)
    return None


def first_match(pattern: re.Pattern[str], text: str) -> str | None:
    """The first words that a sign's pattern finds, as they stand: the evidence of the sign."""
    match = pattern.search(text)
    return match.group(0) if match else None
