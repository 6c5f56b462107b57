"""A page that no worker lived to read is kept, not judged, and read at the next start."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from archive.config import Settings
from archive.db.tables import fixity_rows
from archive.folder import DataFolder
from archive.model.fetch import Exchange, FetchContext, HttpMessage, Written
from archive.model.fixity import UNREAD_STARTS
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind
from pipeline.run.ingest import Archive
from pipeline.run.jobs.mending import unread as rereading
from pipeline.run.jobs.mending.recover import recover
from pipeline.run.pool import WorkerDied, WorkerMemory
from pipeline.run.unread import Unread, unread_of
from tests.factories import at

URL = "https://news.example/harbour"
HTML = (("Content-Type", "text/html; charset=utf-8"),)
BODY = b"<html><head><title>Harbour</title></head><body><p>" + b"The harbour burned. " * 40


def kept(archive: Archive) -> tuple[FetchedPage, Written]:
    """A cited page as it is after its record was written."""
    context = FetchContext(archive.next_capture_id(), Kind.SOURCE, URL)
    exchange = Exchange(URL, at(1), HttpMessage("HTTP/1.1 200 OK", HTML, BODY))
    written = archive.writer.write(exchange, context)
    headers = {name.lower(): value for name, value in HTML}
    return FetchedPage(context, URL, at(1), 200, headers, BODY), written


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    """An archive with one page that was left unread."""
    with Archive.open(tmp_path / "data", Settings(), run="a") as archive:
        page, written = kept(archive)
        assert archive.take_in(Unread(page, "its worker was killed"), written) is None
    return DataFolder(tmp_path / "data")


def column(folder: DataFolder, sql: str) -> list[object]:
    connection = sqlite3.connect(folder.database)
    try:
        return [row[0] for row in connection.execute(sql).fetchall()]
    finally:
        connection.close()


def test_nothing_is_thought_of_it_before_it_is_read(folder: DataFolder) -> None:
    assert column(folder, "SELECT outcome FROM captures") == []
    assert column(folder, "SELECT url FROM unread") == [URL]
    assert column(folder, "SELECT closed FROM warc_files") == [1]


def test_the_next_start_reads_it(folder: DataFolder) -> None:
    assert recover(folder, Settings(workers=1)).read == 1
    assert column(folder, "SELECT outcome FROM captures") == ["ok"]
    assert column(folder, "SELECT count(*) FROM unread") == [0]
    assert recover(folder, Settings(workers=1)).read == 0


def test_a_start_at_which_its_workers_die_again_is_counted(
    folder: DataFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests import pool_tasks

    monkeypatch.setattr(rereading, "process", pool_tasks.die_over)
    for _ in range(UNREAD_STARTS + 1):
        recover(folder, Settings(workers=1))
    assert column(folder, "SELECT tries FROM unread") == [UNREAD_STARTS]
    assert column(folder, "SELECT outcome FROM captures") == []


def test_its_source_is_not_fetched_again_meanwhile(folder: DataFolder) -> None:
    with Archive.open(folder.root, Settings(), run="b") as archive:
        (row,) = fixity_rows.unread(archive.db)
        archive.db.execute(
            "INSERT INTO sources (id, url, cited_url, host, domain, platform, next_due_at) "
            "VALUES (?, ?, ?, 'news.example', 'news.example', 'web', '2026-01-01T00:00:00Z')",
            [row.source_id, URL, URL],
        )
        assert archive.wanted.sources_pending(at(48), 10) == []
        archive.db.execute("DELETE FROM unread")
        assert len(archive.wanted.sources_pending(at(48), 10)) == 1


def test_what_is_too_heavy_is_settled_and_what_died_is_not(folder: DataFolder) -> None:
    with Archive.open(folder.root, Settings(), run="b") as archive:
        task = (kept(archive)[0], archive.limits)
    heavy = unread_of(task, WorkerMemory("needs more memory"))
    assert not isinstance(heavy, Unread)
    assert heavy.failure == "needs more memory"
    assert isinstance(unread_of(task, WorkerDied("killed")), Unread)
