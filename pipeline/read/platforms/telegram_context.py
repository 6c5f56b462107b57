"""What a Telegram message refers to: the message that it answers, and the other parts of its album.

Whose message it hands on is among its own facts (`telegram.py`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit, urlunsplit

from pipeline.read.text.limits import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

_BASE = "https://t.me/"
_REPLY = "tgme_widget_message_reply"
_REPLY_TEXT = ("js-message_reply_text", "tgme_widget_message_metatext")
"""Of its words the beginning; of a picture or a sticker what it is."""
LONGEST = 1_000
"""Characters kept of the answered message: the mark-up cuts it at about a hundred."""


def of_message(message: HtmlElement) -> dict[str, str | None]:
    """Facts: `reply_to`, `reply_author`, `reply_text`, and `album`, the addresses of the parts."""
    reply = next(iter(message.find_class(_REPLY)), None)
    parts = dict.fromkeys(
        _address(part.get("href")) for part in message.find_class("grouped_media_wrap")
    )
    return {
        "reply_to": _address(reply.get("href")) if reply is not None else None,
        "reply_author": _text(reply, "tgme_widget_message_author_name"),
        "reply_text": next(filter(None, (_text(reply, name) for name in _REPLY_TEXT)), None),
        "album": " ".join(filter(None, parts)) or None,
    }


def _address(href: str | None) -> str | None:
    """Without what only says how it is shown (`?single`); None for no address."""
    try:
        parts = urlsplit(urljoin(_BASE, (href or "").strip()))
    except ValueError:
        return None
    if not href or parts.scheme not in {"http", "https"} or any(map(str.isspace, parts.path)):
        return None
    return urlunsplit((parts.scheme, parts.netloc, parts.path, "", ""))


def _text(reply: HtmlElement | None, name: str) -> str | None:
    found = reply.find_class(name) if reply is not None else ()
    return next((one_line(one.text_content())[:LONGEST] or None for one in found), None)
