"""Pictures of a report and files beside it: which capture holds them, said once for all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlite_utils

from archive.config import Settings
from archive.db.database import open_readonly
from archive.db.tables.due_rows import files_pending
from archive.model.reports import Attachment
from archive.model.vocabulary import Kind, Outcome, Via
from archive.show.export import report_object
from archive.show.report_reading import report
from archive.web.picture import may_be_picture
from pipeline.run.ingest import Archive
from tests import factories
from tests.factories import START, page, processed, written
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


def test_files_wait_until_they_are_asked_for_however_that_ends(tmp_path: Path) -> None:
    told = replace(factories.report(), attachments=(Attachment(PDF, "PDF"),))
    first, again = page(1), page(3, captured_at=START + timedelta(days=1))
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        archive.commit(processed(first, report=told), written(first))
        assert files_pending(archive.db, limit=9) == [PDF, MAP]
        lost = page(2, kind=Kind.FILE, uri_r=MAP, headers={}, http_status=404)
        archive.commit(processed(lost, Outcome.GONE), written(lost))
        assert files_pending(archive.db, limit=9) == [PDF]
        edited = replace(told, title="Another title")
        archive.commit(processed(again, report=edited), written(again))
        assert files_pending(archive.db, limit=9) == [PDF]
        asked = "SELECT version_id, waits FROM figures ORDER BY 1"
        assert archive.db.execute(asked).fetchall() == [(1, 0), (3, 0)]


def test_files_of_an_imported_report_are_left_alone(tmp_path: Path) -> None:
    told = replace(factories.report(), attachments=(Attachment(PDF, "PDF"),))
    saved = page(1, via=Via.IMPORT)
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        archive.commit(processed(saved, report=told), written(saved))
        assert files_pending(archive.db, limit=9) == []
        [(waits,)] = archive.db.execute("SELECT waits FROM figures").fetchall()
        assert waits == 0


def test_files_that_waited_before_their_column_came_wait_on(tmp_path: Path) -> None:
    told = replace(factories.report(), attachments=(Attachment(PDF, "PDF"),))
    first, got = page(1), page(2, kind=Kind.FILE, uri_r=PDF, headers={})
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        archive.commit(processed(first, report=told), written(first))
        archive.commit(processed(got), written(got))
        older(archive.db)
    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        assert files_pending(archive.db, limit=9) == [MAP]


def older(db: sqlite_utils.Database) -> None:
    """As m098 left it."""
    for name in ("captures_asked_ai", "figures_waiting_ai", "attachments_waiting_ai"):
        db.execute(f"DROP TRIGGER {name}")
    for table in ("figures", "attachments"):
        db.execute(f"DROP INDEX {table}_waiting")
        db.execute(f"ALTER TABLE {table} DROP COLUMN waits")
    db.execute("DELETE FROM _sqlite_migrations WHERE name = 'm099_waiting_files'")
