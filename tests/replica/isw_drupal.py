"""www.understandingwar.org, Drupal era: report pages, node addresses, lists, its odd error
pages."""

from __future__ import annotations

import html as escaping
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from tests.replica.messages import Reply, Request, html, redirect, typed, with_validators
from tests.replica.templating import render

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.replica.reports import PrintedNote, Report, State

WASHINGTON = ZoneInfo("America/New_York")
PAGE_SIZE = 3  # the real list has ten on a page; ours must show that there are several
LINK_TEXT = 72  # characters: the length at which Drupal's URL filter cuts a link's text
# The real one asked for 10 seconds; here a reader would wait for nothing.
ROBOTS = (
    "User-agent: *\nCrawl-delay: 0.1\nDisallow: /includes/\nDisallow: /admin/\nDisallow: "
    "/user/login/\n"
)
DENIED = "/backgrounder/russian-offensive-campaign-assessment-august-14"
"""An unpublished draft: access denied."""


class IswDrupal:
    """Answers for www.understandingwar.org; addresses that moved lead to the new site."""

    def __init__(self, reports: tuple[Report, ...], moved: dict[str, str]) -> None:
        self.reports = reports
        self._moved = moved
        self._by_path = {r.path: r for r in reports} | {f"/node/{r.number}": r for r in reports}

    def __call__(self, request: Request) -> Reply:
        """The reply to one request."""
        path = request.bare_path.rstrip("/") or "/"
        if path in self._by_path:
            return self._report_reply(request, self._by_path[path])
        if path in self._moved:
            return redirect(self._moved[path], 301)
        if path == "/robots.txt":
            return typed(ROBOTS, "text/plain; charset=utf-8")
        if path in {"/publications", "/backgrounder/ukraine-conflict-updates"}:
            return self._list(request)
        if path == DENIED:
            return html(self._error("Access denied", "You may not see this page."), 403)
        if path == "/":
            return redirect("https://understandingwar.org/", 301)
        return html(self._error("404", "There is no page at this address.", "/404"), 404)

    def _report_reply(self, request: Request, report: Report) -> Reply:
        state = report.at(request.at)
        if state is None:
            return html(self._error("404", "There is no page at this address.", "/404"), 404)
        return with_validators(html(self.page(report, state)), request, state.since)

    def page(self, report: Report, state: State) -> str:
        """The HTML of a report."""
        return render(
            "isw_drupal_report.html",
            report=report,
            state=state,
            canonical=report.path,
            created=state.since.astimezone(WASHINGTON),
            paragraphs=[[_marked(p, report.note_style) for p in s.paragraphs] for s in state.parts],
            notes=[note_html(note, report.note_style) for note in state.notes],
        )

    def _list(self, request: Request) -> Reply:
        number = int(request.query.get("page", "0"))
        newest = sorted(self._visible(request.at), key=lambda pair: pair[1].since, reverse=True)
        rows = newest[number * PAGE_SIZE : (number + 1) * PAGE_SIZE]
        more = len(newest) > (number + 1) * PAGE_SIZE
        return html(render("isw_drupal_list.html", rows=rows, number=number, more=more))

    def _visible(self, now: datetime) -> list[tuple[Report, State]]:
        return [(report, state) for report in self.reports if (state := report.at(now))]

    def _error(self, title: str, text: str, canonical: str | None = None) -> str:
        return render("isw_drupal_error.html", title=title, text=text, canonical=canonical)


def _marked(paragraph: str, style: str) -> str:
    """A paragraph with its markers as Word or the editor left them."""
    text = escaping.escape(paragraph, quote=False)
    if style == "word":
        return re.sub(r"\[(\w+)\]", r'<a href="#_edn\1" title="">[\1]</a>', text)
    if style == "split":
        return re.sub(r"\[(\w+)\]", r'<span style="mso-bidi-font-size: 12.0pt;">[\1]</span>', text)
    return text


def note_html(note: PrintedNote, style: str) -> str:
    """One endnote's paragraph in one of the ways of the real pages."""
    if not note.urls:
        return f"<p>[{note.label}] {escaping.escape(note.text)}</p>"
    return _WAYS[style](note)


def _link(url: str, text: str | None = None) -> str:
    shown = text or url
    if len(shown) > LINK_TEXT:
        shown = shown[: LINK_TEXT - 3] + "..."
    return f'<a href="{escaping.escape(url)}">{escaping.escape(shown)}</a>'


def _linked(note: PrintedNote) -> str:
    return f"<p>[{note.label}] {'; '.join(_link(url) for url in note.urls)}</p>"


def _underlined(note: PrintedNote) -> str:
    label = f'<span style="text-decoration: underline;">[{note.label}]</span>'
    return f"<p>{label} {' and '.join(_link(url) for url in note.urls)}.</p>"


def _word(note: PrintedNote) -> str:
    anchor = f'<a name="_edn{note.label}" id="_edn{note.label}"></a>'
    label = f'<span style="font-size: 10.0pt; mso-fareast-language: EN-US;">[{note.label}]</span>'
    return f"<p>{anchor}{label} {'; '.join(_link(url) for url in note.urls)}</p>"


def _joined(note: PrintedNote) -> str:
    """All URLs in one href: the filter took the no-break spaces between them for letters."""
    return f"<p>[{note.label}] {_link('; '.join(note.urls) + ';')}</p>"


def _split(note: PrintedNote) -> str:
    """The host is defanged, and the link ends before the word."""
    pieces = []
    for url in note.urls:
        host = urlsplit(url).netloc
        head, _, tail = host.rpartition(".")
        scheme, _, rest = url.partition(f"//{host}")
        pieces.append(f"{_link(f'{scheme}//{head}')} dot {tail}{escaping.escape(rest)}")
    return f'<p class="MsoNormal"><span>[{note.label}]</span> <span>{" ; ".join(pieces)}</span></p>'


def _trailing(note: PrintedNote) -> str:
    return f"<p>[{note.label}] {' '.join(_link(url + ';') for url in note.urls)}</p>"


def _plain(note: PrintedNote) -> str:
    return f"<p>[{note.label}] {escaping.escape(note.text)}</p>"


_WAYS: dict[str, Callable[[PrintedNote], str]] = {
    "autolinked": _linked,
    "roman": _linked,
    "underlined": _underlined,
    "word": _word,
    "joined": _joined,
    "split": _split,
    "trailing": _trailing,
    "plain": _plain,
}
