"""Ours is the only copy of what is dead and nobody else has kept."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlite_utils

from archive.config import Settings
from archive.db import folding
from archive.db.schema.migrations import migrations
from archive.model.understood import Processed
from archive.model.vocabulary import Outcome
from archive.show.export import report_object
from archive.show.status import status
from pipeline.run.ingest import Archive
from tests.factories import page, processed, report
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
    source,
    wanted,
)

pytestmark = pytest.mark.citing


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
            assert status(archive.db, LATER, young=LATER)["held"]["only_copies"] == only
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


def test_an_older_archive_learns_what_it_can_and_asks_for_the_rest(
    archive: Archive, tmp_path: Path
) -> None:
    """From the state before m007 to the one after."""
    keep(archive, *ALIVE, *DIES, question(261), question(300, answered=False))
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
