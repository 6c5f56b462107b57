"""A small archive with WARC files, whose pages were written by somebody who wishes its readers
ill."""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from archive.config import Settings
from archive.folder import DataFolder
from archive.model.fetch import Connection, Exchange, Hop, HttpMessage
from archive.model.reports import Attachment, CitedUrl, Marker, Note, ParsedReport, Quality, Section
from archive.model.rows import RunRow
from archive.model.understood import CaptureVerdict, FetchedPage, PageText
from archive.model.vocabulary import Kind, Outcome
from archive.warc.digests import sha256_digest
from pipeline.run.ingest import Archive
from tests.factories import REPORT_URL, at, note, page, processed, report

REPORT_ID = "iran-update/2026-03-03"
BAD_ID = "iran-update/2026-03-04"
BAD_URL = "https://understandingwar.org/research/middle-east/iran-update-march-4-2026/"
SOURCE_URL = "https://t.me/portwatch/12"

SCRIPT = "<script>alert(1)</script>"
QUOTES = "\"'><img src=x onerror=alert(2)>"
TURNED = "invoice\u202egpj.exe"
BAD_LINK = "javascript:alert(3)"
EVIL = (SCRIPT, QUOTES, BAD_LINK)

PERSIAN = "\u06a9\u062a\u0627\u0628\u062e\u0627\u0646\u0647 \u0628\u0633\u062a\u0647 \u0634\u062f."
HTML_BODY = f"<!doctype html><title>Port</title>{SCRIPT}<p>{PERSIAN}".encode()
SHOWN = tuple(base64.b64encode(one).decode() for one in (b"a site's", b"an authority's"))
"""Certificates, as far as records go."""


def make(root: Path) -> DataFolder:
    """Seven captures: an edited report, a hostile one, a source twice with one body, two
    failures."""
    folder = DataFolder(root)
    with Archive.open(root, Settings(), run="20260304-test") as archive:
        archive.store.start_run(
            RunRow("20260304-test", "import", {"files": [SCRIPT]}, "2026-03-04T02:00:00Z")
        )
        archive.store.finish_run(
            "20260304-test", at="2026-03-04T03:00:00Z", outcome="done", counts={"captures": 7}
        )
        archive.store.record_step(
            "isw", "feed", at="2026-03-04T02:00:00Z", ok=False, found=0, detail=SCRIPT
        )
        keep(archive, page(1, captured_at=at(0)), report=_plain())
        edited = replace(
            _plain(), text="A depot burned.[1] Officials denied it.[2] Nobody was hurt."
        )
        keep(archive, page(2, captured_at=at(5)), report=edited)
        keep(archive, page(3, captured_at=at(6), final_url=BAD_URL), report=_hostile())
        _keep_sources(archive)
        keep(archive, page(6, captured_at=at(9), final_url=BAD_URL), failure=f"no title: {SCRIPT}")
    return folder


@contextmanager
def withheld(folder: Path, capture: int) -> Iterator[None]:
    """A capture of an archive is withheld for so long."""
    with Archive.open(folder, Settings(), run=None) as archive:
        [(record,)] = archive.db.execute(
            "SELECT record_id FROM captures WHERE id = ?", [capture]
        ).fetchall()
        archive.store.withhold([(record, capture, "2026-03-04T00:00:00Z", "op", "names a witness")])
    yield
    with Archive.open(folder, Settings(), run=None) as archive:
        archive.store.withhold([])


def _keep_sources(archive: Archive) -> None:
    headers = {
        "content-type": "text/html; charset=utf-8",
        "content-encoding": "gzip",
        "x-evil": QUOTES,
    }
    text = PageText(PERSIAN, title=SCRIPT, author=QUOTES, language="fa", facts=(("views", SCRIPT),))
    first = page(
        4, kind=Kind.SOURCE, uri_r=SOURCE_URL, captured_at=at(7),
        final_url="https://t.me/s/portwatch/12",
        headers=headers, body=gzip.compress(HTML_BODY, mtime=0),
    )  # fmt: skip
    keep(archive, first, text=text, hop=SOURCE_URL)
    again = replace(first, context=replace(first.context, capture_id=5), captured_at=at(8))
    keep(archive, again, text=text)
    failed = page(
        7, kind=Kind.SOURCE, uri_r="https://news.example/denied", captured_at=at(8),
        http_status=None, body=b""
    )  # fmt: skip
    failed = replace(failed, context=replace(failed.context, error=("dns-failure", "no such host")))
    archive.commit(
        processed(failed, Outcome.DNS_FAILURE),
        archive.writer.write_failure(failed.final_url, failed.captured_at, failed.context),
    )


def keep(
    archive: Archive, fetched: FetchedPage, *, hop: str | None = None, **understood: Any
) -> None:
    """Write a page's record and commit it."""
    answer = HttpMessage("HTTP/1.1 200 OK", tuple(fetched.headers.items()), fetched.body)
    shown = Connection(fetched.captured_at, SHOWN)
    exchange = Exchange(fetched.final_url, fetched.captured_at, answer, connection=shown)
    hops = []
    if hop:
        moved = HttpMessage("HTTP/1.1 302 Found", (("location", fetched.final_url),))
        context = replace(fetched.context, final=False)
        place = archive.writer.write(Exchange(hop, fetched.captured_at, moved), context).location
        hops = [Hop(hop, 302, place)]
    digest = archive.writer.write(exchange, fetched.context, _payload(archive, fetched))
    done = processed(fetched, **understood)
    done = replace(
        done, verdict=CaptureVerdict(done.verdict.outcome, {"status": 200, "marker": SCRIPT})
    )
    archive.commit(done, digest, hops)


def _payload(archive: Archive, fetched: FetchedPage) -> Any:
    return archive.find_payload(sha256_digest(fetched.body))


def _plain() -> ParsedReport:
    return report(
        sections=(
            Section(None, "A depot burned near the port.[1] See [sic]."),
            Section("Reactions", "Officials denied it.[2]\n\nMore.[1]"),
        ),
        notes=(
            note("1", SOURCE_URL),
            note("2", "https://news.example/denied"),
            Note("3", "Interview with a port official."),
        ),
        corrections=("An earlier version named the wrong port.",),
        attachments=(Attachment("https://understandingwar.org/files/report.pdf", "PDF"),),
    )


def _hostile() -> ParsedReport:
    return report(
        url=BAD_URL,
        title=f"{SCRIPT} {TURNED}",
        report_date="2026-03-04",
        text=f"{SCRIPT}{QUOTES}[{QUOTES[:3]}][1]",
        authors=(SCRIPT, QUOTES),
        takeaways=(SCRIPT,),
        corrections=(QUOTES,),
        cutoff_text=SCRIPT,
        dateline_text=QUOTES,
        sections=(Section(SCRIPT, f"{SCRIPT}[1] and {TURNED}"),),
        markers=(Marker("1", SCRIPT, QUOTES), Marker(QUOTES, SCRIPT)),
        notes=(
            Note("1", f"{SCRIPT} {BAD_LINK}", (CitedUrl(BAD_LINK, SCRIPT, (QUOTES,)),)),
            Note(QUOTES, TURNED, (CitedUrl(f"https://evil.example/{TURNED}", TURNED),
                CitedUrl(SOURCE_URL, SOURCE_URL))),
            Note("<b>", SCRIPT, (CitedUrl(REPORT_URL, REPORT_URL),)),
        ),
        attachments=(Attachment(BAD_LINK, SCRIPT),),
        quality=Quality((SCRIPT,), ("2",), (QUOTES,), ("3",), 1),
    )  # fmt: skip
