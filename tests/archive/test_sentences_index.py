"""Citing sentences are indexed: those held before, those that come, and not those that go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import sqlite_utils

from archive.config import Settings
from archive.db.database import open_database
from archive.model.reports import Marker
from pipeline.run.ingest import Archive
from tests import factories
from tests.web_samples import keep


def sentences(db: sqlite_utils.Database, word: str) -> list[str]:
    found = db.execute(
        "SELECT sentence FROM markers WHERE id IN "
        "(SELECT rowid FROM markers_fts WHERE markers_fts MATCH ?)",
        [word],
    )
    return [row[0] for row in found.fetchall()]


def filled(root: Path) -> Path:
    with Archive.open(root, Settings(), run="20260304-test") as archive:
        yo = (Marker("1", "Ёлка горит."), Marker("2", "Officials denied it."))
        made = replace(factories.report(), markers=yo)
        keep(archive, factories.page(1, captured_at=factories.at(1)), report=made)
    return root / "archive.db"


def test_sentences_that_were_held_before_the_index_are_found_after_it(tmp_path: Path) -> None:
    path = filled(tmp_path / "data")
    old = open_database(path)
    for name in ("markers_ai", "markers_ad", "markers_au"):
        old.execute(f"DROP TRIGGER {name}")
    old.execute("DROP TABLE markers_fts")
    old.execute("DROP INDEX markers_by_id")
    old.execute("ALTER TABLE markers DROP COLUMN id")
    old.execute("DELETE FROM _sqlite_migrations WHERE name = 'm018_sentences'")
    old.close()
    db = open_database(path)
    assert sentences(db, "елка") == ["Ёлка горит."]
    db.execute("INSERT INTO markers_fts (markers_fts) VALUES ('integrity-check')")
    db.close()


def test_a_version_that_goes_takes_its_sentences_from_the_index(tmp_path: Path) -> None:
    db = open_database(filled(tmp_path / "data"))
    assert sentences(db, "denied")
    db.execute("DELETE FROM versions")
    found = db.execute("SELECT count(*) FROM markers_fts WHERE markers_fts MATCH 'denied'")
    assert found.fetchone()[0] == 0
    db.close()
