"""Records for tests: small, valid, and different only where a test says so."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from archive.model.fetch import FetchContext, Location, Written
from archive.model.reports import CitedUrl, Figure, Marker, Note, ParsedReport
from archive.model.understood import CaptureVerdict, FetchedPage, Processed
from archive.model.vocabulary import Kind, Outcome
from archive.warc.digests import sha256_digest
from pipeline.read import process

REPORT_URL = "https://understandingwar.org/research/middle-east/iran-update-march-3-2026/"
START = datetime(2026, 3, 4, 2, 0, tzinfo=UTC)


def at(hours: float) -> datetime:
    """A moment some hours after the first capture."""
    return START + timedelta(hours=hours)


def note(label: str, *urls: str, text: str | None = None) -> Note:
    return Note(label, text or "; ".join(urls), tuple(CitedUrl(url, url) for url in urls))


def report(**changes: Any) -> ParsedReport:
    """A report of one paragraph, two notes and a picture."""
    base = ParsedReport(
        parser="isw-wp/3",
        publisher="isw",
        url=REPORT_URL,
        title="Iran Update, March 3, 2026",
        series="iran-update",
        series_name="Iran Update",
        report_date="2026-03-03",
        edition=None,
        text="A depot burned near the port.[1] Officials denied it.[2]",
        authors=("Ada Moss",),
        takeaways=("A depot burned.",),
        figures=(Figure("https://understandingwar.org/wp-content/uploads/map.png", "The port"),),
        markers=(Marker("1", "A depot burned near the port."), Marker("2", "Officials denied it.")),
        notes=(note("1", "https://t.me/portwatch/12"), note("2", "https://news.example/denied")),
    )
    return replace(base, **changes)


def page(capture_id: int, **changes: Any) -> FetchedPage:
    """A fetched page; `kind`, `uri_r` and other fields of the context may be given too."""
    names = set(FetchContext.__slots__)
    context = {
        "capture_id": capture_id,
        "kind": Kind.REPORT,
        "uri_r": changes.get("final_url", REPORT_URL),
        **{k: changes.pop(k) for k in list(changes) if k in names and k != "error"},
    }
    base = FetchedPage(
        context=FetchContext(**context),
        final_url=context["uri_r"],
        captured_at=START,
        http_status=200,
        headers={"content-type": "text/html; charset=utf-8"},
        body=f"page {capture_id}".encode(),
    )
    return replace(base, **changes)


def processed(fetched: FetchedPage, outcome: Outcome = Outcome.OK, **understood: Any) -> Processed:
    verdict = CaptureVerdict(outcome, {"status": fetched.http_status})
    if "report" in understood:
        return process.report_processed(fetched, verdict, understood["report"])
    return Processed(fetched, verdict, **understood)


def written(fetched: FetchedPage, **changes: Any) -> Written:
    """As if the page's record stood in a WARC file."""
    number = fetched.context.capture_id
    base = Written(
        record_id=f"<urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        location=Location("test.warc.gz", number * 1000, 900),
        payload_digest=sha256_digest(fetched.body),
    )
    return replace(base, **changes)
