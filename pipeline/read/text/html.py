"""Web pages: main text by trafilatura, the rest as the page declares it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.etree
import lxml.html

from archive.model.records import PageText
from pipeline.read.text.admitted import admissions, with_admissions
from pipeline.read.text.breaks import break_at_empty_blocks
from pipeline.read.text.dates import any_future, declared_date, guessed_date
from pipeline.read.text.language import detect
from pipeline.read.text.length import letters_said
from pipeline.read.text.limits import (
    LIBRARY_ERRORS,
    TextLimits,
    one_line,
    paragraphs,
    paragraphs_of_lines,
    parsable,
    with_stand_ins,
    without_stand_ins,
)
from pipeline.read.text.metadata import Metadata, read_metadata

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

# Below this trafilatura is asked again with its slower fallbacks. On the real pages the quick way took three quarters of the
# time and differed on one of ten, where it had found 187 of 5,509 characters.
_SHORT_CHARS = 250
# Texts this short are called thin, counted as in English (`letters_said`); the shortest real notices
# of news agencies have about 100 characters.
THIN_CHARS = 80
_SHELL_CHARS = 250
# Signs of a page whose content comes by script.
_SHELL = re.compile(
    r"""id=["'](?:root|app|__next|__nuxt|react-root|main-app|app-root)["']|<app-root|ng-app=|enable\s+javascript"""
    r"""|javascript\s+(?:is\s+)?(?:disabled|required|must)|включите\s+javascript|увімкніть\s+javascript""",
    re.IGNORECASE,
)
# Declarations stand in the head; of pages too large to extract only this much is parsed.
_HEAD_CHARS = 300_000
# Beside the text; what trafilatura's cleaning and its fallbacks all remove (trafilatura.settings, 2.3).
_ASIDES = ("aside", "footer")
_SOCIAL = frozenset(
    {"facebook", "instagram", "x", "vk", "ok", "tiktok", "threads", "linkedin", "truthsocial"}
)


def parse_html(text: str) -> HtmlElement | None:
    """The tree of a page, or None where there is nothing to parse. Comments and instructions are left out."""
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    source = parsable(text).encode("utf-8", "replace")
    try:
        tree = lxml.html.document_fromstring(source, parser=parser)
    except (lxml.etree.LxmlError, ValueError):
        return None
    return tree if isinstance(tree, lxml.html.HtmlElement) else None


def html_text(
    text: str, url: str, captured_at: datetime, limits: TextLimits, platform: str = "web"
) -> PageText:
    """What a web page says.

    Args:
        text: Its source, decoded.
        url: Its address.
        captured_at: When it was fetched; no date is later.
        limits: Larger pages get their declarations only.
        platform: As in `archive.urls.normal`; on social platforms only a declared date counts: others are the frame's.
    """
    too_large = len(text) > limits.extract_max_bytes
    tree = parse_html(with_stand_ins(text[:_HEAD_CHARS] if too_large else text))
    if tree is None:
        return PageText("", flags=("thin",))
    declared = read_metadata(tree, url)
    published = declared_date(declared.dates, captured_at)
    doubtful = too_large or platform in _SOCIAL or any_future(declared.dates, captured_at)
    if published is None and not doubtful:
        published = guessed_date(tree, url, captured_at)
    admitted = () if too_large else admissions(tree)
    if not too_large:
        drop_unread(tree)
    break_at_empty_blocks(tree)
    body = "" if too_large else _main_text(tree, url, declared)[: limits.max_chars]
    body = without_stand_ins(with_admissions(body, admitted) if body else body)
    return PageText(
        text=body,
        title=_shown(declared.title),
        author=_shown(declared.author),
        site_name=_shown(declared.site_name),
        published=published,
        language=detect(body) or detect(declared.title or ""),
        flags=_flags(body, text, declared, too_large),
    )


def drop_unread(tree: HtmlElement) -> None:
    """Take out what trafilatura throws away in every one of its passes, before it copies and searches the tree five times.

    JSON-LD stays, since its last resort reads that; so does what holds all of the page's paragraphs.
    """
    for element in list(tree.iter("script", "style", "svg")):
        if element.get("type") != "application/ld+json":
            element.drop_tree()
    if any(next(p.iterancestors(*_ASIDES), None) is None for p in tree.iter("p")):
        for element in list(tree.iter(*_ASIDES)):
            if element.getparent() is not None:
                element.drop_tree()


def _shown(text: str | None) -> str | None:
    return None if text is None else without_stand_ins(text)


def _main_text(tree: HtmlElement, url: str, declared: Metadata) -> str:
    """Main text: the quick way, then the slow one, then the article that JSON-LD carries."""
    best = _extracted(tree, url, fast=True)
    if len(best) < _SHORT_CHARS:
        slow = _extracted(tree, url, fast=False)
        best = slow if len(slow) > len(best) else best
    if len(declared.article) > 2 * len(best):
        plain = re.sub(r"<[^<>]{0,500}>", "\n", declared.article)
        best = paragraphs(plain)
    return best


def _extracted(tree: HtmlElement, url: str, fast: bool) -> str:
    from trafilatura import bare_extraction

    # Never `deduplicate=True`: its memory spans pages, so that the same page gives another text the next time.
    try:
        document = bare_extraction(
            tree, url=url, fast=fast, include_comments=False, with_metadata=False, deduplicate=False
        )
    except LIBRARY_ERRORS:
        return ""
    text = None if document is None or isinstance(document, dict) else document.text
    return paragraphs_of_lines(text or "")


def _flags(body: str, source: str, declared: Metadata, too_large: bool) -> tuple[str, ...]:
    flags = set()
    said = letters_said(body)
    if too_large:
        flags.add("too-large-for-extraction")
    elif said < THIN_CHARS:
        flags.add("thin")
    if not too_large and said < _SHELL_CHARS and _SHELL.search(source):
        flags.update(("thin", "script-shell"))
    if not declared.free:
        flags.add("not-free")
    return tuple(sorted(flags))


def meta_content(tree: HtmlElement, name: str) -> str | None:
    """Content of the first `<meta>` called `name` by property, name or itemprop; None where it is absent or empty."""
    for element in tree.iter("meta"):
        if name in {element.get("property"), element.get("name"), element.get("itemprop")}:
            return one_line(element.get("content")) or None
    return None
