"""Bluesky: a post as the public API answers it, as oEmbed quotes it, and as its page holds it.

Source: https://docs.bsky.app/docs/api/app-bsky-feed-get-post-thread,
https://docs.bsky.app/docs/advanced-guides/oembed, https://atproto.com/specs/label
(`!no-unauthenticated`: only people with an account are to see it).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import lxml.html

from archive.model.understood import PageText
from archive.model.vocabulary import Outcome
from pipeline.read.media import bluesky as bluesky_media
from pipeline.read.platforms import bluesky_context
from pipeline.read.platforms.bluesky_context import FOR_MEMBERS
from pipeline.read.platforms.declared import utc_of
from pipeline.read.platforms.platform import REFUSED, Closed, Platform, SecondView, own_page
from pipeline.read.platforms.signs import by_status, closed_by_status
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.json_of import json_of, part_of
from pipeline.read.text.language import detect
from pipeline.read.text.limits import one_line, paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from lxml.html import HtmlElement

    from archive.model.media import ShownMedia
    from archive.urls.normal import SourceIdentity
    from pipeline.read.platforms.platform import Answer

_API = "https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread"
_OEMBED = "https://embed.bsky.app/oembed"
_KIND = "app.bsky.feed.defs#"
_EMBED_NOTE = re.compile(
    r"\s*\[[^\[\]\n]{1,60}\]\s*$"
)  # what oEmbed says of pictures: `[image or embed]`


def view(identity: SourceIdentity) -> str | None:
    """One post from the API that needs no account, without those around it."""
    if identity.post_id is None or identity.account is None:
        return None
    record = f"at://{identity.account}/app.bsky.feed.post/{identity.post_id}"
    return f"{_API}?uri={quote(record, safe='')}&depth=0&parentHeight=0"


def oembed(identity: SourceIdentity) -> str:
    """A post's oEmbed answer: the post as other sites quote it."""
    return f"{_OEMBED}?url={quote(identity.key, safe='')}&format=json"


def read_json(
    loaded: dict[str, Any], source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """The post of an answer; of one for members only nothing; None for another answer."""
    post = _post(loaded)
    if post is None:
        return None
    author, record = part_of(post, "author"), part_of(post, "record")
    if _is_for_members(author):
        return PageText("", site_name="Bluesky", flags=("thin",))
    text = paragraphs(str(record.get("text") or ""))
    # the first is the author's word, the second when the network saw it
    times = [str(part or "") for part in (record.get("createdAt"), post.get("indexedAt"))]
    facts = {
        "posted_at": utc_of(times, captured_at),
        "media": " ".join(_media(part_of(post, "embed"))) or None,
        "links": " ".join(dict.fromkeys(_links(record))) or None,
        **bluesky_context.of_post(part_of(loaded, "thread")),
    }
    name = one_line(str(author.get("displayName") or "")) or author.get("handle") or source.account
    return PageText(
        text=text,
        author=str(name) if name else None,
        site_name="Bluesky",
        published=declared_date(times, captured_at),
        language=detect(text),
        # A post may be nothing but a picture.
        flags=() if text else ("media-only",) if facts["media"] else ("thin",),
        facts=tuple((key, value) for key, value in facts.items() if value),
    )


def read_oembed(
    loaded: dict[str, Any], source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """Text, author and day as a quotation has them."""
    html = str(loaded.get("html") or "")
    quoted = re.search(r"<p\b[^>]*>(.*?)</p>", html, re.DOTALL)
    text = _EMBED_NOTE.sub("", _text_with_breaks(quoted.group(0))) if quoted else ""
    printed = re.findall(r">\s*([A-Z][a-z]+ \d{1,2}, \d{4})\b[^<]*</a>", html)
    return PageText(
        text=text,
        author=one_line(str(loaded.get("author_name") or "")) or source.account,
        site_name="Bluesky",
        published=declared_date(printed[-1:], captured_at),
        language=detect(text),
        flags=() if text else ("thin",),
    )


def read_page(
    tree: HtmlElement, _text: str, source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """What a post's page holds for those without scripts; None for a page without a post."""
    text = paragraphs(_text_within(tree, "bsky_post_text") or "")
    if source.post_id is None or not text:
        return None
    author = one_line(_text_within(tree, "bsky_display_name")) or one_line(
        _text_within(tree, "bsky_handle")
    )
    return PageText(
        text=text,
        author=author or source.account,
        site_name="Bluesky",
        published=declared_date([one_line(_text_within(tree, "bsky_post_indexedat"))], captured_at),
        language=detect(text),
    )


_NO_QUOTE = by_status({404: "oEmbed 404: no such post"})
_NO_QUOTE_FOR_US = closed_by_status({403: "oEmbed 403: not for people without an account"})


def removed(answer: Answer) -> str | None:
    """The API's `NotFound`: deleted, or never there. A handle that leads nowhere is no proof."""
    if answer.is_oembed:
        return _NO_QUOTE(answer)
    loaded = _loaded(answer) if answer.status in {200, 400} else {}
    if loaded.get("error") == "NotFound":
        return str(loaded.get("message") or "NotFound")
    kind = str(part_of(loaded, "thread").get("$type", ""))
    return kind if kind == f"{_KIND}notFoundPost" else None


def closed(answer: Answer) -> Closed | None:
    """A label by which an author shows posts to members only, or a block."""
    if answer.is_oembed:
        return _NO_QUOTE_FOR_US(answer)
    loaded = _loaded(answer) if answer.status == 200 else {}
    post = _post(loaded)
    if post is not None and _is_for_members(part_of(post, "author")):
        return Closed(Outcome.LOGIN_WALL, "closed", FOR_MEMBERS)
    kind = str(part_of(loaded, "thread").get("$type", ""))
    if kind == f"{_KIND}blockedPost":
        return Closed(Outcome.FORBIDDEN, "closed", kind)
    return None


def _loaded(answer: Answer) -> dict[str, Any]:
    if not answer.source.lstrip().startswith("{"):
        return {}
    try:
        loaded = json_of(answer.source)
    except (ValueError, RecursionError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _post(loaded: dict[str, Any]) -> dict[str, Any] | None:
    post = part_of(part_of(loaded, "thread"), "post")
    return post if part_of(post, "record") else None


def _is_for_members(author: dict[str, Any]) -> bool:
    labels = author.get("labels")
    found = [one for one in labels if isinstance(one, dict)] if isinstance(labels, list) else []
    return any(one.get("val") == FOR_MEMBERS and not one.get("neg") for one in found)


def _media(embed: dict[str, Any]) -> Iterator[str]:
    """Addresses of pictures and of a video's playlist; of a post with a quotation its own ones."""
    shown = part_of(embed, "media") or embed
    images = shown.get("images")
    for image in images if isinstance(images, list) else ():
        if isinstance(image, dict) and image.get("fullsize"):
            yield str(image["fullsize"])
    if shown.get("playlist"):
        yield str(shown["playlist"])


def _links(record: dict[str, Any]) -> Iterator[str]:
    """Addresses that its words link to, and the one of its card."""
    facets = record.get("facets")
    for facet in facets if isinstance(facets, list) else ():
        features = facet.get("features") if isinstance(facet, dict) else None
        for feature in features if isinstance(features, list) else ():
            if isinstance(feature, dict) and feature.get("uri"):
                yield str(feature["uri"])
    embed = part_of(record, "embed")
    card = part_of(embed, "external") or part_of(part_of(embed, "media"), "external")
    if card.get("uri"):
        yield str(card["uri"])


def _text_with_breaks(html: str) -> str:
    broken = re.sub(r"<br\s*/?>", "\n", html)
    return paragraphs(lxml.html.fragment_fromstring(broken, create_parent="div").text_content())


def _text_within(tree: HtmlElement, name: str) -> str | None:
    found = tree.xpath("//*[@id=$name]", name=name)
    return str(found[0].text_content()) if found else None


def media(loaded: dict[str, Any], _source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """Pictures and the still of a video, where the post is for everybody."""
    post = _post(loaded)
    hidden = post is None or _is_for_members(part_of(post, "author"))
    return () if post is None or hidden else bluesky_media.shown(post)


PLATFORM = Platform(
    name="bluesky",
    view=view,
    second_views=(SecondView(oembed), SecondView(own_page, after=REFUSED)),
    read_page=read_page,
    read_json=read_json,
    providers=("bluesky social", "bluesky"),
    read_oembed=read_oembed,
    json_media=media,
    removed=removed,
    closed=closed,
    framed=True,
)
