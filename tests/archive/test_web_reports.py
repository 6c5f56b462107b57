"""The page of a report, what was edited in it, and its claims beside their sources."""

from __future__ import annotations

import html
import re
import sqlite3
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from datasette.app import Datasette

from archive.config import Settings
from archive.show import laid_out
from archive.show.check_reading import sentences
from archive.show.series_reading import calendar
from archive.web import group, series
from archive.web.headers import BODY_POLICY
from archive.web.picture import picture_type
from pipeline.run.ingest import Archive
from tests import factories
from tests import web_samples as samples
from tests.marked_up import URL_ATTRIBUTES, read
from tests.serving import in_process, text_of
from tests.version_samples import CTP, make

HERE = f"/-/report/{samples.REPORT_ID}"
BAD = f"/-/report/{samples.BAD_ID}"


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.make(tmp_path_factory.mktemp("reports") / "data").root


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("edited") / "data"
    make(root)
    return root


async def opened(root: Path) -> Datasette:
    served = Datasette([str(root / "archive.db")])
    await served.invoke_startup()
    return served


@pytest.fixture
async def datasette(hostile: Path) -> AsyncIterator[Datasette]:
    served = await opened(hostile)
    yield served
    served.executor.shutdown()


@pytest.fixture
async def versions(edited: Path) -> AsyncIterator[Datasette]:
    served = await opened(edited)
    yield served
    served.executor.shutdown()


async def test_a_marker_leads_to_its_note_beside_the_paragraph_and_says_its_worst(
    datasette: Datasette,
) -> None:
    text = await text_of(datasette, f"{HERE}?v=1")
    assert re.search((
        r'<a class="isw-marker isw-good" id="ref-1" href="#note-1" title="note 1: '
        r'alive">'
    ), text)  # fmt: skip
    assert re.search((
        r'href="#note-2" title="note 2: in doubt">\[2\]<span class="isw-sign" '
        r'aria-hidden="true">\?'
    ), text)  # fmt: skip
    paragraph = text.index("A depot burned near the port.")
    note = text.index('<li class="isw-beside" id="note-1">')
    assert paragraph < note < text.index("Officials denied it.")
    assert text.count('id="note-1"') == 1


async def test_a_note_that_nothing_refers_to_stands_at_the_end(datasette: Datasette) -> None:
    text = await text_of(datasette, HERE)
    assert "Notes that no sentence refers to" in text
    assert "Interview with a port official." in text


async def test_the_head_says_how_the_sources_fare(datasette: Datasette) -> None:
    text = await text_of(datasette, HERE)
    assert "What became of the 2 sources that it cites" in text
    assert re.search(r"<strong>1</strong> alive", text)
    assert 'class="isw-fill-alive" x="50.0"' in text


async def test_inner_words_are_said_in_plain_language(datasette: Datasette) -> None:
    for path in (HERE, f"{HERE}?v=1"):
        text = await text_of(datasette, path)
        assert "repaired:" not in text
        assert "dns-failure" not in text


async def test_versions_go_by_their_printed_number(versions: Datasette) -> None:
    first = await text_of(versions, f"{HERE}?v=1")
    assert "A depot burned near the port." in first
    assert "This is an old version." in first
    assert f'href="{HERE}?v=3"' in first
    newest = await text_of(versions, HERE)
    assert "A depot exploded near the port." in newest
    assert "old version" not in newest
    assert "Nobody was hurt." in await text_of(versions, f"{HERE}?v=ctp:1")


async def test_a_versions_own_id_leads_to_its_number(versions: Datasette) -> None:
    answer = await versions.client.get("/-/version/9", follow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["location"] == f"{HERE}?v=ctp:1"


@pytest.mark.parametrize("rest", ["?v=4", "?v=x", "?v=%00", f"?v={'9' * 40}", "/changes?from=9",
    "/changes?to=%00",
                                  "/check?v=9", "/check?page=0", "/check?page=x", "/check?page=99",
                                  "/nothing"])  # fmt: skip
async def test_what_is_not_here_is_a_plain_404(versions: Datasette, rest: str) -> None:
    answer = await versions.client.get(f"{HERE}{rest}")
    assert answer.status_code == 404
    assert "Not here" in answer.text
    assert "Traceback" not in answer.text


async def test_what_was_edited_is_marked_word_by_word(versions: Datasette) -> None:
    text = await text_of(versions, f"{HERE}/changes?from=1&to=2")
    assert "<del>burned</del> <ins>exploded</ins>" in text
    assert 'value="ctp:1"' in text


async def test_the_head_of_an_edited_version_says_what_was_edited(versions: Datasette) -> None:
    text = await text_of(versions, f"{HERE}?v=2")
    head = f'<dt>Edited</dt><dd><a href="{HERE}/changes?to=2">since the version before</a>: '
    assert re.match(r"[a-z, ]+; 1 word added, 1 removed", text.partition(head)[2])
    assert "<dt>Edited</dt>" not in await text_of(versions, f"{HERE}?v=1")
    assert "<del>burned</del> <ins>exploded</ins>" in await text_of(
        versions, f"{HERE}/changes?to=2"
    )


async def test_publications_are_compared_too(versions: Datasette) -> None:
    text = await text_of(versions, f"{HERE}/changes?from=1&to=ctp")
    assert "<ins>Nobody was hurt.</ins>" in text
    assert CTP.removeprefix("https://")[:30] in text


async def test_a_report_of_one_version_says_that_nothing_can_be_compared(
    datasette: Datasette,
) -> None:
    assert "only one version is held" in await text_of(datasette, f"{BAD}/changes")


async def test_a_claim_stands_beside_what_its_source_said(datasette: Datasette) -> None:
    text = await text_of(datasette, f"{HERE}/check")
    assert "A depot burned near the port." in text
    assert re.search(rf'dir="auto" lang="fa">.*{samples.PERSIAN[:6]}', text, re.DOTALL)
    assert "No text of it is held." in text


@pytest.mark.parametrize(
    "path", [BAD, f"{BAD}/check", f"{BAD}/changes", f"{HERE}/changes", f"{HERE}/check"]
)
async def test_nothing_hostile_runs(datasette: Datasette, path: str) -> None:
    marked = read(await text_of(datasette, path))
    assert not "".join(marked.scripts).strip()
    for tag, attributes in marked.elements:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert tag not in {"iframe", "object", "embed", "base", "b"}
        for name in URL_ATTRIBUTES & set(attributes):
            value = attributes[name] or ""
            assert value.startswith(("/", "?", "#", "http://", "https://")) or not value, value


@pytest.mark.parametrize("path", ["/", "/archive", "/archive/notes", "/archive?sql=select+1", HERE,
    "/-/capture/4", "/-/search", "/-/rot", "/archive/captures/4"])  # fmt: skip
async def test_every_page_names_its_language_and_its_main_part(
    datasette: Datasette, path: str
) -> None:
    text = await text_of(datasette, path)
    assert '<html lang="en">' in text
    assert text.count("<main") == 1


async def test_a_page_is_no_picture_whatever_it_is_called(datasette: Datasette) -> None:
    assert (await datasette.client.get("/-/capture/4/picture")).status_code == 404
    assert (await datasette.client.get("/-/capture/7/picture")).status_code == 404


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"\x89PNG\r\n\x1a\nrest", "image/png"),
        (b"\xff\xd8\xff\xe0", "image/jpeg"),
        (b"GIF89a", "image/gif"),
        (b"RIFF....WEBPVP8 ", "image/webp"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>", None),
        (b"<html>", None),
        (b"RIFF....WAVE", None),
        (b"", None),
    ],
)
def test_only_what_is_made_of_points_is_a_picture(body: bytes, kind: str | None) -> None:
    assert picture_type(body) == kind
    assert "sandbox" in BODY_POLICY


@pytest.mark.parametrize(
    ("labels", "found"),
    [
        (["1", "2"], ["1", "2"]),
        (["1", "1", "1"], ["1", "1-2", "1-3"]),
        (["iv", '"><b>', ""], ["iv", "p1", "p2"]),
    ],
)
def test_anchors_are_labels_as_printed(labels: list[str], found: list[str]) -> None:
    assert laid_out.anchors(labels) == found


@pytest.mark.parametrize(
    ("heading", "parted"),
    [
        ("East (Russian objective: Hold the line)", ("East", "Russian objective: Hold the line")),
        ("East (Objective: Hold (all) of it)", ("East", "objective: Hold (all) of it")),
        ("East (north)", ("East (north)", None)),
        ("(Russian objective: Hold)", ("(Russian objective: Hold)", None)),
        (None, (None, None)),
    ],
)
def test_a_campaigns_objective_is_taken_out_of_its_heading(
    heading: str | None, parted: tuple[str | None, str | None]
) -> None:
    assert laid_out.parted_heading(heading) == parted


def test_a_sentence_with_three_markers_is_one_sentence() -> None:
    markers = [
        {"sentence": "A.", "section": None, "label": "1", "note_id": 1},
        {"sentence": "A.", "section": None, "label": "2", "note_id": 2},
        {"sentence": "B.", "section": None, "label": "9", "note_id": None},
    ]
    found = sentences(markers)
    assert [(one["sentence"], one["note_ids"], one["missing"]) for one in found] == [
        ("A.", [1, 2], []),
        ("B.", [], ["9"]),
    ]


async def test_an_account_says_what_is_cited_of_it_by_whom_and_when(datasette: Datasette) -> None:
    text = await text_of(datasette, "/-/account?platform=telegram&account=portwatch")
    assert "A depot burned near the port." in text
    assert "What became of the one source cited of it" in text
    assert "2026-03" in text
    assert "iran-update" in text


async def test_a_host_leads_to_its_accounts(datasette: Datasette) -> None:
    text = await text_of(datasette, "/-/host?host=t.me")
    assert "/-/account?platform=telegram&amp;account=portwatch" in text


async def test_how_long_it_lasts_is_drawn_once_enough_was_followed(
    datasette: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = "/-/host?host=t.me"
    assert "1 source was followed so far: too few for a curve" in await text_of(datasette, path)
    monkeypatch.setattr(group, "LEAST_DRAWN", 1)
    drawn = await text_of(datasette, path)
    assert 'class="isw-curves"' in drawn
    assert "1 followed, 0 dead" in drawn


@pytest.mark.parametrize("path", ["/-/account", "/-/host", "/-/host?host=%00",
    "/-/account?platform=x&account=%22%3E"])  # fmt: skip
async def test_an_account_or_host_that_nobody_cites_is_not_here(
    datasette: Datasette, path: str
) -> None:
    assert (await datasette.client.get(path)).status_code == 404


def test_a_calendar_has_the_months_between_with_their_gaps() -> None:
    days = [{"report_date": "2026-01-30"}, {"report_date": "2026-01-30"},
        {"report_date": "2026-03-02"}]  # fmt: skip
    months = calendar(days)
    assert [month["name"] for month in months] == ["2026-03", "2026-02", "2026-01"]
    assert months[1]["lead"] == 6, "1 February 2026 was a Sunday"
    assert all(day["inside"] and not day["reports"] for day in months[1]["days"])
    assert len(months[2]["days"][29]["reports"]) == 2
    assert [day["number"] for day in months[0]["days"] if day["inside"]] == [1, 2]
    assert calendar([]) == []


async def test_a_series_shows_its_days(datasette: Datasette) -> None:
    text = await text_of(datasette, "/-/series/iran-update")
    assert f'href="/-/report/{samples.REPORT_ID}"' in text
    assert "on 2 of 2 days" in text
    assert (await datasette.client.get("/-/series/none")).status_code == 404


async def test_a_long_calendar_shows_its_newest_months_and_says_that_there_are_others(
    datasette: Datasette, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(series, "MOST_MONTHS", 0)
    text = await text_of(datasette, "/-/series/iran-update")
    assert "1 month before these, from 2026-03 on" in text
    assert samples.REPORT_ID not in text
    assert 'href="/-/series/iran-update?months=all"' in text
    text = await text_of(datasette, "/-/series/iran-update?months=all")
    assert samples.REPORT_ID in text
    assert "before these" not in text


async def test_what_is_withheld_stands_on_no_page(tmp_path: Path) -> None:
    root = tmp_path / "data"
    make(root)
    with sqlite3.connect(root / "archive.db") as db:
        db.execute(
            "INSERT INTO withheld (record_id, capture_id, at, reason) "
            "SELECT record_id, id, '2026-03-09T00:00:00Z', 'asked to' FROM captures WHERE id = 2"
        )
    db.close()
    served = await opened(root)
    for rest in ("?v=2", "/changes?from=1&to=2", "/check?v=2"):
        answer = await served.client.get(f"{HERE}{rest}")
        assert answer.status_code == 451, rest
        assert "exploded" not in answer.text
    assert (await served.client.get("/-/capture/2/picture")).status_code == 451
    found = await text_of(served, "/-/search?q=exploded&all=1")
    assert "/-/version/2" not in found
    served.executor.shutdown()


async def test_a_report_is_found_by_its_series_newest_and_by_its_address(
    versions: Datasette,
) -> None:
    (own,) = {
        row[0] for row in await versions.get_database().execute("SELECT id FROM reports LIMIT 1")
    }
    address = (
        await versions.get_database().execute("SELECT url FROM publications LIMIT 1")
    ).first()
    for name, tail in ((f"{own.partition('/')[0]}/newest", ""), (address[0], "/changes")):
        answer = await versions.client.get(f"/-/report/{name}{tail}?from=1")
        assert answer.status_code == 302, name
        assert answer.headers["location"] == f"/-/report/{own}{tail}?from=1"


async def test_of_a_day_without_a_report_the_nearest_are_named(versions: Datasette) -> None:
    row = (await versions.get_database().execute("SELECT id, series FROM reports LIMIT 1")).first()
    answer = await versions.client.get(f"/-/report/{row[1]}/2020-01-01")
    assert answer.status_code == 404
    assert f'href="/-/report/{row[0]}"' in answer.text
    told = (await versions.client.get(f"/-/report/{row[1]}/2020-01-01.json")).json()
    assert (told["ok"], told["nearest"]) == (False, [row[0]])


async def test_a_note_leads_to_its_sentence_beside_what_it_cites(datasette: Datasette) -> None:
    text = await text_of(datasette, HERE)
    ways = re.findall(r'href="([^"]*/check\?[^"]*note=[^"]*)"', text)
    assert ways
    for way in ways:
        answer = await datasette.client.get(html.unescape(way))
        assert answer.status_code == 302
        path, _, place = answer.headers["location"].partition("#")
        assert f'id="{place}"' in await text_of(datasette, path)
    nothing = await datasette.client.get(f"{HERE}/check?note=99")
    assert nothing.status_code == 404
    assert "No sentence of this version" in nothing.text


async def test_a_sentence_that_was_edited_says_so_beside_its_sources(tmp_path: Path) -> None:
    first = factories.report()
    markers = tuple(
        replace(one, sentence=one.sentence.replace("burned", "exploded")) for one in first.markers
    )
    edited = replace(first, text=first.text.replace("burned", "exploded"), markers=markers)
    with Archive.open(tmp_path / "data", Settings(), run="20260304-test") as archive:
        for number, one in enumerate((first, edited), start=1):
            samples.keep(
                archive, factories.page(number, captured_at=factories.at(number)), report=one
            )
    async with in_process(tmp_path / "data") as served:
        text = await text_of(served, f"{HERE}/check")
        assert "A depot <del>burned</del> <ins>exploded</ins> near the port." in text
        assert "Edited in" in text
        assert "Edited in" not in await text_of(served, f"{HERE}/check?v=1")
