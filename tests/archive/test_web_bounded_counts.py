"""The rows that a filter leaves are counted from what is kept, or as long as a page may wait."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from datasette.app import Datasette
from datasette.database import Database, QueryInterrupted

from archive.show.kept_count import kept_count
from archive.web import bounded_counts
from archive.web.bounded_counts import count_within_bounds

_NUMBER = re.compile(r"\b[\d,]+ rows?\b")
_LIMIT_MS = 77
"""Of no other question."""
_COUNT = "select count(*) from captures"


@pytest.fixture
def counted(datasette: Datasette, monkeypatch: pytest.MonkeyPatch) -> Datasette:
    """Datasette over an archive where no count ends within the time of a page."""
    database = datasette.get_database("archive")
    execute = Database.execute.__get__(database)

    async def ended(sql: str, *given: object, **named: object) -> object:
        if named.get("custom_time_limit") == _LIMIT_MS:
            raise QueryInterrupted(None, sql, given)
        return await execute(sql, *given, **named)

    monkeypatch.setattr(bounded_counts, "COUNTING_MS", _LIMIT_MS)
    monkeypatch.setattr(database, "execute", ended)
    count_within_bounds(database)
    return datasette


@pytest.mark.parametrize(
    "where",
    ['where "outcome" = :p0 ', 'where "kind" = :p0', 'where "kind" = :p0 and "outcome" = :p1 '],
)
def test_captures_of_a_kind_or_an_outcome_are_counted_from_what_is_kept(where: str) -> None:
    asked = kept_count(f"{_COUNT} {where}")
    assert "FROM capture_counts WHERE" in asked
    assert where.removeprefix("where ").strip() in asked


@pytest.mark.parametrize(
    "sql",
    [
        f"{_COUNT} ",
        f'{_COUNT} where "via" = :p0 ',
        f'{_COUNT} where "outcome" = :p0 and "via" = :p1 ',
        f'{_COUNT} where "outcome" = :p0 and "id" NOT IN (SELECT 1) ',
        'select count(*) from events where "kind" = :p0 ',
    ],
)
def test_all_else_is_counted_as_it_was(sql: str) -> None:
    assert kept_count(sql) == sql


@pytest.mark.parametrize("form", ["", ".json"])
async def test_a_kept_number_is_that_of_the_rows(
    folder: Path, datasette: Datasette, form: str
) -> None:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        sql = "SELECT count(*) FROM captures WHERE kind = 'source' AND outcome = 'ok'"
        (count,) = db.execute(sql).fetchone()
    path = f"/archive/captures{form}?kind=source&outcome=ok"
    answer = await datasette.client.get(path)
    if form:
        assert answer.json()["filtered_table_rows_count"] == count
    else:
        assert f"{count:,} row" in answer.text


@pytest.mark.parametrize("path", ["sources?seen=1", "captures?via=live"])
async def test_what_takes_longer_to_count_is_shown_without_a_number(
    counted: Datasette, path: str
) -> None:
    answer = await counted.client.get(f"/archive/{path}")
    assert answer.status_code == 200
    assert not _NUMBER.search(answer.text)
    assert len(re.findall("<tr", answer.text)) > 1


async def test_its_facets_are_not_counted_in_vain_and_the_page_says_so(counted: Datasette) -> None:
    answer = await counted.client.get("/archive/sources?seen=1")
    assert "These facets timed out" in answer.text


async def test_as_data_rows_are_counted_however_long_it_takes(counted: Datasette) -> None:
    answer = await counted.client.get("/archive/sources.json?seen=1")
    assert answer.json()["filtered_table_rows_count"] > 0


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT * FROM captures WHERE outcome = 'ok' ORDER BY id DESC LIMIT 51",
        "SELECT * FROM captures ORDER BY captured_at DESC LIMIT 51",
        "SELECT * FROM captures WHERE kind = 'report' AND captured_at >= '2026'",
    ],
)
def test_captures_are_read_in_the_order_wanted(folder: Path, asked: str) -> None:
    with closing(sqlite3.connect(folder / "archive.db")) as db:
        steps = [row[3] for row in db.execute(f"EXPLAIN QUERY PLAN {asked}").fetchall()]
    assert len(steps) == 1, steps
    assert "USING INDEX captures_" in steps[0]
