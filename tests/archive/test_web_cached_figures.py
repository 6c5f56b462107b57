"""Figures of a page, counted once for as long as the archive stays what it is."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from archive.config import Settings
from archive.db.database import open_readonly
from archive.db.lean import sqlite_utils
from archive.web.cached_figures import cached
from pipeline.run.ingest import Archive
from tests import web_samples as samples
from tests.factories import page


def test_figures_are_counted_again_only_when_something_came(tmp_path: Path) -> None:
    counted: list[str] = []

    @cached(8)
    def figures(db: sqlite_utils.Database, name: str) -> int:
        counted.append(name)
        return db["captures"].count

    with Archive.open(tmp_path / "data", Settings(), run="test") as archive:
        samples.keep(archive, page(1))
        path = archive.folder.database
        with closing(open_readonly(path).conn) as asker:
            told = [figures(path, asker, name) for name in ("one", "one", "other", "one")]
            samples.keep(archive, page(2))
            told.append(figures(path, asker, "one"))
    assert told == [1, 1, 1, 1, 2]
    assert counted == ["one", "other", "one"]
