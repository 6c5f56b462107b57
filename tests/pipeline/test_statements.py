"""How often a capture asks and tells the database: each question that is added costs every capture
of every day."""

from __future__ import annotations

from itertools import groupby

from archive import near_duplicates
from archive.model.understood import PageText, Processed
from archive.model.vocabulary import Kind, Outcome
from pipeline.run.ingest import Archive
from tests.factories import at, page, processed, report, written

URL = "https://news.example/denied"
STORY = "The bridge over the Ilma is closed since Monday, the district council said. " * 12

SOURCE = 22
"""Before decisions were parted from the database it were 20, by the same count; two are for what
the page shows, and for the sentences that rest on it; three for when it was posted, for posts that
refer to it, and for other observers of it; one for which links of its text are held."""
FAILED_AGAIN = 14
REPORT = 53
"""Twelve are for the voices behind its sentences, one for what its publisher edited; one for other
versions, of a publication that moves to another report; one for whether counts wait for the end of
a first import; three for lives, by series and by the two hosts here."""


def statements(archive: Archive, one: Processed) -> list[str]:
    """What a commit says to the database, once each time: SQLite tells a statement again for each
    trigger that it sets off, and what its search index says to itself."""
    said: list[str] = []
    archive.db.conn.set_trace_callback(said.append)
    archive.commit(one, written(one.page))
    archive.db.conn.set_trace_callback(None)
    own = [text for text, _ in groupby(said) if not text.startswith("--")]
    return [text for text in own if "_fts" not in text and "data_version" not in text]


def article(number: int, hours: float) -> Processed:
    fetched = page(number, kind=Kind.SOURCE, uri_r=URL, captured_at=at(hours))
    text = PageText(STORY, title="Bridge")
    return processed(fetched, text=text, signature=near_duplicates.signature(STORY))


def test_the_first_capture_of_a_source_asks_no_more_than_it_must(archive: Archive) -> None:
    assert len(statements(archive, article(1, 0))) <= SOURCE


def test_nor_do_later_ones(archive: Archive) -> None:
    archive.commit(article(1, 0), written(article(1, 0).page))
    assert len(statements(archive, article(2, 50))) <= SOURCE
    gone = processed(page(3, kind=Kind.SOURCE, uri_r=URL, captured_at=at(90)), Outcome.GONE)
    assert len(statements(archive, gone)) <= FAILED_AGAIN


def test_nor_does_a_report(archive: Archive) -> None:
    first = processed(page(1), report=report())
    assert len(statements(archive, first)) <= REPORT


def test_a_source_is_told_its_captures_and_its_status_at_once(archive: Archive) -> None:
    told = [
        text for text in statements(archive, article(1, 0)) if text.startswith("\nUPDATE sources")
    ]
    assert len(told) == 2  # its standing, then whether it is all that is left
