"""An archive whose sources drifted, died, and were cited by somebody ill-disposed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from archive.config import Settings
from archive.model.understood import PageText
from archive.model.vocabulary import Kind, Outcome
from archive.urls.normal import source_key, stable_id
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import at, page, processed

DIED = "https://news.example/denied"

DRIFTED = samples.SOURCE_URL

NEVER = f"https://evil.example/{samples.TURNED}"

BEFORE = (
    "The port authority said on Monday that the library stays open. Forty families came on Sunday. "
    "Nobody was hurt, the harbour master said, and the depot was empty at that time of the day."
)

AFTER = (
    "The port authority said on Monday that the library was closed. Forty families came on Sunday. "
    "A spokesman who did not give his name denied all of it in the evening "
    f"{samples.SCRIPT}{samples.QUOTES}. Nobody was hurt, the harbour master said, and the depot "
    "was empty at that time of the day."
)

DAYS = 24


def number(url: str) -> int:
    return stable_id(source_key(url))


def make(root: Path) -> None:
    """The small archive; then one source drifts, another comes, is edited, and is proved gone over
    days."""
    samples.make(root)
    with Archive.open(root, Settings(), run="20260401-test") as archive:
        for capture, day, text in ((8, 1, BEFORE), (9, 3, AFTER)):
            come(archive, capture, DIED, day, text)
        for capture, day in ((10, 10), (11, 14), (12, 20)):
            lost(archive, capture, DIED, day)
        come(archive, 13, DRIFTED, 5, BEFORE)


def come(archive: Archive, capture: int, url: str, day: int, text: str) -> None:
    fetched = page(
        capture, kind=Kind.SOURCE, uri_r=url, captured_at=at(day * DAYS), body=text.encode()
    )
    samples.keep(archive, fetched, text=PageText(text, title=samples.SCRIPT, language="en"))


def lost(archive: Archive, capture: int, url: str, day: int) -> None:
    fetched = page(
        capture,
        kind=Kind.SOURCE,
        uri_r=url,
        captured_at=at(day * DAYS),
        http_status=404,
        body=b"no",
    )
    done = processed(fetched, Outcome.GONE)
    done = replace(
        done,
        verdict=replace(done.verdict, evidence={"rule": "status-404", "marker": samples.QUOTES}),
    )
    answer = archive.writer.write_failure(fetched.final_url, fetched.captured_at, fetched.context)
    archive.commit(done, answer)
