"""A world that moves in time, checked through the real engine: what dies, drifts, moves, comes
back, and what only seems to.

The labels stand in tests/replica (`SourceFact`), written before there was a judge.
"""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
import sqlite_utils

from archive.db import as_of
from archive.db.schema import lives
from archive.model.vocabulary import ABSENCE_PROOFS, Outcome
from tests.replica.facts import SourceFact
from tests.replica.server import Replica
from tests.replica.world import sources
from tests.spider_runs import AT, ROOT, Crawl, Run, command

pytestmark = pytest.mark.minutes(2)

DAYS = (4, 8, 12, 16, 34)
"""Of the checks: after the edits of March 23, before and after a page is back on April 2, and one
long after."""

PAST = 12
"""After the check of this day the archive is copied."""


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    with Replica(at=AT) as replica:
        env = {"ISW_ARCHIVE_TIMEOUT_S": "2", "ISW_ARCHIVE_RETRIES": "0"}
        crawl = Crawl(tmp_path_factory.mktemp("checks") / "data", replica, env)
        with crawl.in_one_process():
            crawl.run("reports", since="2026-01-01", sources=True)
            crawl.move_to(AT + timedelta(minutes=5))
            crawl.run("sources")
            yield crawl


@pytest.fixture(scope="module")
def rounds(crawl: Crawl) -> list[Run]:
    made = []
    for days in DAYS:
        crawl.move_to(AT + timedelta(days=days))
        made.append(crawl.run("checks", all_due=True))
        if days == PAST:
            keep_as_it_is(crawl.data / "archive.db", then(crawl))
    keep_as_it_is(crawl.data / "archive.db", later(crawl))
    return made


def then(crawl: Crawl) -> Path:
    return crawl.data.with_name("then.db")


def later(crawl: Crawl) -> Path:
    """As it was after all rounds: tests run commands of their own over the archive."""
    return crawl.data.with_name("later.db")


def keep_as_it_is(database: Path, kept: Path) -> None:
    with closing(sqlite3.connect(database)) as now, closing(sqlite3.connect(kept)) as copy:
        now.backup(copy)


def found(crawl: Crawl) -> dict[str, tuple[str, str | None]]:
    """Status and drift of each source that is not one of our publishers' own, by its address as
    cited."""
    rows = crawl.rows(
        "SELECT citations.url, sources.status, sources.drift FROM citations JOIN sources ON "
        "sources.id = source_id"
    )
    return {url: (status, drift) for url, status, drift in rows}


def labelled(crawl: Crawl) -> Iterator[tuple[SourceFact, str, str | None]]:
    """Each source with its label and what is thought of it."""
    said = found(crawl)
    for fact in sources():
        if fact.url in said:
            yield fact, *said[fact.url]


def is_dead(fact: SourceFact) -> bool:
    """Whether the last of the looks at it, three at least over six days at least, find it
    absent."""
    absent = [day for day in (0, *DAYS) if fact.outcome(AT + timedelta(days=day)) in ABSENCE_PROOFS]
    there = [day for day in (0, *DAYS) if day not in absent]
    last = [day for day in absent if day > max(there, default=-1)]
    return len(last) >= 3 and last[-1] - last[0] >= 6


def may_be_dead(fact: SourceFact) -> bool:
    return is_dead(fact) or bool(fact.also & ABSENCE_PROOFS)


def test_every_round_ends_well_and_checks_most_of_what_is_held(rounds: list[Run]) -> None:
    assert [run.done.get("error") for run in rounds] == [None] * len(DAYS)
    assert len(rounds[0].captures("source")) > 300


def test_what_is_called_dead_is_dead_and_what_is_dead_is_found(
    crawl: Crawl, rounds: list[Run]
) -> None:
    table: Counter[tuple[bool, str]] = Counter()
    wrong = []
    for fact, status, _ in labelled(crawl):
        table[is_dead(fact), status] += 1
        if (status == "dead" and not may_be_dead(fact)) or (is_dead(fact) and status != "dead"):
            wrong.append((fact.url, status, fact.about))
    print("dead by its label, status:", *sorted(table.items()), sep="\n  ")
    dead = sum(count for (label, _), count in table.items() if label)
    assert dead >= 15
    false = [one for one in wrong if one[1] == "dead"]
    assert false == []
    assert table[True, "dead"] / dead >= 0.95, wrong


def test_no_wall_no_failing_network_and_no_ban_makes_a_source_dead(
    crawl: Crawl, rounds: list[Run]
) -> None:
    harmless = frozenset(Outcome) - ABSENCE_PROOFS
    for fact, status, _ in labelled(crawl):
        outcomes = {fact.outcome(AT + timedelta(days=days)) for days in (0, *DAYS)}
        if outcomes <= harmless and not fact.also & ABSENCE_PROOFS:
            assert status != "dead", fact.url


def test_drift_is_of_the_class_that_its_label_says(crawl: Crawl, rounds: list[Run]) -> None:
    pairs = [
        (fact.drift, drift, fact.url)
        for fact, _, drift in labelled(crawl)
        if fact.drift is not None
    ]
    print("drift by its label, as judged:", *pairs, sep="\n  ")
    assert len(pairs) >= 6
    assert [pair for pair in pairs if pair[0] != pair[1]] == []


def test_a_page_that_moved_with_its_text_is_moved(crawl: Crawl, rounds: list[Run]) -> None:
    assert found(crawl)["https://moves-living.org/2026/03/the-crossing"] == ("moved", "same")


def test_a_parked_page_that_is_not_modified_stays_parked(crawl: Crawl, rounds: list[Run]) -> None:
    assert found(crawl)["https://expires-living.org/2026/03/the-crossing"][0] == "dead"


def test_what_comes_back_is_alive_again_and_both_are_history(
    crawl: Crawl, rounds: list[Run]
) -> None:
    url = "https://comes-back-living.org/2026/03/the-crossing"
    history = crawl.rows(
        "SELECT verdicts.status, rule FROM verdicts JOIN sources ON sources.id = source_id "
        f"WHERE cited_url = '{url}' ORDER BY decided_at"
    )
    assert [history[0], history[-1]] == [("alive", "there"), ("alive", "came-back")]
    assert history[-2][0] == "dead"


def test_every_death_and_drift_is_an_event_with_the_sentences_that_cite_it(
    crawl: Crawl, rounds: list[Run]
) -> None:
    dead = crawl.rows("SELECT count(*) FROM sources WHERE status = 'dead'")[0][0]
    ends = crawl.rows(
        "SELECT count(DISTINCT source_id) FROM events WHERE kind IN ('died', 'removed')"
    )
    assert ends[0][0] >= dead > 0
    [(silent,)] = crawl.rows(
        "SELECT json_extract(detail, '$.silent') FROM events WHERE kind = 'drifted' AND subject "
        "LIKE '%substantial-living%'"
    )
    assert silent == 1
    rows = crawl.rows("SELECT sentence FROM event_sentences WHERE kind = 'drifted'")
    assert any(sentence for (sentence,) in rows)


def test_nobody_was_asked_whom_nobody_may_ask(crawl: Crawl, rounds: list[Run]) -> None:
    assert crawl.replica.violations == []


def test_a_verdict_is_explained_with_its_rule_and_the_checks_that_count(
    crawl: Crawl, rounds: list[Run]
) -> None:
    url = "https://dies-living.org/2026/03/the-crossing"
    done = command(crawl, "check", "--source", url, "--explain", "--json")
    said = json.loads(done.stdout)
    assert (done.returncode, said["status"]) == (0, "dead")
    evidence = next(v for v in said["verdicts"] if v["status"] == "dead")["evidence"]
    assert len(evidence["strikes"]) == 3
    assert evidence["days"] >= 6
    text = command(crawl, "check", "--source", url, "--explain").stdout
    assert "three-strikes" in text
    assert "DEAD: It is gone; that is proved." in text
    assert text.count("- 2026-") >= 3


def test_what_changed_in_a_text_can_be_seen(crawl: Crawl, rounds: list[Run]) -> None:
    url = "https://minor-living.org/2026/03/the-crossing"
    lines = command(crawl, "check", "--source", url, "--diff").stdout.splitlines()
    assert any(line.startswith("+ ") for line in lines)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("--source", "https://nobody.example/cites-this", "--explain"), "no report held cites it"),
        (("--source", "mailto:someone"), "mailto:someone"),
        (("--explain",), "--source"),
        (("--source", "https://a.example/", "--all-due"), "--all-due"),
    ],
)
def test_wrong_use_says_what_and_what_next(
    crawl: Crawl, rounds: list[Run], words: tuple[str, ...], told: str
) -> None:
    done = command(crawl, "check", *words)
    assert done.returncode == 2
    assert told in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_a_clock_that_went_back_stops_the_checks_before_anything_is_kept(
    crawl: Crawl, rounds: list[Run]
) -> None:
    before = crawl.rows("SELECT count(*), max(id) FROM captures")
    crawl.move_to(AT - timedelta(days=3))
    done = command(crawl, "check")
    assert done.returncode == 1
    assert "the clock says" in done.stderr
    assert crawl.rows("SELECT count(*), max(id) FROM captures") == before


def test_rebuild_gives_equal_verdicts_and_events(crawl: Crawl, rounds: list[Run]) -> None:
    tables = ("verdicts", "events", "sources")
    before = {name: sorted(map(str, crawl.rows(f"SELECT * FROM {name}"))) for name in tables}
    crawl.move_to(AT + timedelta(days=DAYS[-1] + 1))
    assert command(crawl, "rebuild").returncode == 0
    after = {name: sorted(map(str, crawl.rows(f"SELECT * FROM {name}"))) for name in tables}
    for name in tables:
        assert before[name] == after[name], name


def test_the_archive_is_seen_as_it_stood(crawl: Crawl, rounds: list[Run]) -> None:
    with (
        closing(sqlite3.connect(f"file:{later(crawl)}?mode=ro", uri=True)) as past,
        closing(sqlite3.connect(f"file:{then(crawl)}?mode=ro", uri=True)) as stood,
    ):
        as_of.show_as_of(past, as_of.moment(str((AT + timedelta(days=PAST)).date())))
        for table in sorted(as_of.OF_THEIR_TIME):
            assert rows_of(past, table) == rows_of(stood, table), table


def rows_of(db: sqlite3.Connection, table: str) -> list[str]:
    """Without what is to be done next, which is of the present alone."""
    found = db.execute(f"SELECT * FROM {table}")
    kept = [n for n, one in enumerate(found.description) if one[0] not in {"next_due_at", "asked"}]
    return sorted(repr([row[n] for n in kept]) for row in found)


def test_a_data_folder_without_an_archive_is_said(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "--data", str(tmp_path / "none"), "check"],
        cwd=ROOT, capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    assert (done.returncode, (tmp_path / "none").exists()) == (1, False)
    assert "no archive here" in done.stderr


def test_how_long_each_was_seen_is_kept_as_all_verdicts_tell_it(
    crawl: Crawl, rounds: list[Run]
) -> None:
    kept = (
        "SELECT id, first_seen_at, last_seen_at, drifted_at, compared, first_cited, seen "
        "FROM sources ORDER BY id"
    )
    db = sqlite_utils.Database(memory=True)
    with sqlite3.connect(f"file:{crawl.data / 'archive.db'}?mode=ro", uri=True) as held:
        held.backup(db.conn)
    before = db.execute(kept).fetchall()
    assert any(row[3] for row in before)
    db.execute("UPDATE sources SET first_seen_at = NULL, last_seen_at = NULL, first_cited = NULL")
    for statement in (lives.FOLLOWED + ";\n" + lives.CITED).split(";\n"):
        db.execute(statement)
    assert db.execute(kept).fetchall() == before
