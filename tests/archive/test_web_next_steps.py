"""Pages that say in a sentence what they show, and where there is nothing, what to do next; over
sources that died and drifted."""

from __future__ import annotations

import html
import re
from pathlib import Path

import pytest
import sqlite_utils
from datasette.app import Datasette

from archive.db.database import open_readonly
from archive.web.excerpt import points
from tests.marked_up import read
from tests.rot_samples import DIED, number
from tests.serving import text_of


def words(text: str) -> str:
    return " ".join(" ".join(read(text).words).split())


async def test_where_nothing_is_found_the_next_steps_are_named(datasette: Datasette) -> None:
    text = await text_of(datasette, "/-/search?q=zebra&platform=x")
    assert 'href="/-/search?q=zebra">Search for the same without filters' in text
    assert re.search(r'href="/-/search\?q=zebra&amp;[^"]*platform=x[^"]*all=1', text)
    assert 'href="/-/held?q=zebra"' in text
    assert "without filters" not in await text_of(datasette, "/-/search?q=zebra")


@pytest.mark.parametrize(
    "path", ["/-/source/5", "/-/capture/987654321", "/-/report/x", "/nothing/here"]
)
async def test_what_is_not_here_leads_on(datasette: Datasette, path: str) -> None:
    answer = await datasette.client.get(path)
    assert answer.status_code == 404
    for step in ("/-/search", "/-/held"):
        assert f'<li><a href="{step}">' in answer.text.partition("<h1>")[2]


@pytest.mark.parametrize(
    "asked", ["/archive/reports?_sort=nope", "/archive/sources?_size=x", "/-/rot?kind=nope"]
)
async def test_what_is_asked_wrongly_of_a_page_leads_to_the_page(
    datasette: Datasette, asked: str
) -> None:
    page = asked.partition("?")[0]
    assert f'<li><a href="{page}">' in (await datasette.client.get(asked)).text
    for none in ("/nothing/here?a=b", "/-/account?platform=x&account=nobody", "/-/source/9?with=1"):
        assert "question mark</a>" not in (await datasette.client.get(none)).text


async def test_how_to_ask_stands_open_until_something_is_asked(datasette: Datasette) -> None:
    assert '<details class="isw-help" open>' in await text_of(datasette, "/-/search")
    assert '<details class="isw-help">' in await text_of(datasette, "/-/search?q=zebra")


@pytest.mark.parametrize("path", ["/-/series/webx", "/-/report/webx/newest"])
async def test_a_series_that_is_none_leads_to_nobody_where_nothing_is_like_it(
    datasette: Datasette, path: str
) -> None:
    answer = await datasette.client.get(path)
    assert answer.status_code == 404
    assert "The nearest that are held" not in answer.text


async def test_figures_begin_with_a_sentence_and_names_that_readers_know(
    datasette: Datasette,
) -> None:
    for kind, ended in (("rot", "dead"), ("drift", "drifted"), ("reference-rot", "drifted")):
        told = words(await text_of(datasette, f"/-/rot?kind={kind}&by=platform"))
        assert re.search(rf"Of \d+ cited sources \d+ [a-z ]*{ended}", told), told[:400]
        assert "Web page" in told


async def test_a_captures_page_is_headed_by_what_it_is_of(
    datasette: Datasette, folder: Path
) -> None:
    db = open_readonly(folder / "archive.db")
    rows = db.query(
        "SELECT captures.id, texts.title FROM captures JOIN texts ON texts.id = text_id "
        "WHERE source_id = ?",
        [number(DIED)],
    )
    for row in rows:
        text = await text_of(datasette, f"/-/capture/{row['id']}")
        heading = re.search(r"<h1[^>]*>(.*?)</h1>", text)
        assert heading is not None
        assert (row["title"] or DIED.partition("://")[2][:20]) in html.unescape(heading[1])
        assert f"Capture {row['id']}" in text


async def test_a_body_that_another_capture_holds_leads_there(
    datasette: Datasette, folder: Path
) -> None:
    db = sqlite_utils.Database(folder / "archive.db")
    first, second = (row["id"] for row in db.query("SELECT id FROM captures ORDER BY id LIMIT 2"))
    db.execute(
        "UPDATE captures SET revisit_of = (SELECT record_id FROM captures WHERE id = ?) "
        "WHERE id = ?",
        [first, second],
    )
    db.conn.commit()
    try:
        assert f'href="/-/capture/{first}">the capture of ' in await text_of(
            datasette, f"/-/capture/{second}"
        )
    finally:
        db.execute("UPDATE captures SET revisit_of = NULL WHERE id = ?", [second])
        db.conn.commit()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- a & b\n- c", "- a &amp; b<br>- c"),
        ("1. a\n2) b\n• c", "1. a<br>2) b<br>• c"),
        ("Heading\n\nProse", "Heading<br>Prose"),
        ("of a column\nof a document", "of a column\nof a document"),
        ("a range\n2026 to 2027, -5\n-6", "a range\n2026 to 2027, -5\n-6"),
        ("<b>\n- x", "&lt;b&gt;<br>- x"),
        ("", ""),
    ],
)
def test_points_of_a_list_begin_a_line_each(text: str, shown: str) -> None:
    assert str(points(text)) == shown


async def test_a_captures_page_says_in_which_language_its_text_is(
    datasette: Datasette, folder: Path
) -> None:
    db = open_readonly(folder / "archive.db")
    [(number, language)] = db.execute(
        "SELECT captures.id, language FROM captures JOIN texts ON texts.id = text_id "
        "WHERE language IS NOT NULL AND language != 'en' LIMIT 1"
    ).fetchall()
    text = await text_of(datasette, f"/-/capture/{number}")
    assert f'<p dir="auto" lang="{language}">' in text
