"""Ready-made questions: pages that go on, files that are whole, no SQL until it is asked for."""

from __future__ import annotations

import csv
import io
import re
import shutil
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from datasette.app import Datasette
from datasette.utils import derive_named_parameters

from archive.db.folding import register
from archive.db.schema.life_counts import ANEW
from archive.show import questions
from archive.show.questions import PAGE, answer, count, known_total
from archive.show.withheld import without_hidden
from archive.web.question import NAMES, label
from tests import web_samples as samples
from tests.serving import in_process, text_of

MANY = 1_205
"""More than the thousand rows at which datasette ends an answer."""
ASKED = "/archive/most_cited_sources"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = samples.make(tmp_path_factory.mktemp("questions") / "data").root
    db = sqlite3.connect(made / "archive.db")
    register(db)
    names = [
        row[1]
        for row in db.execute("PRAGMA table_info(sources)")
        if row[1] not in {"id", "url", "report_count"}
    ]
    listed = ", ".join(names)
    db.executemany(
        f"INSERT INTO sources (id, url, report_count, {listed}) "
        f"SELECT ?, ?, ?, {listed} FROM sources LIMIT 1",
        [(n, f"https://paper.example/{n}", 5_000 - n) for n in range(1, MANY + 1)],
    )
    db.execute("DELETE FROM year_counts")  # who writes new sources counts them
    db.execute(f"INSERT INTO year_counts {ANEW['year_counts']}")
    db.commit()
    db.close()
    return made


@pytest.fixture
async def datasette(root: Path) -> AsyncIterator[Datasette]:
    async with in_process(root, sql_time_limit_ms=5_000) as served:
        yield served


async def test_an_answer_pages_on_to_its_end_in_one_order(datasette: Datasette) -> None:
    seen, path = [], f"{ASKED}?domain="
    while path:
        text = await text_of(datasette, path)
        seen += re.findall(r">paper\.example/(\d+)<|https://paper\.example/(\d+)\"", text)
        following = re.search(r'<a href="([^"]+)" rel="next">', text)
        path = following[1].replace("&amp;", "&") if following else ""
    numbers = list(dict.fromkeys(int(a or b) for a, b in seen))
    assert numbers == list(range(1, MANY + 1))


async def test_a_page_says_which_rows_it_shows_and_of_how_many(datasette: Datasette) -> None:
    text = await text_of(datasette, f"{ASKED}?_page=2")
    assert re.search(r"<strong>1,20\d</strong> rows, here 101 to 200", text)


@pytest.mark.parametrize("name", NAMES)
async def test_a_total_that_is_known_is_that_of_the_rows(datasette: Datasette, name: str) -> None:
    asked = await datasette.get_canned_query("archive", name, None)
    database = datasette.databases["archive"]
    empty = dict.fromkeys(await derive_named_parameters(database, asked["sql"]), "")
    for given in ({}, {"platform": "telegram"}, {"outcome": "gone"}, {"domain": "t.me"}):
        values = {**empty, **{one: said for one, said in given.items() if one in empty}}
        counted = await database.execute_fn(lambda db: count(db, asked["sql"], values))  # noqa: B023
        known = await database.execute_fn(lambda db: known_total(db, name, values))  # noqa: B023
        assert known in {None, counted}
        whole = await database.execute_fn(
            lambda db: answer(db, asked["sql"], values, 1, at_once=True)  # noqa: B023
        )
        asked_for = await database.execute_fn(lambda db: answer(db, asked["sql"], values, 1))  # noqa: B023
        assert (whole.rows, whole.more, whole.total) == (asked_for.rows, asked_for.more, counted)


@pytest.mark.parametrize("chosen", ["", "&status=unchecked"])
async def test_the_pages_of_sources_show_each_once(root: Path, tmp_path: Path, chosen: str) -> None:
    shutil.copytree(root, tmp_path / "data")
    db = sqlite3.connect(tmp_path / "data" / "archive.db")
    for name in [
        row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    ]:
        db.execute(f"DROP TRIGGER {name}")
    db.execute("UPDATE sources SET report_count = id % 3, status = 'unchecked'")
    db.commit()
    db.close()
    seen, path = [], f"/archive/sources.json?_size=100&_nofacet=1{chosen}"
    async with in_process(tmp_path / "data", sql_time_limit_ms=5_000) as served:
        while path:
            answer = (await served.client.get(path)).json()
            seen += [row[0] for row in answer["rows"]]
            path = (answer["next_url"] or "").removeprefix("http://localhost")
    assert len(seen) > MANY
    assert len(set(seen)) == len(seen) == answer["filtered_table_rows_count"]


def test_only_of_a_large_archive_all_citations_are_not_counted(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    db = sqlite3.connect(root / "archive.db")
    [long, *_] = questions.LONG
    assert not questions.is_long(db, long, {"report": ""})
    monkeypatch.setattr(questions, "_FEW", MANY)
    assert questions.is_long(db, long, {"report": ""})
    assert not questions.is_long(db, long, {"report": "iran-update/2026-03-03"})
    assert not questions.is_long(db, "newest_edits", {"series": ""})
    db.close()


async def test_the_file_is_whole(datasette: Datasette) -> None:
    found = await datasette.client.get(f"{ASKED}.csv?domain=")
    assert found.headers["content-type"] == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(found.text)))
    assert len([row for row in rows if row["url"].startswith("https://paper.example/")]) == MANY


async def test_no_sql_is_shown_until_it_is_asked_for(datasette: Datasette) -> None:
    text = await text_of(datasette, ASKED)
    assert "ORDER BY" not in text
    assert "Custom SQL" not in text
    assert "_show_sql=1" in text
    assert "ORDER BY report_count DESC" in await text_of(datasette, f"{ASKED}?_show_sql=1")


async def test_numbers_of_ours_are_not_shown_but_lead_on(datasette: Datasette) -> None:
    text = await text_of(datasette, ASKED)
    assert re.search(r'href="/-/source/1"><bdi>about it</bdi>', text)
    assert '<th scope="col">source_id</th>' not in text


async def test_a_question_about_nothing_says_that_its_fields_are_empty(
    datasette: Datasette,
) -> None:
    where = "/archive/sentences_citing_source"
    assert "with the field above left empty" in (await datasette.client.get(where)).text
    asked = (await datasette.client.get(f"{where}?url=https://nowhere.example/")).text
    assert "Nothing was found. " in asked


@pytest.mark.parametrize("rest", ["?_page=0", "?_page=x", "?_page=99", "?_page=-1", "?_page=9e9"])
async def test_a_page_that_is_none_is_a_plain_404(datasette: Datasette, rest: str) -> None:
    found = await datasette.client.get(ASKED + rest)
    assert found.status_code == 404
    assert "Traceback" not in found.text


@pytest.mark.parametrize("name", NAMES)
async def test_every_question_answers_as_page_and_as_file(datasette: Datasette, name: str) -> None:
    asked = "?words=depot&platform=telegram&account=portwatch&url=t.me/portwatch/12"
    assert "<h1>" in await text_of(datasette, f"/archive/{name}{asked}")
    assert (await datasette.client.get(f"/archive/{name}.csv{asked}")).text.count("\n") >= 1


async def test_what_is_hostile_stays_inert(datasette: Datasette) -> None:
    text = await text_of(
        datasette, "/archive/newest_edits?series=%3Cscript%3Ealert(1)%3C/script%3E"
    )
    assert "<script>alert" not in text


def test_a_page_has_the_rows_that_follow_those_before() -> None:
    db = sqlite3.connect(":memory:")
    numbers = (
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150) "
        "SELECT i FROM n ORDER BY i DESC;"
    )
    first, second = (answer(db, numbers, {}, page) for page in (1, 2))
    assert (len(first.rows), first.more, first.rows[0]) == (PAGE, True, (150,))
    assert (len(second.rows), second.more, second.rows[0]) == (50, False, (50,))


def test_columns_are_named_as_people_say_them() -> None:
    assert [label(one) for one in ("seen_at", "reports_citing", "capture_id")] == [
        "seen", "reports citing", "our copy",
    ]  # fmt: skip


def test_tables_are_read_without_what_is_withheld(root: Path) -> None:
    db = sqlite3.connect(f"file:{root / 'archive.db'}?mode=ro", uri=True)
    memory = sqlite3.connect(":memory:")
    db.backup(memory)
    record = memory.execute("SELECT record_id FROM captures WHERE id = 1").fetchone()[0]
    memory.execute("INSERT INTO withheld VALUES (?, 1, '2026', NULL, 'a witness')", [record])
    with without_hidden(memory):
        held = {
            table: memory.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("captures", "versions", "markers")
        }
    whole = {table: memory.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in held}
    assert held["captures"] == whole["captures"] - 1
    assert held["versions"] == whole["versions"] - 1
    assert held["markers"] < whole["markers"]
    db.close()


async def test_questions_are_answered_without_what_is_withheld(root: Path, tmp_path: Path) -> None:
    copied = tmp_path / "archive.db"
    copied.write_bytes((root / "archive.db").read_bytes())
    db = sqlite3.connect(copied)
    db.execute(
        "INSERT INTO withheld SELECT record_id, id, '2026', NULL, 'a witness' FROM captures "
        "WHERE id = 2"
    )
    db.commit()
    db.close()
    served = Datasette([str(copied)])
    await served.invoke_startup()
    for path in ("search_everywhere", "search_everywhere.csv"):
        asked = f"/archive/{path}?words=burned"
        assert "Nobody was hurt" not in await text_of(served, asked)
    assert (await served.client.get("/archive/newest_edits.json")).status_code == 451
    assert (await served.client.get("/archive/reports.json")).status_code == 200
    served.executor.shutdown()
