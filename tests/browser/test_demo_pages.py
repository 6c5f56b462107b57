"""The demo: it shows a year, and each of its pages is right on a phone and on a wide screen, in
both colour schemes, with scripts and without."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.browser.opened import PHONE, TURNS, WIDE, View, faults, opened, width_of
from tests.browser.shown import EDITED, PAGES, UNTIL, asked

pytestmark = [pytest.mark.minutes(4), pytest.mark.browser]


def looks() -> list[tuple[str, View]]:
    return [(name, view) for turn, name in enumerate(PAGES) for view in TURNS[turn % 2]]


@pytest.mark.parametrize(("name", "view"), looks(), ids=str)
def test_a_page_is_right(demo: Path, address: str, browser: Browser, name: str, view: View) -> None:
    shown = PAGES[name]
    row = asked(demo, shown.query)
    with opened(browser, address + shown.path.format(*row), view, shown.status) as page:
        text = page.locator("main").inner_text()  # as it is shown: some of it in capitals
        assert shown.said.format(*row).casefold() in text.casefold()
        assert width_of(page) <= view.width
        if view.scripts:
            found = faults(page)
            page.emulate_media(color_scheme="dark" if view.scheme == "light" else "light")
            assert [*found, *faults(page, "color-contrast")] == []


def test_sentences_are_gone_through_by_keys(demo: Path, address: str, browser: Browser) -> None:
    report, _ = asked(demo, EDITED)
    with opened(browser, f"{address}/-/report/{report}/check", View(WIDE, "light", True)) as page:
        at = "document.activeElement.id"
        for key, number in (("j", 1), ("j", 2), ("j", 3), ("k", 2)):
            page.keyboard.press(key)
            assert page.evaluate(at) == f"s-{number}"


def test_a_note_is_opened_on_a_phone_without_scripts(
    demo: Path, address: str, browser: Browser
) -> None:
    report, _ = asked(demo, EDITED)
    with opened(browser, f"{address}/-/report/{report}", View(PHONE, "light", False)) as page:
        side = page.locator("details.isw-side").first
        note = side.locator(".isw-beside").first
        assert not note.is_visible()
        side.locator("> summary").click()
        assert note.is_visible()
        assert not note.locator(".isw-open").is_visible()
        note.locator("summary").click()
        assert note.locator(".isw-open").is_visible()
        assert width_of(page) <= PHONE


@pytest.mark.parametrize(
    "path", ["/-/latency?by=account", "/-/support?by=report", "/-/rot", "/-/corrections", "/-/runs"]
)
def test_figures_need_no_scrolling_on_a_laptop(address: str, browser: Browser, path: str) -> None:
    with opened(browser, address + path, View(1280, "light", False)) as page:
        tables = page.locator(".isw-wide")
        assert tables.count()
        assert tables.evaluate_all("all => all.every(one => one.scrollWidth <= one.clientWidth)")


def test_tables_need_no_scrolling_on_a_laptop(address: str, browser: Browser) -> None:
    moved = []
    with opened(browser, f"{address}/archive", View(1280, "light", False)) as page:
        for table in WIDEST:
            page.goto(f"{address}/archive/{table}?_size=30")
            rows = page.locator(".table-wrapper")
            moved += [table] * rows.evaluate("one => Number(one.scrollWidth > one.clientWidth)")
    assert moved == []


WIDEST = ("sources", "corrections", "claim_support", "support_by_report")


def test_what_the_keyboard_comes_to_is_seen(address: str, browser: Browser) -> None:
    ring = "() => getComputedStyle(document.activeElement).outlineStyle"
    with opened(browser, f"{address}/archive/sources", View(1280, "light", False)) as page:
        reached = set()
        for _ in range(16):
            page.keyboard.press("Tab")
            reached.add(page.evaluate("document.activeElement.localName"))
            assert page.evaluate(ring) != "none"
    assert {"a", "input", "select", "summary"} <= reached


def test_a_page_is_read_at_twice_the_size(demo: Path, address: str, browser: Browser) -> None:
    report, _ = asked(demo, EDITED)
    with opened(browser, f"{address}/-/report/{report}", View(1280 // 2, "light", False)) as page:
        assert width_of(page) <= 1280 // 2


def test_how_to_cite_opens_where_it_is_folded(demo: Path, address: str, browser: Browser) -> None:
    report, _ = asked(demo, EDITED)
    with opened(browser, f"{address}/-/report/{report}", View(WIDE, "light", False)) as page:
        page.get_by_role("link", name="Cite it").click()
        assert page.locator("#cite-bibtex").is_visible()


def test_a_report_is_printed_with_its_notes_and_without_what_is_pressed(
    demo: Path, address: str, browser: Browser
) -> None:
    report, title = asked(demo, EDITED)
    with opened(browser, f"{address}/-/report/{report}", View(PHONE * 2, "dark", False)) as page:
        page.emulate_media(media="print")
        assert title in page.locator("main").inner_text()
        assert page.locator(".isw-beside").first.is_visible()
        for pressed in ("header.isw-top", "footer.ft", ".isw-skip"):
            assert not page.locator(pressed).first.is_visible()
        paper = page.evaluate("() => getComputedStyle(document.body).backgroundColor")
        assert paper in {"rgb(255, 255, 255)", "rgba(0, 0, 0, 0)"}


def test_the_demo_shows_all_that_becomes_of_sources(demo: Path) -> None:
    with closing(sqlite3.connect(demo / "archive.db")) as db:
        status = dict(db.execute("SELECT status, count(*) FROM sources GROUP BY status"))
        outcomes = {row[0] for row in db.execute("SELECT DISTINCT outcome FROM captures")}
        drifts = {row[0] for row in db.execute("SELECT DISTINCT drift FROM verdicts")}
        events = {row[0] for row in db.execute("SELECT DISTINCT kind FROM events")}
        (only,) = db.execute("SELECT count(*) FROM only_copies").fetchone()
        (copies,) = db.execute("SELECT count(*) FROM mementos").fetchone()
    assert status["dead"] >= 20
    assert {"alive", "moved", "drifted", "blocked", "refused", "dead"} <= set(status)
    assert {"gone", "removed", "soft-404", "parked", "dns-failure", "not-modified"} <= outcomes
    assert {"minor-edit", "substantial-edit", "replaced"} <= drifts
    assert {"report-edited", "correction"} <= events
    assert only
    assert copies


def test_the_demo_shows_edits_of_every_kind(demo: Path) -> None:
    with closing(sqlite3.connect(demo / "archive.db")) as db:
        edits = db.execute("SELECT kinds, corrections FROM edits").fetchall()
    assert len(edits) >= 6
    assert {kind for kinds, _ in edits for kind in json.loads(kinds)} >= {"prose", "notes"}
    assert any(json.loads(corrections) for _, corrections in edits)


def test_nothing_of_the_demo_is_long_overdue(demo: Path) -> None:
    with closing(sqlite3.connect(demo / "archive.db")) as db:
        (days,) = db.execute(
            "SELECT max(julianday(?) - julianday(next_due_at)) FROM sources",
            [UNTIL.isoformat()],
        ).fetchone()
    assert days < 7
