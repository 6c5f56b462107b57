"""WordPress's REST API, `/wp-json/wp/v2/posts`, as discovery reads it. Pure.

https://developer.wordpress.org/rest-api/reference/posts/ says what a post has.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from pipeline.read.parse.page import moment
from pipeline.read.text.json_of import json_of

_DEFAULT_PER_PAGE = 10
"""Posts of a page where the address asks for no other number, as WordPress has it."""
_MOST_PER_PAGE = 100
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Post:
    """One post.

    Attributes:
        link: Its page.
        published: ISO 8601 UTC.
        modified: Likewise.
    """

    link: str
    title: str | None
    published: str | None
    modified: str | None


def posts_of(text: str) -> list[Post] | None:
    """The posts of an answer; None: it is something else."""
    try:
        rows = json_of(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(rows, list) or not all(
        isinstance(row, dict) and isinstance(row.get("link"), str) for row in rows
    ):
        return None
    return [_post(row) for row in rows]


def next_page(url: str, posts: int) -> str | None:
    """The address of the next page; None where this one is not full."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    per_page = min(_number(query.get("per_page"), _DEFAULT_PER_PAGE), _MOST_PER_PAGE)
    if posts < per_page:
        return None
    query["page"] = str(_number(query.get("page"), 1) + 1)
    return parts._replace(query=urlencode(query)).geturl()


def _post(row: dict[str, Any]) -> Post:
    title = row.get("title")
    title = title.get("rendered") if isinstance(title, dict) else title
    said = " ".join(html.unescape(_TAG.sub("", title)).split()) if isinstance(title, str) else ""
    return Post(row["link"], said or None, _utc(row, "date"), _utc(row, "modified"))


def _utc(row: dict[str, Any], name: str) -> str | None:
    """A time of the row; the one without `_gmt` is the site's own, of whatever zone."""
    value = row.get(f"{name}_gmt")
    return moment(f"{value}Z" if isinstance(value, str) and value[-1:].isdigit() else None)


def _number(text: str | None, default: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 6 and int(text) else default
