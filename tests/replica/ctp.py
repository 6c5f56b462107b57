"""www.criticalthreats.org: listings that hold a script with all reports, pages with roman notes,
soft 404s.

No real page of it is known; the parts are those that crawlers describe, the endnotes are Word's
usual mark-up.
"""

from __future__ import annotations

import html as escaping
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.replica.citing import printed_notes
from tests.replica.messages import Reply, Request, html, typed, with_validators
from tests.replica.reports import Report, State, compose, moment, roman
from tests.replica.templating import render

if TYPE_CHECKING:
    from datetime import datetime

CTP = "https://www.criticalthreats.org"
LISTS = {"/analysis/ctp-iran-updates": "iran-update", "/analysis/africa-file": "africa-file"}
ROBOTS = "User-agent: *\nDisallow: /admin/\n"
AFRICA = (
    ("africa-file-march-12-2026-harbour-talks-stall",
        "Harbour Talks Stall: Africa File, March 12, 2026", "2026-03-12"),
    ("canal-traffic-resumes-africa-file-march-19-2026",
        "Canal Traffic Resumes: Africa File, March 19, 2026", "2026-03-19"),
)  # fmt: skip


def africa_reports(cited: list[str]) -> tuple[Report, ...]:
    """The reports that only this site has; they share `cited`."""
    half = -(-len(cited) // 2)
    return tuple(_africa(i, cited[i * half : (i + 1) * half]) for i in range(2))


def _africa(index: int, urls: list[str]) -> Report:
    slug, title, day = AFRICA[index]
    notes = tuple(replace(n, label=roman(int(n.label))) for n in printed_notes(urls))
    parts, takeaways = compose(slug, "africa-file", [note.label for note in notes])
    return Report(
        url=f"{CTP}/analysis/{slug}",
        team="africa",
        series="africa-file",
        series_name="Africa File",
        date=day,
        edition=None,
        number=900 + index,
        authors=("Leila Sandoval", "Peter Okonjo"),
        cutoff=None,
        states=(State(moment(f"{day}T17:00"), title, takeaways, parts, notes),),
        site="ctp",
    )


class CriticalThreats:
    """Answers for www.criticalthreats.org: its own reports and mirrors of ISW's."""

    def __init__(self, reports: tuple[Report, ...]) -> None:
        self._pages = {
            "/" + address.split("/", 3)[3]: report
            for report in reports
            for address in (report.url, *report.aliases)
            if address.startswith(CTP)
        }

    def __call__(self, request: Request) -> Reply:
        """The reply to one request; 200 for whatever is not there."""
        path = request.bare_path
        report = self._pages.get(path)
        state = report.mirrored_at(request.at) if report else None
        if report and state:
            page = html(self._page(path, report, state))
            return with_validators(page, request, state.since)
        if path in LISTS:
            return html(self._list(path, request.at))
        if path == "/robots.txt":
            return typed(ROBOTS, "text/plain")
        return html(render("ctp_missing.html"))

    def _list(self, path: str, now: datetime) -> str:
        entries = [
            {
                "id": report.number,
                "slug": address.removeprefix("/analysis/"),
                "title": state.title,
                "published_timestamp": int(report.appears.timestamp()),
            }
            for address, report in self._pages.items()
            if report.series == LISTS[path] and (state := report.mirrored_at(now))
        ]
        entries.sort(key=lambda e: -int(str(e["published_timestamp"])))
        text = json.dumps(entries).replace("</", "<\\/")
        return render("ctp_list.html", title=LISTS[path], entries=text)

    def _page(self, path: str, report: Report, state: State) -> str:
        labels = _romans(state)
        return render(
            "ctp_report.html",
            address=CTP + path,
            report=report,
            state=state,
            stamp=int(report.appears.timestamp()),
            paragraphs=[[_marked(p, labels) for p in part.paragraphs] for part in state.parts],
            notes=[_note(labels[n.label], i, n.text) for i, n in enumerate(state.notes, 1)],
        )


def _romans(state: State) -> dict[str, str]:
    """Roman labels for a report's labels, which may be roman already."""
    labels = [n.label for n in state.notes] or re.findall(
        r"\[(\w+)\]", " ".join(p for part in state.parts for p in part.paragraphs)
    )
    return {label: roman(int(label)) if label.isdigit() else label for label in labels}


def _marked(paragraph: str, labels: dict[str, str]) -> str:
    def anchor(match: re.Match[str]) -> str:
        label = labels.get(match[1], match[1])
        return f'<a href="#_edn{label}" name="_ednref{label}"><sup>[{label}]</sup></a>'

    return re.sub(r"\[(\w+)\]", anchor, escaping.escape(paragraph, quote=False))


def _note(label: str, number: int, text: str) -> str:
    back = f'<a href="#_ednref{label}" name="_edn{label}" id="edn{number}">[{label}]</a>'
    return f"<p>{back} {escaping.escape(text)}</p>"
