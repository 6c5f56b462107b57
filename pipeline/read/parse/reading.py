"""The layouts tried in turn, and when a page is no report after all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.reports import NotAReport, ParsedReport
from archive.model.vocabulary import Outcome
from archive.urls.publishers.registry import OWN
from pipeline.read.parse import refusals
from pipeline.read.parse.assemble import assemble
from pipeline.read.parse.layouts import ctp, generic, isw_drupal, isw_wp
from pipeline.read.parse.page import open_page
from pipeline.read.parse.tree import dom

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.read.parse.draft import Draft
    from pipeline.read.parse.page import Page

# Tried in this order; the first that recognises its page reads it.
LAYOUTS = (isw_drupal, isw_wp, ctp, generic)

_LIST = "a list or front page stands at this address"
# Shorter, and without notes, is a notice and no report: an error page has up to 300.
_MIN_PROSE_CHARS = 400


def parse_report(
    body: bytes, url: str, content_type: str | None, captured_at: datetime
) -> ParsedReport | NotAReport:
    """Read one captured page as a report.

    Args:
        body: Content-decoded bytes, of any kind.
        url: Where it was fetched from, after redirects.
        content_type: The header, or None.
        captured_at: Tells the year where nothing printed does.
    """
    refused = refusals.refuse_bytes(body, content_type)
    if refused is not None:
        return refused
    root = dom.parse(body, content_type)
    if root is None:
        return NotAReport(Outcome.THIN, "nothing on the page is HTML")
    page = open_page(root, url, captured_at)
    other = isw_wp.other_kind(page)
    if other is not None:
        return NotAReport(Outcome.OK, f"a page of type {other!r}: no report")
    draft = next((found for one in LAYOUTS if (found := one.read(page)) is not None), None)
    if draft is None:
        return _refuse(page, "", "") or _no_article(page)
    report = assemble(draft, captured_at)
    return _doubt(page, draft, report) or report


def _doubt(page: Page, draft: Draft, report: ParsedReport) -> NotAReport | None:
    """Why this is no report after all, or None."""
    short = len(report.text) < _MIN_PROSE_CHARS and not report.notes
    if short:
        refused = _refuse(page, draft.title, report.text)
        if refused is not None:
            return refused
    named = refusals.is_error_title(draft.title) if not report.notes else None
    if named is not None:
        return named
    if not report.text and not report.notes:
        return NotAReport(Outcome.THIN, "the article is empty")
    if refusals.is_list_page(page):
        return NotAReport(Outcome.SOFT_404, _LIST)
    if not draft.loose:
        return None
    if not report.notes and (refusals.has_list_items(page) or refusals.is_mostly_links(page)):
        return NotAReport(Outcome.SOFT_404, _LIST)
    return _doubt_loose(draft, report, short=short)


def _doubt_loose(draft: Draft, report: ParsedReport, *, short: bool) -> NotAReport | None:
    """A page of unknown layout proves itself by notes, or by a date and its series or publisher."""
    if report.notes and report.markers:
        return None
    if report.report_date is None:
        return NotAReport(Outcome.OK, "an article that nothing dates and without notes: no report")
    if "unknown-series" in report.quality.flags:
        if short:
            return NotAReport(Outcome.THIN, "hardly any text, no notes, no known series")
        if draft.publisher not in OWN:
            return NotAReport(Outcome.OK, "an article without notes, of no known series: no report")
    return None


def _no_article(page: Page) -> NotAReport:
    if ctp.is_ctp(page):
        # It answers unknown addresses with 200 and its bare templates.
        return NotAReport(Outcome.SOFT_404, "the site's frame without an article")
    if refusals.is_mostly_links(page):
        return NotAReport(Outcome.SOFT_404, _LIST)
    return NotAReport(Outcome.THIN, "no title and text on the page")


def _refuse(page: Page, title: str, text: str) -> NotAReport | None:
    if refusals.has_password_field(page) and len(text) < _MIN_PROSE_CHARS:
        return NotAReport(Outcome.LOGIN_WALL, "a page that asks for a password")
    if not text:
        bodies = page.by_tag.get("body")
        text = dom.text_of(bodies[0])[:2000] if bodies else ""
    headings = page.by_tag.get("h1", [])
    title = title or (dom.text_of(headings[0]) if headings else "")
    refused = refusals.explain(page, title, text)
    if refused is not None:
        return refused
    if refusals.is_list_page(page) or refusals.has_list_items(page):
        return NotAReport(Outcome.SOFT_404, _LIST)
    return None
