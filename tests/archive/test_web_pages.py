"""Every page of datasette over a small archive, part of which was written by somebody who wishes
its readers ill."""

from __future__ import annotations

import contextlib
import html
import sqlite3
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from datasette.app import Datasette

from archive.show.reading import newest_reports
from archive.web.described import description
from archive.web.headers import BODY_POLICY, PAGE_POLICY
from tests import web_samples as samples
from tests.fixity_samples import flip
from tests.marked_up import OURS, URL_ATTRIBUTES, read

DESCRIBED = description()["databases"]["archive"]
ARGUMENTS = {
    "words": "depot",
    "url": "http://t.me/s/portwatch/12",
    "platform": "telegram",
    "account": "portwatch",
}
PAGES = (
    "/",
    "/archive",
    "/archive?_show_hidden=1",
    "/archive?sql=select+*+from+notes",
    f"/-/report/{samples.REPORT_ID}",
    f"/-/report/{samples.REPORT_ID}?v=1",
    f"/-/report/{samples.BAD_ID}",
    f"/-/report/{samples.REPORT_ID}/changes",
    f"/-/report/{samples.REPORT_ID}/check",
    "/-/search?q=depot",
    "/-/corrections",
    "/-/corrections?by=year&admission=silent",
    *(f"/-/capture/{number}" for number in range(1, 8)),
    *(f"/archive/{name}" for name in DESCRIBED["tables"]),
    *(f"/archive/{name}" for name in DESCRIBED["queries"]),
    *(f"/archive/{name}?" + "&".join(f"{k}={v}" for k,
        v in ARGUMENTS.items()) for name in DESCRIBED["queries"]),
    "/archive/captures/4",
    "/archive/versions/3",
    "/archive/reports/iran-update~2F2026-03-04",
    "/archive/markers/3,0",
    "/archive/sources?_search=depot&_facet=platform",
    "/archive/notes?_search=port",
)  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return samples.make(tmp_path_factory.mktemp("web") / "data").root


@pytest.mark.parametrize("path", PAGES)
async def test_a_page_answers_and_nothing_hostile_in_it_runs(
    datasette: Datasette, path: str
) -> None:
    answer = await datasette.client.get(path)
    assert answer.status_code == 200, answer.text[:500]
    assert 'class="message-error"' not in answer.text
    assert "timed out" not in answer.text
    marked = read(answer.text)
    assert not "".join(marked.scripts).strip(), "a script within the page"
    for tag, attributes in marked.elements:
        assert not [name for name in attributes if name.startswith("on")], (tag, attributes)
        assert tag not in {"iframe", "object", "embed", "base", "b"}, (tag, attributes)
        for name in URL_ATTRIBUTES & set(attributes):
            value = attributes[name] or ""
            assert value.startswith(("/", "?", "#", "http://", "https://")) or not value, value
        if tag in {"img", "script", "link"}:
            source = attributes.get("src") or attributes.get("href") or ""
            assert urlsplit(urljoin("http://localhost/", source)).netloc == "localhost", source


@pytest.mark.parametrize("path", [*PAGES, "/-/report/none", "/-/static-plugins/isw-archive/isw.css",
    "/archive.json",
                                  "/archive/none", "/-/capture/4/body", "/-/version/1",
                                  "/archive/notes.csv"])  # fmt: skip
async def test_every_answer_has_the_security_headers(datasette: Datasette, path: str) -> None:
    headers = (await datasette.client.get(path)).headers
    policy = BODY_POLICY if path.endswith("/body") else PAGE_POLICY
    assert headers.get_list("content-security-policy") == [policy]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"


async def test_links_that_leave_tell_nobody_and_only_web_addresses_are_links(
    datasette: Datasette,
) -> None:
    for path in (
        f"/-/report/{samples.BAD_ID}",
        "/archive/citations",
        "/archive/sources",
        "/-/capture/4",
    ):
        links = [
            a for tag, a in read((await datasette.client.get(path)).text).elements if tag == "a"
        ]
        leaving = [a for a in links if urlsplit(a.get("href") or "").netloc not in OURS]
        assert leaving
        for link in leaving:
            assert set(str(link["rel"]).split()) >= {"noopener", "noreferrer", "nofollow"}, link


async def test_an_address_that_turns_its_reading_direction_is_shown_as_it_is(
    datasette: Datasette,
) -> None:
    text = (await datasette.client.get("/archive/citations")).text
    assert "\N{WHITE SQUARE}202E" in text
    assert ">https://evil.example/invoice\u202e" not in text


async def test_a_report_reads_with_its_markers_linked_to_its_notes(datasette: Datasette) -> None:
    text = (await datasette.client.get(f"/-/report/{samples.REPORT_ID}")).text
    assert text.count('href="#note-1"') > 1
    assert text.count('id="ref-1"') == 1, "the second marker of a note has no second id"
    assert "[sic]" in text
    ids = [a["id"] for _, a in read(text).elements if "id" in a]
    assert len(ids) == len(set(ids))
    assert {"note-1", "note-2", "note-3", "ref-1"} <= set(ids)
    assert "ref-3" not in ids
    words = " ".join(" ".join(read(text).words).split())
    for said in (
        "Interview with a port official.",
        "Version 2",
        "changed: prose",
        "An earlier version named",
    ):
        assert said in words, said


async def test_each_cited_url_says_what_is_held_of_it(datasette: Datasette) -> None:
    text = (await datasette.client.get(f"/-/report/{samples.REPORT_ID}")).text
    note = text[text.index('id="note-1"') : text.index('id="note-2"')]
    assert 'href="https://t.me/portwatch/12"' in note
    assert 'href="/-/capture/4">our copy of 2026-03-04<' in note, "the earliest good copy"
    assert "of 2 tries" in note
    failed = text[text.index('id="note-2"') : text.index('id="note-3"')]
    assert "the host&#39;s name led to no address" in failed
    assert 'href="/-/capture/7">no copy, and why<' in failed


async def test_another_version_can_be_read(datasette: Datasette) -> None:
    moved = await datasette.client.get("/-/version/1")
    assert moved.status_code == 302
    assert moved.headers["location"] == f"/-/report/{samples.REPORT_ID}?v=1"
    text = (await datasette.client.get(moved.headers["location"])).text
    assert "1 , as seen on" in " ".join(" ".join(read(text).words).split()).replace("1,", "1 ,")


@pytest.mark.parametrize(
    "path",
    ["/-/report/none", "/-/report/iran-update", f"/-/report/{samples.REPORT_ID}?v=3",
        f"/-/report/{samples.REPORT_ID}?v=x",
     "/-/report/%3Cscript%3Ealert(1)%3C/script%3E", "/-/version/99", "/-/version/x",
     "/-/capture/99", "/-/capture/x",
     "/-/capture/-1", "/-/capture/99999999999999999999", "/-/capture/99/body", "/-/capture/7/body",
     "/-/capture/1?db=_internal", "/-/capture/1?db=none"],
)  # fmt: skip
async def test_what_is_not_held_is_said_so(
    datasette: Datasette, path: str, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = await datasette.client.get(path)
    assert answer.status_code == 404
    assert "Not here" in answer.text
    assert "<script>alert" not in answer.text
    assert "Traceback" not in "".join(capsys.readouterr())


def test_what_a_lost_source_said_is_still_held(tmp_path: Path) -> None:
    path = samples.make(tmp_path / "data").root / "archive.db"
    with contextlib.closing(sqlite3.connect(path)) as db:
        before = [(row["report"], row["held"]) for row in newest_reports(db, 9)]
        assert any(held for _, held in before)
        db.execute("UPDATE sources SET last_outcome = 'gone'")
        assert [(row["report"], row["held"]) for row in newest_reports(db, 9)] == before


async def test_the_capture_page_shows_the_evidence(datasette: Datasette) -> None:
    text = (await datasette.client.get("/-/capture/4")).text
    shown = html.unescape(text)
    assert samples.PERSIAN in shown
    assert "302" in text
    assert "content-encoding: gzip" in text
    assert 'href="/-/capture/4/body"' in text
    assert "/archive/sentences_citing_source?url=https%3A//t.me/portwatch/12" in text
    assert "Kept, but not understood" in (await datasette.client.get("/-/capture/6")).text
    failed = (await datasette.client.get("/-/capture/7")).text
    assert "dns-failure" in failed
    assert '/body"' not in failed


@pytest.mark.parametrize("number", [4, 5])
async def test_captured_bytes_come_as_a_download_also_when_another_record_holds_them(
    datasette: Datasette, number: int
) -> None:
    answer = await datasette.client.get(f"/-/capture/{number}/body")
    assert answer.status_code == 200
    assert answer.content == samples.HTML_BODY
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f'attachment; filename="capture-{number}.html"'
    assert answer.headers["content-security-policy"].startswith("sandbox;")


async def test_captured_bytes_as_sent_keep_their_coding(datasette: Datasette) -> None:
    answer = await datasette.client.get("/-/capture/4/body?as=sent")
    assert answer.content.startswith(b"\x1f\x8b")
    assert answer.headers["content-disposition"].endswith('.bin"')


async def test_a_row_that_names_a_file_elsewhere_reads_none(tmp_path: Path) -> None:
    folder = samples.make(tmp_path / "data")
    (tmp_path / "outside.warc.gz").write_bytes(next(folder.warcs.iterdir()).read_bytes())
    with sqlite3.connect(folder.database) as db:
        db.execute("UPDATE captures SET warc_file = '../../outside.warc.gz'")
    db.close()
    served = Datasette([str(folder.database)])
    await served.invoke_startup()
    assert (await served.client.get("/-/capture/4/body")).status_code == 500
    page = await served.client.get("/-/capture/4")
    assert page.status_code == 200
    assert "names no file of the WARC folder" in page.text
    served.executor.shutdown()


async def test_without_its_warc_files_a_capture_still_shows_its_row(tmp_path: Path) -> None:
    folder = samples.make(tmp_path / "data")
    for file in folder.warcs.iterdir():
        file.unlink()
    served = Datasette([str(folder.database)])
    await served.invoke_startup()
    page = await served.client.get("/-/capture/4")
    assert page.status_code == 200
    assert "The evidence cannot be read" in page.text
    assert str(tmp_path) not in page.text
    for rest in ("body", "record", "replay", "replayed"):
        lost = await served.client.get(f"/-/capture/4/{rest}")
        assert lost.status_code == 500
        assert "is lost: its WARC file is not there" in lost.text
    dossier = await served.client.get(f"/-/report/{samples.REPORT_ID}/dossier.wacz")
    assert dossier.status_code == 500
    assert "5 records are lost or damaged" in dossier.text
    served.executor.shutdown()


async def test_a_damaged_record_is_told_in_place_of_what_it_holds(tmp_path: Path) -> None:
    folder = samples.make(tmp_path / "data")
    with sqlite3.connect(folder.database) as db:
        [(name, at)] = db.execute("SELECT warc_file, warc_offset FROM captures WHERE id = 4")
    db.close()
    flip(folder.warcs / name, at + 200, 3)
    served = Datasette([str(folder.database)])
    await served.invoke_startup()
    for rest in ("body", "record", "replay", "replayed"):
        answer = await served.client.get(f"/-/capture/4/{rest}")
        assert answer.status_code == 500
        assert "The record of capture 4 is damaged" in answer.text
    served.executor.shutdown()


async def test_a_copy_under_another_name_is_described_and_linked_too(
    folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.db"
    with sqlite3.connect(folder / "archive.db") as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    served = Datasette([str(folder / "archive.db"), str(copy)])
    await served.invoke_startup()
    assert "One row a fetch" in (await served.client.get("/copy/captures")).text
    reports = (await served.client.get("/copy/reports")).text
    assert f'href="/-/report/{samples.REPORT_ID}?db=copy"' in reports
    assert (await served.client.get(f"/-/report/{samples.REPORT_ID}?db=copy")).status_code == 200
    moved = await served.client.get("/-/version/1?db=copy")
    assert moved.headers["location"].endswith("?v=1&db=copy")
    served.executor.shutdown()


async def test_a_database_of_somebody_else_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE reports (id TEXT PRIMARY KEY, title TEXT)")
        db.execute("INSERT INTO reports VALUES ('a', 'b')")
    db.close()
    served = Datasette([str(path)])
    await served.invoke_startup()
    answer = await served.client.get("/other/reports")
    assert answer.status_code == 200
    assert "/-/report/" not in answer.text
    assert "content-security-policy" not in answer.headers
    assert (await served.client.get("/-/report/a")).status_code == 404
    served.executor.shutdown()


async def test_nobody_can_write_through_the_pages(datasette: Datasette) -> None:
    for sql in (
        "delete from notes",
        "with a as (select 1) delete from notes",
        "pragma user_version=3",
    ):
        answer = await datasette.client.get("/archive.json", params={"sql": sql})
        assert answer.status_code == 400
    assert datasette.databases["archive"].is_mutable, "live writes are seen"


async def test_new_rows_are_seen_without_a_restart(tmp_path: Path) -> None:
    folder = samples.make(tmp_path / "data")
    served = Datasette([str(folder.database)])
    await served.invoke_startup()

    async def titles() -> Any:
        answer = await served.client.get("/archive/reports.json?_shape=arrayfirst&_col=title")
        return answer.json()

    before = await titles()
    from archive.config import Settings
    from pipeline.run.ingest import Archive
    from tests.factories import at, page, report

    with Archive.open(folder.root, Settings(), run="later") as archive:
        later = report(
            url=samples.BAD_URL + "later/", report_date="2026-03-09", text="Nothing new."
        )
        samples.keep(archive, page(9, final_url=later.url, captured_at=at(99)), report=later)
        assert len(await titles()) == len(before) + 1
    served.executor.shutdown()


async def test_home_leads_to_the_newest_reports_first(datasette: Datasette) -> None:
    links = [
        str(a.get("href"))
        for tag, a in read((await datasette.client.get("/")).text).elements
        if tag == "a"
    ]
    reports = [
        link for link in links if link.startswith("/-/report/") and not link.endswith("/changes")
    ]
    assert reports == [f"/-/report/{samples.BAD_ID}", f"/-/report/{samples.REPORT_ID}"]


async def test_a_source_is_found_by_any_spelling_of_its_address(datasette: Datasette) -> None:
    for url in (
        "http://www.t.me/s/portwatch/12",
        "https://t.me/portwatch/12?utm_source=x",
        " t.me/portwatch/12",
    ):
        answer = await datasette.client.get(
            "/archive/sentences_citing_source.json", params={"url": url, "_shape": "array"}
        )
        assert "A depot burned near the port." in {row["sentence"] for row in answer.json()}, url
    nothing = await datasette.client.get(
        "/archive/sentences_citing_source.json", params={"url": "no address", "_shape": "array"}
    )
    assert nothing.json() == []


async def test_the_only_copy_known_is_said_to_be(tmp_path: Path) -> None:
    folder = samples.make(tmp_path / "data")
    with sqlite3.connect(folder.database) as db:
        db.execute("UPDATE sources SET only_copy = 1")
    db.close()
    served = Datasette([str(folder.database)])
    await served.invoke_startup()
    text = (await served.client.get(f"/-/report/{samples.REPORT_ID}")).text
    served.executor.shutdown()
    assert 0 < text.count("the only one known") == text.count(">our copy of ")


@pytest.mark.parametrize(
    ("url", "linked"),
    [("https://web.archive.org/web/20260304/https://a/", True), (samples.BAD_LINK, False)],
)
async def test_a_copy_elsewhere_is_named_and_linked_only_when_it_is_on_the_web(
    tmp_path: Path, url: str, linked: bool
) -> None:
    folder = samples.make(tmp_path / "data")
    with sqlite3.connect(folder.database) as db:
        db.execute(
            "INSERT INTO mementos (source_id, url, memento_at, outcome, checks) "
            "SELECT id, ?, '2026-03-02T00:00:00Z', 'held', 1 FROM sources WHERE host = "
            "'news.example'",
            [url],
        )
    db.close()
    served = Datasette([str(folder.database)])
    await served.invoke_startup()
    text = (await served.client.get(f"/-/report/{samples.REPORT_ID}")).text
    assert "the Wayback&#39;s copy of 2026-03-02" in text
    assert (f'href="{url}"' in text) is linked
    served.executor.shutdown()
