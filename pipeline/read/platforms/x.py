"""X (Twitter): the public oEmbed answer of one post, and what old server-rendered pages hold."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import lxml.html

from archive.model.times import format_time
from archive.model.understood import PageText
from pipeline.read.media import x as x_media
from pipeline.read.media.posts import public_page
from pipeline.read.platforms import who, x_context
from pipeline.read.platforms.declared import first_match
from pipeline.read.platforms.platform import EARLY_LOOKS_H, Closed, Platform
from pipeline.read.platforms.signs import (
    LOGIN_CHARS,
    by_status,
    closed_by_status,
    closed_page,
)
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.language import detect
from pipeline.read.text.limits import one_line, paragraphs

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from archive.urls.normal import SourceIdentity
    from pipeline.read.platforms.platform import Answer

# Ids count milliseconds from here in their upper bits, since 2010-11-04
# (https://github.com/twitter-archive/snowflake).
_EPOCH = datetime(2010, 11, 4, 1, 42, 54, 657000, tzinfo=UTC)
_FIRST_SNOWFLAKE = 29_700_859_247
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TITLE = re.compile(r"(.+?) on (?:Twitter|X): [\"“](.*)[\"”](?: / (?:Twitter|X))?", re.DOTALL)
_SHORT_LINK = re.compile(r"\s*(?:https?://t\.co/|pic\.(?:twitter|x)\.com/)\w+…?")


def posted_at(post_id: str | None, captured_at: datetime) -> datetime | None:
    """When a post was made, from its id; None for ids older than the scheme or later than the
    capture."""
    if post_id is None or not post_id.isdigit() or not _FIRST_SNOWFLAKE <= int(post_id) < 2**63:
        return None
    moment = _EPOCH + timedelta(milliseconds=int(post_id) >> 22)
    return moment if moment <= captured_at else None


def read_oembed(loaded: dict[str, Any], source: SourceIdentity, captured_at: datetime) -> PageText:
    """Text, author and time of a post from `publish.twitter.com/oembed`."""
    html = str(loaded.get("html") or "")
    post = re.search(r"<p\b[^>]*>(.*?)</p>", html, re.DOTALL)
    text = _post_text(post.group(0)) if post else ""
    moment = posted_at(source.post_id or _id_of(str(loaded.get("url", ""))), captured_at)
    printed = re.findall(r">\s*([A-Z][a-z]+ \d{1,2}, \d{4})\s*</a>", html)
    day = declared_date([_iso(printed[-1])], captured_at) if printed else None
    return _page(
        text, one_line(str(loaded.get("author_name") or "")) or source.account, moment, day
    )


def read_page(
    tree: HtmlElement, _text: str, source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """A post's page as it was rendered by the server up to 2020, or None.

    The text stands in the description or the title; the page around it is menus and answers of
    others.
    """
    if source.post_id is None:
        return None
    title = one_line(next((e.text_content()[:1000] for e in tree.xpath("//head/title")), ""))
    named = _TITLE.fullmatch(title)
    metas = {
        m.get("property") or m.get("name"): one_line(m.get("content")) for m in tree.iter("meta")
    }
    description = (metas.get("og:description") or "").strip('“”"')
    text = description or (named.group(2) if named else "")
    if not text:
        return None
    author = named.group(1) if named else source.account
    moment = posted_at(source.post_id, captured_at)
    found = _page(_SHORT_LINK.sub("", text).strip(), author, moment, None)
    told = who.of_x_page(tree, source.account) | x_context.of_page(tree, source.post_id)
    facts = tuple((name, value) for name, value in told.items() if value)
    return replace(found, facts=(*found.facts, *facts))


def _page(text: str, author: str | None, moment: datetime | None, day: str | None) -> PageText:
    """A post; the day as printed goes before the one that the id gives."""
    return PageText(
        text=text,
        author=author,
        site_name="X",
        published=day or (format_time(moment)[:10] if moment else None),
        language=detect(text),
        flags=() if text else ("thin",),
        facts=(("posted_at", format_time(moment)),) if moment else (),
    )


def _iso(text: str) -> str | None:
    """`March 9, 2026` as a date: oEmbed is asked in English."""
    name, day, year = text.replace(",", "").split()
    month = {start: i for i, start in enumerate(_MONTHS, 1)}.get(name[:3])
    return f"{year}-{month:02}-{int(day):02}" if month else None


def _id_of(url: str) -> str | None:
    match = re.search(r"/status/(\d+)", url)
    return match.group(1) if match else None


def _post_text(html: str) -> str:
    """The post's own text: breaks kept, the short links that X adds for media dropped."""
    paragraph = lxml.html.fragment_fromstring(re.sub(r"<br\s*/?>", "\n", html), create_parent="div")
    for link in paragraph.iter("a"):
        if re.fullmatch(r"pic\.(?:twitter|x)\.com/\w+", one_line(link.text_content())):
            link.text = ""
    return paragraphs(paragraph.text_content())


def view(identity: SourceIdentity) -> str | None:
    """X's public oEmbed (https://developer.x.com/en/docs/x-for-websites/oembed-api)."""
    if identity.post_id is None:
        return None
    return f"https://publish.twitter.com/oembed?url={quote(identity.key, safe='')}&omit_script=1"


_OWN_TITLE = re.compile(
    r"(?:x|twitter|x \W .{0,60}|account suspended|page not found|something went wrong"
    r"|(?:log in|sign up|sign in)(?: to (?:x|twitter))?|happening now|join today\.?)"
    r"(?: / (?:x|twitter))?",
    re.IGNORECASE,
)
"""Of a post the title names the author and the words."""
# What its pages say in a post's place, as a browser saved them.
_GONE_WORDS = re.compile(
    r"(?:page|post|tweet) (?:doesn['’]t|does not|no longer) exists?"
    r"|(?:post|tweet) was deleted by (?:the|its) (?:post |tweet )?author|account doesn['’]t exist",
    re.IGNORECASE,
)
_GONE_TITLE = re.compile(
    r"(?:hmm\W*|sorry\W*)?this (?:page|post|account) (?:doesn['’]t|does not|no longer) exists?\.?"
    r"(?: try searching for .{1,30})?",
    re.IGNORECASE,
)
_CLOSED_WORDS = re.compile(
    r"from (?:a suspended account|an account that no longer exists)|account suspended"
    r"|withheld in .{1,60}|limits who can (?:view|see)|(?:posts|tweets) are protected"
    r"|age-restricted|(?:post|tweet) is unavailable|log in to (?:x|twitter)",
    re.IGNORECASE,
)


def gone(answer: Answer) -> str | None:
    """What its oEmbed or a short page of its own says of a post that is gone, or None."""
    if answer.status != 200 or answer.is_oembed or answer.words_length > LOGIN_CHARS:
        return _NO_SUCH_POST(answer)
    return None if _is_named(answer) else first_match(_GONE_WORDS, answer.visible)


def closed(answer: Answer) -> Closed | None:
    """How its oEmbed or a page of its own says that a post is not for us, or None."""
    return _NOT_FOR_US(answer) or closed_page(answer, _closed_words)


def _closed_words(answer: Answer) -> str | None:
    return None if _is_named(answer) else first_match(_CLOSED_WORDS, answer.visible)


def _is_named(answer: Answer) -> bool:
    """Whether a title is neither the platform's own nor what it says in a post's place."""
    return not all(
        _OWN_TITLE.fullmatch(title) or _GONE_TITLE.fullmatch(title) for title in answer.titles
    )


# it may come back
_HELD = "oEmbed 403: a protected or suspended account"
_NO_SUCH_POST = by_status({404: "oEmbed 404: no such post"})  # deleted, or never there
_NOT_FOR_US = closed_by_status({401: _HELD, 403: _HELD})

PLATFORM = Platform(
    name="x",
    view=view,
    read_page=read_page,
    providers=("twitter", "x"),
    read_oembed=read_oembed,
    removed=gone,
    closed=closed,
    framed=True,
    page_media=public_page,
    json_media=x_media.shown,
    early_looks_h=EARLY_LOOKS_H,
)
