"""Judging from the database: what each commit reads, and that the order of commits does not
matter."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import sqlite_utils

from archive.config import Settings
from archive.db import as_of, folding
from archive.db.schema import migrations as schema
from archive.db.tables import host_rows, verdict_rows
from archive.model.rot import Drift
from archive.model.times import format_time
from archive.model.understood import PageText
from archive.model.vocabulary import DriftClass, Kind, Outcome
from pipeline.decide import judging
from pipeline.run import ingest
from tests.factories import at, page, processed, written

PLACE = "https://news.example/2026/03/"
URL = PLACE + "bridge-closed"
STORY = (
    "The bridge over the Ilma is closed since Monday, the district council said. Forty "
    "families wait. "
)
NOTICE = (
    "Our archive is being moved to a new system. Older stories will be found under new "
    "addresses soon. "
)
DAY = 24


def keep(
    archive: ingest.Archive, number: int, hours: float, text: str | None, *,
    url: str = URL, kind: Kind = Kind.SOURCE, outcome: Outcome = Outcome.OK, title: str = "Bridge",
    **fields: Any,
) -> None:  # fmt: skip
    fetched = page(
        number,
        kind=kind,
        uri_r=url,
        captured_at=at(hours),
        http_status=200 if text else None,
        **fields,
    )
    said = PageText(text, title=title) if text else None
    archive.commit(processed(fetched, outcome, text=said), written(fetched))


def probe(
    archive: ingest.Archive, number: int, hours: float, text: str, title: str = "News"
) -> None:
    keep(archive, number, hours, text, url=PLACE + f"zz{number}", kind=Kind.PROBE, title=title)


def judged(archive: ingest.Archive, url: str = URL) -> list[tuple[str, str, dict[str, Any]]]:
    rows = archive.db.execute(
        "SELECT verdicts.status, rule, evidence FROM verdicts JOIN sources ON sources.id = "
        "source_id WHERE cited_url = ? ORDER BY decided_at",
        [url],
    ).fetchall()
    return [(status, rule, json.loads(evidence)) for status, rule, evidence in rows]


def test_a_probe_is_compared_with_what_each_check_found_and_not_with_the_newest(
    archive: ingest.Archive,
) -> None:
    keep(archive, 1, 0, STORY * 9)
    for number, day in ((2, 10), (3, 14), (4, 18)):
        keep(archive, number, day * DAY, f"{NOTICE * 9}\n{number} comments", title="News")
    probe(archive, 5, 14 * DAY + 1, NOTICE * 9)
    assert judged(archive)[-1][:2] == ("dead", "three-strikes")
    keep(archive, 6, 20 * DAY, STORY * 9)
    assert [one[:2] for one in judged(archive)] == [
        ("alive", "there"), ("suspect", "absent"), ("dead", "three-strikes"),
        ("alive", "came-back"),
    ]  # fmt: skip


def test_a_probe_judges_again_only_what_it_may_speak_of(
    archive: ingest.Archive, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(archive, 1, 0, STORY * 9)
    keep(archive, 2, 40 * DAY, NOTICE * 9, title="News")  # not in the probe's time
    keep(archive, 3, 0, NOTICE * 9, url=PLACE + "beside", title="News")
    keep(archive, 4, 0, NOTICE * 9, url="https://news.example/other-folder/x", title="News")
    keep(archive, 5, 0, STORY * 8, url=PLACE + "another-story", title="Another")
    again: list[str] = []

    def watched(db: Any, source: Any, incoming: Any) -> Any:
        again.append(source.cited_url)
        return judge(db, source, incoming)

    judge: Callable[..., Any] = judging.judged
    monkeypatch.setattr(judging, "judged", watched)
    probe(archive, 6, DAY, NOTICE * 9)
    assert again == [PLACE + "beside"]


def test_the_order_of_commits_changes_no_verdict(tmp_path: Path) -> None:
    def commits(archive: ingest.Archive) -> list[Callable[[], None]]:
        return [
            lambda: keep(archive, 1, 0, STORY * 9),
            lambda: keep(archive, 2, 10 * DAY, NOTICE * 9 + "\n12 comments", title="News"),
            lambda: probe(archive, 3, 10 * DAY + 1, NOTICE * 9),
            lambda: probe(archive, 4, 11 * DAY, NOTICE * 9),
            lambda: keep(archive, 5, 14 * DAY, None, url=PLACE + "beside",
                outcome=Outcome.DNS_FAILURE),
            lambda: keep(archive, 6, 14 * DAY + 2, None, url=PLACE + "third",
                outcome=Outcome.DNS_FAILURE),
        ]  # fmt: skip

    found = []
    for number, order in enumerate(list(permutations(range(6)))[::37]):
        with ingest.Archive.open(tmp_path / str(number), Settings(), run="test") as archive:
            made = commits(archive)
            for one in order:
                made[one]()
            due = archive.db.execute(
                "SELECT next_due_at, status FROM sources WHERE cited_url = ?", [URL]
            ).fetchall()
            found.append((judged(archive), due))
    assert all(one == found[0] for one in found)
    assert [one[:2] for one in found[0][0]] == [("alive", "there"), ("suspect", "absent")]


def test_a_drift_that_is_told_later_was_not_told_then(archive: ingest.Archive) -> None:
    """The first fetch timed out; the page that came next is one that any address gets, until a
    check without a probe beside it takes it for the source's own."""
    keep(archive, 1, 0, None, outcome=Outcome.TIMEOUT)
    keep(archive, 2, 4 * DAY, STORY * 9)
    probe(archive, 3, 4 * DAY + 1, STORY * 9, title="Bridge")
    keep(archive, 4, 8 * DAY, STORY * 9)
    tables = {name: f"SELECT * FROM {name}" for name in ("captures", "verdicts", "events")}
    tables["sources"] = "SELECT status, drift, compared, seen, first_seen_at FROM sources"
    stood = {name: archive.db.execute(sql).fetchall() for name, sql in tables.items()}
    assert stood["sources"][0][0] == "blocked"
    keep(archive, 5, 34 * DAY, STORY * 9)
    assert judged(archive)[-1][0] == "alive"
    as_of.show_as_of(archive.db.conn, format_time(at(12 * DAY)))
    seen = {name: archive.db.execute(sql).fetchall() for name, sql in tables.items()}
    assert seen == stood


def test_of_neighbours_whose_name_is_gone_the_first_of_each_day_counts(
    archive: ingest.Archive,
) -> None:
    keep(archive, 1, 0, STORY * 9)
    for number in range(2, 62):  # every two hours over five days, at five sources
        keep(archive, number, 2 * number, None, url=PLACE + f"x{number % 5}",
            outcome=Outcome.DNS_FAILURE)  # fmt: skip
    source = verdict_rows.source_named(archive.db, [URL])
    assert source is not None
    near = verdict_rows.neighbours_failures(archive.db, source)
    days = {f"{at(2 * number):%Y-%m-%d}" for number in range(2, 62)}
    assert sorted(one.at[:10] for one in near) == sorted(days)
    assert not any(one.own for one in near)
    assert judged(archive)[-1][0] == "suspect"
    keep(archive, 70, 7 * DAY, None, url=PLACE + "x1", outcome=Outcome.DNS_FAILURE)
    assert judged(archive)[-1][:2] == ("dead", "three-strikes")


def test_a_check_that_finds_nothing_new_says_no_more_than_that(archive: ingest.Archive) -> None:
    keep(archive, 1, 0, STORY * 9)
    keep(archive, 2, DAY, STORY * 9)
    keep(archive, 3, 2 * DAY, f"{STORY * 9} The mayor added that it stays so.")
    found = archive.db.execute("SELECT drift, drift_detail FROM captures ORDER BY id").fetchall()
    assert found[:2] == [(None, None), ("same", None)]
    assert json.loads(found[2][1])["words_added"] > 0
    source = archive.db.execute("SELECT id FROM sources WHERE cited_url = ?", [URL]).fetchone()[0]
    [_, same, edited] = verdict_rows.attempts(archive.db, source)
    assert same.attempt.drift == Drift(DriftClass.SAME, 0.0)
    assert edited.attempt.drift is not None
    assert edited.attempt.drift.distance > 0


def plan(db: sqlite_utils.Database, sql: str, count: int) -> str:
    rows = db.execute(f"EXPLAIN QUERY PLAN {sql}", ["x"] * count).fetchall()
    return "\n".join(row[3] for row in rows)


def test_a_commit_reads_no_more_of_a_host_than_it_needs(archive: ingest.Archive) -> None:
    lost = plan(archive.db, verdict_rows.LOST_NAMES, 2)
    assert "INDEX sources_by_host (host=?)" in lost
    assert "captures_by_lost_name (source_id=?)" in lost
    echoes = plan(archive.db, verdict_rows.ECHOING, 7)
    assert "INDEX sources_by_host (host=?)" in echoes
    assert "captures_by_source (source_id=? AND captured_at>? AND captured_at<?)" in echoes
    probes = plan(archive.db, verdict_rows.ANSWERED, 4)
    assert "captures_by_probe (url>? AND url<?)" in probes
    assert "captures_by_url (url=?)" in probes or "captures_by_probe (url=?)" in probes
    shown = plan(archive.db, host_rows.SHOWN, 4)
    assert "texts_by_notice (notice=?)" in shown
    assert "captures_by_text (text_id=?)" in shown
    unsure = plan(archive.db, host_rows.UNSURE, 4)
    assert "captures_by_other_page (captured_at>? AND captured_at<?)" in unsure
    depending = plan(archive.db, host_rows.DEPENDING, 9)
    assert "texts_by_notice (notice=?)" in depending
    assert "captures_by_other_page (captured_at>? AND captured_at<?)" in depending
    assert "captures_by_source (source_id=? AND captured_at>? AND captured_at<?)" in plan(
        archive.db, host_rows.BESIDE, 5
    )
    assert "captures_by_url (url=?" in plan(archive.db, host_rows.FRONTS, 3)


def test_the_index_comes_to_a_database_from_before(tmp_path: Path) -> None:
    db = sqlite_utils.Database(tmp_path / "old.db")
    folding.register(db.conn)
    schema.migrations.apply(db, stop_before="m010_index_lost_names")
    db.execute(
        "INSERT INTO captures (id, kind, url, captured_at, outcome, final_url, via, reason, "
        "warc_file, warc_offset, warc_length, record_id, drift, drift_from, drift_detail) "
        "VALUES (1, 'source', 'u', 't', 'ok', 'u', 'live', 'r', 'f', 0, 1, 'i', 'same', 7, '{}')"
    )
    assert "captures_by_lost_name" not in {index.name for index in db["captures"].indexes}
    schema.migrations.apply(db)
    assert "captures_by_lost_name" in {index.name for index in db["captures"].indexes}
    # compared by another measure: anew with the next check
    assert db.execute("SELECT id, drift, drift_from FROM captures").fetchall() == [(1, None, None)]
    db.close()


def test_the_same_probe_is_named_whatever_else_is_known(archive: ingest.Archive) -> None:
    keep(archive, 1, 0, STORY * 9)
    keep(archive, 2, 10 * DAY, NOTICE * 9, title="News")
    probe(archive, 4, 11 * DAY, NOTICE * 9)
    probe(archive, 3, 10 * DAY, NOTICE * 9)
    assert judged(archive)[-1][2]["strikes"][0]["probe"] == 3
