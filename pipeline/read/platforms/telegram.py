"""Telegram's public views: the widget of one post (`?embed=1&mode=tme`) and a channel's preview
(`/s/`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import lxml.etree

from archive.model.times import format_time, parse_time
from archive.model.understood import PageText
from archive.model.vocabulary import Outcome
from pipeline.read.media import telegram as telegram_media
from pipeline.read.platforms import telegram_context, who
from pipeline.read.platforms.declared import first_match
from pipeline.read.platforms.platform import (
    EARLY_LOOKS_H,
    NOTICE,
    Closed,
    Platform,
    SecondView,
)
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.language import detect
from pipeline.read.text.limits import one_line, paragraphs

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

    from archive.model.media import ShownMedia
    from archive.urls.normal import SourceIdentity
    from pipeline.read.platforms.platform import Answer

# ShownMedia in place of the post; the class holds every refusal, so the words decide.
_ERROR = "tgme_widget_message_error"
_GONE_WORDS = re.compile(
    r"(?:post|message|channel|group|chat|story)(?: with username .{0,80})? (?:was )?not found"
    r"|(?:post|message|channel|group|chat|story) (?:has been |was |is "
    r")?(?:deleted|does(?:n(?:'|’)t| not) exist)",
    re.IGNORECASE,
)
_PRIVATE_WORDS = re.compile(
    r"open telegram to view|private|can(?:'|’|no)t be displayed", re.IGNORECASE
)
# By the number of a channel that has no name, or by an invitation: only members see what is there.
_PRIVATE_PATH = re.compile(r"/(?:s/)?(?:c/\d|\+|%2B|joinchat(?:/|$))", re.IGNORECASE)
_HOSTS = frozenset({"t.me", "telegram.me", "telegram.dog", "www.t.me"})
_PART_OF_ALBUM = re.compile(r"https?://(?:t|telegram)\.me/(?:s/)?(\w+/\d+)\b")
_IMAGE_URL = re.compile(r"url\(['\"]?(https?:[^'\")]+)")


def error_text(text: str) -> str | None:
    """The sentence of a widget that shows no post, or None."""
    match = re.search(rf"<[^<>]*\b{_ERROR}\b[^<>]*>(.{{0,500}}?)</div>", text, re.DOTALL)
    return one_line(re.sub(r"<[^<>]*>", " ", match.group(1))) if match else None


def removal_sign(text: str) -> str | None:
    """The words by which Telegram says that a post or channel does not exist, or None."""
    return first_match(_GONE_WORDS, error_text(text) or "")


def closed_sign(text: str) -> str | None:
    """The words by which Telegram says that it shows a post in its app, or to members only, or
    None."""
    said = error_text(text) or ""
    return None if _GONE_WORDS.search(said) else first_match(_PRIVATE_WORDS, said)


def is_private(url: str) -> bool:
    """Whether an address is one of a private channel or an invitation: there nobody is shown
    anything without an account."""
    if _PRIVATE_PATH.search(url) is None:
        return False  # most: each address that is fetched is asked about
    try:
        parts = urlsplit(url)
    except ValueError:
        return False  # no address at all
    return (parts.hostname or "") in _HOSTS and _PRIVATE_PATH.match(parts.path) is not None


def read_page(
    tree: HtmlElement, _text: str, source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """The post that `source` names, or all posts of a channel's preview; None for a page in other
    mark-up."""
    messages = [m for m in tree.find_class("tgme_widget_message") if m.get("data-post")]
    if not messages:
        return _error_page(tree) or _other_page(tree, source)
    if source.post_id is None:
        return _channel(tree, messages, captured_at)
    about = who.of_channel(tree)
    wanted = f"{source.account}/{source.post_id}".lower()
    message = next((m for m in messages if wanted in _post_names(m)), None)
    if message is None:
        # A preview shows the neighbours of a post that is gone; posts far from it say nothing.
        around = _surround(messages, wanted)
        title = _first_text(tree, "tgme_channel_info_header_title")
        told = who.of_message(messages[-1]).items()
        return PageText(
            "",
            title=title,
            flags=("no-post", "thin") if around else ("thin",),
            facts=tuple((name, value) for name, value in told if value),
        )
    return _post(message, captured_at, about)


def media(tree: HtmlElement, source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """What the post that `source` names shows; of a channel's preview nothing."""
    wanted = f"{source.account}/{source.post_id}".lower()
    messages = tree.find_class("tgme_widget_message") if source.post_id else ()
    message = next((m for m in messages if wanted in _post_names(m)), None)
    return telegram_media.shown(message) if message is not None else ()


def _post_names(message: HtmlElement) -> set[str]:
    """`channel/number` of a message, and of the pictures of an album, which have numbers of their
    own."""
    names = {(message.get("data-post") or "").lower()}
    for part in message.find_class("grouped_media_wrap"):
        match = _PART_OF_ALBUM.match(part.get("href") or "")
        if match:
            names.add(match.group(1).lower())
    return names


def _surround(messages: list[HtmlElement], wanted: str) -> bool:
    """Whether the page shows posts of the same channel from before and from after the wanted
    one."""
    channel, _, number = wanted.partition("/")
    names = [(m.get("data-post") or "").lower().partition("/") for m in messages]
    numbers = [int(n) for c, _, n in names if c == channel and n.isdecimal()]
    return bool(numbers) and min(numbers) < int(number) < max(numbers)


def _error_page(tree: HtmlElement) -> PageText | None:
    errors = tree.find_class(_ERROR)
    return PageText("", flags=("thin",)) if errors else None


def _other_page(tree: HtmlElement, source: SourceIdentity) -> PageText | None:
    """The card that offers the app: of a post, its description is the post's text; on others
    nothing is read.

    Returns:
        None where `source` is no post: a channel's card says what the channel is.
    """
    if source.post_id is None:
        return None
    wanted = f"{source.account}/{source.post_id}".lower()
    shown = {str(name).lower() for name in tree.xpath("//@data-telegram-post")}
    metas = {m.get("property"): m.get("content") for m in tree.iter("meta")}
    text = paragraphs(metas.get("og:description") or "") if wanted in shown else ""
    return PageText(
        text,
        author=(one_line(metas.get("og:title")) or None) if text else None,
        site_name="Telegram",
        language=detect(text),
        flags=("card",) if text else ("other-page", "thin"),
    )


def _post(message: HtmlElement, captured_at: datetime, about: who.Facts) -> PageText:
    text = _message_text(message)
    posted_at = _posted_at(message, captured_at)
    facts = {
        "posted_at": posted_at,
        "views": _first_text(message, "tgme_widget_message_views"),
        "forwarded_from": _first_text(message, "tgme_widget_message_forwarded_from_name"),
        "forwarded_url": _forwarded_url(message),
        **telegram_context.of_message(message),
        "signed": _first_text(message, "tgme_widget_message_from_author"),
        "media": " ".join(_media(message)) or None,
        "links": " ".join(_links(message)) or None,
        **who.of_message(message),
        **about,
    }
    return PageText(
        text=text,
        title=None,
        author=_first_text(message, "tgme_widget_message_owner_name") or _own_author(message),
        site_name="Telegram",
        published=posted_at[:10] if posted_at else None,
        language=detect(text),
        # A post may be nothing but a picture.
        flags=() if text else ("media-only",) if facts["media"] else ("thin",),
        facts=tuple((name, value) for name, value in facts.items() if value),
    )


def _own_author(message: HtmlElement) -> str | None:
    """The name above a message; not that of the one whom it answers."""
    names = message.find_class("tgme_widget_message_author_name")
    own = (one_line(e.text_content()) for e in names if not telegram_media.is_quoted(e))
    return next(filter(None, own), None)


def _channel(tree: HtmlElement, messages: list[HtmlElement], captured_at: datetime) -> PageText:
    text = "\n\n".join(filter(None, map(_message_text, messages)))
    title = _first_text(tree, "tgme_channel_info_header_title") or _first_text(
        tree, "tgme_header_title"
    )
    facts = {
        "newest_post_at": max(
            filter(None, (_posted_at(m, captured_at) for m in messages)), default=None
        ),
        **who.of_message(messages[-1]),
        **who.of_channel(tree),
    }
    return PageText(
        text=text,
        title=title,
        author=title or _first_text(messages[0], "tgme_widget_message_owner_name"),
        site_name="Telegram",
        published=None,
        language=detect(text),
        flags=() if text else ("thin",),
        facts=tuple((name, value) for name, value in facts.items() if value),
    )


def _message_text(message: HtmlElement) -> str:
    """The post's own words: not those of the post it answers, nor of link previews."""
    found = [
        _with_breaks(element)
        for element in message.find_class("js-message_text")
        if not telegram_media.is_quoted(element)
    ]
    polls = [
        one_line(e.text_content()) for e in message.find_class("tgme_widget_message_poll_question")
    ]
    options = [
        one_line(e.text_content())
        for e in message.find_class("tgme_widget_message_poll_option_text")
    ]
    return "\n\n".join(filter(None, [*dict.fromkeys(found), *polls, *options]))


def _with_breaks(element: HtmlElement) -> str:
    """Text of an element with a line break for each `<br>`; without recursion, since nesting is not
    ours."""
    pieces: list[str] = []
    for event, node in lxml.etree.iterwalk(element, events=("start", "end")):
        if event == "start":
            pieces.append("\n" if node.tag == "br" else node.text or "")
        elif node is not element:
            pieces.append(node.tail or "")
    return paragraphs("".join(pieces))


def _first_text(element: HtmlElement, name: str) -> str | None:
    return next(filter(None, (one_line(e.text_content()) for e in element.find_class(name))), None)


def _posted_at(message: HtmlElement, captured_at: datetime) -> str | None:
    """UTC time of the post; edited posts keep it."""
    for link in message.find_class("tgme_widget_message_date"):
        for stamp in link.xpath(".//time/@datetime"):
            try:
                moment = parse_time(str(stamp))
            except ValueError:
                continue
            if declared_date([str(stamp)], captured_at):
                return format_time(moment)
    return None


def _media(message: HtmlElement) -> list[str]:
    """Addresses of pictures, videos and files, in order."""
    found = [
        match.group(1)
        for name in ("tgme_widget_message_photo_wrap", "tgme_widget_message_video_thumb")
        for element in message.find_class(name)
        if (match := _IMAGE_URL.search(element.get("style") or ""))
    ]
    found += [str(src) for src in message.xpath(".//video/@src | .//audio/@src")]
    found += [e.get("href") or "" for e in message.find_class("tgme_widget_message_document_wrap")]
    return list(dict.fromkeys(filter(None, found)))


def _forwarded_url(message: HtmlElement) -> str | None:
    """The address of the post that it hands on; None where its author hides it."""
    found = message.xpath(".//a[contains(@class, 'tgme_widget_message_forwarded_from_name')]/@href")
    return str(found[0]) if found else None


def _links(message: HtmlElement) -> list[str]:
    """Addresses that the post links to."""
    hrefs = (
        str(href)
        for element in message.find_class("js-message_text")
        if not telegram_media.is_quoted(element)
        for href in element.xpath(".//a/@href")
    )
    return list(dict.fromkeys(href for href in hrefs if href.startswith(("http://", "https://"))))


def view(identity: SourceIdentity) -> str | None:
    """One post as the widget shows it (no script, no login); for a channel its preview."""
    if identity.account is None or identity.account.startswith("c/"):
        return None
    if identity.post_id is None:
        return f"https://t.me/s/{identity.account}"
    return f"https://t.me/{identity.account}/{identity.post_id}?embed=1&mode=tme"


def preview(identity: SourceIdentity) -> str | None:
    """A post among those around it."""
    account = identity.account
    return (
        f"https://t.me/s/{account}/{identity.post_id}" if account and "/" not in account else None
    )


def removed(answer: Answer) -> str | None:
    """The words by which it says that a post is gone, or the posts around that it is not among."""
    if answer.status != 200:
        return None
    sign = removal_sign(answer.source)
    if sign is None and "no-post" in answer.flags and answer.subject is not None:
        name = f"{answer.subject.account}/{answer.subject.post_id}"
        return f"{name} is not among the posts around it"
    return sign


def closed(answer: Answer) -> Closed | None:
    """A widget that shows no post: to be opened in the app, or for what it says."""
    if answer.status != 200 or answer.words_length:
        return None
    if sign := closed_sign(answer.source):
        return Closed(Outcome.LOGIN_WALL, "closed", sign)
    said = error_text(answer.source)
    return Closed(Outcome.FORBIDDEN, NOTICE, said) if said else None


PLATFORM = Platform(
    name="telegram",
    view=view,
    second_views=(SecondView(preview),),
    read_page=read_page,
    page_media=media,
    removed=removed,
    closed=closed,
    is_private=is_private,
    early_looks_h=EARLY_LOOKS_H,
)
