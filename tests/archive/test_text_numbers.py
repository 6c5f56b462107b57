"""Texts in the index of their words go by the number of their first capture."""

from __future__ import annotations

from pathlib import Path

import sqlite_utils

from archive.config import Settings
from archive.db.database import APPLICATION_ID, folding, open_database
from archive.db.schema.migrations import migrations
from archive.model.fetch import PageText
from archive.model.vocabulary import Kind
from pipeline.run.ingest import Archive
from tests.factories import page, processed, written

_FOUND = """
SELECT texts.text, first_capture_id FROM texts_fts
JOIN texts ON texts.first_capture_id = texts_fts.rowid WHERE texts_fts MATCH ?
"""


def keep(archive: Archive, number: int, text: str) -> None:
    url = f"https://mill.example/{number}"
    fetched = page(number, kind=Kind.SOURCE, uri_r=url, final_url=url)
    archive.commit(processed(fetched, text=PageText(text)), written(fetched))


def test_a_text_is_found_by_its_first_capture_in_whatever_order_they_come(tmp_path: Path) -> None:
    for name, order in (("a", (7, 5, 9)), ("b", (5, 9, 7))):
        with Archive.open(tmp_path / name, Settings(), run="test") as archive:
            keep(archive, 6, "The weir holds.")
            for number in order:
                keep(archive, number, "The mill burned.")
            for word, found in (
                ("burned", ("The mill burned.", 5)),
                ("weir", ("The weir holds.", 6)),
            ):
                assert archive.db.execute(_FOUND, [word]).fetchall() == [found]
            assert archive.db.execute("SELECT count(*) FROM texts_fts_docsize").fetchone() == (2,)


def test_texts_of_before_are_found(tmp_path: Path) -> None:
    before = sqlite_utils.Database(tmp_path / "archive.db")
    before.execute(f"PRAGMA application_id={APPLICATION_ID}")
    folding.register(before.conn)
    migrations.apply(before, stop_before="m089_small_numbers")
    before.execute(
        "INSERT INTO texts (id, text, digest) VALUES (2000, 'Das M\u00fchlenhaus.', '1:0')"
    )
    before.executescript("""
        INSERT INTO captures (id, kind, url, captured_at, outcome, final_url, via, reason, text_id,
            warc_file, warc_offset, warc_length, record_id)
        SELECT value, 'probe', 'u', '2026-03-20T12:00:00Z', 'ok', 'u', 'live', 'check', 2000,
            'f', value, 1, 'urn:' || value
        FROM json_each('[32, 31]')
    """)
    before.close()
    with open_database(tmp_path / "archive.db") as after:
        assert after.execute(_FOUND, ["muhlenhaus"]).fetchall() == [("Das M\u00fchlenhaus.", 31)]
