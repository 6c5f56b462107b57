"""What `status` says of checks: due, late, what the last run found, and what happened in a week."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.config import Settings
from archive.db.database import open_readonly, writing
from archive.model.rows import RunRow
from archive.show.status import status
from pipeline.cli.main import main
from pipeline.cli.status_text import status_lines
from pipeline.run.ingest import Archive
from tests.rot_samples import DIED, DRIFTED, make

RUN = "20260401-test"
NOW = "2026-03-26T00:00:00Z"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("status") / "data"
    make(root)
    with Archive.open(root, Settings(), run="other") as archive:
        for name, arguments in ((RUN, {"source": None}), ("later-one", {"source": DIED})):
            at = "2026-03-04T00:00:00Z" if name == RUN else "2026-03-25T00:00:00Z"
            archive.store.start_run(RunRow(name, "check", arguments, at))
            counts = {"source ok": 3, "source gone": 3, "probe ok": 2}
            archive.store.finish_run(name, at="2026-03-25T01:00:00Z", outcome="done", counts=counts)
        due = {DIED: "2026-04-20T00:00:00Z", DRIFTED: "2026-03-20T00:00:00Z"}
        archive.db.execute("UPDATE sources SET next_due_at = NULL")
        for url, at in due.items():
            archive.db.execute("UPDATE sources SET next_due_at = ? WHERE url = ?", [at, url])
        archive.db.execute("UPDATE captures SET run = ? WHERE id >= 8", [RUN])
        archive.db.conn.commit()
    return root


def said(data: Path, now: str = NOW) -> dict:
    db = open_readonly(data / "archive.db")
    try:
        return status(db, now, young="")
    finally:
        db.close()


def test_checks_are_due_now_and_within_a_week(data: Path) -> None:
    due = said(data)["due"]
    assert (due["checks"], due["checks_in_7_days"]) == (1, 1)
    later = said(data, "2026-04-14T00:00:00Z")["due"]
    assert (later["checks"], later["checks_in_7_days"]) == (1, 2)


def test_a_check_is_late_after_a_day(data: Path) -> None:
    [late] = said(data)["overdue"]
    assert (late["url"], late["days_late"]) == (DRIFTED, 6.0)
    assert said(data, "2026-03-20T12:00:00Z")["overdue"] == []


def test_the_last_run_over_all_that_was_due_says_what_it_found(data: Path) -> None:
    last = said(data)["last_check"]
    assert (last["id"], last["made"]) == (RUN, 6)
    assert last["changed"]["died"] == 1
    assert last["newly_blocked"] == 0


def test_the_events_of_a_week_are_counted_and_older_ones_are_not(data: Path) -> None:
    assert said(data)["events_of_7_days"] == [{"kind": "died", "events": 1}]
    assert said(data, "2026-05-01T00:00:00Z")["events_of_7_days"] == []


def test_a_host_whose_page_was_kept_and_then_died_is_not_among_those_where_nothing_was_had(
    data: Path,
) -> None:
    assert [row["host"] for row in said(data)["failing_hosts"]] == []
    with Archive.open(data, Settings(), run="other") as archive:
        rows = list(
            archive.db.query("SELECT seen, alive, dead FROM hosts WHERE host = 'news.example'")
        )
    assert rows == [{"seen": 1, "alive": 0, "dead": 1}]


def test_people_and_machines_are_told_the_same(data: Path) -> None:
    text = "\n".join(status_lines(said(data)))
    assert "1 check (1 within 7 days)" in text
    assert "   6.0 days  " in text
    assert "last run of checks, 2026-03-04 00:00 UTC (done):" in text
    assert not re.search(r"\dT\d\d:\d\d", text)  # times are as people read them
    assert "6 made; 1 died" in text
    assert "events of the last 7 days:\n     1  died" in text
    done = CliRunner().invoke(main, ["--data", str(data), "status", "--json"])
    assert done.exit_code == 0
    assert {"overdue", "last_check", "events_of_7_days"} <= set(json.loads(done.output))


def test_an_archive_without_checks_says_nothing_of_them(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="test"):
        pass
    answer = said(tmp_path / "data")
    assert answer["last_check"] is None
    assert "last run of checks" not in "\n".join(status_lines(answer))


def test_waits_are_told_by_nearest_rank_however_many_there_are(tmp_path: Path) -> None:
    waits = [3, 3, 8, 1, 12, 5, 2, 9, 7, 7, 4]
    with writing(tmp_path / "archive.db") as db:
        for count, hours in enumerate(waits, 1):
            db.execute(
                "INSERT INTO sources (id, url, cited_url, host, domain, platform, first_cited_at, "
                "first_captured_at) VALUES (?1, ?1, ?1, 'a.example', 'a.example', 'web', "
                "'2026-03-01T00:00:00Z', strftime('%Y-%m-%dT%H:%M:%SZ', '2026-03-01', ?2))",
                [count, f"+{hours} hours"],
            )
            told = status(db, "2026-03-20T00:00:00Z", young="")["hours_from_citation_to_capture"]
            ordered = sorted(waits[:count])
            assert told == {
                "sources": count,
                "median": ordered[-(-count // 2) - 1],
                "nine_in_ten": ordered[-(-count * 9 // 10) - 1],
                "longest": ordered[-1],
            }
