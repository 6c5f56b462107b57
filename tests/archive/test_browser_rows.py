"""Looks at pages in a browser, as tables: what comes next, and how rules do."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from archive.config import Settings
from archive.db.store import Store
from archive.db.tables import browser_rows
from archive.model.browser import PAGE, BrowserNote
from archive.model.understood import PageText
from archive.model.vocabulary import Kind, Outcome, Via
from archive.show.plain import gained
from pipeline.run.ingest import Archive
from pipeline.run.wanted import Wanted
from tests.factories import at, note, page, processed, report, written

MAP, OTHER = "https://maps.example/story", "https://news.example/ferry"
RULES = ("maps.example", "news.example")


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    settings = Settings(browser_hosts=RULES)
    with Archive.open(tmp_path / "data", settings, run=None) as opened:
        cites = report(notes=(note("1", MAP), note("2", OTHER)))
        opened.commit(processed(page(1), report=cites), written(page(1)))
        yield opened


def plain(
    archive: Archive, number: int, url: str, outcome: Outcome = Outcome.OK, words: int = 9
) -> None:
    made = page(number, kind=Kind.SOURCE, uri_r=url, captured_at=at(number))
    text = PageText(f"{number} " + "word " * (words - 1))
    archive.commit(processed(made, outcome, text=text), written(made))


def browsed(
    archive: Archive, number: int, url: str, outcome: Outcome = Outcome.OK, words: int = 9
) -> None:
    made = page(
        number, kind=Kind.BROWSER, uri_r=url, subject=url, step=PAGE, via=Via.BROWSER,
        captured_at=at(number), browser=BrowserNote(browser="Chromium/1"),
    )  # fmt: skip
    text = PageText(f"{number} " + "word " * (words - 1))
    archive.commit(processed(made, outcome, text=text), written(made))


def ruled(archive: Archive, hosts: tuple[str, ...]) -> None:
    """Have the setting name these hosts from now on."""
    archive.settings = replace(archive.settings, browser_hosts=hosts)
    archive.wanted = Wanted(archive.db, archive.settings)


def wanted(archive: Archive, hours: float = 100, *named: str) -> list[str]:
    return [one.cited_url for one in archive.wanted.pages_to_browse(named, at(hours))]


def test_a_page_is_wanted_once_its_plain_capture_is_there(archive: Archive) -> None:
    assert wanted(archive) == []
    plain(archive, 2, MAP, Outcome.THIN)
    assert wanted(archive) == [MAP]
    browsed(archive, 3, MAP)
    assert wanted(archive) == []


@pytest.mark.parametrize("outcome", [Outcome.FORBIDDEN, Outcome.LOGIN_WALL, Outcome.GONE])
def test_what_is_shut_or_gone_is_not_wanted(archive: Archive, outcome: Outcome) -> None:
    plain(archive, 2, MAP, outcome)
    assert wanted(archive) == []


def test_a_host_that_no_rule_names_is_not_wanted(archive: Archive) -> None:
    plain(archive, 2, MAP)
    ruled(archive, ("aps.example", "story"))
    assert wanted(archive) == []
    ruled(archive, ("example",))
    assert wanted(archive) == [MAP], "a name means its subdomains, too"


def test_what_the_browser_could_not_show_is_tried_another_day_and_three_times(
    archive: Archive,
) -> None:
    plain(archive, 2, MAP)
    for number in (3, 30, 60):
        assert wanted(archive, number) == [MAP]
        browsed(archive, number, MAP, Outcome.TIMEOUT)
        assert wanted(archive, number + 1) == []
    assert wanted(archive, 300) == []


def test_what_is_named_is_wanted_whatever_was_shown_before(archive: Archive) -> None:
    plain(archive, 2, MAP)
    browsed(archive, 3, MAP)
    assert wanted(archive, 4, MAP, OTHER, "https://elsewhere.example/") == [MAP]


def looks(archive: Archive) -> list[tuple[Any, ...]]:
    sql = "SELECT plain_capture_id, plain_words, words, better FROM browser_pages ORDER BY 1"
    return [tuple(row) for row in archive.db.execute(sql).fetchall()]


@pytest.mark.parametrize(
    ("outcome", "before", "words", "better"),
    [
        (Outcome.THIN, 3, 60, 1),
        (Outcome.THIN, 3, 3, 0),
        (Outcome.OK, 100, 200, 1),
        (Outcome.OK, 100, 105, 0),
        (Outcome.OK, 1000, 1100, 0),
        (Outcome.OK, 200, 100, 0),
    ],
)
def test_a_look_is_better_when_it_shows_more_than_the_newest_plain_capture(
    archive: Archive, outcome: Outcome, before: int, words: int, better: int
) -> None:
    plain(archive, 2, MAP, Outcome.OK, 500)
    plain(archive, 3, MAP, outcome, before)
    browsed(archive, 4, MAP, words=words)
    assert looks(archive) == [(3, before, words, better)]


def test_a_look_says_nothing_of_the_source(archive: Archive) -> None:
    plain(archive, 2, MAP, Outcome.THIN)
    sql = "SELECT * FROM sources ORDER BY id"
    before = archive.db.execute(sql).fetchall()
    browsed(archive, 3, MAP, Outcome.OK, 500)
    assert archive.db.execute(sql).fetchall() == before


def rule(archive: Archive, name: str) -> dict[str, Any]:
    return next(one for one in browser_rows.rules(archive.db, RULES) if one["rule"] == name)


def test_a_rule_whose_last_pages_were_no_better_is_useless(archive: Archive) -> None:
    plain(archive, 2, OTHER, words=100)
    plain(archive, 3, MAP, Outcome.THIN)
    numbers = itertools.count(10)
    for _ in range(browser_rows.SHOWN_BY):
        assert not rule(archive, "news.example")["useless"], "not yet shown"
        browsed(archive, next(numbers), OTHER, words=100)
        browsed(archive, next(numbers), MAP, words=100)
    assert rule(archive, "news.example") == {
        "rule": "news.example", "pages": 10, "shown": 10, "better": 0, "useless": True,
        "words": 100, "plain_words": 100,
    }  # fmt: skip
    assert gained(rule(archive, "maps.example")) == (
        "of 10 pages in a browser 10 showed more than without; 100 words beside 9 (medians)"
    )
    assert (rule(archive, "maps.example")["better"], rule(archive, "maps.example")["useless"]) == (
        10,
        False,
    )
    browsed(archive, next(numbers), OTHER, words=300)
    assert not rule(archive, "news.example")["useless"]


def test_looking_for_what_is_wanted_reads_no_whole_table(tmp_path: Path) -> None:
    with Store(tmp_path / "archive.db") as store:
        asked = {"hosts": "[]", "plain": "[]", "since": "", "tries": 3, "most": 1, "ids": "[]"}
        for sql in (browser_rows._WANTED, browser_rows._NAMED):
            plan = store.db.execute(f"EXPLAIN QUERY PLAN {sql}", asked).fetchall()
            assert not [row for row in plan if row[3].startswith("SCAN ") and "_each" not in row[3]]
        plan = store.db.execute(f"EXPLAIN QUERY PLAN {browser_rows._OF_HOSTS}", ["[]"]).fetchall()
    assert not [row for row in plan if row[3].startswith("SCAN ") and "_each" not in row[3]]


@pytest.mark.parametrize(
    ("host", "rule"),
    [
        ("a.xn--bcher-kva.example", "bücher.example"), ("xn--80ak6aa92e.com", "аррӏе.com"),
        ("a.maps.example", "maps.example"), ("bmaps.example", None), ("maps.example.org", None),
    ],
)  # fmt: skip
def test_a_rule_names_a_host_in_any_script_and_what_is_under_it(
    host: str, rule: str | None
) -> None:
    rules = ("bücher.example", "аррӏе.com", "maps.example", "x" * 70 + "ü.example")
    assert browser_rows.rule_of(host, rules) == rule


CALM = "The ferry crosses in the morning and in the evening while the bridge is being mended. " * 9
OTHER_WORDS = "Nothing here is as it was, and whoever comes is asked to buy a raffle ticket. " * 9


def told(archive: Archive, number: int, url: str, text: str, **browser: Any) -> None:
    made = page(number, uri_r=url, captured_at=at(30 * number), **{"kind": Kind.SOURCE, **browser})
    archive.commit(processed(made, Outcome.OK, text=PageText(text)), written(made))


def seen(archive: Archive, number: int, url: str, text: str) -> None:
    told(archive, number, url, text, kind=Kind.BROWSER, subject=url, step=PAGE, via=Via.BROWSER,
         browser=BrowserNote(browser="Chromium/1"))  # fmt: skip


def judged(archive: Archive, url: str) -> tuple[Any, ...]:
    sql = "SELECT status, drift, captures FROM sources WHERE cited_url = ?"
    [row] = archive.db.execute(sql, [url]).fetchall()
    return tuple(row)


def test_a_check_is_held_against_plain_captures_whatever_a_browser_showed(
    archive: Archive,
) -> None:
    told(archive, 2, OTHER, CALM)
    seen(archive, 3, OTHER, OTHER_WORDS)
    told(archive, 4, OTHER, CALM)
    assert judged(archive, OTHER) == ("alive", "same", 2)


@pytest.mark.parametrize("then", [(), RULES])
def test_a_host_put_into_the_rules_or_taken_out_changes_no_verdict(
    archive: Archive, then: tuple[str, ...]
) -> None:
    told(archive, 2, OTHER, CALM)
    seen(archive, 3, OTHER, OTHER_WORDS)
    ruled(archive, then)
    told(archive, 4, OTHER, OTHER_WORDS)
    assert judged(archive, OTHER) == ("drifted", "off-topic", 2), "as the plain page says"
    told(archive, 5, OTHER, CALM)
    assert judged(archive, OTHER) == ("alive", "same", 3)
