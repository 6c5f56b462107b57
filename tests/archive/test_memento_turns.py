"""Other archives are asked about all sources in turn, the newest and those that waited longest."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlsplit

import pytest

from archive.db.tables import memento_rows
from archive.model.past import REASON
from archive.model.vocabulary import Outcome
from archive.show.status import status
from pipeline.cli.status_text import status_lines
from pipeline.run.ingest import Archive
from tests.factories import note, page, processed, report
from tests.memento_samples import (
    CITED,
    LATER,
    NEAR,
    copy,
    day,
    in_turn,
    keep,
    live,
    question,
    turn,
    wanted,
)

pytestmark = pytest.mark.citing


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
    said = status(archive.db, LATER, young="")["mementos"]
    assert (said["asked"], said["due_lost"], said["due_on_round"]) == (0, 1, 1)
    keep(archive, question(4, NEAR), copy(5))
    said = status(archive.db, LATER, young="")["mementos"]
    assert said == {
        "asked": 1, "held": 1, "listed": 0, "not_kept": 0, "none": 0, "unanswered": 0,
        "due_lost": 0, "due_on_round": 1,
    }  # fmt: skip
    text = "\n".join(status_lines(status(archive.db, LATER, young="")))
    assert "asked about 1 source: its copies of 1 are kept here" in text
    assert "to be asked about: 0 lost, 1 in turn" in text
