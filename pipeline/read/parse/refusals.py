"""Pages at a report's address that are no report, and what they are instead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.reports import NotAReport
from archive.model.vocabulary import Outcome
from pipeline.read.parse.lines import clean
from pipeline.read.parse.tree.dom import blocks_of

if TYPE_CHECKING:
    from pipeline.read.parse.page import Page

# The largest report known is a page of 0.4 MB; 25 times that is read in about five seconds.
MAX_BYTES = 10_000_000
_SNIFF_BYTES = 2_000
# What answers a request for a page and is none, by its first bytes (WHATWG MIME Sniffing, section
# 7).
_MAGIC = (
    (b"%PDF-", "PDF"), (b"\x89PNG", "PNG picture"), (b"\xff\xd8\xff", "JPEG picture"),
    (b"GIF8", "GIF picture"),
    (b"PK\x03\x04", "ZIP archive"), (b"\x1f\x8b", "gzip data"), (b"RIFF", "RIFF data"),
    (b"<?xml", "XML"),
)  # fmt: skip
_HTML_TYPES = ("text/html", "application/xhtml", "text/plain", "application/octet-stream")
_HTML_SIGN = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|p|h1|article)\b", re.IGNORECASE
)

# Words of the title or first heading; the page itself is short or has no article.
_BY_TITLE = tuple(
    (re.compile(pattern, re.IGNORECASE), outcome, reason)
    for pattern, outcome, reason in (
        (r"^(?:access denied|403|forbidden|not authori[sz]ed|unauthori[sz]ed|401)\b",
            Outcome.FORBIDDEN, "access denied"),
        ((
            r"just a moment|attention required|checking your browser|are you (?:a "
            r")?(?:human|robot)|verify you are|security check|ddos protection|bot "
            r"verification|captcha"
        ), Outcome.CHALLENGE, "a check for robots"),
        ((
            r"^(?:error )?(?:404|410)\b|\b404\b|not found|page (?:unavailable|missing)|no longer "
            r"available|does ?n[o’']t exist|nothing here|nothing was found|can[’']?t be found"
        ), Outcome.SOFT_404, "page not found"),
        ((
            r"^(?:log ?in|sign ?in|user account|authentication required|login required)\b|\| "
            r"?(?:log|sign) ?in\b"
        ), Outcome.LOGIN_WALL, "a login page"),
        ((
            r"\b(?:50[0-4]|bad gateway|service unavailable|internal server error|gateway "
            r"time-?out)\b|^error\b|maintenance"
        ), Outcome.SERVER_ERROR, "an error page"),
        (r"too many requests|\b429\b|rate limit", Outcome.RATE_LIMITED, "rate limited"),
    )
)  # fmt: skip
_BY_TEXT = tuple(
    (re.compile(pattern, re.IGNORECASE), outcome, reason)
    for pattern, outcome, reason in (
        ((
            r"page you(?:[’']re| are| were)? (?:looking for|requested).{0,40}(?:was ?n[o’']t|could "
            r"?n[o’']t|can ?not|does ?n[o’']t|no longer|not)\b"
        ), Outcome.SOFT_404, "page not found"),
        (r"you are not authori[sz]ed to access|you do ?n[o’']t have permission", Outcome.FORBIDDEN,
            "access denied"),
        ((
            r"enable javascript and cookies to continue|checking if the site connection is "
            r"secure|verify(?:ing)? (?:that )?you are (?:a )?human|ray id"
        ), Outcome.CHALLENGE, "a check for robots"),
        ((
            r"(?:please )?(?:log|sign) in to (?:continue|view|read|access)|enter your "
            r"(?:password|username)"
        ), Outcome.LOGIN_WALL, "a login page"),
    )
)  # fmt: skip
_ERROR_NAME = re.compile(
    r"(?:error |http )?(?:40[1345]|410|50[0-4])?\W*(?:access "
    r"denied|forbidden|unauthori[sz]ed|(?:page |file )?not found|bad gateway|service "
    r"unavailable|internal server error|log ?in|sign ?in|just a moment|error)?\W*",
    re.IGNORECASE,
)
_MAX_ERROR_CHARS = 60
_ERROR_CLASSES = frozenset({"error404", "page-404", "page-not-found"})
_LIST_CLASSES = frozenset({
    "home", "front", "blog", "archive", "search", "search-results", "post-type-archive",
    "page-template-archive", "tax-product-line",
})  # fmt: skip
# Three cards or rows of a list: a report has none in its body.
_LIST_ITEM_CLASSES = ("research-card-title", "views-row")
_MIN_LIST_ITEMS = 3
_MAX_TITLE_CHARS = 200  # a longer one has swallowed its page
_MIN_LINKED_CHARS = 200  # less is a menu around an empty page
_CHALLENGE_IDS = (
    "cf-wrapper",
    "challenge-form",
    "challenge-running",
    "cf-challenge-running",
    "px-captcha",
)


def refuse_bytes(body: bytes, content_type: str | None) -> NotAReport | None:
    """Why these bytes can be no page, or None."""
    if not body.strip(b"\0 \t\r\n"):
        return NotAReport(Outcome.THIN, "the page is empty")
    if len(body) > MAX_BYTES:
        return NotAReport(
            Outcome.TOO_LARGE, f"{len(body)} bytes: no report is larger than {MAX_BYTES}"
        )
    start = body[:_SNIFF_BYTES].lstrip(b"\xef\xbb\xbf \t\r\n")
    is_html = _HTML_SIGN.search(body[: 10 * _SNIFF_BYTES]) is not None
    for magic, name in _MAGIC:
        if start.startswith(magic) and not (name == "XML" and is_html):
            return NotAReport(Outcome.UNSUPPORTED, f"not HTML: {name}")
    declared = (content_type or "text/html").split(";")[0].strip().lower()
    if not is_html and not declared.startswith(_HTML_TYPES):
        return NotAReport(Outcome.UNSUPPORTED, f"not HTML: {declared}")
    if start[:1] in {b"{", b"["} and not is_html:
        return NotAReport(Outcome.UNSUPPORTED, "not HTML: JSON")
    return None


def explain(page: Page, title: str, text: str) -> NotAReport | None:
    """What a page without an article is, by its title, classes and words; None when nothing
    tells."""
    if not _ERROR_CLASSES.isdisjoint(page.body_classes):
        return NotAReport(Outcome.SOFT_404, "page not found")
    if any(name in page.by_id for name in _CHALLENGE_IDS):
        return NotAReport(Outcome.CHALLENGE, "a check for robots")
    for line in (clean(title), clean(page.head_title)):
        for pattern, outcome, reason in _BY_TITLE:
            if 0 < len(line) <= _MAX_TITLE_CHARS and pattern.search(line):
                return NotAReport(outcome, f"{reason}: {line[:80]!r}")
    for pattern, outcome, reason in _BY_TEXT:
        if pattern.search(text):
            return NotAReport(outcome, reason)
    return None


def is_error_title(title: str) -> NotAReport | None:
    """What a title that is nothing but an error's name says, however long the page goes on below
    it."""
    line = clean(title)
    if len(line) > _MAX_ERROR_CHARS:
        return None
    for pattern, outcome, reason in _BY_TITLE:
        if _ERROR_NAME.fullmatch(line) and pattern.search(line):
            return NotAReport(outcome, f"{reason}: {line!r}")
    return None


def is_list_page(page: Page) -> bool:
    """Whether the site itself says that this is its front page, an archive or a search."""
    return not _LIST_CLASSES.isdisjoint(page.body_classes)


def has_list_items(page: Page) -> bool:
    """Whether the page shows cards or rows as the sites' lists do."""
    return any(len(page.by_class.get(name, ())) >= _MIN_LIST_ITEMS for name in _LIST_ITEM_CLASSES)


def is_mostly_links(page: Page) -> bool:
    """Whether more than half of the page's text is links: a list of articles, and no article."""
    bodies = page.by_tag.get("body")
    if not bodies:
        return False
    runs = [run for block in blocks_of(bodies[0], page.url) for run in block.runs]
    linked = sum(len(run.text) for run in runs if run.href)
    shown = sum(len(run.text) for run in runs)
    return linked >= _MIN_LINKED_CHARS and linked > shown / 2


def has_password_field(page: Page) -> bool:
    """Whether the page asks for a password."""
    return any((node.get("type") or "").lower() == "password" for node in page.root.iter("input"))
