"""Facebook: what a public post's page declares for visitors without an account; the login in its
place."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.understood import PageText
from pipeline.read.media.posts import signed_page
from pipeline.read.platforms.declared import PUBLIC, first_match, metas, moment_of, name_of, posting
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
    r"""(?:log|sign) in (?:to|or sign up for) facebook to|you must log in"""
    r"""|войдите на facebook,? чтобы|увійдіть (?:на|у|в) facebook,? щоб"""
    r"""|melde dich (?:bei|auf) facebook an,? um"""
    r"""|connectez-vous à facebook pour|inicia sesión en facebook para|facebook['’]a giriş yap"""
    r"""|id=["'](?:login_form|loginform|login_popup_cta_form)["']|["'/]login/(?:device-based|\?next=)|checkpoint/\?next=""",
    re.IGNORECASE,
)
# Said alike of posts that are deleted and of those that only some may see: nobody can tell which.
_CLOSED_WORDS = re.compile(
    r"this (?:content|page|video) isn(?:'|’)t available(?: right now| at the moment)?|the link "
    r"you followed may be broken|content (?:is )?not (?:available|found)|only shared (?:it )?with "
    r"a small group of people|(?:этот |данный )?(?:контент|материал|содержимое) (?:сейчас "
    r"|временно |в данный момент )?недоступ\w+|(?:эта |данная )?(?:страница|публикация|видео) "
    r"(?:сейчас |временно )?недоступ\w+|(?:цей |даний )?(?:вміст|контент|матеріал) (?:зараз "
    r"|наразі |тимчасово )?недоступ\w+|(?:ця )?(?:сторінка|публікація|відео) (?:зараз |наразі "
    r")?недоступ\w+|(?:dieser |diese |dieses )?(?:inhalt|seite|beitrag|video) ist (?:derzeit "
    r"|momentan |zurzeit |aktuell |gerade )?nicht verfügbar|(?:ce |cette )?(?:contenu|page|vidéo) "
    r"n(?:'|’)est (?:pas|plus) disponible|(?:este |esta )?(?:contenido|página|conteúdo|vídeo) no "
    r"está disponible|este conteúdo não está disponível|(?:questo )?contenuto non (?:è )?(?:al "
    r"momento )?disponibile|(?:ta )?(?:treść|strona) (?:jest )?(?:obecnie |teraz )?niedostępna|bu "
    r"içerik şu anda (?:kullanılamıyor|mevcut değil|görüntülenemiyor)|(?:هذا )?المحتوى غير "
    r"متاح|این محتوا .{0,20}در دسترس نیست|התוכן (?:הזה )?(?:אינו|לא) "
    r"זמין|此内容(?:目前|暂时)?(?:无法|不可)|此內容(?:目前|暫時)?無法",
    re.IGNORECASE,
)
_WALL_TITLE = re.compile(
    r"facebook|(?:log|sign) ?in.*|log into facebook|error|.*isn(?:'|’)t available.*", re.IGNORECASE
)
_TIME = re.compile(
    r"""data-utime=["']?(\d{9,10})|["']?(?:creation|publish)_time["']?\s*:\s*(\d{9,10})"""
)


def login_sign(source: str) -> str | None:
    """The mark-up of the login form that stands in the place of a post, or None."""
    return first_match(_LOGIN_MARKUP, source)


def closed_sign(visible: str) -> str | None:
    """The words by which Facebook says that it does not show this, for whatever reason, or None."""
    return first_match(_CLOSED_WORDS, visible)


def read_page(
    tree: HtmlElement, text: str, source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """A public post: text, author, time; None for a page that declares none, such as the login.

    `og:title` is the page's name, maybe with the beginning of the text behind it; `og:description`
    is the text, of long posts its beginning.
    """
    if source.post_id is None:  # an account's own page is read as any page is
        return None
    declared, post = metas(tree), posting(tree)
    title = one_line(declared.get("og:title", ""))
    body = str(post.get("articleBody") or declared.get("og:description", ""))
    if not body or not title or _WALL_TITLE.fullmatch(title):
        return None
    author = name_of(post.get("author")) or _author(title, body)
    at = moment_of((m.group(1) or m.group(2) for m in _TIME.finditer(text)), captured_at)
    claims = (
        post.get("datePublished"),
        post.get("dateCreated"),
        declared.get("article:published_time"),
    )
    return PageText(
        text=body,
        title=title,
        author=author,
        site_name="Facebook",
        published=declared_date((str(claim or "") for claim in claims), captured_at)
        or (at or "")[:10]
        or None,
        language=detect(body),
        flags=(PUBLIC,),
        facts=(("posted_at", at),) if at else (),
    )


def _author(title: str, body: str) -> str | None:
    """`River Guard - The beginning of the text…` names the page first; a video's title may be all
    there is."""
    name, divider, rest = title.partition(" - ")
    start = one_line(body)
    told = rest.rstrip(".… ")
    if divider and told and start.startswith(told):
        return name
    return None if start.startswith(title.rstrip(".… ")) else title.removesuffix(" | Facebook")


# Titles of its own pages: of a post they name the author or the text.
_OWN_TITLE = re.compile(r"facebook|error|fehler|ошибка|помилка|erreur", re.IGNORECASE)


def closed(answer: Answer) -> Closed | None:
    """What a page says in the place of a post, or the login that it is."""
    return closed_page(
        answer, lambda page: closed_sign(page.visible), login=login_sign, named_by=_OWN_TITLE
    )


PLATFORM = Platform(
    name="facebook",
    read_page=read_page,
    closed=closed,
    framed=True,
    page_media=signed_page,
)
