"""Questions and copies in the archive: the source's status rests on its own page, whatever another
archive holds."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path

import pytest

from archive.config import Settings
from archive.model.understood import Processed
from archive.model.vocabulary import LOST, LOST_AT_LAST, Outcome
from archive.show.export import report_object
from archive.show.status import status
from pipeline.run.ingest import Archive
from tests.factories import at, note, page, processed, report
from tests.memento_samples import (
    CITED,
    LATER,
    NEAR,
    WAYBACK,
    copy,
    in_turn,
    keep,
    live,
    question,
    source,
    wanted,
)

pytestmark = pytest.mark.citing


def rows(archive: Archive) -> dict[str, list[str]]:
    return {
        name: sorted(json.dumps(row) for row in archive.db.query(f"SELECT * FROM {name}"))
        for name in ("sources", "mementos", "memento_checks")
    }


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
    assert status(archive.db, LATER, young=LATER)["held"]["sources_with_memento"] == 0


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
    other = report(notes=(note("1", url),), url="https://understandingwar.org/research/other/")
    keep(archive, processed(page(5, uri_r=other.url), report=other), live(6, Outcome.GONE, url))
    assert archive.db.execute("SELECT count(*) FROM sources WHERE last_outcome = 'gone'").fetchone() == (1,)  # fmt: skip  # noqa: E501
    assert wanted(archive) == []
