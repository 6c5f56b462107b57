"""Questions and copies in the archive: the source's status rests on its own page, whatever another
archive holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlite_utils

from archive.config import Settings
from archive.db import folding
from archive.db.schema.migrations import migrations
from archive.db.tables import memento_rows
from archive.model.due import WantedMemento
from archive.model.fetch import FetchedPage, Memento, PageText, Processed
from archive.model.past import REASON, ROUND
from archive.model.times import format_time
from archive.model.vocabulary import LOST, LOST_AT_LAST, Kind, Outcome, Via
from archive.show.export import report_object
from archive.show.status import status
from pipeline.cli.status_text import status_lines
from pipeline.read.mementos import STEP, question_url
from pipeline.run.ingest import Archive
from tests.factories import at, note, page, processed, report, written

CITED = "https://news.example/denied"
WAYBACK = "https://web.archive.org"
NEAR = Memento(CITED, "2026-03-02T08:00:00Z", 200, "A")
LATER = "2026-12-01T00:00:00Z"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    """It holds a report that cites a post and an article."""
    with Archive.open(tmp_path / "data", Settings(), run="test") as made:
        keep(made, processed(page(1), report=report()))
        yield made


def keep(archive: Archive, *captures: Processed) -> None:
    for one in captures:
        archive.commit(one, written(one.page))


def live(number: int, outcome: Outcome, url: str = CITED) -> Processed:
    return processed(source_page(number, uri_r=url), outcome)


def source_page(number: int, **changes: Any) -> FetchedPage:
    return page(number, kind=Kind.SOURCE, captured_at=at(number), **changes)


def question(
    number: int, *found: Memento, answered: bool = True, reason: str = REASON
) -> Processed:
    asked = page(
        number,
        kind=Kind.DISCOVERY,
        step=STEP,
        reason=reason,
        subject=CITED,
        uri_r=question_url(WAYBACK, CITED, at(0)),
        captured_at=at(number),
    )
    return processed(asked, mementos=found if answered else None)


def in_turn(number: int, *found: Memento, answered: bool = True) -> Processed:
    return question(number, *found, answered=answered, reason=ROUND)


def copy(number: int, outcome: Outcome = Outcome.OK) -> Processed:
    made = source_page(
        number,
        uri_r=f"{WAYBACK}/web/20260302080000id_/{CITED}",
        via=Via.WAYBACK,
        subject=CITED,
        memento_at=NEAR.at,
    )
    return processed(made, outcome, text=PageText("Officials denied it on Monday."))


def source(archive: Archive) -> dict[str, Any]:
    [row] = archive.db.query("SELECT * FROM sources WHERE url = ?", [CITED])
    return row


def rows(archive: Archive) -> dict[str, list[str]]:
    return {
        name: sorted(json.dumps(row) for row in archive.db.query(f"SELECT * FROM {name}"))
        for name in ("sources", "mementos", "memento_checks")
    }


def wanted(archive: Archive, now: str = LATER) -> list[WantedMemento]:
    return memento_rows.sources_to_ask(archive.db, now=now, limit=10)


def test_a_copy_leaves_the_source_as_its_own_page_is(archive: Archive) -> None:
    keep(archive, live(2, Outcome.GONE))
    before = source(archive)
    keep(archive, question(3, NEAR), copy(4))
    assert source(archive) == {**before, "asked": 1}
    assert (before["status"], before["captures"], before["last_outcome"]) == ("suspect", 1, "gone")


def test_a_page_tried_again_after_its_copy_was_taken_is_due_as_without_the_copy(
    archive: Archive,
) -> None:
    keep(archive, live(2, Outcome.DNS_FAILURE), copy(3), live(30, Outcome.DNS_FAILURE))
    assert (source(archive)["captures"], source(archive)["next_due_at"]) == (2,
        "2026-03-10T04:00:00Z")  # fmt: skip
    keep(archive, live(60, Outcome.OK))
    assert source(archive)["status"] == "alive"


def test_the_copy_is_a_capture_of_the_source_with_its_text(archive: Archive) -> None:
    keep(archive, live(2, Outcome.GONE), question(3, NEAR), copy(4))
    [row] = archive.db.query(
        "SELECT via, memento_at, texts.text FROM captures JOIN texts ON texts.id = text_id WHERE "
        "source_id = ?",
        [source(archive)["id"]],
    )
    assert row == {"via": "wayback", "memento_at": NEAR.at,
        "text": "Officials denied it on Monday."}  # fmt: skip


def test_an_export_names_the_copy_beside_the_status_of_the_page(archive: Archive) -> None:
    keep(archive, live(2, Outcome.GONE), question(3, NEAR), copy(4))
    notes = report_object(archive.db, "iran-update/2026-03-03")["notes"]
    [cited] = notes[1]["urls"]
    assert (cited["status"], cited["captures"]) == ("suspect", 1)
    url = f"{WAYBACK}/web/20260302080000/{CITED}"
    assert cited["memento"] == {"url": url, "memento_at": NEAR.at, "http_status": 200, "held": True}
    assert (cited["only_copy"], notes[0]["urls"][0]["memento"]) == (False, None)


def test_an_export_names_a_copy_that_is_known_of_a_page_that_is_there(archive: Archive) -> None:
    keep(archive, live(2, Outcome.OK), in_turn(3, NEAR))
    [cited] = report_object(archive.db, "iran-update/2026-03-03")["notes"][1]["urls"]
    url = f"{WAYBACK}/web/20260302080000/{CITED}"
    assert cited["memento"] == {
        "url": url,
        "memento_at": NEAR.at,
        "http_status": 200,
        "held": False,
    }


@pytest.mark.parametrize(
    "taken", [[question(3)], [question(3, NEAR), copy(4, Outcome.THIN)], [copy(4, Outcome.THIN)]]
)
def test_an_export_names_no_copy_that_turned_out_to_be_none(
    archive: Archive, taken: list[Processed]
) -> None:
    keep(archive, live(2, Outcome.GONE), *taken)
    assert report_object(archive.db,
        "iran-update/2026-03-03")["notes"][1]["urls"][0]["memento"] is None  # fmt: skip
    assert status(archive.db, LATER)["held"]["sources_with_memento"] == 0


def test_the_order_in_which_captures_come_in_does_not_matter(tmp_path: Path) -> None:
    captures = [
        live(2, Outcome.GONE), question(3, answered=False), question(30), question(40, NEAR),
        copy(41, Outcome.THIN),
        copy(42),
    ]  # fmt: skip
    seen = []
    for number, order in enumerate(
        [captures, captures[::-1], *list(permutations(captures))[7::97]]
    ):
        with Archive.open(tmp_path / str(number), Settings(), run="test") as archive:
            keep(archive, processed(page(1), report=report()), *order)
            seen.append(rows(archive))
    assert all(one == seen[0] for one in seen)
    [memento] = map(json.loads, seen[0]["mementos"])
    assert (memento["outcome"], memento["checks"], memento["capture_id"]) == ("held", 3, 42)


def test_a_source_no_longer_cited_stays_while_a_copy_of_it_is_held(archive: Archive) -> None:
    keep(archive, question(3, NEAR), copy(4))
    changed = report(notes=report().notes[:1], text="Nothing of it.")
    keep(archive, processed(page(1000, uri_r=report().url, captured_at=at(5)), report=changed))
    assert archive.db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert source(archive)["report_count"] == 1


# --- whom to ask about ----------------------------------------------------------------------------


@pytest.mark.parametrize("outcome", list(Outcome))
def test_the_wayback_is_asked_about_what_is_lost_and_nothing_else(
    archive: Archive, outcome: Outcome
) -> None:
    keep(archive, live(2, outcome))
    assert bool(wanted(archive)) == (outcome in LOST)


@pytest.mark.parametrize("outcome", sorted(LOST_AT_LAST))
def test_what_may_pass_is_asked_about_after_the_last_try(
    archive: Archive, outcome: Outcome
) -> None:
    for number in (2, 30, 60):
        assert wanted(archive) == []
        keep(archive, live(number, outcome))
    assert [one.cited_url for one in wanted(archive)] == [CITED]


def test_the_moment_is_the_day_of_the_first_report_that_cites_it(archive: Archive) -> None:
    older = report(report_date="2025-11-20", url="https://understandingwar.org/research/older/")
    keep(archive, processed(page(5, uri_r=older.url), report=older), live(6, Outcome.GONE))
    assert [one.cited_on for one in wanted(archive)] == ["2025-11-20"]


def test_it_is_asked_again_when_its_time_has_come(archive: Archive) -> None:
    keep(archive, live(2, Outcome.GONE), question(3))
    assert wanted(archive, "2026-03-05T04:59:59Z") == []
    assert len(wanted(archive, "2026-03-05T05:00:00Z")) == 1
    keep(archive, question(30, NEAR), copy(31))
    assert wanted(archive) == []


@pytest.mark.parametrize(
    "url",
    ["https://web.archive.org/web/20260301000000/https://a.example/", "https://t.co/AbCdEf123"],
)
def test_copies_and_short_links_are_not_asked_about(archive: Archive, url: str) -> None:
    from tests.factories import note

    citing = report(notes=(note("1", url),), url="https://understandingwar.org/research/other/")
    keep(archive, processed(page(5, uri_r=citing.url), report=citing), live(6, Outcome.GONE, url))
    assert archive.db.execute("SELECT count(*) FROM sources WHERE last_outcome = 'gone'").fetchone() == (1,)  # fmt: skip  # noqa: E501
    assert wanted(archive) == []


# --- in turn --------------------------------------------------------------------------------------


def turn(archive: Archive, now: str = LATER, limit: int = 10) -> list[tuple[str, bool]]:
    found = memento_rows.wanted_on_round(archive.db, now=now, limit=limit)
    assert {one.reason for one in found} <= {ROUND}
    return [(one.cited_url, one.lost) for one in found]


def day(number: float) -> str:
    return format_time(at(number))


def test_a_page_that_is_there_is_asked_about_in_turn_and_not_as_lost(archive: Archive) -> None:
    assert turn(archive) == []  # nobody has looked at it
    keep(archive, live(2, Outcome.OK))
    assert (turn(archive), wanted(archive)) == ([(CITED, False)], [])
    keep(archive, in_turn(3))
    assert (turn(archive, day(24 * 60)), turn(archive, day(24 * 60 + 3))) == ([], [(CITED, False)])
    keep(archive, in_turn(24 * 61, NEAR))
    assert turn(archive, "2036-01-01T00:00:00Z") == []


@pytest.mark.parametrize(
    ("outcome", "asked"),
    [
        (Outcome.ROBOTS_DISALLOWED, True), (Outcome.TRUNCATED, True), (Outcome.TIMEOUT, True),
        (Outcome.ADDRESS_REFUSED, False), (Outcome.UNSUPPORTED, False),
    ],
)  # fmt: skip
def test_whether_copies_exist_is_asked_of_all_that_an_archive_could_have(
    archive: Archive, outcome: Outcome, asked: bool
) -> None:
    keep(archive, live(2, outcome))
    assert turn(archive) == ([(CITED, False)] if asked else [])


def test_what_is_lost_has_its_own_turns_first_and_the_round_goes_on_after_them(
    archive: Archive,
) -> None:
    keep(archive, live(2, Outcome.GONE))
    assert (turn(archive), len(wanted(archive))) == ([], 1)
    keep(archive, *(question(hours) for hours in (3, 30, 200)))
    assert turn(archive) == []
    keep(archive, question(1000))
    assert (wanted(archive), turn(archive)) == ([], [])
    assert turn(archive, "2030-01-01T00:00:00Z") == [(CITED, True)]


def test_a_copy_that_was_only_named_is_taken_as_soon_as_its_page_is_lost(archive: Archive) -> None:
    keep(archive, live(2, Outcome.OK), in_turn(3, NEAR), live(30, Outcome.GONE))
    [one] = wanted(archive, day(30))
    assert (one.cited_url, one.lost, one.reason) == (CITED, True, REASON)
    keep(archive, question(31, NEAR), copy(32))
    assert (wanted(archive), turn(archive)) == ([], [])


def many(archive: Archive, count: int, first: int = 0) -> None:
    """So many sources, each captured an hour after the one before, one report citing them all."""
    urls = [f"https://s{n}.example/page" for n in range(first, first + count)]
    citing = report(
        notes=tuple(note(str(n), url) for n, url in enumerate(urls)),
        url=f"https://understandingwar.org/research/other/{first}/",
        report_date=f"2026-04-{1 + first % 28:02d}",
    )
    number = 10_000 + first * 10
    keep(archive, processed(page(number, uri_r=citing.url), report=citing))
    keep(archive, *(live(number + 1 + n, Outcome.OK, url) for n, url in enumerate(urls)))


def test_the_newest_are_asked_about_first_and_every_fourth_has_waited_longest(
    archive: Archive,
) -> None:
    many(archive, 6, first=0)
    many(archive, 6, first=10)
    hosts = [urlsplit(url).hostname for url, _ in turn(archive, "2040-01-01T00:00:00Z", 8)]
    newest = {f"s{n}.example" for n in range(10, 16)}
    assert (hosts[3], hosts[7]) == ("s0.example", "s1.example")
    assert {host for n, host in enumerate(hosts) if n % 4 != 3} == newest


def test_however_many_come_in_none_waits_for_ever(archive: Archive) -> None:
    many(archive, 4, first=0)
    old = {f"https://s{n}.example/page" for n in range(4)}
    number = 100_000
    for turns in range(1, 7):  # each day more new sources than are asked about
        many(archive, 6, first=turns * 10)
        for url, _ in turn(archive, "2040-01-01T00:00:00Z", 4):
            number += 1
            asked = in_turn(number, NEAR)
            context = replace(asked.page.context, subject=url)
            keep(archive, replace(asked, page=replace(asked.page, context=context)))
            old.discard(url)
    assert old == set()


def test_what_was_asked_in_turn_today_counts_against_the_budget_of_the_day(
    archive: Archive,
) -> None:
    keep(
        archive,
        live(2, Outcome.OK),
        in_turn(3),
        question(4),
        in_turn(30),
        in_turn(31, answered=False),
    )
    assert memento_rows.asked_on_round(archive.db, day(3)[:10]) == 3
    assert memento_rows.asked_on_round(archive.db, day(30)[:10]) == 2


def test_the_status_says_how_many_were_asked_about_held_not_there_and_due(archive: Archive) -> None:
    keep(archive, live(2, Outcome.GONE), live(3, Outcome.OK, "https://t.me/portwatch/12"))
    said = status(archive.db, LATER)["mementos"]
    assert (said["asked"], said["due_lost"], said["due_on_round"]) == (0, 1, 1)
    keep(archive, question(4, NEAR), copy(5))
    said = status(archive.db, LATER)["mementos"]
    assert said == {
        "asked": 1, "held": 1, "listed": 0, "not_kept": 0, "none": 0, "unanswered": 0,
        "due_lost": 0, "due_on_round": 1,
    }  # fmt: skip
    text = "\n".join(status_lines(status(archive.db, LATER)))
    assert "asked about 1 source: its copies of 1 are kept here" in text
    assert "to be asked about: 0 lost, 1 in turn" in text


# --- only copies ----------------------------------------------------------------------------------

ALIVE = [live(2, Outcome.OK)]
DIES = [live(100, Outcome.GONE), live(180, Outcome.GONE), live(260, Outcome.GONE)]
"""Its death is seen at hour 100 and proved at hour 260."""


@pytest.mark.parametrize(
    ("captures", "only"),
    [
        ([*ALIVE, *DIES, question(261)], True),
        # asked while it was suspect, after the check that turned out to be its death
        ([*ALIVE, *DIES, question(101)], True),
        # asked in turn is as good
        ([*ALIVE, *DIES, in_turn(262)], True),
        # answered before it died: whoever saved it since is not told of
        ([*ALIVE, *DIES, in_turn(50)], False),
        # never asked
        ([*ALIVE, *DIES], False),
        # silence is no answer, neither alone nor after an answer from before
        ([*ALIVE, *DIES, question(261, answered=False)], False),
        ([*ALIVE, *DIES, in_turn(50), question(261, answered=False)], False),
        # silence later takes nothing back
        ([*ALIVE, *DIES, question(261), question(300, answered=False)], True),
        # a copy is known, taken or not
        ([*ALIVE, *DIES, question(261, NEAR)], False),
        ([*ALIVE, *DIES, question(261, NEAR), copy(262)], False),
        ([*ALIVE, *DIES, question(261, NEAR), copy(262, Outcome.THIN)], False),
        # found at last
        ([*ALIVE, *DIES, question(261), question(300, NEAR)], False),
        # nothing is held: dead when it was first looked at, or only ever a wall
        ([*DIES, question(261)], False),
        ([live(2, Outcome.LOGIN_WALL), *DIES, question(261)], False),
        # not dead, or back
        ([*ALIVE, DIES[0], question(261)], False),
        ([*ALIVE, *DIES, question(261), live(300, Outcome.OK)], False),
        # back, and dead again: asked about since the second death, or not
        ([*ALIVE, *DIES, question(261), live(300, Outcome.OK),
            *(live(n, Outcome.GONE) for n in (400, 480, 560))], False),
        ([*ALIVE, *DIES, live(300, Outcome.OK), *(live(n, Outcome.GONE) for n in (400, 480, 560)),
            question(561)], True),
    ],
)  # fmt: skip
def test_ours_is_the_only_copy_when_it_is_dead_and_nobody_else_has_one(
    tmp_path: Path, captures: list[Processed], only: bool
) -> None:
    for number, order in enumerate([captures, captures[::-1]]):
        with Archive.open(tmp_path / str(number), Settings(), run="test") as archive:
            keep(archive, processed(page(1), report=report()), *order)
            assert [url for (url,) in archive.db.execute("SELECT url FROM only_copies").fetchall()] == [CITED] * only  # fmt: skip  # noqa: E501
            assert source(archive)["only_copy"] == only
            assert status(archive.db, LATER)["held"]["only_copies"] == only
            [cited] = report_object(archive.db, "iran-update/2026-03-03")["notes"][1]["urls"]
            assert cited["only_copy"] is only


def test_what_died_anew_is_asked_about_again_though_its_turns_are_used_up(archive: Archive) -> None:
    keep(archive, *ALIVE, *DIES, *(question(n) for n in (261, 300, 500, 1300)))
    assert wanted(archive) == []
    again = [live(n, Outcome.GONE) for n in (1500, 1580, 1660)]
    keep(archive, live(1400, Outcome.OK), *again)
    assert len(wanted(archive, day(1661))) == 1
    keep(archive, question(1662, answered=False))
    assert (wanted(archive, day(1670)), len(wanted(archive, day(1690)))) == ([], 1)
    keep(archive, question(1691))
    assert wanted(archive) == []
    assert source(archive)["only_copy"] == 1


def test_an_older_archive_learns_what_it_can_and_asks_for_the_rest(tmp_path: Path) -> None:
    """From the state before m007 to the one after."""
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        keep(archive, processed(page(1), report=report()), *ALIVE, *DIES)
        keep(archive, question(261), question(300, answered=False))
    before = sqlite_utils.Database(":memory:")
    folding.register(before.conn)
    migrations.apply(before, stop_before="m007_ask_about_all")
    before.execute("ATTACH DATABASE ? AS full", [str(tmp_path / "data" / "archive.db")])
    for table in ("sources", "captures", "verdicts", "mementos", "memento_checks"):
        names = ", ".join(column.name for column in before[table].columns)
        before.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM full.{table}")
    migrations.apply(before)
    [row] = before.query("SELECT outcome, answered_at, checked_at, round_due_at FROM mementos")
    assert row == {
        "outcome": "none", "answered_at": day(261), "checked_at": day(300),
        "round_due_at": day(300),
    }  # fmt: skip
    assert before.execute("SELECT url FROM only_copies").fetchall() == [(CITED,)]
    assert before.execute("SELECT url FROM sources WHERE only_copy = 1").fetchall() == [(CITED,)]
