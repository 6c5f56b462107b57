"""ISW's site from 2011 to mid 2025: Drupal 7, `/backgrounder/<slug>` and `/node/<number>`.

Its Open Graph tags are the same on every page and name a test server: never read here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from archive.model.reports import Attachment
from pipeline.read.parse import numbers
from pipeline.read.parse.draft import Draft
from pipeline.read.parse.page import moment, own_address, resolve
from pipeline.read.parse.tree.dom import blocks_of, text_of

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from pipeline.read.parse.page import Page

PARSER = numbers.ISW_DRUPAL

GENERATOR = "drupal 7"
TITLE_ID = "page-title"
BODY_CLASS = "field-name-body"
BODY_PROPERTY = "content:encoded"
CREATED_PROPERTY = "dc:created"
STATIC_PAGE_CLASS = "node-type-page"
ATTACHMENT_CLASSES = ("field-name-field-pdf-report", "field-name-field-file-attacments")
HOST = "understandingwar.org"


def read(page: Page) -> Draft | None:
    """The report on this page, or None when the page is not a node of this site's kind."""
    body, title = _body(page), _title(page)
    if body is None or not title or STATIC_PAGE_CLASS in page.body_classes:
        return None
    if GENERATOR not in page.meta.get("generator", "").lower() and TITLE_ID not in page.by_id:
        return None
    created = page.declared.get(CREATED_PROPERTY)
    url = _with_www(own_address(page))
    return Draft(
        parser=PARSER,
        publisher="isw",
        url=url,
        title=title,
        blocks=blocks_of(body, page.base_of(url)),
        created_at=moment(created[0].get("content")) if created else None,
        published_at=moment(created[0].get("content")) if created else None,
        attachments=tuple(_attachments(page)),
        aliases=tuple(_aliases(page, url)),
    )


def _body(page: Page) -> Element | None:
    encoded = page.declared.get(BODY_PROPERTY)
    if encoded:
        return encoded[0]
    return page.first(BODY_CLASS)


def _title(page: Page) -> str:
    heading = page.by_id.get(TITLE_ID)
    if heading is not None:
        return text_of(heading)
    return page.head_title.split(" | ")[0].strip()


def _with_www(url: str) -> str:
    """The site answered with and without `www.`; its pages name themselves without any host."""
    parts = urlsplit(url)
    if parts.hostname != HOST:
        return url
    return parts._replace(scheme="https", netloc="www." + HOST).geturl()


def _aliases(page: Page, url: str) -> list[str]:
    short = page.links.get("shortlink")
    named = [_with_www(short)] if short else []
    return [alias for alias in named if alias != url]


def _attachments(page: Page) -> list[Attachment]:
    found: dict[str, Attachment] = {}
    for name in ATTACHMENT_CLASSES:
        for box in page.by_class.get(name, ()):
            for link in box.iter("a"):
                url = resolve(page.base_of(page.url), link.get("href") or "")
                if url and url not in found:
                    file_name = unquote(urlsplit(url).path.rsplit("/", 1)[-1])
                    found[url] = Attachment(url, text_of(link) or file_name or None)
    return list(found.values())
