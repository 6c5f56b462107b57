from __future__ import annotations

from pathlib import Path

import pytest

from archive.config import Settings
from archive.model.reports import ParsedReport
from archive.show.alarms import RECENT, Bounds, sudden_drops, unusual
from archive.warc.decode import decode_body
from archive.warc.reader import iter_records
from pipeline.read.parse import parse_report
from pipeline.run import ingest
from tests.factories import at, note, page, processed, report, written


@pytest.mark.parametrize(
    ("newest_first", "alarm"),
    [
        ([60, 62, 58, 64, 61, 60], False),
        ([20, 62, 58, 64, 61, 60], False),  # a weekend's short edition
        ([20, 21, 58, 64, 61, 60], True),
        ([3, 62, 58, 64, 61, 60], True),
        ([0, 62, 58, 64, 61, 60], True),
        ([0, 62, 58], False),  # too few to know what is usual
        ([300, 62, 58, 64, 61, 60], False),
        ([310, 62, 58, 64, 61, 60], True),  # a list of something else was read as notes
        ([3, 0, 0, 0, 0, 0], False),
    ],
)
def test_a_sudden_drop_is_told_from_a_short_edition(newest_first: list[int], alarm: bool) -> None:
    said = unusual([(f"report {n}", count) for n, count in enumerate(newest_first)])
    assert (said is not None) is alarm


def test_a_series_may_have_bounds_of_its_own() -> None:
    rows = [(f"report {n}", count) for n, count in enumerate([20, 62, 58, 64, 61, 60])]
    assert unusual(rows) is None
    assert unusual(rows, Bounds(one=0.5)) is not None


def test_the_archive_names_the_report_that_lost_its_notes(tmp_path: Path) -> None:
    archive = ingest.Archive.open(tmp_path, Settings(), run=None)
    for day in range(1, 8):
        notes = tuple(
            note(str(n), f"https://news.example/{day}/{n}") for n in range(1, 21 if day < 7 else 2)
        )
        url = f"https://understandingwar.org/research/middle-east/iran-update-march-{day}-2026/"
        fetched = page(day, final_url=url, captured_at=at(day * 24))
        dated = report(url=url, report_date=f"2026-03-0{day}", notes=notes, markers=())
        archive.commit(processed(fetched, report=dated), written(fetched))
    assert sudden_drops(archive.db) == [
        "iran-update/2026-03-07: 1 notes, where 20 are usual; has the page's layout changed?"
    ]
    archive.close()


def test_the_archive_names_the_report_whose_addresses_are_not_read(tmp_path: Path) -> None:
    archive = ingest.Archive.open(tmp_path, Settings(), run=None)
    for day in range(1, 8):
        links = [
            (f"https://news.example/{day}/{n}",) if day < 7 or n < 1 else () for n in range(20)
        ]
        notes = tuple(note(str(n), *urls) for n, urls in enumerate(links, 1))
        url = f"https://understandingwar.org/research/middle-east/iran-update-march-{day}-2026/"
        fetched = page(day, final_url=url, captured_at=at(day * 24))
        dated = report(url=url, report_date=f"2026-03-0{day}", notes=notes, markers=())
        archive.commit(processed(fetched, report=dated), written(fetched))
    [said] = sudden_drops(archive.db)
    assert said.startswith("iran-update/2026-03-07: 1 addresses in notes, where 20 are usual")
    archive.close()


@pytest.mark.real
def test_no_real_report_would_have_raised_an_alarm(real: Path) -> None:
    notes, urls = {}, {}
    for record in iter_records(real / "bulk.warc.gz", types={"response"}):
        assert record.uri is not None
        assert record.date is not None
        body = decode_body(record.payload, record.http_headers, 30_000_000).body
        found = parse_report(body, record.uri, "text/html; charset=utf-8", record.date)
        if isinstance(found, ParsedReport) and found.complete and found.report_date:
            notes[found.report_date] = len(found.notes)
            urls[found.report_date] = sum(len(one.urls) for one in found.notes)
    days = sorted(notes)
    assert len(days) > 300
    alarms = [
        said
        for counts in (notes, urls)
        for end in range(RECENT, len(days))
        if (said := unusual([(day, counts[day]) for day in reversed(days[end - RECENT : end])]))
    ]
    assert alarms == []
