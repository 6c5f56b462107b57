"""Indexes that hold no more than is asked of them (migrations m102 and m103)."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from archive.db import folding
from archive.db.lean import sqlite_utils
from archive.db.schema import migrations as schema
from archive.db.tables import media_rows

_ROW = {"capture_id": 1, "first_capture_id": 1, "position": 0, "kind": "picture"}


@pytest.fixture
def earlier(tmp_path: Path) -> sqlite_utils.Database:
    """An archive of before, with what two sources show."""
    db = sqlite_utils.Database(tmp_path / "old.db")
    folding.register(db.conn)
    schema.migrations.apply(db, stop_before="m102_media_by_source")
    for source in (1, 2):
        db["sources"].insert(
            {"id": source, "url": f"u{source}", "cited_url": "u", "host": "h", "domain": "h",
             "platform": "web"}
        )  # fmt: skip
    db["media"].insert_all(
        {**_ROW, "id": number, "source_id": source, "name": "a", "url": "a", "alt": "x" * number}
        for number, source in ((7, 2), (5, 1))
    )
    return db


def test_what_was_shown_stays_as_it_was(earlier: sqlite_utils.Database) -> None:
    before = earlier.execute("SELECT * FROM media ORDER BY id").fetchall()
    columns = earlier.execute("PRAGMA table_info(media)").fetchall()
    schema.migrations.apply(earlier)
    assert earlier.execute("SELECT * FROM media ORDER BY id").fetchall() == before
    assert earlier.execute("PRAGMA table_info(media)").fetchall() == columns
    assert earlier.execute("PRAGMA foreign_key_list(media)").fetchall()
    assert not earlier["earlier_media"].exists()
    earlier.close()


def test_no_index_holds_names(earlier: sqlite_utils.Database) -> None:
    earlier_indexes = {one.name: one.columns for one in earlier["media"].indexes}
    schema.migrations.apply(earlier)
    indexes = {one.name: one.columns for one in earlier["media"].indexes}
    assert indexes.pop("media_by_source") == ["source_id"]
    assert earlier_indexes.pop("sqlite_autoindex_media_1") == ["source_id", "name"]
    assert indexes.pop("media_wanted") == earlier_indexes.pop("media_wanted")[::-1]
    assert indexes == earlier_indexes
    earlier.close()


@pytest.mark.parametrize("question", [media_rows._WANTED, media_rows._LEAVE_KINDS])
def test_what_waits_is_found_by_its_kind(earlier: sqlite_utils.Database, question: str) -> None:
    schema.migrations.apply(earlier)
    names = dict.fromkeys(re.findall(r":(\w+)", question), "[]")
    steps = earlier.execute(f"EXPLAIN QUERY PLAN {question}", names).fetchall()
    assert "INDEX media_wanted (kind=?" in "\n".join(step[3] for step in steps)
    earlier.close()


def test_the_same_text_elsewhere_is_found_without_an_index_of_digests(
    earlier: sqlite_utils.Database,
) -> None:
    earlier["texts"].insert({"id": 3, "text": "a", "digest": "b"})
    assert "texts_by_digest" in {one.name for one in earlier["texts"].indexes}
    schema.migrations.apply(earlier)
    assert "texts_by_digest" not in {one.name for one in earlier["texts"].indexes}
    assert earlier.execute("SELECT id, digest FROM texts").fetchall() == [(3, "b")]
    asked = "EXPLAIN QUERY PLAN SELECT source_id FROM source_texts WHERE same = 7"
    assert "INDEX source_texts_by_words (same=?)" in earlier.execute(asked).fetchone()[3]
    earlier.close()
