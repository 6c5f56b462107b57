"""Citing sentences are indexed: those held before, those that come, and not those that go."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
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
    for name in ("markers_ad", "markers_au"):
        old.execute(f"DROP TRIGGER {name}")
    old.execute("DROP TABLE markers_fts")
    old.execute("DROP INDEX markers_by_id")
    old.execute("ALTER TABLE markers DROP COLUMN id")
    old.execute(
        "DELETE FROM _sqlite_migrations WHERE name IN ('m018_sentences', 'm076_index_in_groups')"
    )
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


def test_a_version_that_goes_in_the_transaction_it_came_in_leaves_no_words(tmp_path: Path) -> None:
    made = replace(factories.report(), markers=(Marker("1", "Officials denied it."),))
    with Archive.open(tmp_path / "data", Settings(), run="20260304-test") as archive:
        with archive.store.together():
            keep(archive, factories.page(1, captured_at=factories.at(5)), report=made)
            # the same content, older: the version is written anew from this capture
            keep(archive, factories.page(2, captured_at=factories.at(0)), report=made)
        assert archive.db.execute("SELECT id FROM versions").fetchall() == [(2,)]
        assert sentences(archive.db, "denied") == ["Officials denied it."]
        for table in ("versions", "notes", "markers"):
            archive.db.execute(f"INSERT INTO {table}_fts ({table}_fts) VALUES ('integrity-check')")
            [(count,)] = archive.db.execute(f"SELECT count(*) FROM {table}_fts_docsize").fetchall()
            [(rows,)] = archive.db.execute(f"SELECT count(*) FROM {table}").fetchall()
            assert count == rows


def test_words_of_a_transaction_that_failed_do_not_come_with_the_next(tmp_path: Path) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="20260304-test") as archive:
        with pytest.raises(RuntimeError), archive.store.together():  # noqa: PT012
            keep(archive, factories.page(1, captured_at=factories.at(5)), report=factories.report())
            raise RuntimeError
        keep(archive, factories.page(2, captured_at=factories.at(5)), report=factories.report())
        held = archive.db.execute("SELECT id FROM versions_fts_docsize").fetchall()
        assert held == [(2,)]
