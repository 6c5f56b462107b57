"""Tables are as wide as a screen: what few read is one click away."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from datasette.app import Datasette

from archive.web.columns import narrowed
from archive.web.slim import HIDDEN, hidden
from tests import web_samples as samples
from tests.serving import in_process

HIDES = ".rows-and-columns .col-post_id"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.make(tmp_path_factory.mktemp("slim") / "data").root


@pytest.fixture
async def datasette(root: Path) -> AsyncIterator[Datasette]:
    async with in_process(root) as served:
        yield served


def test_only_columns_that_there_are_are_hidden(root: Path) -> None:
    db = sqlite3.connect(root / "archive.db")
    for table, names in HIDDEN.items():
        held = {row[1] for row in db.execute(f"PRAGMA table_xinfo({table})")}
        assert set(names) <= held, table
        assert held - set(names), table
    db.close()


def test_what_a_reader_chose_or_sorts_by_is_shown() -> None:
    assert "host" in hidden("sources", {})
    assert "host" not in hidden("sources", {"host": "t.me"})
    assert "host" not in hidden("sources", {"host__contains": "t"})
    assert "host" not in hidden("sources", {"_sort": "host"})
    assert hidden("sources", {"_all": "1"}) == hidden("sources", {"_col": "url"}) == ()
    assert hidden("of another database", {}) == ()


async def test_a_table_shows_few_columns_and_leads_to_all(datasette: Datasette) -> None:
    text = (await datasette.client.get("/archive/sources?platform=telegram")).text
    assert HIDES in text
    assert 'href="/archive/sources?platform=telegram&amp;_all=1"' in text
    assert HIDES not in (await datasette.client.get("/archive/sources?_all=1")).text


async def test_a_key_of_ours_is_no_number_to_read(datasette: Datasette) -> None:
    text = (await datasette.client.get("/archive/sources")).text
    assert ">row</a></td>" in text


async def test_headings_follow_one_another(datasette: Datasette) -> None:
    for path in ("/archive/sources", "/archive?sql=select+1"):
        assert "<h3" not in (await datasette.client.get(path)).text


async def test_rows_are_sorted_and_narrowed_by_columns_as_headings_call_them(
    datasette: Datasette,
) -> None:
    text = (await datasette.client.get("/archive/captures?_sort=id")).text
    told = " ".join(text.partition('<h2 class="isw-part">')[2].partition("</h2>")[0].split())
    assert told.endswith("sorted by row")
    assert '<option value="id" selected>Sort by row</option>' in text
    text = (await datasette.client.get("/archive/sources?report_count__gt=0")).text
    assert "<title>sources" in text
    assert "where reports citing &gt; 0</title>" in text
    assert "sorted by id" in (await datasette.client.get("/archive/reports?_sort=id")).text


def test_of_how_rows_are_narrowed_values_stay_as_they_are() -> None:
    told = 'where report_count > 1, host = "where id = 1" and url contains "x" sorted by id'
    said = 'where reports citing > 1, host = "where id = 1" and address contains "x" sorted by row'
    assert narrowed(told, "sources") == said
    assert narrowed("where host = &#34;and id = 1&#34;", "sources").endswith("id = 1&#34;")


async def test_a_facet_that_is_shown_anyway_is_shown_once(datasette: Datasette) -> None:
    text = (await datasette.client.get("/archive/sources?_facet=status&_facet=host")).text
    assert text.count('id="facet-status"') == text.count('id="facet-host"') == 1
    text = (await datasette.client.get("/archive/sources?_facet=status&platform=nope")).text
    assert 'id="facet-' not in text


async def test_a_table_without_rows_says_what_next(datasette: Datasette) -> None:
    text = (await datasette.client.get("/archive/sources?platform=nope")).text
    assert 'No row matches. <a href="/archive/sources">All rows of this table</a>' in text
    assert "No row is here yet." in (await datasette.client.get("/archive/withheld")).text


async def test_how_sql_makes_a_table_is_folded(datasette: Datasette) -> None:
    for path in ("/archive/sources", "/archive/edits"):
        text = (await datasette.client.get(path)).text
        assert '<summary>As SQL makes it</summary><pre class="wrapped-sql">' in text


async def test_a_question_in_sql_is_headed_as_one(datasette: Datasette) -> None:
    text = (await datasette.client.get("/archive?sql=select+1+as+id")).text
    assert "<h1>A question in SQL</h1>" in text
    assert '<th class="col-id" scope="col">id</th>' in text
