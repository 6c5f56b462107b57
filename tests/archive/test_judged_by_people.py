"""Verdicts as people see them: disputed, drawn, labelled, and how often they are right."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from archive.db import disputes, people
from archive.db.database import open_readonly
from archive.errors import BadInputError
from archive.model.people import RIGHT, WRONG, Label, StoodVerdict, Subject
from archive.model.times import shown_time
from archive.show.judge_sample import COLUMNS, draw, read_labels, sheet, standing
from archive.show.precision import precisions, wilson
from tests.rot_samples import DIED, DRIFTED
from tests.saved import run

AT = "2026-04-02T00:00:00Z"
SINCE, UNTIL = "2026-03-01T00:00:00Z", "2026-05-01T00:00:00Z"
VERDICT = StoodVerdict(DIED, "dead", "three-strikes", "2026-03-24T02:00:00Z")


@pytest.fixture(scope="module")
def db(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(open_readonly(folder / "archive.db")) as opened:
        yield opened.conn


@pytest.fixture
def path(folder: Path) -> Iterator[Path]:
    """Where people write; nothing is left of it."""
    yield folder / "people.db"
    for left in folder.glob("people.db*"):
        left.unlink()


def test_a_dispute_names_the_verdict_that_stood(
    db: sqlite3.Connection, path: Path, folder: Path
) -> None:
    assert standing(db, DIED) == VERDICT
    said = run(folder, "dispute", DIED, "--reason", "It is there, behind a new path.")
    assert said.exit_code == 0, said.output
    assert "against dead (rule three-strikes)" in said.output
    (row,) = disputes.disputes_of(path, DIED)
    assert (row["status"], row["decided_at"]) == (VERDICT.status, VERDICT.decided_at)
    assert disputes.disputes_of(path, DRIFTED) == []
    listed = json.loads(run(folder, "dispute", "--list", "--json").stdout)
    assert [one["reason"] for one in listed["disputes"]] == ["It is there, behind a new path."]
    told = shown_time(listed["disputes"][0]["at"])  # people read another form than programs
    assert f"1 {told} " in run(folder, "dispute", "--list").stdout


def test_a_dispute_is_withdrawn_and_stays(path: Path, folder: Path) -> None:
    assert run(folder, "dispute", DIED, "--reason", "a mistake").exit_code == 0
    assert run(folder, "dispute", DIED, "--withdraw", "1").exit_code == 0
    assert disputes.disputes_of(path, DIED)[0]["withdrawn_at"]
    again = run(folder, "dispute", DIED, "--withdraw", "1")
    assert (again.exit_code, "withdrawn already" in again.output) == (2, True)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((DIED,), "give a --reason"),
        (("--reason", "why"), "name the source"),
        (("https://nowhere.example/", "--reason", "why"), "neither a source's address"),
        (("iran-update/2026-03-03", "--reason", "why"), "is a report"),
        ((DIED, "--reason", " "), "reason: empty"),
        ((DIED, "--reason", "why", "--list"), "give a --reason"),
    ],
)
def test_a_dispute_of_nothing_is_refused(
    folder: Path, path: Path, words: tuple[str, ...], said: str
) -> None:
    refused = run(folder, "dispute", *words)
    assert (refused.exit_code, said in refused.output) == (2, True), refused.output
    assert not path.exists()


def test_what_was_kept_before_there_were_disputes_is_kept(path: Path) -> None:
    people.note(path, Subject("source", DIED), who="ana", at=AT, text="An old note.")
    with closing(sqlite3.connect(path)) as old:
        assert not old.execute("SELECT 1 FROM sqlite_master WHERE name = 'disputes'").fetchall()
    assert disputes.disputes_of(path, DIED) == []
    disputes.dispute(path, VERDICT, who="bo", at=AT, reason="no")
    assert people.notes_about(path, Subject("source", DIED))[0]["text"] == "An old note."
    assert len(disputes.all_disputes(path)) == 1


def test_no_source_has_disputes_without_end(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disputes, "MOST", 1)
    disputes.dispute(path, VERDICT, who="bo", at=AT, reason="no")
    with pytest.raises(people.FullError):
        disputes.dispute(path, VERDICT, who="bo", at=AT, reason="no, no")


def test_the_same_seed_draws_the_same(db: sqlite3.Connection) -> None:
    every = draw(db, SINCE, UNTIL, 100, "a")
    assert len(every) == db.execute("SELECT count(*) FROM verdicts").fetchone()[0]
    assert draw(db, SINCE, UNTIL, 3, "a") == draw(db, SINCE, UNTIL, 3, "a")
    seeds = {str(draw(db, SINCE, UNTIL, 3, str(seed))) for seed in range(9)}
    assert len(seeds) > 1
    assert draw(db, UNTIL, "2027-01-01T00:00:00Z", 3, "a") == []


def filled(db: sqlite3.Connection, label: str, **more: str) -> str:
    """A sheet with one line filled in."""
    rows = list(csv.DictReader(io.StringIO(sheet(draw(db, SINCE, UNTIL, 100, "a")))))
    rows[0] |= {"right": label, **more}
    out = io.StringIO()
    written = csv.DictWriter(out, COLUMNS)
    written.writeheader()
    written.writerows(rows)
    return out.getvalue()


@pytest.mark.parametrize("label", ["yes", " YES ", "y", "1"])
def test_what_is_filled_in_is_read_and_what_is_not_is_passed_over(
    db: sqlite3.Connection, label: str
) -> None:
    (found,) = read_labels(db, filled(db, label, note="seen"), "sheet.csv")
    assert (found.label, found.note) == (RIGHT, "seen")


def test_a_sheet_that_a_spreadsheet_divided_otherwise_is_read(db: sqlite3.Connection) -> None:
    rows = csv.reader(io.StringIO(filled(db, "no")))
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    (found,) = read_labels(db, "\ufeff" + out.getvalue(), "sheet.csv")
    assert found.label == WRONG


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{filled}", "line 2: right is 'perhaps'"),
        ("a,b\n1,2\n", "lacks decided_at, right"),
        ("", "lacks decided_at"),
        ("right,source,status,rule,decided_at\nyes,https://a.example,dead,none,never\n",
         "no such verdict"),
        ("right,source,status,rule,decided_at\nyes\n", "no such verdict"),
    ],
)  # fmt: skip
def test_a_sheet_that_is_none_is_refused(db: sqlite3.Connection, text: str, said: str) -> None:
    with pytest.raises(BadInputError, match=said):
        list(read_labels(db, text.format(filled=filled(db, "perhaps")), "sheet.csv"))


@pytest.mark.parametrize(
    ("right", "total", "low", "high"),
    [(0, 0, 0, 1), (48, 50, 0.8654, 0.9890), (50, 50, 0.9287, 1), (0, 10, 0, 0.2775)],
)
def test_the_interval_is_wilsons(right: int, total: int, low: float, high: float) -> None:
    assert wilson(right, total) == pytest.approx((low, high), abs=5e-4)


def test_the_newest_label_of_a_verdict_counts_and_unsure_on_neither_side(path: Path) -> None:
    other = VERDICT._replace(status="alive", rule="there")
    first = [Label(VERDICT, WRONG, ""), Label(other, "unsure", "")]
    disputes.put_labels(path, first, who="ana", at=AT)
    disputes.put_labels(path, [Label(VERDICT, RIGHT, "")], who="bo", at="2026-04-03T00:00:00Z")
    whole, alive, dead = precisions(path)
    assert (whole.right, whole.wrong, whole.unsure, whole.share) == (1, 0, 1, 1.0)
    assert (alive.status, alive.share, alive.low, alive.high) == ("alive", None, 0.0, 1.0)
    assert (dead.status, dead.share) == ("dead", 1.0)


def test_labels_given_back_stand_in_the_answer(
    db: sqlite3.Connection, path: Path, folder: Path, tmp_path: Path
) -> None:
    given = tmp_path / "sheet.csv"
    given.write_text(filled(db, "yes"), encoding="utf-8")
    said = run(folder, "judge-sample", "--take", given, "--json")
    assert json.loads(said.stdout)["precision"] == 1.0
    empty = tmp_path / "empty.csv"
    empty.write_text(filled(db, ""), encoding="utf-8")
    refused = run(folder, "judge-sample", "--take", empty)
    assert (refused.exit_code, "nothing is filled in" in refused.output) == (2, True)


def test_where_no_verdict_changed_lately_there_is_nothing_to_draw(folder: Path) -> None:
    refused = run(folder, "judge-sample")
    assert (refused.exit_code, "no verdict changed" in refused.output) == (2, True)
