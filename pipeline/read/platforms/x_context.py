"""What a post on X refers to, as its page showed it up to 2020; oEmbed answers say nothing of it.

The page has the posts that it answers above it, and a quoted one inside it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from pipeline.read.text.limits import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BASE = "https://x.com/"
_STATUS = re.compile(r"/\w{1,20}/status/\d{1,20}(?![\w/])")
LONGEST = 2_000


def of_page(tree: HtmlElement, post_id: str | None) -> dict[str, str | None]:
    """Facts: `reply_to` and `quoted_url`, each with author and text.

    Args:
        tree: The page.
        post_id: Of the post that it is the page of.
    """
    own = tree.xpath("//*[@data-tweet-id=$id]", id=post_id or "")
    main = next((one for one in own if "permalink-tweet" in (one.get("class") or "")), None)
    if main is None:
        return {}
    above = tree.xpath(
        "//*[@data-tweet-id and ancestor::*[contains(@class, 'permalink-in-reply-tos')]]"
    )
    answered = above[-1] if above else None
    quoted = next(iter(main.find_class("QuoteTweet")), None)
    return {
        "reply_to": _address(answered),
        "reply_author": answered.get("data-name") if answered is not None else None,
        "reply_text": _text(answered, "tweet-text"),
        "quoted_url": _address(quoted),
        "quoted_author": _text(quoted, "QuoteTweet-fullname"),
        "quoted_text": _text(quoted, "QuoteTweet-text"),
    }


def _address(post: HtmlElement | None) -> str | None:
    if post is None:
        return None
    hrefs = [post.get("data-permalink-path"), *(link.get("href") for link in post.iter("a"))]
    path = next((href for href in hrefs if href and _STATUS.fullmatch(href)), None)
    return urljoin(_BASE, path) if path else None


def _text(post: HtmlElement | None, name: str) -> str | None:
    found = post.find_class(name) if post is not None else ()
    return next((one_line(one.text_content())[:LONGEST] or None for one in found), None)
