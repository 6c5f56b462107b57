from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from archive.config import Settings
from archive.model.reports import CitedUrl, Note, ParsedReport
from archive.model.understood import FetchedPage, Processed
from archive.model.vocabulary import Kind
from pipeline.run import ingest
from tests.factories import REPORT_URL, at, note, page, processed, report, written

WHOLE = "https://news.example/a-long-story-about-a-depot-near-the-port"
CUT = "https://news.example/a-long-story-ab"
REPOST_URL = f"{REPORT_URL}#repost-0a1b2c3d4e5f"

CAPTURES: dict[int, tuple[str, ParsedReport]] = {
    1: (
        REPOST_URL,
        report(
            url=REPOST_URL,
            publisher="repost",
            aliases=(REPORT_URL,),
            notes=(
                Note("1", CUT, (CitedUrl(CUT, CUT + "...", ("cut",)),)),
                note("2", "https://t.me/a/1"),
            ),
        ),
    ),
    2: (REPORT_URL, report(notes=(note("1", WHOLE), note("2", "https://t.me/a/1")))),
}


def fetched(number: int) -> FetchedPage:
    return page(number, final_url=CAPTURES[number][0], captured_at=at(number), kind=Kind.REPORT)


def understood(number: int) -> Processed:
    return processed(fetched(number), report=CAPTURES[number][1])


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ingest.Archive:
    made = ingest.Archive.open(tmp_path, Settings(), run=None)
    monkeypatch.setattr(made, "parse_again", understood)
    return made


@pytest.mark.parametrize("order", list(permutations(CAPTURES)))
def test_a_cut_address_is_made_whole_once_the_real_page_is_known(
    archive: ingest.Archive, order: tuple[int, ...]
) -> None:
    for number in order:
        archive.commit(understood(number), written(fetched(number)))
    rows = archive.db.execute(
        "SELECT citations.url, repairs, as_printed FROM citations WHERE version_id = 1 ORDER BY "
        "id LIMIT 1"
    ).fetchall()
    assert rows == [(WHOLE, '["completed"]', CUT + "...")]
    assert archive.db.execute("SELECT count(*) FROM sources").fetchone() == (2,)
    assert archive.db.execute("SELECT id, url FROM reports").fetchall() == [
        ("iran-update/2026-03-03", REPORT_URL)
    ]
    assert archive.db.execute("SELECT count(*) FROM versions").fetchone() == (2,)


def test_without_the_real_page_a_cut_address_stays_as_it_is(archive: ingest.Archive) -> None:
    archive.commit(understood(1), written(fetched(1)))
    assert archive.db.execute(
        "SELECT url, repairs FROM citations ORDER BY id LIMIT 1"
    ).fetchone() == (CUT, '["cut"]')
    assert archive.db.execute("SELECT id, url FROM reports").fetchall() == [
        ("iran-update/2026-03-03", REPOST_URL)
    ]
