"""Other archives' copies beside our captures: kept up to date, shown, exported, told as events."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from datasette.app import Datasette

from archive import near_duplicates
from archive.config import Settings
from archive.model.times import format_time
from archive.model.understood import PageText
from archive.model.vocabulary import Kind, Via
from archive.show.observers import apart_told
from pipeline.run.ingest import Archive
from tests import factories
from tests.factories import at, note
from tests.observed_texts import BANNER, OTHER, TEXT
from tests.saved import rows, run
from tests.serving import in_process
from tests.web_samples import keep

REPORT = "iran-update/2026-03-03"
PAGE, SECOND = "https://news.example/lock", "https://news.example/quay"
SEEN = "SELECT copy_id, own_id, observer, apart_s, drift, at FROM corroborations ORDER BY copy_id"
ROWS = "SELECT * FROM corroborations ORDER BY copy_id"
EVENTS = "SELECT id, at, kind, capture_id, detail FROM events ORDER BY id"


def _copy_of(url: str, hours: float, mark: str = "id_") -> str:
    return f"https://web.archive.org/web/{at(hours):%Y%m%d%H%M%S}{mark}/{url}"


def _take(archive: Archive, place: int) -> None:
    """Captures by number: a report, ours of two pages, a copy of each, a cited copy, a later one of
    ours that another copy agrees with."""
    first, second = PageText(TEXT, language="en"), PageText(OTHER, language="en")
    banner = replace(first, text=f"{BANNER}{TEXT}")
    cited_copy = _copy_of(PAGE, 6, mark="")
    sources: dict[int, tuple[str, float, PageText, dict[str, object]]] = {
        2: (PAGE, 2, first, {}),
        3: (SECOND, 2, first, {}),
        4: (PAGE, 50, first, {"copy": _copy_of(PAGE, 5)}),
        5: (SECOND, 51, second, {"copy": _copy_of(SECOND, 5)}),
        6: (cited_copy, 52, banner, {}),
        7: (SECOND, 53, second, {"copy": _copy_of(SECOND, 30)}),
        8: (SECOND, 60, second, {}),
    }
    if place == 1:
        notes = (note("1", PAGE), note("2", SECOND), note("3", cited_copy))
        made = factories.report(notes=notes)
        keep(archive, factories.page(1, captured_at=at(0)), report=made)
        return
    url, hours, text, more = sources[place]
    copy = more.get("copy")
    about = {"via": Via.WAYBACK, "subject": url, "uri_r": copy} if copy else {"uri_r": url}
    fetched = factories.page(
        place, kind=Kind.SOURCE, captured_at=at(hours), final_url=copy or url,
        body=f"<p>{place}</p>".encode(), **about,
    )  # fmt: skip
    keep(archive, fetched, text=text, signature=near_duplicates.signature(text.text))


def _make(root: Path, order: list[int]) -> Path:
    with Archive.open(root, Settings(), run="20260304-test") as archive:
        for place in order:
            _take(archive, place)
    return root


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _make(tmp_path_factory.mktemp("observers") / "data", list(range(1, 9)))


@pytest.fixture
async def datasette(kept: Path) -> AsyncIterator[Datasette]:
    async with in_process(kept) as served:
        yield served


def test_copies_of_the_same_days_are_held_against_ours(kept: Path) -> None:
    found = {row[0]: row[1:] for row in rows(kept, SEEN)}
    archive = "web.archive.org"
    assert found[4] == (2, archive, 3 * 3600, "same", format_time(at(50)))
    assert found[6] == (2, archive, 4 * 3600, "same", format_time(at(52))), "a cited copy's banner"
    assert found[5][:2] == (8, archive), "the later capture of ours says the same"
    assert {row[3] for row in found.values()} == {"same"}
    theirs = dict(rows(kept, "SELECT copy_id, theirs_at FROM two_observers"))
    assert (theirs[4], theirs[6]) == (format_time(at(5)), format_time(at(6)))


def test_two_that_differ_are_an_event_until_a_capture_of_ours_agrees(tmp_path: Path) -> None:
    data = _make(tmp_path / "data", [1, 2, 3, 4, 5, 6, 7])
    found = [row for row in rows(data, EVENTS) if row[2] == "observers-differ"]
    assert [(row[3], json.loads(str(row[4]))["drift"]) for row in found] == [
        (5, "substantial-edit"), (7, "substantial-edit"),
    ]  # fmt: skip
    with Archive.open(data, Settings(), run="20260304-again") as archive:
        _take(archive, 8)
    assert not [row for row in rows(data, EVENTS) if row[2] == "observers-differ"]


@pytest.mark.parametrize("order", [[8, 7, 6, 5, 4, 3, 2, 1], [6, 1, 5, 8, 2, 4, 7, 3]])
def test_the_order_in_which_captures_come_does_not_matter(
    kept: Path, tmp_path: Path, order: list[int]
) -> None:
    data = _make(tmp_path / "data", order)
    assert rows(data, ROWS) == rows(kept, ROWS)
    assert rows(data, EVENTS) == rows(kept, EVENTS)


async def test_the_source_and_the_captures_say_what_another_observer_saw(
    datasette: Datasette, kept: Path
) -> None:
    ((number,),) = rows(kept, f"SELECT id FROM sources WHERE url = '{PAGE}'")
    text = (await datasette.client.get(f"/-/source/{number}")).text
    assert "What other observers saw" in text
    assert text.count("two observers saw the same") == 2
    for capture in (2, 4):
        shown = (await datasette.client.get(f"/-/capture/{capture}")).text
        assert "two observers saw the same" in shown


async def test_a_capture_that_says_something_else_has_a_card(datasette: Datasette) -> None:
    svg = (await datasette.client.get("/-/card/capture/8.svg")).text
    assert "two weeks" in svg
    assert "1 more sentence of the page changed with it." in svg
    png = await datasette.client.get("/-/card/capture/8.png")
    assert png.headers["content-type"] == "image/png"
    assert (await datasette.client.get("/-/card/capture/2.svg")).status_code == 404


async def test_a_feed_tells_where_observers_differ(tmp_path: Path) -> None:
    data = _make(tmp_path / "data", [1, 3, 5])
    async with in_process(data) as served:
        text = (await served.client.get("/-/atom?kind=observers-differ")).text
    assert "Two observers saw different texts" in text
    assert "Compared with our capture" in text


def test_the_export_says_what_other_observers_saw(kept: Path) -> None:
    shown = json.loads(run(kept, "export", REPORT).stdout)
    (first, *_) = shown["notes"][0]["urls"]
    assert [(one["observer"], one["same"]) for one in first["observers"]] == [
        ("web.archive.org", True), ("web.archive.org", True),
    ]  # fmt: skip


def test_how_far_apart_two_looks_were_is_told() -> None:
    told = [apart_told(seconds) for seconds in (-7200, 30, 3 * 86_400, 60)]
    assert told == [
        "2 hours before ours", "at the same time as ours", "3 days after ours",
        "1 minute after ours",
    ]  # fmt: skip
