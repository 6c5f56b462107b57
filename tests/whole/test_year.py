"""A year of over 300 labelled sources, through the real engine, on the days that the schedule gives
them.

The labels stand in tests/replica/lives.py, by what is done to each page; the judge and the schedule
are held against them. `make year` lives through all of it; among the other tests it is every eighth
life of each kind.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median
from typing import Any

import pytest

from archive.model.times import parse_time
from tests.replica.lives import (
    BEGIN,
    DAYS,
    LOOKS,
    PAPER_LANGUAGES,
    SETTLED_DAYS,
    STATES,
    Life,
    lives,
)
from tests.replica.lives_web import build, move, reports
from tests.replica.server import Replica
from tests.spider_runs import Crawl, command

pytestmark = pytest.mark.minutes(6)

WHOLE = os.environ.get("ISW_ARCHIVE_TEST_YEAR") == "whole"
EVERY = 1 if WHOLE else 8

END = BEGIN + timedelta(days=DAYS)
EXPECTED = {"failing": "suspect"}
"""Status by label; the others are called alike."""
SOFT = frozenset({"soft-404", "soft-sibling"})


@dataclass
class Look:
    """What was thought of all sources after a day's checks."""

    at: datetime
    said: dict[str, tuple[str, str | None]]
    checked: int


@dataclass
class Year:
    crawl: Crawl
    looks: list[Look] = field(default_factory=list)

    @property
    def end(self) -> dict[str, tuple[str, str | None]]:
        return self.looks[-1].said

    def history(self) -> dict[str, list[tuple[str, str, str, dict[str, Any]]]]:
        """Verdicts of each source in time order: when, status, rule, evidence."""
        rows = self.crawl.rows(
            "SELECT cited_url, decided_at, verdicts.status, rule, evidence FROM verdicts "
            "JOIN sources ON sources.id = source_id ORDER BY decided_at, capture_id"
        )
        found: dict[str, list[tuple[str, str, str, dict[str, Any]]]] = {}
        for url, at, status, rule, evidence in rows:
            found.setdefault(url, []).append((at, status, rule, json.loads(evidence)))
        return found


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Year]:
    with Replica(at=BEGIN, world=build(chosen())) as replica:
        env = {"ISW_ARCHIVE_TIMEOUT_S": "2", "ISW_ARCHIVE_RETRIES": "0"}
        year = Year(Crawl(tmp_path_factory.mktemp("year") / "data", replica, env))
        with year.crawl.in_one_process():
            _go(year, BEGIN)
            year.crawl.run(
                "reports",
                urls=tuple(report.url for report in reports(chosen())),
                discover=False,
                sources=True,
            )
            year.crawl.run("sources", limit=600)
            for day in LOOKS:
                _go(year, BEGIN + timedelta(days=day))
                run = year.crawl.run("checks")
                assert (run.code, run.done["error"]) == (0, None), run.log
                rows = year.crawl.rows("SELECT cited_url, status, drift FROM sources")
                said = {url: (status, drift) for url, status, drift in rows}
                year.looks.append(Look(replica.now, said, len(run.captures("source"))))
        yield year


def chosen() -> tuple[Life, ...]:
    """The lives that are lived through: all, or of each shape the first, the fourth, and so on."""
    found = {shape: [life for life in lives() if life.shape == shape] for shape in SHAPES}
    return tuple(life for some in found.values() for life in some[::EVERY])


SHAPES = tuple(dict.fromkeys(life.shape for life in lives()))


def least(number: int) -> int:
    """So many of a kind there are at least."""
    return number // EVERY


def _go(year: Year, at: datetime) -> None:
    move(year.crawl.replica, at)
    year.crawl.move_to(at)


def settled() -> list[Life]:
    """Lives of which enough was to be seen at the end."""
    return [life for life in chosen() if life.settled_days(END) >= SETTLED_DAYS]


def expected(life: Life, at: datetime) -> str:
    truth = life.state(at).truth
    return EXPECTED.get(truth, truth)


def test_there_are_lives_of_every_kind() -> None:
    assert len(lives()) >= 300
    assert {key for life in lives() for _, key in life.turns} == set(STATES)
    assert {life.language for life in lives() if life.key(END) == "soft-404"} == set(
        PAPER_LANGUAGES
    )
    assert len(settled()) == len(chosen())


def test_everything_is_cited_and_captured(year: Year) -> None:
    assert {life.url for life in chosen()} <= set(year.looks[0].said)


def test_nothing_is_called_dead_that_is_not(year: Year) -> None:
    by_url = {life.url: life for life in chosen()}
    wrong = [
        (by_url[url].shape, url, at, rule)
        for url, history in year.history().items()
        if url in by_url
        for at, status, rule, _ in history
        if status == "dead" and by_url[url].absent_days(parse_time(at)) < 6
        if rule == "three-strikes"
    ]
    assert wrong == []
    for before, look in zip(year.looks, year.looks[1:], strict=False):
        for life in chosen():
            if look.said[life.url][0] == "dead" and before.said[life.url][0] != "dead":
                assert life.absent_days(look.at) >= 6, (life.url, look.at)


def test_what_is_dead_is_found_dead(year: Year) -> None:
    table = Counter((expected(life, END), year.end[life.url][0]) for life in settled())
    print("status by label:", *sorted(table.items()), sep="\n  ")
    print("label, shape, state, status:", *_misjudged(year), sep="\n  ")
    said = sum(count for (_, status), count in table.items() if status == "dead")
    labelled = sum(count for (label, _), count in table.items() if label == "dead")
    assert labelled >= least(100)
    assert table["dead", "dead"] / said >= 0.98
    assert table["dead", "dead"] / labelled >= 0.95
    right = sum(count for (label, status), count in table.items() if label == status)
    assert right / sum(table.values()) >= 0.95


def _misjudged(year: Year) -> list[tuple[str, ...]]:
    return [
        (
            expected(life, END),
            life.shape,
            life.language,
            life.key(END),
            year.end[life.url][0],
            life.url,
        )
        for life in settled()
        if expected(life, END) != year.end[life.url][0]
    ]


def test_every_death_of_the_year_is_found_in_time(year: Year) -> None:
    delays, missed = [], []
    history = year.history()
    for life in chosen():
        for begun, ended in _deaths(life):
            found = [
                parse_time(at)
                for at, status, rule, _ in history[life.url]
                if (status, rule) == ("dead", "three-strikes") and begun <= parse_time(at) < ended
            ]
            if found:
                delays.append((found[0] - begun).total_seconds() / 86_400)
            elif ended - begun >= timedelta(days=SETTLED_DAYS - 2):
                missed.append((life.shape, life.url, begun))
    print(
        f"{len(delays)} deaths found, half of them within {median(delays):.1f} days, at most "
        f"{max(delays):.1f}"
    )
    assert len(missed) <= 0.05 * len(delays), missed
    assert median(delays) <= 14


def _deaths(life: Life) -> Iterator[tuple[datetime, datetime]]:
    begun = None
    for day, key in (*life.turns, (float(DAYS) + 1, "same")):
        at = BEGIN + timedelta(days=day)
        if STATES[key].truth == "dead":
            begun = at if begun is None else begun
        elif begun is not None:
            yield begun, at
            begun = None


def test_drift_is_of_the_class_that_its_label_says(year: Year) -> None:
    pairs = [
        (life.state(END).drift, year.end[life.url][1], life.shape, life.language, life.url)
        for life in settled()
        if life.state(END).drift is not None
    ]
    table = Counter((label, drift) for label, drift, *_ in pairs)
    print("drift class by label:", *sorted(table.items(), key=str), sep="\n  ")
    print("misjudged:", *(pair for pair in pairs if pair[0] != pair[1]), sep="\n  ")
    changed = [pair for pair in pairs if pair[0] != "same"]
    assert len(changed) >= least(30)
    for some in (pairs, changed):
        assert sum(pair[0] == pair[1] for pair in some) / len(some) >= 0.95


def test_what_moved_is_found_where_it_went(year: Year) -> None:
    is_moved = {life.url: life.state(END).truth == "moved" for life in settled()}
    wrong = [url for url, moved in is_moved.items() if moved != (year.end[url][0] == "moved")]
    assert sum(is_moved.values()) >= least(12)
    assert 1 - len(wrong) / sum(is_moved.values()) >= 0.95, wrong


def test_soft_404s_are_told_from_pages_in_eight_languages(year: Year) -> None:
    history = year.history()
    is_soft = {life.url: life.key(END) in SOFT for life in settled()}
    wrong = []
    for life in settled():
        _, status, _, evidence = history[life.url][-1]
        strikes = evidence.get("strikes") or [{}]
        judged = status == "dead" and strikes[-1].get("outcome") == "soft-404"
        if judged != is_soft[life.url] and life.key(END) != "casino":  # one page for every address
            wrong.append((life.shape, life.language, status, life.url))
    assert sum(is_soft.values()) >= least(20)
    assert 1 - len(wrong) / sum(is_soft.values()) >= 0.95, wrong


def test_what_comes_back_is_found_again(year: Year) -> None:
    history = year.history()
    back = [life for life in chosen() if life.state(END).truth == "alive" and any(
        ended < END and ended - begun >= timedelta(days=SETTLED_DAYS - 2) for begun,
        ended in _deaths(life)
    )]  # fmt: skip
    assert len(back) >= least(10)
    for life in back:
        said = [(status, rule) for _, status, rule, _ in history[life.url]]
        assert ("dead", "three-strikes") in said, life.url
        assert ("alive", "came-back") in said, life.url
        assert year.end[life.url][0] == "alive", life.url


def test_the_schedule_looks_often_at_first_and_passes_over_nobody(year: Year) -> None:
    rows = year.crawl.rows(
        "SELECT cited_url, captured_at FROM captures JOIN sources ON sources.id = source_id WHERE "
        "reason = 'check' ORDER BY 2"
    )
    times: dict[str, list[datetime]] = {}
    for url, at in rows:
        times.setdefault(url, []).append(parse_time(at))
    days = [look.at for look in year.looks]
    asked = sum(look.checked for look in year.looks)
    print(
        f"{asked} checks on {len(days)} days of {len(chosen())} sources: "
        f"{asked / len(days) / len(chosen()):.0%}"
    )
    assert asked < 0.9 * len(days) * len(chosen())
    for life in chosen():
        early = [at for at in times[life.url] if at - BEGIN <= timedelta(days=31)]
        assert len(early) >= 4, life.url
        widest = max(b - a for a, b in zip(times[life.url], times[life.url][1:], strict=False))
        assert widest <= timedelta(days=28 + 17), (life.url, widest)


def test_a_post_without_its_video_stands_and_the_video_is_gone_until_it_is_back(
    year: Year,
) -> None:
    turned = {life.url: life.turns for life in chosen() if life.has_video}
    for url, ((_, _), (gone, _), (back, _)) in turned.items():
        rows = year.crawl.rows(
            "SELECT kind, at FROM events JOIN sources ON sources.id = source_id "
            f"WHERE cited_url = '{url}' ORDER BY at"
        )
        assert [kind for kind, _ in rows] == ["media-removed", "media-restored"]
        days = [(parse_time(at) - BEGIN).days for _, at in rows]
        assert gone + 6 <= days[0] < back <= days[1]
        assert year.end[url] == ("alive", "same")
    assert len(turned) >= least(2)


def test_nobody_was_asked_whom_nobody_may_ask(year: Year) -> None:
    assert year.crawl.replica.violations == []


def test_a_year_is_rebuilt_equal(year: Year) -> None:
    tables = ("verdicts", "events", "sources")
    before = {name: sorted(map(str, year.crawl.rows(f"SELECT * FROM {name}"))) for name in tables}
    done = command(year.crawl, "rebuild", timeout_s=600)
    assert done.returncode == 0, done.stderr
    after = {name: sorted(map(str, year.crawl.rows(f"SELECT * FROM {name}"))) for name in tables}
    for name in tables:
        assert before[name] == after[name], name
