"""The pages of runs and alarms, and the news on the start page."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from datasette.app import Datasette

from archive.db.folding import register
from archive.show.group_reading import by_sentence
from archive.show.operations_reading import missing, news
from tests import web_samples as samples
from tests.rot_samples import DIED, make, number
from tests.serving import in_process

SCRIPT = samples.SCRIPT
MANY = 60


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("operations") / "data"
    make(made)
    db = sqlite3.connect(made / "archive.db")
    register(db)
    for place in range(MANY):
        db.execute(
            "INSERT INTO runs (id, job, arguments, started_at, finished_at, outcome, counts, who, "
            "reason) VALUES (?, 'check', ?, ?, ?, 'done', ?, ?, ?)",
            [
                f"r{place}", json.dumps({"source": SCRIPT}),
                f"2026-05-{place % 28 + 1:02}T00:00:00Z", f"2026-05-{place % 28 + 1:02}T01:30:00Z",
                json.dumps({"source ok": 7, "source gone": 2}), SCRIPT, SCRIPT,
            ],
        )  # fmt: skip
    for name, state, at in (
        ("disk", "raised", "2026-05-01"), ("disk", "recovered", "2026-05-02"),
        (f"late/{SCRIPT}", "raised", "2026-05-03"),
    ):  # fmt: skip
        db.execute(
            "INSERT INTO alarms (alarm, state, at, text, remedy) VALUES (?, ?, ?, ?, 'Look at it')",
            [name, state, f"{at}T00:00:00Z", f"{name} is wrong"],
        )
    _daily(db, date(2026, 3, 1), 60, without=date(2026, 4, 25))
    db.commit()
    db.close()
    return made


def _daily(db: sqlite3.Connection, start: date, days: int, without: date) -> None:
    """A daily series in which one day is missing."""
    for day in (start + timedelta(days=n) for n in range(days)):
        if day != without:
            db.execute(
                "INSERT INTO reports (id, series, report_date, title, url) "
                "VALUES (?, 'daily', ?, 'Daily', 'https://understandingwar.org/x')",
                [f"daily/{day}", str(day)],
            )


@pytest.fixture
async def datasette(root: Path) -> AsyncIterator[Datasette]:
    async with in_process(root) as served:
        yield served


async def text_of(served: Datasette, path: str) -> str:
    found = await served.client.get(path)
    assert found.status_code == 200, found.text[:300]
    assert SCRIPT not in found.text
    return str(found.text)


async def test_runs_are_listed_and_page_on(datasette: Datasette) -> None:
    text = await text_of(datasette, "/-/runs")
    assert 'href="/-/run/r27"' in text
    assert '<td class="isw-number">90</td><td class="isw-number">9</td>' in text
    assert 'href="/-/runs?page=2" rel="next"' in text
    assert "20260304-test" in await text_of(datasette, "/-/runs?page=2")


async def test_a_run_says_what_came_of_it_in_words(datasette: Datasette) -> None:
    text = await text_of(datasette, "/-/run/r1")
    assert "the page came" in text
    assert "the server said that there is no such page" in text
    assert "/archive/captures?run=r1&amp;kind=source&amp;outcome=gone" in text
    assert "after 1.5 hours" in text


async def test_alarms_say_what_is_wrong_now_and_what_was(datasette: Datasette) -> None:
    text = await text_of(datasette, "/-/alarms")
    now, was = text.split("<h2>What was</h2>")
    assert "late/" in now
    assert "disk" not in now.split("<h2>Wrong now</h2>")[1]
    assert "is over" in was
    assert "What to do: Look at it" in now


@pytest.mark.parametrize("path", ["/-/run/none", "/-/run/%00", "/-/runs?page=99", "/-/runs?page=x",
    "/-/alarms?page=7"])  # fmt: skip
async def test_what_is_not_here_is_a_plain_404(datasette: Datasette, path: str) -> None:
    assert (await datasette.client.get(path)).status_code == 404


async def test_the_start_page_says_what_died_and_leads_to_it(datasette: Datasette) -> None:
    text = await text_of(datasette, "/")
    assert f'href="/-/source/{number(DIED)}"' in text
    assert "It is gone, proved over days." in text
    assert f'href="/-/report/{samples.REPORT_ID}/changes"' in text
    assert 'href="/-/alarms"' in text


async def test_a_series_tells_gaps_in_its_rhythm_from_days_without(datasette: Datasette) -> None:
    text = await text_of(datasette, "/-/series/daily")
    assert text.count('class="isw-missing"') == 1
    assert text.count("<s ") == 1, "a day on which none was due is not struck through"
    assert 'title="2026-04-25: by its rhythm one was due, none is held"' in text
    assert "<strong>1</strong> of the others is missing" in text
    assert "isw-missing" not in await text_of(datasette, "/-/series/iran-update")


def test_a_sentence_that_refers_to_several_notes_stands_once() -> None:
    found = by_sentence(
        [
            {"version_id": 1, "sentence": "A.", "label": "i"},
            {"version_id": 1, "sentence": "A.", "label": "<b>"},
            {"version_id": 2, "sentence": "A.", "label": "1"},
        ]
    )
    assert [[note["label"] for note in one["notes"]] for one in found] == [["i", "<b>"], ["1"]]
    assert found[0]["notes"][1]["anchor"] is None


def test_news_are_of_the_last_fortnight_and_without_what_is_withheld(root: Path) -> None:
    db = sqlite3.connect(f"file:{root / 'archive.db'}?mode=ro", uri=True)
    assert missing(db, date(2026, 4, 30)) == [{"series": "daily", "day": "2026-04-25"}]
    assert all(row["day"] >= "2026-05-16" for row in missing(db, date(2026, 5, 30)))
    held = sqlite3.connect(":memory:")
    db.backup(held)
    db.close()
    (edit,) = news(held, date(2026, 4, 30))["edited"]
    held.execute(
        "INSERT INTO withheld SELECT record_id, id, '2026', NULL, 'x' FROM captures WHERE id = ?",
        [edit["capture_id"]],
    )
    assert news(held, date(2026, 4, 30))["edited"] == []
