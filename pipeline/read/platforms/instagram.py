"""Instagram: what a public post's page declares for visitors without an account; the login in its
place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.times import ENGLISH_MONTHS
from archive.model.understood import PageText
from pipeline.read.media.posts import signed_page
from pipeline.read.platforms.declared import PUBLIC, first_match, metas, name_of, posting
from pipeline.read.platforms.platform import Closed, Platform
from pipeline.read.platforms.signs import closed_page
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.language import detect
from pipeline.read.text.limits import one_line

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

    from archive.urls.normal import SourceIdentity
    from pipeline.read.platforms.platform import Answer

_LOGIN_MARKUP = re.compile(
    r"""id=["']loginForm["']|["'/]accounts/login/(?:\?next=|ajax)|Login • Instagram""",
    re.IGNORECASE,
)
_CLOSED_WORDS = re.compile(
    r"sorry, this page isn(?:'|’)t available|the link you followed may be broken|this account is "
    r"private",
    re.IGNORECASE,
)
# `Ilma Watch on Instagram: "The ferry goes again."`;
# `12 likes, 3 comments - ilma_watch on March 9, 2026: "The ferry…"`
_TITLE = re.compile(r"(.{1,200}?)(?: \(@[\w.]+\))? on Instagram: [\"“](.*)[\"”]?", re.DOTALL)
_COUNTED = re.compile(
    r"[\d.,KMB]+ likes?, [\d.,KMB]+ comments? - ([\w.]+) on ([A-Z][a-z]+) (\d{1,2}), (\d{4})(?:: "
    r"[\"“](.*)[\"”]?\.?)?\s*",
    re.DOTALL,
)


def login_sign(source: str) -> str | None:
    """The mark-up of the login form that stands in the place of a post, or None."""
    return first_match(_LOGIN_MARKUP, source)


def closed_sign(visible: str) -> str | None:
    """The words by which Instagram says that it does not show this, for whatever reason, or
    None."""
    return first_match(_CLOSED_WORDS, visible)


def read_page(
    tree: HtmlElement, _text: str, source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """A public post: caption, author, day; None for a page that declares none, such as the
    login."""
    declared, post = metas(tree), posting(tree)
    named = _TITLE.fullmatch(declared.get("og:title", ""))
    counted = _COUNTED.fullmatch(declared.get("og:description", ""))
    if source.post_id is None or not (named or counted or post):
        return None
    captions = (post.get("articleBody"), named and named.group(2), counted and counted.group(5))
    caption = next((str(c).strip().rstrip('"”') for c in captions if c), "")
    claims = (post.get("dateCreated"), post.get("datePublished"), _day(counted))
    author = name_of(post.get("author")) or (named.group(1) if named else None)
    return PageText(
        text=caption,
        author=one_line(author) or (counted.group(1) if counted else source.account),
        site_name="Instagram",
        published=declared_date((str(claim or "") for claim in claims), captured_at),
        language=detect(caption),
        # A post may be nothing but a picture.
        flags=(PUBLIC,) if caption else (PUBLIC, "media-only"),
        facts=(("media", declared["og:image"]),) if "og:image" in declared else (),
    )


def _day(counted: re.Match[str] | None) -> str | None:
    """`March 9, 2026` as a date: the page is asked for in English."""
    if counted is None or counted.group(2) not in ENGLISH_MONTHS:
        return None
    month = ENGLISH_MONTHS.index(counted.group(2)) + 1
    return f"{counted.group(4)}-{month:02}-{int(counted.group(3)):02}"


# Titles of its own pages: of a post they name the author or the text.
_OWN_TITLE = re.compile(r"instagram|error", re.IGNORECASE)


def closed(answer: Answer) -> Closed | None:
    """What a page says in the place of a post, or the login that it is."""
    return closed_page(
        answer, lambda page: closed_sign(page.visible), login=login_sign, named_by=_OWN_TITLE
    )


PLATFORM = Platform(
    name="instagram",
    read_page=read_page,
    closed=closed,
    framed=True,
    page_media=signed_page,
)
