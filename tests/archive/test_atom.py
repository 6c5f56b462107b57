"""The events as a feed, and the events of reports that stand in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from archive.config import Settings
from archive.db.database import open_readonly
from archive.model.reports import ParsedReport
from archive.model.times import parse_time
from archive.show.atom import ATOM, NEW_REPORT, FeedScope, feed
from pipeline.read.parse import parse_report
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.conftest import REAL
from tests.factories import at, page, report
from tests.rot_samples import DIED, make


def text(element: ElementTree.Element, name: str) -> str:
    found = element.findtext(f"{{{ATOM}}}{name}")
    assert found is not None, name
    return found


def entries(data: Path, **only: Any) -> list[ElementTree.Element]:
    db = open_readonly(data / "archive.db")
    try:
        root = ElementTree.fromstring(feed(db.conn, FeedScope(**only)).text)
    finally:
        db.close()
    for name in ("id", "title", "updated"):
        assert text(root, name)
    assert text(root, "author/" + f"{{{ATOM}}}name") == "isw-archive"
    return root.findall(f"{{{ATOM}}}entry")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("feed") / "data"
    make(root)
    return root


def test_every_entry_has_what_the_standard_asks_for_and_an_id_of_its_own(data: Path) -> None:
    found = entries(data)
    ids = [text(entry, "id") for entry in found]
    assert len(ids) == len(set(ids)) >= 4
    for entry in found:
        assert text(entry, "title")
        parse_time(text(entry, "updated"))
        content = entry.find(f"{{{ATOM}}}content")
        assert content is not None
        assert content.get("type") == "html"
    assert [text(e, "updated") for e in found] == sorted(
        (text(e, "updated") for e in found), reverse=True
    )


def test_a_death_says_since_when_and_which_sentences_rest_on_it(data: Path) -> None:
    [died] = entries(data, kind="died")
    assert text(died, "title") == f"Gone: {DIED}"
    content = text(died, "content")
    assert "Found absent first on 2026-03-14 02:00." in content
    assert "<blockquote>Officials denied it.</blockquote>" in content
    link = died.find(f"{{{ATOM}}}link")
    assert link is not None
    assert (link.get("rel"), link.get("href")) == ("alternate", DIED)


def test_what_strangers_wrote_is_text_in_the_html_of_an_entry(data: Path) -> None:
    shown = "".join(text(entry, "content") for entry in entries(data))
    assert samples.SCRIPT not in shown
    assert "<img" not in shown
    corrections = text(entries(data, kind="correction")[0], "content")
    assert "It says: " in corrections


def test_since_and_kind_leave_out_the_others(data: Path) -> None:
    assert entries(data, since="2027-01-01") == []
    kinds = {e.find(f"{{{ATOM}}}category").get("term") for e in entries(data, kind="drifted")}  # type: ignore[union-attr]
    assert kinds == {"drifted"}


def test_an_id_is_made_of_the_record_that_shows_the_event(data: Path) -> None:
    db = open_readonly(data / "archive.db")
    sql = (
        "SELECT events.kind, record_id FROM events JOIN captures ON captures.id = events.capture_id"
    )
    records = {
        f"tag:isw-archive,2026:event:{kind}:{record.strip('<>').removeprefix('urn:uuid:')}"
        for kind, record in db.execute(sql).fetchall()
    }
    db.close()
    happened = {text(entry, "id") for entry in entries(data)}
    assert records == {one for one in happened if f":{NEW_REPORT}:" not in one}


def test_what_xml_cannot_hold_is_left_out(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        bad = "Correction: a \x00\x1b\ufffe\ud83d bell."
        samples.keep(archive, page(1), report=report(corrections=("Correction: plain.",)))
        archive.db.execute(
            "UPDATE events SET detail = ?", [json.dumps({"version": 1, "corrections": [bad]})]
        )
        archive.db.conn.commit()
    [told] = entries(tmp_path / "data", kind="correction")
    assert "It says: Correction: a  bell." in text(told, "content")


def test_a_report_is_new_once_when_it_was_first_captured(data: Path) -> None:
    found = entries(data, kind=NEW_REPORT)
    subjects = [text(entry, "content").split("</p>")[0] for entry in found]
    assert len(subjects) == len(set(subjects)) == 2
    assert text(found[-1], "title") == "New report: Iran Update, March 3, 2026"
    assert text(found[-1], "updated") == "2026-03-04T02:00:00Z"


# --- events of reports
# ------------------------------------------------------------------------------


def corrections(archive: Archive) -> list[tuple[int, list[str]]]:
    """Version and what it newly admits, of each event."""
    rows = archive.db.execute(
        "SELECT detail FROM events WHERE kind = 'correction' ORDER BY at"
    ).fetchall()
    found = [json.loads(row[0]) for row in rows]
    return [(one["version"], one["corrections"]) for one in found]


def test_a_correction_is_an_event_once_when_it_first_stands_there(archive: Archive) -> None:
    for number, admitted in enumerate([(), ("A.",), ("A.", "B."), ("B.", "A."), ("B.",)]):
        seen = report(corrections=admitted, text=f"Words of edition {number}.[1] More.[2]")
        samples.keep(archive, page(number + 1, captured_at=at(number)), report=seen)
    assert corrections(archive) == [(2, ["A."]), (3, ["B."])]
    edits = archive.db.execute("SELECT count(*) FROM events WHERE kind = 'report-edited'")
    assert edits.fetchone()[0] == 4


def test_a_correction_that_stood_there_from_the_first_capture_on_is_an_event_too(
    archive: Archive,
) -> None:
    samples.keep(archive, page(1), report=report(corrections=("A.",)))
    assert corrections(archive) == [(1, ["A."])]


@pytest.mark.real
@pytest.mark.skipif(not REAL.is_dir(), reason="no real pages here")
@pytest.mark.parametrize(
    ("slug", "first", "second"),
    [("april-14", [], ["Correction"]), ("april-23", [], ["CORRECTION"]),
        ("october-22", ["Correction"], ["Due to a t"])],
)  # fmt: skip
def test_corrections_of_real_reports_are_events(
    archive: Archive, slug: str, first: list[str], second: list[str]
) -> None:
    name = f"russian-offensive-campaign-assessment-{slug}"
    gold = json.loads((REAL / f"gold/versions/{name}.json").read_text(encoding="utf-8"))
    for number, capture in enumerate(gold["captures"], 1):
        body = (REAL / "isw_versions" / name / capture["file"]).read_bytes()
        when = parse_time(capture["captured_at"])
        seen = parse_report(body, gold["url"], "text/html; charset=utf-8", when)
        assert isinstance(seen, ParsedReport)
        samples.keep(
            archive, page(number, captured_at=when, final_url=gold["url"], body=body), report=seen
        )
    found = [
        (version, [said.split(":")[0][:10] for said in new])
        for version, new in corrections(archive)
    ]
    assert found == [one for one in ((1, first), (2, second)) if one[1]]
