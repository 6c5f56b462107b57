"""Odnoklassniki (OK): a video or a group's topic as its page shows and declares it to visitors."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.understood import PageText
from pipeline.read.media.posts import signed_page
from pipeline.read.platforms.declared import first_match, metas, name_of, posting
from pipeline.read.platforms.platform import Closed, Platform
from pipeline.read.platforms.signs import SHORT_CHARS, closed_page
from pipeline.read.text.dating.dates import declared_date
from pipeline.read.text.language import detect
from pipeline.read.text.limits import one_line, paragraphs

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

    from archive.urls.normal import SourceIdentity
    from pipeline.read.platforms.platform import Answer

# In the place of the player; the same element says why a video is not shown, so the words decide.
_STUB = re.compile(r"""class=["'][^"'<>]*\bvp_video_stub_txt\b[^<>]*>([^<>]{1,300})<""")
_GONE_WORDS = re.compile(
    r"(?:видео|тема|запись|заметка|страница|группа|профиль)(?: был[ао]?)? (?:удал[её]н[ао]?|не "
    r"найден[ао]?|не существует)|автор этого видео не найден|(?:video|topic|page) (?:has been "
    r"|was )?(?:deleted|removed|not found)",
    re.IGNORECASE,
)
_CLOSED_WORDS = re.compile(
    r"доступ к (?:видео|этому|группе|профилю).{0,20}ограничен|видео "
    r"(?:доступно|заблокировано)|закрытая группа|это закрытый профиль|(?:войдите|авторизуйтесь),? "
    r"чтобы|access (?:to .{1,20} )?restricted",
    re.IGNORECASE,
)
_TEXT_CLASSES = ("media-text_cnt_tx", "mst_text", "topic-text")
_AUTHOR_CLASSES = ("vp-layer-info_author-name", "group-link", "mst_author", "ucard_info_name")
_SITE_TAIL = re.compile(r"\s*[|–-]\s*(?:OK\.RU|Одноклассники|ОК)\s*$", re.IGNORECASE)


def removal_sign(source: str, visible: str) -> str | None:
    """The words by which OK says that a video or topic is gone, or None."""
    return _stub_words(_GONE_WORDS, source, visible)


def closed_sign(source: str, visible: str) -> str | None:
    """The words by which OK says that it is there, and not for us, or None."""
    return _stub_words(_CLOSED_WORDS, source, visible)


def _stub_words(words: re.Pattern[str], source: str, visible: str) -> str | None:
    stub = _STUB.search(source)
    return first_match(words, one_line(stub.group(1)) if stub else visible)


def read_page(
    tree: HtmlElement, text: str, source: SourceIdentity, captured_at: datetime
) -> PageText | None:
    """Title and description of a video, text of a topic, with author and day; None for other
    pages."""
    if source.post_id is None or _STUB.search(text):
        return None
    declared, post = metas(tree), posting(tree)
    shown = next((e for name in _TEXT_CLASSES for e in tree.find_class(name)), None)
    title = _SITE_TAIL.sub("", one_line(declared.get("og:title", "")))
    body = _with_breaks(shown) if shown is not None else declared.get("og:description", "")
    whole = body if shown is not None else paragraphs(f"{title}\n\n{body}")
    if not whole:
        return None
    claims = (post.get("uploadDate"), post.get("datePublished"), declared.get("ya:ovs:upload_date"))
    author = next((e.text_content() for n in _AUTHOR_CLASSES for e in tree.find_class(n)), None)
    return PageText(
        text=whole,
        title=title or None,
        author=one_line(author) or name_of(post.get("author")) or declared.get("ya:ovs:login"),
        site_name="OK",
        published=declared_date((str(claim or "") for claim in claims), captured_at),
        language=detect(whole),
        facts=(("views", declared["ya:ovs:views_total"]),)
        if "ya:ovs:views_total" in declared
        else (),
    )


def _with_breaks(element: HtmlElement) -> str:
    for line_break in element.iter("br"):
        line_break.tail = "\n" + (line_break.tail or "")
    return paragraphs(element.text_content())


# Titles of its own pages: of a post they name the author or the text.
_OWN_TITLE = re.compile(r"ok|ok\.ru|одноклассники|ошибка|error", re.IGNORECASE)


def removed(answer: Answer) -> str | None:
    """What a short page says of a video or topic that is gone, or None."""
    if answer.status != 200 or answer.words_length > SHORT_CHARS:
        return None
    return removal_sign(answer.source, answer.visible)


def closed(answer: Answer) -> Closed | None:
    """What a page says in the place of a video or topic."""
    return closed_page(
        answer, lambda page: closed_sign(page.source, page.visible), named_by=_OWN_TITLE
    )


PLATFORM = Platform(
    name="ok",
    read_page=read_page,
    removed=removed,
    closed=closed,
    framed=True,
    page_media=signed_page,
)
