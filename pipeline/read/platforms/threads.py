"""Threads: what a public post's page declares to visitors without an account; its login."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from archive.model.times import format_time
from archive.model.understood import PageText
from pipeline.read.media.posts import signed_page
from pipeline.read.platforms.declared import PUBLIC, first_match, metas, name_of, posting
from pipeline.read.platforms.platform import Closed, Platform
from pipeline.read.platforms.signs import closed_page
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.language import detect
from pipeline.read.text.limits import one_line

if TYPE_CHECKING:
    from lxml.html import HtmlElement

    from archive.urls.normal import SourceIdentity
    from pipeline.read.platforms.platform import Answer

# `Ilma Watch (@ilma.watch) on Threads`, in the visitor's language
_TITLE = re.compile(r"(.{1,200}?) \(@([\w.]+)\)(?: \S{1,6}){0,2} Threads\b.*")
_LOGIN_MARKUP = re.compile(
    r"""Threads\s*[•·|-]\s*Log in|id=["']login_form["']|["'/](?:accounts/)?login/\?next=""",
    re.IGNORECASE,
)
# Said alike of posts that are deleted, of those of few, and of addresses that never were.
_CLOSED_WORDS = re.compile(
    r"the link(?:(?:'|’)s| is) not working|(?:this |the )?page is gone|the link you followed may be"
    r"|(?:this |the )?(?:page|post|content|thread) (?:isn(?:'|’)t|is not|is no longer) available"
    r"|(?:this |the )?(?:post|content) is unavailable|this (?:profile|account) is private"
    r"|ссылка не работает|страница (?:удалена|недоступна)|(?:публикация|запись) недоступна"
    r"|это закрытый профиль|посилання не (?:працює|діє)|(?:публікація|допис) недоступн\w+"
    r"|(?:der )?link funktioniert nicht|(?:die )?seite (?:ist )?nicht (?:mehr )?verfügbar"
    r"|(?:le )?lien ne fonctionne p(?:as|lus)|(?:el )?enlace no funciona|o link não funciona"
    r"|(?:il )?link non funziona|link nie działa|bağlantı çalışmıyor|الرابط لا يعمل|הקישור לא פועל"
    r"|این پیوند کار نمی.?کند|链接(?:无效|已失效)|連結(?:無效|已失效)",
    re.IGNORECASE,
)
# Titles of its own pages: of a post they name the author.
_OWN_TITLE = re.compile(
    r"threads|(?:threads\s*[•·|-]\s*)?(?:log ?in|sign ?up|error|ошибка|помилка|fehler|erreur)",
    re.IGNORECASE,
)
# Codes are numbers in the alphabet of base 64 for addresses; a number's upper 41 bits of 64 count
# milliseconds from here. Source: instagram-engineering.com, "Sharding & IDs at Instagram" (2012);
# Threads numbers its posts as Instagram does.
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_EPOCH = datetime(2011, 8, 24, 21, 7, 1, 721000, tzinfo=UTC)
_TIME_SHIFT = 23
_CODE_CHARS = 11
# It opened on July 5, 2023: an earlier time is no post's.
_OPENED = datetime(2023, 7, 5, tzinfo=UTC)


def posted_at(code: str, captured_at: datetime) -> datetime | None:
    """When a post was made, from its code; None for a code that tells no likely time."""
    if len(code) != _CODE_CHARS or not set(code) <= set(_ALPHABET):
        return None
    number = 0
    for letter in code:
        number = number * 64 + _ALPHABET.index(letter)
    moment = _EPOCH + timedelta(milliseconds=number >> _TIME_SHIFT)
    return moment if _OPENED <= moment <= captured_at else None


def read_page(
    tree: HtmlElement, _text: str, source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """A public post: text, author, day; None for a page that declares none, such as the login."""
    declared, post = metas(tree), posting(tree)
    named = _TITLE.fullmatch(one_line(declared.get("og:title", "")))
    if source.post_id is None or not (named or post):
        return None
    body = str(post.get("articleBody") or (declared.get("og:description", "") if named else ""))
    moment = posted_at(source.post_id, captured_at)
    claims = (
        post.get("dateCreated"),
        post.get("datePublished"),
        declared.get("article:published_time"),
        format_time(moment) if moment else None,
    )
    facts = {
        "posted_at": format_time(moment) if moment else None,
        "media": declared.get("og:image"),
    }
    return PageText(
        text=body,
        author=name_of(post.get("author")) or (named.group(1) if named else source.account),
        site_name="Threads",
        published=declared_date((str(claim or "") for claim in claims), captured_at),
        language=detect(body),
        # A post may be nothing but a picture.
        flags=(PUBLIC,) if body else (PUBLIC, "media-only"),
        facts=tuple((name, value) for name, value in facts.items() if value),
    )


def login_sign(source: str) -> str | None:
    """The mark-up of the login that stands in the place of a post, or None."""
    return first_match(_LOGIN_MARKUP, source)


def closed(answer: Answer) -> Closed | None:
    """What a page says in the place of a post, or the login that it is."""
    return closed_page(
        answer,
        lambda page: first_match(_CLOSED_WORDS, page.visible),
        login=login_sign,
        named_by=_OWN_TITLE,
    )


PLATFORM = Platform(
    name="threads",
    read_page=read_page,
    closed=closed,
    framed=True,
    page_media=signed_page,
)
