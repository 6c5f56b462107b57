"""Tables are as wide as a screen: what few read is one click away."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from datasette.app import Datasette

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
