"""What a Bluesky post refers to: the post that it answers, and the one that it quotes.

Source: lexicons `app.bsky.feed.post` (reply, embed), `app.bsky.embed.record` and
`app.bsky.embed.recordWithMedia` (https://atproto.com/lexicons/app-bsky-feed).
"""

from __future__ import annotations

from typing import Any

from archive.urls.platforms.bluesky import web_address
from pipeline.read.text.json_of import part_of
from pipeline.read.text.limits import one_line, paragraphs

FOR_MEMBERS = "!no-unauthenticated"
LONGEST = 3_000
"""Characters kept of another post; Bluesky takes 300 signs of up to ten characters."""


def of_post(thread: dict[str, Any]) -> dict[str, str | None]:
    """Facts: `reply_to`, `quoted_url`, each with author and text where the answer has them.

    Args:
        thread: Of the API's answer: the post, and as its parent the post that it answers.
    """
    post = part_of(thread, "post")
    record = part_of(post, "record")
    parent = part_of(part_of(thread, "parent"), "post")
    quoted = _quoted(part_of(post, "embed"))
    parent_uri = part_of(part_of(record, "reply"), "parent").get("uri")
    quoted_uri = _quoted(part_of(record, "embed")).get("uri")
    return {
        "reply_to": _address(parent_uri, parent),
        "reply_author": _name(parent),
        "reply_text": _words(part_of(parent, "record")) if _is_for_all(parent) else None,
        "quoted_url": _address(quoted_uri, quoted),
        "quoted_author": _name(quoted),
        "quoted_text": _words(part_of(quoted, "value")) if _is_for_all(quoted) else None,
    }


def _quoted(embed: dict[str, Any]) -> dict[str, Any]:
    """The quoted record: alone, or beside pictures."""
    record = part_of(embed, "record")
    return part_of(record, "record") or record


def _address(uri: Any, shown: dict[str, Any]) -> str | None:
    """Where it stands on the web, by the author's handle where the answer shows it: so it is
    cited."""
    if not isinstance(uri, str):
        return None
    handle = part_of(shown, "author").get("handle")
    if isinstance(handle, str) and uri.startswith("at://did:"):
        named = web_address(uri.replace(uri.split("/")[2], handle, 1))
        return named or web_address(uri)
    return web_address(uri)


def _name(shown: dict[str, Any]) -> str | None:
    author = part_of(shown, "author")
    name = author.get("displayName") or author.get("handle")
    return one_line(name)[:LONGEST] or None if isinstance(name, str) else None


def _is_for_all(shown: dict[str, Any]) -> bool:
    """Whether no label keeps another post, or its author, from people without an account."""
    found = [shown.get("labels"), part_of(shown, "author").get("labels")]
    labels = [one for those in found if isinstance(those, list) for one in those]
    return not any(isinstance(one, dict) and one.get("val") == FOR_MEMBERS for one in labels)


def _words(record: dict[str, Any]) -> str | None:
    text = record.get("text")
    return paragraphs(text)[:LONGEST] or None if isinstance(text, str) else None
