"""Pictures of a report and files beside it: which capture holds them, said once for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
import sqlite_utils

from archive.config import Settings
from archive.db.database import open_readonly
from archive.model.reports import Attachment
from archive.model.vocabulary import Kind, Outcome
from archive.show.export import report_object
from archive.show.report_reading import report
from archive.web.picture import may_be_picture
from pipeline.run.ingest import Archive
from tests import factories
from tests.factories import page, processed, written
from tests.web_samples import REPORT_ID

MAP = "https://understandingwar.org/wp-content/uploads/map.png"
PDF = "https://understandingwar.org/files/report.pdf"
GOT, SAME, FAILED = 2, 3, 4


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite_utils.Database]:
    """A report whose map was got, then said to be as it was, then not to be had; its PDF never."""
    root = tmp_path_factory.mktemp("files") / "data"
    told = replace(factories.report(), attachments=(Attachment(PDF, "PDF"),))
    png = {"content-type": "image/png"}
    got = page(GOT, kind=Kind.FILE, uri_r=MAP, headers=png)
    same = page(SAME, kind=Kind.FILE, uri_r=MAP, headers={}, body=b"", http_status=304)
    lost = page(FAILED, kind=Kind.FILE, uri_r=MAP, headers={}, http_status=404)
    with Archive.open(root, Settings(), run="test") as archive:
        first = page(1)
        archive.commit(processed(first, report=told), written(first))
        held = written(got)
        archive.commit(processed(got), held)
        again = written(same, revisit_of=held.record_id, payload_digest=held.payload_digest)
        archive.commit(processed(same, Outcome.NOT_MODIFIED), again)
        archive.commit(processed(lost, Outcome.GONE), written(lost))
    opened = open_readonly(root / "archive.db")
    yield opened
    opened.close()


def test_a_figure_is_held_by_its_newest_capture_that_got_it_or_found_it_unchanged(
    db: sqlite_utils.Database,
) -> None:
    [figure] = report_object(db, REPORT_ID)["figures"]
    assert figure == {"url": MAP, "caption": "The port", "capture_id": SAME}


def test_the_page_of_a_report_names_the_same_captures_as_its_export(
    db: sqlite_utils.Database,
) -> None:
    exported, shown = report_object(db, REPORT_ID), report(db.conn, REPORT_ID, None)
    assert shown is not None
    for what in ("figures", "attachments"):
        named = [(one["url"], one["capture_id"]) for one in shown[what]]
        assert named == [(one["url"], one["capture_id"]) for one in exported[what]]


def test_an_unchanged_figure_is_still_the_picture_that_was_got(db: sqlite_utils.Database) -> None:
    shown = report(db.conn, REPORT_ID, None)
    assert shown is not None
    [figure] = shown["figures"]
    assert may_be_picture(figure["content_type"])


def test_a_file_never_got_has_no_capture(db: sqlite_utils.Database) -> None:
    assert report_object(db, REPORT_ID)["attachments"] == [
        {"url": PDF, "title": "PDF", "capture_id": None}
    ]
