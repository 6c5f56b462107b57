"""The archive as it stood: pages, figures and exports of a day that is past."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from datasette.app import Datasette

from archive.db import as_of, as_of_untouched
from archive.errors import BadInputError
from archive.model.times import format_time, parse_time
from archive.show import group_reading
from archive.show import reading as pages
from archive.show.search.choices import choices
from archive.web import as_of as past
from pipeline.cli.main import main
from tests.factories import at
from tests.marked_up import read
from tests.rot_samples import DAYS, DIED, number
from tests.web_samples import REPORT_ID

DUE = frozenset({"next_due_at"})
"""What is to be done next is of the present alone."""


def day(number: int) -> str:
    return format_time(at(number * DAYS) + timedelta(hours=1))


def reading(folder: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{(folder / 'archive.db').as_uri()}?mode=ro", uri=True)


@pytest.fixture
def connection(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(reading(folder)) as opened:
        yield opened


def rows(db: sqlite3.Connection, table: str) -> list[str]:
    found = db.execute(f"SELECT * FROM {table}")
    kept = [n for n, column in enumerate(found.description) if column[0] not in DUE]
    return sorted(repr([row[n] for n in kept]) for row in found)


@pytest.mark.parametrize(
    ("given", "moment"),
    [
        ("2026-03-04", "2026-03-04T23:59:59Z"),
        (" 2026-03-04T05:06:07Z ", "2026-03-04T05:06:07Z"),
        ("2026-03-04T05:06:07+02:00", "2026-03-04T03:06:07Z"),
    ],
)
def test_a_day_is_meant_with_its_end_and_a_time_as_it_is(given: str, moment: str) -> None:
    assert as_of.moment(given) == moment


@pytest.mark.parametrize(
    "given",
    [
        "",
        "yesterday",
        "2026-02-30",
        "0026-03-04",
        "2026-3-4",
        "'; --",
        "9" * 99,
        "03/04/26",
        "20260304",
        "2026-W10-3",
    ],
)
def test_what_is_no_day_is_refused(given: str) -> None:
    with pytest.raises(BadInputError, match=r"as of .*: no day"):
        as_of.moment(given)


def test_today_is_a_day_and_tomorrow_is_none_yet() -> None:
    now = parse_time("2026-03-04T10:00:00Z")
    assert as_of.require_past(as_of.moment("2026-03-04"), now) == "2026-03-04T23:59:59Z"
    with pytest.raises(BadInputError, match="lies ahead of now"):
        as_of.require_past(as_of.moment("2026-03-06"), now)


async def test_a_day_ahead_is_refused(datasette: Datasette) -> None:
    answer = await datasette.client.get("/-/rot?as_of=2999-01-01")
    assert answer.status_code == 404
    assert "lies ahead of now" in answer.text


def test_as_of_a_day_to_come_pages_count_what_they_count_now(
    connection: sqlite3.Connection,
) -> None:
    def counted() -> object:
        hosts = connection.execute("SELECT DISTINCT host FROM sources ORDER BY 1").fetchall()
        held = [group_reading.host(connection, host) for (host,) in hosts]
        told = [one and (one["fates"], one["sources"], one["read"]) for one in held]
        counts, fates = pages.counts(connection), pages.sources_by_status(connection)
        return counts, fates, choices(connection), told

    now = counted()
    as_of.show_as_of(connection, "2099-01-01T00:00:00Z")
    assert counted() == now


def test_as_of_a_day_to_come_it_is_what_it_is(folder: Path, connection: sqlite3.Connection) -> None:
    as_of.show_as_of(connection, "2099-01-01T00:00:00Z")
    named = connection.execute("SELECT name FROM temp.sqlite_master WHERE type = 'view'")
    views = [row[0] for row in named]
    assert {"captures", "sources", "hosts", "rot_by_year", "claim_support"} <= set(views)
    with closing(reading(folder)) as present:
        for name in views:
            assert rows(connection, name) == rows(present, name), name


def test_of_each_table_it_is_decided_what_the_past_sees_of_it(
    connection: sqlite3.Connection,
) -> None:
    asked = (
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%_fts%' "
        "AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '\\_%' ESCAPE '\\'"
    )
    tables = {row[0] for row in connection.execute(asked)}
    assert tables == as_of.OF_THEIR_TIME | as_of.OF_ALL_TIMES


def test_before_its_first_capture_there_was_nothing(connection: sqlite3.Connection) -> None:
    as_of.show_as_of(connection, "2001-01-01T00:00:00Z")
    for name in (
        "captures",
        "reports",
        "versions",
        "sources",
        "events",
        "verdicts",
        "cited_sources",
    ):
        assert rows(connection, name) == [], name


@pytest.mark.parametrize(
    ("number_of_day", "status"), [(2, "alive"), (11, "suspect"), (15, "suspect"), (21, "dead")]
)
def test_a_source_has_the_status_of_that_day(
    connection: sqlite3.Connection, number_of_day: int, status: str
) -> None:
    as_of.show_as_of(connection, day(number_of_day))
    found = connection.execute("SELECT status FROM sources WHERE id = ?", [number(DIED)])
    assert found.fetchone() == (status,)


def test_a_report_has_the_versions_of_that_day(connection: sqlite3.Connection) -> None:
    as_of.show_as_of(connection, format_time(at(2)))
    asked = "SELECT version FROM latest_versions WHERE report = ?"
    assert connection.execute(asked, [REPORT_ID]).fetchall() == [(1,)]
    edits = connection.execute("SELECT count(*) FROM edits").fetchone()
    assert edits == (0,)


async def test_a_page_is_of_that_day_says_so_and_leads_to_pages_of_it(datasette: Datasette) -> None:
    path = f"/-/source/{number(DIED)}?as_of={day(11)}"
    answer = await datasette.client.get(path)
    said = " ".join(" ".join(read(answer.text).words).split())
    assert "The archive as it stood on" in said
    assert "in doubt" in said
    links = [
        attributes["href"] or "" for tag, attributes in read(answer.text).elements if tag == "a"
    ]
    inner = [link for link in links if link.startswith(("/-/report/", "/-/capture/"))]
    assert inner
    assert all("as_of=" in link for link in inner), inner


async def test_a_page_of_that_day_is_the_same_for_programs(datasette: Datasette) -> None:
    asked = f"/-/source/{number(DIED)}.json?as_of="
    then = (await datasette.client.get(asked + day(11))).json()
    now = (await datasette.client.get(f"/-/source/{number(DIED)}.json")).json()
    assert (then["row"]["status"], now["row"]["status"]) == ("suspect", "dead")


@pytest.mark.parametrize(
    "path",
    [
        "/-/report/" + REPORT_ID, "/-/rot", "/-/rot?by=report", "/-/rot?by=year", "/-/support",
        "/-/search?q=port", "/-/atom", "/-/host?host=news.example", "/-/runs", "/",
        "/-/series/iran-update", "/-/rot.csv", "/-/held?q=port",
        "/-/corrections", "/-/corrections?by=year", "/-/corrections.atom", "/-/latency",
    ],
)  # fmt: skip
async def test_each_page_can_be_asked_for_as_it_stood(datasette: Datasette, path: str) -> None:
    answer = await datasette.client.get(f"{path}{'&' if '?' in path else '?'}as_of={day(11)}")
    assert answer.status_code == 200, answer.text[:500]


@pytest.mark.parametrize("path", ["/-/queue", "/-/lists", "/-/watches", "/-/alarms", "/-/about"])
async def test_of_what_is_about_today_no_other_day_is_offered(
    datasette: Datasette, path: str
) -> None:
    assert 'name="as_of"' not in (await datasette.client.get(path)).text


async def test_what_was_not_held_then_is_not_there(datasette: Datasette) -> None:
    answer = await datasette.client.get(f"/-/source/{number(DIED)}?as_of=2020-01-01")
    assert answer.status_code == 404


@pytest.mark.parametrize("words", ["spokesman", "spokesma"])
async def test_the_search_finds_no_page_of_later_nor_offers_its_words(
    datasette: Datasette, words: str
) -> None:
    asked = f"/-/search.json?q={words}"
    now, then = [
        (await datasette.client.get(asked + past)).json()["answer"]
        for past in ("", f"&as_of={day(2)}")
    ]
    assert now["counts"]["source"] == 1
    assert (then["hits"], then["total"], then["nearest"]) == ([], 0, {})


@pytest.mark.parametrize("path", ["/", "/-/search?q=port", "/-/held?q=port"])
async def test_what_is_asked_from_a_page_of_that_day_is_asked_of_that_day(
    datasette: Datasette, path: str
) -> None:
    answer = await datasette.client.get(f"{path}{'&' if '?' in path else '?'}as_of={day(11)}")
    found = list(read(answer.text).elements)
    forms = [tag for tag, _ in found if tag == "form"]
    kept = [named for tag, named in found if tag == "input" and named.get("value") == day(11)]
    # but for the form that asks for another day
    assert len(kept) == len(forms) - 1 > 0
    menu = [named["href"] or "" for tag, named in found if tag == "a"]
    assert f"/-/alarms?as_of={quote(day(11), safe='')}" in menu
    assert path in menu


async def test_what_takes_too_long_as_of_a_day_is_ended_in_words(
    datasette: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(past, "PATIENCE", 0)
    answer = await datasette.client.get(f"/-/source/{number(DIED)}?as_of={day(11)}")
    assert answer.status_code == 400
    assert "longer than is allowed" in answer.text
    assert (await datasette.client.get(f"/-/source/{number(DIED)}")).status_code == 200


async def test_no_day_is_said_to_be_none(datasette: Datasette) -> None:
    answer = await datasette.client.get(f"/-/source/{number(DIED)}?as_of=tomorrow")
    assert answer.status_code == 404
    assert "no day (YYYY-MM-DD)" in answer.text


def test_an_export_is_of_that_day(folder: Path) -> None:
    asked = ["--data", str(folder), "export", REPORT_ID]
    now = json.loads(CliRunner().invoke(main, asked).stdout)
    given = [*asked, "--as-of", format_time(at(2))]
    then = json.loads(CliRunner().invoke(main, given).stdout)
    assert [len(told["versions"]) for told in (now, then)] == [2, 1]
    assert then["as_of"] == format_time(at(2))
    assert "as_of" not in now


def test_figures_are_of_that_day(folder: Path) -> None:
    asked = ["--data", str(folder), "report", "rot", "--json"]
    now = json.loads(CliRunner().invoke(main, asked).stdout)
    then = json.loads(CliRunner().invoke(main, [*asked, "--as-of", day(11)]).stdout)
    assert (now["groups"][0]["ended"], then["groups"][0]["ended"]) == (1, 0)


@pytest.mark.parametrize("form", ["wacz", "cdxj"])
def test_files_of_records_are_of_the_present_alone(folder: Path, tmp_path: Path, form: str) -> None:
    words = ["export", REPORT_ID, "--format", form, "--output", str(tmp_path / "out")]
    done = CliRunner().invoke(main, ["--data", str(folder), *words, "--as-of", "2026-03-04"])
    assert done.exit_code != 0
    assert "leave out --as-of" in done.output + str(done.exception)


async def test_a_home_page_of_no_day_is_refused_and_leads_nowhere(datasette: Datasette) -> None:
    answer = await datasette.client.get("/?as_of=2026-99-01")
    assert (answer.status_code, "no day (YYYY-MM-DD)" in answer.text) == (400, True)


def test_what_an_import_brought_is_no_news_before_it(connection: sqlite3.Connection) -> None:
    with closing(sqlite3.connect(":memory:")) as later:
        connection.backup(later)
        (event, capture) = later.execute("SELECT id, capture_id FROM events").fetchone()
        run = "20990101T000000Z-import-a1b2c3"
        later.execute("UPDATE captures SET run = ? WHERE id = ?", [run, capture])
        as_of.show_as_of(later, "2098-01-01T00:00:00Z")
        found = {row[0] for row in later.execute("SELECT id FROM events")}
        assert found
        assert event not in found


QUICKLY = ("sources", "host_counts", "year_counts", "life_counts")


@pytest.mark.parametrize("number_of_day", [0, 2, 11, 21])
def test_what_is_told_sooner_is_what_is_told_of_each_version(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number_of_day: int
) -> None:
    told = []
    for rules in (as_of._CITED_AS_KEPT, as_of._CITED_ANEW):
        monkeypatch.setattr(as_of, "_CITED_AS_KEPT", rules)
        with closing(reading(folder)) as connection:
            as_of.show_as_of(connection, day(number_of_day))
            told.append([rows(connection, name) for name in QUICKLY])
    assert told[0] == told[1]
    assert told[0][0]


@pytest.mark.parametrize("imported", [False, True])
@pytest.mark.parametrize("number_of_day", [2, 11, 21])
def test_captures_are_counted_as_of_a_moment_within_a_day(
    connection: sqlite3.Connection, number_of_day: int, *, imported: bool
) -> None:
    with closing(sqlite3.connect(":memory:")) as later:
        connection.backup(later)
        if imported:
            later.execute(
                "UPDATE captures SET via = 'import', run = '20990101T000000Z-import-a1b2c3' "
                "WHERE id = (SELECT min(id) FROM captures)"
            )
        as_of.show_as_of(later, day(number_of_day))
        counted = later.execute(as_of.CAPTURES_THEN).fetchone()
        assert counted == later.execute("SELECT count(*) FROM captures").fetchone()
        assert counted[0]


def test_what_was_cited_by_an_import_alone_was_not_known_before_it(
    connection: sqlite3.Connection,
) -> None:
    with closing(sqlite3.connect(":memory:")) as later:
        connection.backup(later)
        later.execute(
            "UPDATE captures SET via = 'import', run = '20990101T000000Z-import-a1b2c3' "
            "WHERE publication_id IS NOT NULL"
        )
        as_of.show_as_of(later, "2098-01-01T00:00:00Z")
        assert later.execute("SELECT count(*) FROM versions").fetchone() == (0,)
        assert rows(later, "sources")
        cited = "SELECT count(*) FROM sources WHERE first_cited_at IS NOT NULL OR report_count > 0"
        assert later.execute(cited).fetchone() == (0,)


UNTOUCHED = (
    *QUICKLY, "series_sources", "series_counts", "sentence_support", "version_support",
    "support_by_series",
)  # fmt: skip


@pytest.mark.parametrize("number_of_day", [0, 2, 11, 15, 21])
def test_what_nothing_later_touched_is_what_it_is_when_counted_anew(
    folder: Path, monkeypatch: pytest.MonkeyPatch, number_of_day: int
) -> None:
    told = []
    for most in (as_of_untouched.MOST, -1):
        monkeypatch.setattr(as_of_untouched, "MOST", most)
        with closing(reading(folder)) as connection:
            as_of.show_as_of(connection, day(number_of_day))
            asked = (
                "SELECT count(*) FROM temp.sqlite_master WHERE name LIKE 'later\\_%' ESCAPE '\\'"
            )
            assert connection.execute(asked).fetchone() == (2 if most > 0 else 0,)
            told.append([rows(connection, name) for name in UNTOUCHED])
    assert told[0] == told[1]
    assert told[0][0]


def test_captures_of_the_past_are_found_by_what_they_are_of(
    connection: sqlite3.Connection,
) -> None:
    as_of.show_as_of(connection, day(2))

    def steps(sql: str) -> list[str]:
        return [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()]

    (of_source,) = steps("SELECT id FROM captures WHERE source_id = 1")
    assert of_source.endswith("(source_id=? AND captured_at<?)")
    assert "SCAN base" in steps("SELECT via, count(*) FROM captures GROUP BY 1")
