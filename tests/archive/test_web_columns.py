"""What columns and figures are called where people read, and that forms still send their names."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from markupsafe import Markup

from archive.web.columns import figure, heading, label, row_key
from tests import web_samples as samples
from tests.serving import in_process, text_of


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.make(tmp_path_factory.mktemp("columns") / "data").root


@pytest.fixture
async def datasette(root: Path) -> AsyncIterator[Datasette]:
    async with in_process(root) as served:
        yield served


@pytest.mark.parametrize(
    ("column", "said"),
    [("first_captured_at", "first captured"), ("version_id", "version"), ("url", "address"),
     ("report_id", "report"), ("words_added", "words added"), ("hedge", "hedge")],
)  # fmt: skip
def test_a_column_is_called_as_people_say_it(column: str, said: str) -> None:
    assert label(column) == said


def test_a_key_that_nobody_reads_is_headed_by_what_its_cells_say() -> None:
    assert (heading("id", "sources"), heading("id", "runs")) == ("row", "id")


@pytest.mark.parametrize(
    ("value", "column", "table", "said"),
    [
        (172_798, "stood_most_s", "corrections", "2 days"),
        (-7_200, "apart_s", "two_observers", "-2 hours"),
        (0, "stood_least_s", "corrections", "0 s"),
        (12.5, "duration_s", "media", "12.5 s"),
        (0.0769, "share_dead", "rot_by_host", "7.7\N{NO-BREAK SPACE}%"),
        (2_900_000, "bytes", None, "2.9 MB"),
        (1, "one_voice", "claim_support", "yes"),
        (0, "only_copy", "sources", "no"),
    ],
)
def test_a_figure_has_its_unit(value: Any, column: str, table: str | None, said: str) -> None:
    assert f">{said}<" in str(figure(value, column, table))


@pytest.mark.parametrize(
    ("value", "column", "table"),
    [
        (1, "one_voice", "support_by_report"),  # a count there
        (1.0, "resemblance", "near_texts"),
        (1, "captures", "sources"),
        ("1", "only_copy", "sources"),
    ],
)
def test_a_plain_number_stays_a_number(value: Any, column: str, table: str) -> None:
    assert figure(value, column, table) is None


def test_keys_are_words_to_the_eye_and_stay_keys_to_the_ear() -> None:
    shown = row_key(Markup('<a href="/archive/markers/1937894437,0">1937894437,0</a>'))
    assert shown.endswith(' aria-label="row 1937894437,0">row</a>')
    named = Markup('<a href="/archive/runs/20261130T2200Z-collect">20261130T2200Z-collect</a>')
    assert row_key(named) == named


async def test_forms_and_data_send_names_and_show_words(datasette: Datasette) -> None:
    text = await text_of(datasette, "/archive/reports?_facet=report_date")
    assert '<option value="report_date">report date</option>' in text
    assert "report date (<code>report_date</code>)" in text
    assert re.search(r"rows?\s+sorted by report date descending", text)
    first = (await datasette.client.get("/archive/reports.json?_shape=array")).json()[0]
    assert {"series", "report_date", "title"} <= set(first)


async def test_what_rows_are_narrowed_to_is_called_as_in_the_rows(datasette: Datasette) -> None:
    text = await text_of(datasette, "/archive/claim_support")
    assert re.search(r'<a href="[^"]*one_voice=[01]"[^>]*>(?:yes|no)</a>', text)
    assert re.search(r'<a href="[^"]*series=iran-update"[^>]*>Iran Update</a>', text)


async def test_an_arrow_points_as_the_rows_go(datasette: Datasette) -> None:
    falling = await text_of(datasette, "/archive/sources?_sort_desc=captures")
    rising = await text_of(datasette, "/archive/sources?_sort=captures")
    begin = r'<th [^>]*aria-sort="{}"[^>]*data-column="captures"[^>]*>.*?aria-hidden="true">{}<'
    assert re.search(begin.format("descending", "\N{BLACK DOWN-POINTING TRIANGLE}"), falling)
    assert re.search(begin.format("ascending", "\N{BLACK UP-POINTING TRIANGLE}"), rising)


async def test_reports_are_called_by_their_titles_in_views_and_answers(
    datasette: Datasette,
) -> None:
    found = await datasette.client.get("/archive/reports.json?_shape=array")
    titles = {one["id"]: one["title"] for one in found.json()}
    for path in ("/archive/cited_sources", "/archive/sentences_on_lost_sources?status=alive"):
        text = await text_of(datasette, path)
        named = re.findall(r'<a href="/-/report/([^"]+)" title="[^"]*"><bdi>([^<]*)</bdi>', text)
        assert named, path
        assert all(str(Markup.escape(titles[one])) == title for one, title in named), path


async def test_tables_are_listed_from_the_report_on(datasette: Datasette) -> None:
    text = await text_of(datasette, "/archive")
    listed = re.findall(r'<dt><a href="/archive/(\w+)">', text)
    assert listed[:3] == ["reports", "versions", "notes"]
    assert len(listed) == len(set(listed))


async def test_a_title_is_followed_when_it_changes(tmp_path: Path) -> None:
    root = samples.make(tmp_path / "data").root
    async with in_process(root) as served:
        await text_of(served, "/archive/cited_sources")
        db = sqlite3.connect(root / "archive.db")
        db.execute("UPDATE reports SET title = 'Another title'")
        db.commit()
        text = await text_of(served, "/archive/cited_sources")
        db.close()
    assert "<bdi>Another title</bdi>" in text
