"""VK: one post as the mobile site and the widget show it to visitors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.understood import PageText
from pipeline.read.media import vk as vk_media
from pipeline.read.platforms.declared import PUBLIC, first_match, metas
from pipeline.read.platforms.platform import Closed, Platform
from pipeline.read.platforms.signs import SHORT_CHARS, closed_page
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.language import detect
from pipeline.read.text.limits import one_line, paragraphs

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

    from archive.model.media import ShownMedia
    from archive.urls.normal import SourceIdentity
    from pipeline.read.platforms.platform import Answer

_GONE_WORDS = re.compile(
    r"(?:запись|пост|страница|видеозапись|видео|материал|сообщество|группа|фотография|история|статья|клип)"
    r" (?:\S+ )?(?:была |был |было )?(?:удал\w+|не найден\w*|не существует|больше не существует)"
    r"|(?:запис|допис|сторінк\w|відеозапис|відео|матеріал|спільнот\w|груп\w) (?:було |був |була "
    r")?(?:видален\w*|не (?:знайдено|існує))|(?:post|page|video|community|photo|clip|story) "
    r"(?:was |has been |is )?(?:deleted|not found|does(?:n(?:'|’)t| not) "
    r"exist)|(?:beitrag|seite|video) (?:wurde )?(?:gelöscht|nicht gefunden|existiert nicht)",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+")
_BESIDE_CHARS = 30
"""Of a notice beside its words: by whom, or that one may look for something else."""
# `Deleted, or hidden from you`: nobody can tell which.
_EITHER = re.compile(
    r"\b(?:или|либо)\b.{0,60}(?:доступ|скры|приват|закры|огранич|видн[ао])|\b(?:або|чи)\b.{0,60}(?:доступ|прихов|приват|закри|обмеж)"
    r"|\bor\b.{0,60}(?:private|access|visib|restrict|hidden)|\boder\b.{0,60}(?:privat|zugriff|sichtbar|eingeschränkt)",
    re.IGNORECASE,
)
# Said to visitors without an account; whoever logs in may read it.
_CLOSED_WORDS = re.compile(
    r"(?:заблокирован|изъят|ограничен|скрыт|недоступ)\w*\b.{0,80}(?:территори|требовани|правооблад|решени|закон|стран|регион|возраст)"
    r"|(?:заблоковано|вилучено|обмежено|приховано|недоступн)\w*\b.{0,80}(?:територі|вимог|правовлас|рішен|закон|країн|регіон|вік)"
    r"|страница (?:пользователя )?(?:заблокирован|скрыт)\w*|сторінк\w (?:заблокован|прихован)\w*"
    r"|(?:закрыт(?:ый|ая|ое)|приватн\w+) (?:профиль|страница|сообщество|группа)"
    r"|(?:сообщество|группа|аккаунт|профиль) (?:временно )?(?:заблокирован|скрыт)\w*"
    r"|(?:спільнот\w|груп\w|акаунт|профіль) (?:тимчасово )?(?:заблокован|прихован)\w*"
    r"|ограничил[аи]? доступ|обмежи(?:в|ла|ли) доступ|(?:закритий|приватн\w+) "
    r"(?:профіль|спільнота|група)|(?:страница|запись|видеозапись) доступна только "
    r"авторизованным|доступ (?:к записи |к видео )?(?:запрещ[её]н|ограничен)|ошибка "
    r"доступа|необходимо (?:войти|авторизоваться)|войдите,? чтобы|access denied|log in to "
    r"(?:vk|view|continue)",
    re.IGNORECASE,
)
_AUTHOR_CLASSES = ("pi_author", "PostHeaderTitle__authorName", "author", "wk_owner_name")
_TEXT_CLASSES = ("pi_text", "wall_post_text", "vkitPostText__root")
_DATE_CLASSES = ("wi_date", "rel_date", "PostHeaderSubtitle__item")
_REPEATED = "copy_quote"
"""Around another's post that this one repeats (as VK's desktop pages have it)."""
_POST_PATH = re.compile(r"(?:^|//(?:m\.)?vk\.com)/(wall-?\d{1,12}_\d{1,12})")
_DAY = re.compile(r"(\d{1,2}) ([а-я]{3})[а-я]* (\d{4})")
_MONTHS = ("янв", "фев", "мар", "апр", "ма", "июн", "июл", "авг", "сен", "окт", "ноя", "дек")


def removal_sign(visible: str) -> str | None:
    """The words by which VK says that a post is gone, or None."""
    return None if _EITHER.search(visible) else first_match(_GONE_WORDS, visible)


def closed_sign(visible: str) -> str | None:
    """The words by which VK says that only some may read a post, or None."""
    return first_match(_CLOSED_WORDS, visible)


def read_page(
    tree: HtmlElement, _text: str, source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """Text, author and day of the post; of a page in other mark-up what it declares, or None."""
    post = _first(tree, _TEXT_CLASSES)
    author = _first(tree, _AUTHOR_CLASSES)
    if post is None or author is None:
        return _declared(tree, source)
    for line_break in post.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    text = paragraphs(post.text_content())
    date = _first(tree, _DATE_CLASSES)
    facts = _handed_on(tree)
    return PageText(
        text=text,
        author=one_line(author.text_content()) or None,
        site_name="VK",
        published=declared_date([_iso(one_line(date.text_content()))], captured_at)
        if date is not None
        else None,
        language=detect(text),
        flags=() if text else ("thin",),
        facts=tuple((name, value) for name, value in facts.items() if value),
    )


def _handed_on(tree: HtmlElement) -> dict[str, str | None]:
    """Whose post it repeats, and where that stands: facts as Telegram's forwards have them."""
    repeated = next(iter(tree.find_class(_REPEATED)), None)
    if repeated is None:
        return {}
    author = next(iter(repeated.find_class("copy_author")), None)
    hrefs = (link.get("href") or "" for link in repeated.iter("a"))
    post = next(filter(None, map(_POST_PATH.search, hrefs)), None)
    return {
        "forwarded_from": one_line(author.text_content()) or None if author is not None else None,
        "forwarded_url": f"https://vk.com/{post.group(1)}" if post else None,
    }


def _declared(tree: HtmlElement, source: SourceIdentity) -> PageText | None:
    """A post or video whose page comes by script: title and text as its declarations have them."""
    found = metas(tree)
    title, body = one_line(found.get("og:title")), found.get("og:description", "")
    if source.post_id is None or not title or not body:
        return None
    return PageText(
        body, title, site_name="VK", language=detect(body) or detect(title), flags=(PUBLIC,)
    )


def _first(tree: HtmlElement, names: tuple[str, ...]) -> HtmlElement | None:
    """The first of these; what stands in a repeated post only where nothing else does."""
    found = [element for name in names for element in tree.find_class(name)]
    return next((one for one in found if not _is_repeated(one)), next(iter(found), None))


def _is_repeated(element: HtmlElement) -> bool:
    return any(_REPEATED in (one.get("class") or "").split() for one in element.iterancestors())


def _iso(text: str) -> str | None:
    """`12 мар 2026 в 9:15` as a date; dates of this year come without it and are left alone."""
    match = _DAY.search(text.lower())
    if match is None:
        return None
    day, name, year = match.groups()
    month = next((i for i, start in enumerate(_MONTHS, 1) if name.startswith(start)), None)
    return f"{year}-{month:02}-{int(day):02}" if month else None


# Titles of its own pages: of a post they name the author or the text.
_OWN_TITLE = re.compile(
    r"(?:(?:^|\s*[|·–-]\s*)(?:vk|vk\.com|вк|вконтакте|ошибка|помилка|информация|інформація|error"
    r"|information|fehler)){1,2}",
    re.IGNORECASE,
)


def removed(answer: Answer) -> str | None:
    """What a short page says of a post that is gone, or None."""
    if answer.status != 200 or answer.words_length > SHORT_CHARS:
        return None
    sign = removal_sign(answer.visible)
    return None if sign is not None and _is_said_on(answer, sign) else sign


def _is_said_on(answer: Answer, sign: str) -> bool:
    """Whether words of a removal are part of a longer sentence, on a page that has a name of its
    own: a post says them of another."""
    if all(map(_OWN_TITLE.fullmatch, answer.titles)):
        return False
    said = next((piece for piece in answer.pieces if sign in piece), "")
    sentence = next((one for one in _SENTENCE.split(said) if sign in one), said)
    return len(sentence) > len(sign) + _BESIDE_CHARS


def closed(answer: Answer) -> Closed | None:
    """What a page says in the place of a post."""
    return closed_page(answer, lambda page: closed_sign(page.visible), named_by=_OWN_TITLE)


def media(tree: HtmlElement, source: SourceIdentity) -> tuple[ShownMedia, ...]:
    """Pictures and videos of the post."""
    return vk_media.shown(tree, source.url)


PLATFORM = Platform(
    name="vk",
    read_page=read_page,
    removed=removed,
    closed=closed,
    login_hosts=("login.vk.com", "id.vk.com"),
    framed=True,
    page_media=media,
)
