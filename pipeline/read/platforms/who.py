"""Who a page says is behind an account: facts that outlast its name. How each is called:

`account_id` (the platform's own number), `account_name`, `account_about`, `subscribers`.
"""

from __future__ import annotations

import base64
import copy
import re
from typing import TYPE_CHECKING, Any

from pipeline.read.text.json_of import json_of
from pipeline.read.text.limits import one_line, paragraphs

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    Facts = dict[str, str | None]

LONGEST = 2_000
"""Characters of a name or a description; Telegram takes 255, X 160."""
_NUMBER = re.compile(r"-?[0-9]{1,19}")
_COUNTED = re.compile(
    r"([0-9][0-9 .,\u00a0\u202f]*[KMB]?)\s*(?:subscribers?|members?)\b", re.IGNORECASE
)
_COUNTS = frozenset({"subscriber", "subscribers", "member", "members"})


def telegram_id(view: str | None) -> str | None:
    """The number of a Telegram channel, out of the `data-view` of one of its messages.

    That is JSON in base64 without padding; `c` is the channel, negative as chats are. None for
    anything else: a page is a stranger's.
    """
    if not view or len(view) > LONGEST:
        return None
    try:
        loaded: Any = json_of(base64.urlsafe_b64decode(view + "=" * (-len(view) % 4)))
    except (ValueError, RecursionError):
        return None
    return _number(loaded.get("c")) if isinstance(loaded, dict) else None


def of_message(message: HtmlElement) -> Facts:
    """What a Telegram message says of its channel: nothing where it has no number.

    The name alone is the text's author.
    """
    number = telegram_id(message.get("data-view"))
    name = next(iter(message.find_class("tgme_widget_message_owner_name")), None)
    return {"account_id": number, "account_name": _line(name) if number else None}


def of_channel(tree: HtmlElement) -> Facts:
    """What the head of a channel's preview, or its card, says of it."""
    return {
        "account_about": _first(
            tree, "tgme_channel_info_description", "tgme_page_description", lines=True
        ),
        "subscribers": _counter(tree) or _count(_first(tree, "tgme_page_extra")),
    }


def of_x_page(tree: HtmlElement, account: str | None) -> Facts:
    """What a page of X says of the account: its mark-up up to 2020, or a profile's own JSON."""
    wanted = (account or "").lower()
    for element in tree.xpath("//*[@data-user-id and @data-screen-name]")[:LONGEST]:
        number = _number(element.get("data-user-id"))
        if number and (element.get("data-screen-name") or "").lower() == wanted:
            return {
                "account_id": number,
                "account_name": one_line(element.get("data-name"))[:LONGEST] or None,
            }
    return next((found for found in map(_profile, _people(tree)) if found[0] == wanted), ("", {}))[
        1
    ]


def _people(tree: HtmlElement) -> list[dict[str, Any]]:
    """The persons that a page's JSON-LD is about: `mainEntity` of a profile, `author` of a post."""
    found: list[dict[str, Any]] = []
    for script in tree.xpath("//script[@type='application/ld+json']")[:LONGEST]:
        try:
            loaded = json_of(script.text or "")
        except (ValueError, RecursionError):
            continue
        if isinstance(loaded, dict):
            found += [loaded[key] for key in ("mainEntity", "author") if key in loaded]
    return [one for one in found if isinstance(one, dict)]


def _profile(person: dict[str, Any]) -> tuple[str, Facts]:
    facts = {
        "account_id": _number(person.get("identifier")),
        "account_name": _words(person.get("givenName") or person.get("name")),
        "account_about": _words(person.get("description")),
        "subscribers": _followers(person.get("interactionStatistic")),
    }
    return str(person.get("additionalName") or "").lower(), facts


def _followers(counters: Any) -> str | None:
    for one in counters if isinstance(counters, list) else ():
        is_follow = isinstance(one, dict) and str(one.get("interactionType")).endswith(
            "FollowAction"
        )
        if is_follow and one.get("name") == "Follows":
            return _number(one.get("userInteractionCount"))
    return None


def _words(value: Any) -> str | None:
    return (one_line(value)[:LONGEST] or None) if isinstance(value, str) else None


def _number(value: Any) -> str | None:
    """A number as it is written, without its sign; None for none, and for nought."""
    text = str(value) if isinstance(value, int | str) and not isinstance(value, bool) else ""
    found = text.lstrip("-").lstrip("0") if _NUMBER.fullmatch(text) else ""
    return found or None


def _line(element: HtmlElement | None) -> str | None:
    return None if element is None else one_line(element.text_content())[:LONGEST] or None


def _first(tree: HtmlElement, *names: str, lines: bool = False) -> str | None:
    for name in names:
        for found in tree.find_class(name):
            element = copy.deepcopy(found)
            for broken in element.iter("br"):
                broken.tail = f"\n{broken.tail or ''}"
            text = element.text_content()
            said = (paragraphs(text) if lines else one_line(text))[:LONGEST]
            if said:
                return said
    return None


def _counter(tree: HtmlElement) -> str | None:
    for counter in tree.find_class("tgme_channel_info_counter"):
        value, kind = (_first(counter, name) for name in ("counter_value", "counter_type"))
        if value and kind and kind.lower() in _COUNTS:
            return value
    return None


def _count(text: str | None) -> str | None:
    found = _COUNTED.search(text or "")
    return found[1].strip() if found else None
