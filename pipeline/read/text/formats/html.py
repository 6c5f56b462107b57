"""Web pages: main text by trafilatura, the rest as the page declares it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import lxml.etree
import lxml.html

from archive.model.understood import PageText
from pipeline.read.text.article.admitted import admissions, with_admissions
from pipeline.read.text.article.body import drop_unread, main_text
from pipeline.read.text.article.metadata import Metadata, read_metadata
from pipeline.read.text.article.names import Names
from pipeline.read.text.dating.dates import declared_date, own_day
from pipeline.read.text.language import detect
from pipeline.read.text.length import letters_said
from pipeline.read.text.limits import (
    BOX_TAGS,
    TextLimits,
    parsable,
    with_stand_ins,
    without_stand_ins,
)
from pipeline.read.text.shown import article as article_media

if TYPE_CHECKING:
    from datetime import datetime

    from lxml.html import HtmlElement

# Texts this short are called thin, counted as in English (`letters_said`); the shortest real
# notices of news agencies have about 100 characters.
THIN_CHARS = 80
_SHELL_CHARS = 250
# Signs of a page whose content comes by script.
_SHELL = re.compile(
    r"""id=["'](?:root|app|__next|__nuxt|react-root|main-app|app-root)["']|<app-root|ng-app=|enable\s+javascript"""
    r"""|javascript\s+(?:is\s+)?(?:disabled|required|must)|включите\s+javascript|увімкніть\s+javascript""",
    re.IGNORECASE,
)
_DEEPEST = 250
"""libxml2 stops at 256 open elements, some of them its own."""
# A source of so many times the limit of extraction takes two or three seconds to read; pages that
# never end have tens of megabytes.
_MOST_SOURCE = 6
_NO_TEXT = re.compile(
    r"<script\b(?![^>]{0,300}ld\+json)[^>]*>.*?</script\s*>|<style\b[^>]*>.*?</style\s*>|<!--.*?-->",
    re.IGNORECASE | re.DOTALL,
)


def _parser() -> lxml.html.HTMLParser:
    """A parser that makes all elements of one class.

    lxml.html asks a function of Python for the class of each element each time that one is looked
    at, for the sake of forms: 3 ms of a page.
    """
    parser = lxml.html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    plain = lxml.etree.ElementDefaultClassLookup(element=lxml.html.HtmlElement)
    parser.set_element_class_lookup(plain)
    return parser


def parse_html(text: str) -> HtmlElement | None:
    """The tree of a page, or None where there is nothing to parse. Comments and instructions are
    left out."""
    source = parsable(text)
    try:
        tree = lxml.html.document_fromstring(source, parser=_parser())
        if _is_too_deep(tree):
            # the parser drops what stands deeper: flatten, rather than lose the article
            flat = BOX_TAGS.sub(b" ", source)
            tree = lxml.html.document_fromstring(flat, parser=_parser())
    except (lxml.etree.LxmlError, ValueError):
        return None
    return tree if isinstance(tree, lxml.html.HtmlElement) else None


def _is_too_deep(tree: HtmlElement) -> bool:
    """Whether the parser stopped at its depth: there the tree ends."""
    depth, last = 0, tree
    while len(last):
        depth, last = depth + 1, last[-1]
    return depth >= _DEEPEST


def html_text(
    text: str, url: str, captured_at: datetime, limits: TextLimits, *, framed: bool = False
) -> PageText:
    """What a web page says.

    Args:
        text: Its source, decoded.
        url: Its address.
        captured_at: When it was fetched; no date is later.
        limits: Bounds of the work.
        framed: Only a declared date counts, since others are those of the page around a post.
    """
    text, cut = _bounded(text, limits)
    tree = parse_html(with_stand_ins(text))
    if tree is None:
        return PageText("", flags=("thin",))
    names = Names(tree)
    declared = read_metadata(names, url)
    if framed:
        published = declared_date(declared.dates, captured_at)
    else:
        published = own_day(names, url, declared.title, declared.dates, captured_at)
    large = len(text) > limits.extract_max_bytes
    admitted = () if large else [without_stand_ins(line) for line in admissions(names)]
    drop_unread(tree)
    main = main_text(names, url, declared, limits, large=large)
    body = with_admissions(main.text, admitted) if main.text else ""
    return PageText(
        text=body,
        title=_shown(declared.title),
        author=_shown(declared.author),
        site_name=_shown(declared.site_name),
        published=published,
        language=detect(body) or detect(declared.title or ""),
        flags=_flags(body, text, declared, (*main.doubts, *(("text-cut",) if cut else ()))),
        links=main.links,
        media=() if framed or large else article_media.shown(tree, main.shown, url),
    )


def _bounded(text: str, limits: TextLimits) -> tuple[str, bool]:
    """The source, and whether it was cut: beyond some megabytes first of what is no text, then of
    its end."""
    most = _MOST_SOURCE * limits.extract_max_bytes
    if len(text) <= most:
        return text, False
    bare = _NO_TEXT.sub(" ", text)
    return bare[:most], len(bare) > most


def _shown(text: str | None) -> str | None:
    return None if text is None else without_stand_ins(text)


def _flags(body: str, source: str, declared: Metadata, doubts: tuple[str, ...]) -> tuple[str, ...]:
    flags = set(doubts)
    said = letters_said(body)
    if said < THIN_CHARS:
        flags.add("thin")
    if said < _SHELL_CHARS and _SHELL.search(source):
        flags.update(("thin", "script-shell"))
    if not declared.free:
        flags.add("not-free")
    return tuple(sorted(flags))
