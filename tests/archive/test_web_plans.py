"""How SQLite answers what the pages ask: never by going through all captures, however many there
are."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import pytest

from archive.db.database import open_database
from archive.show import (
    atom,
    check_reading,
    group_reading,
    mementos,
    reading_source,
    report_files,
    report_reading,
)
from archive.show.atom import FeedScope
from archive.show.citing import reading as citing
from archive.web.described import description

WANTED = (FeedScope(), FeedScope(series="x"), FeedScope(host="x"), FeedScope(source=1))
QUERIES = description()["databases"]["archive"]["queries"]


@pytest.mark.parametrize(
    ("sql", "values"),
    [
        (report_reading._CITED, [1]),
        (report_files._FIGURES, [1]),
        (report_files._ATTACHMENTS, [1]),
        (check_reading._FIRST, [1]),
        (check_reading._LAST, [1]),
        (reading_source._TRIES, [1, 1]),
        (reading_source._FIRST_GOOD, [1]),
        (mementos._CAPTURES.format(spellings=":a"), {"source": 1, "publication": 1, "a": ""}),
        (citing._SOURCE, [1]),
        (citing._VERSION, [1]),
        *((sql, {**asdict(wanted), "since": "", "limit": 1}) for wanted in WANTED
          for sql in atom.queries(wanted)),
        (QUERIES["sentences_on_lost_sources"]["sql"], {"status": "", "report": ""}),
    ],
)  # fmt: skip
def test_a_page_never_goes_through_all_captures(tmp_path: Path, sql: str, values: object) -> None:
    db = open_database(tmp_path / "archive.db")
    steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()]  # type: ignore[arg-type]
    db.close()
    assert any("captures" in step for step in steps)
    for step in steps:
        assert "SCAN captures" not in step, steps
        assert "captures_by_outcome" not in step, steps


def test_a_host_does_not_try_each_version_with_each_of_its_sources(tmp_path: Path) -> None:
    db = open_database(tmp_path / "archive.db")
    sql = group_reading._CITING
    steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", {"chosen": ""}).fetchall()]
    db.close()
    (asked,) = [step for step in steps if "SEARCH citations" in step]
    assert asked.endswith("(source_id=?)")


@pytest.mark.parametrize("wanted", WANTED[2:])
def test_a_feed_of_a_source_never_goes_through_all_reports(
    tmp_path: Path, wanted: FeedScope
) -> None:
    db = open_database(tmp_path / "archive.db")
    values = {**asdict(wanted), "since": "", "limit": 1}
    steps = [
        row[3]
        for sql in atom.queries(wanted)
        for row in db.execute(f"EXPLAIN QUERY PLAN {sql}", values).fetchall()
    ]
    db.close()
    assert not [step for step in steps if "SCAN" in step], steps
