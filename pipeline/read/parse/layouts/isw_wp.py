"""ISW's site from mid 2025: WordPress, `/research/<team>/<slug>/`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.reports import Attachment
from archive.urls.normal import is_report_url
from pipeline.read.parse import numbers
from pipeline.read.parse.draft import Draft
from pipeline.read.parse.lines import names_in
from pipeline.read.parse.page import json_ld, moment, own_address, resolve
from pipeline.read.parse.series import title_in
from pipeline.read.parse.tree.dom import blocks_of, classes, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from pipeline.read.parse.page import Page

PARSER = numbers.ISW_WP

BODY_CLASS = "dynamic-entry-content"
PRINT_AREA_ID = "printable-area"
HERO_TITLE_CLASS = "h1-interior-page"
SIDEBAR_NOTES_CLASS = "analysts-note"
RESEARCHER_CLASS = "researcher-card"
PRODUCT_BUTTON_CLASS = "product-line-button"
POST_CLASS = re.compile(r"^post-\d+$")
PRODUCT_LINE_CLASS = re.compile(r"^product-line-(.+)$")
NO_REPORT_TYPES = frozenset({"type-map", "type-page", "type-people"})
OTHER_TYPES = frozenset(
    {"type-map", "type-people"}
)  # a list is a `type-page`, and told by its cards
_PDF_ROUTE = "/wp-json/grafik-pdf/"


def read(page: Page) -> Draft | None:
    """The report on this page, or None when the page is no post of this site's kind."""
    article = _article(page)
    if article is None or not NO_REPORT_TYPES.isdisjoint(classes(article)):
        return None
    body = _body(page, article)
    title = _title(page, article)
    if body is None or not title:
        return None
    url = own_address(page)
    return Draft(
        parser=PARSER,
        publisher="isw",
        url=url,
        title=title,
        blocks=blocks_of(body, page.base_of(url)),
        product_line=_product_line(page, article),
        printed_date=_printed_date(page, title),
        published_at=_time(page, "article:published_time", "datePublished"),
        created_at=_time(page, "article:published_time", "datePublished"),
        modified_at=_time(page, "article:modified_time", "dateModified"),
        researchers=tuple(_researchers(page)),
        side_lines=tuple(_side_lines(page)),
        attachments=tuple(_attachments(page, body)),
        aliases=tuple(_aliases(page, url)),
    )


def other_kind(page: Page) -> str | None:
    """The type of a page of this site that has an article and is never a report, such as `map`."""
    article = _article(page)
    if article is None or page.first(BODY_CLASS) is None:
        return None
    types = OTHER_TYPES.intersection(classes(article))
    return next(iter(types)).removeprefix("type-") if types else None


def _article(page: Page) -> Element | None:
    for article in page.by_tag.get("article", ()):
        if any(POST_CLASS.match(name) for name in classes(article)):
            return article
    return None


def _body(page: Page, article: Element) -> Element | None:
    """The entry inside the article: the class also stands on cards of related posts."""
    for body in page.by_class.get(BODY_CLASS, ()):
        if article in body.iterancestors("article"):
            return body
    return page.by_id.get(PRINT_AREA_ID)


def _title(page: Page, article: Element) -> str:
    for heading in (*article.iter("h1"), *page.by_class.get(HERO_TITLE_CLASS, ())):
        title = text_of(heading)
        if title:
            return title
    # A report without any title was not seen: its address names series and day.
    return page.meta.get("og:title", "") or (title_in(page.url) if is_report_url(page.url) else "")


def _printed_date(page: Page, title: str) -> str | None:
    """The hero prints the day under the title, as an `<h6>`: the first of the page."""
    headings = page.by_tag.get("h6")
    return text_of(headings[0]) if headings and title else None


def _time(page: Page, meta_name: str, key: str) -> str | None:
    found = moment(page.meta.get(meta_name))
    if found:
        return found
    values = (item.get(key) for item in json_ld(page))
    return next(
        (time for value in values if isinstance(value, str) and (time := moment(value))), None
    )


def _product_line(page: Page, article: Element) -> str | None:
    button = page.first(PRODUCT_BUTTON_CLASS)
    if button is not None:
        for link in button.iter("a"):
            if text_of(link):
                return text_of(link)
    for name in classes(article):
        match = PRODUCT_LINE_CLASS.match(name)
        if match:
            return match[1].replace("-", " ").title()
    return None


def _researchers(page: Page) -> list[str]:
    found: list[str] = []
    for card in page.by_class.get(RESEARCHER_CLASS, ()):
        heading = next(card.iter("h2", "h3", "h4", "h5"), None)
        if heading is not None and (name := text_of(heading)):
            # One card was seen to hold all names of a byline.
            found += names_in(name) or (name,)
    return list(dict.fromkeys(found))


def _side_lines(page: Page) -> list[str]:
    found = []
    for notes in page.by_class.get(SIDEBAR_NOTES_CLASS, ()):
        paragraphs = list(notes.iter("p", "li")) or [notes]
        found += [line for node in paragraphs if (line := text_of(node))]
    return found


def _attachments(page: Page, body: Element) -> list[Attachment]:
    found: dict[str, Attachment] = {}
    for link in page.root.iter("a"):
        href = link.get("href") or ""
        if _PDF_ROUTE in href or (href.lower().endswith(".pdf") and "/wp-content/uploads/" in href):
            url = resolve(page.base_of(page.url), href)
            if url and body not in link.iterancestors():
                found.setdefault(url, Attachment(url, text_of(link) or None))
    return list(found.values())


def _aliases(page: Page, url: str) -> list[str]:
    short = page.links.get("shortlink")
    return [short] if short and short != url else []
