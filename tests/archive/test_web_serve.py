"""`isw-archive serve` as people start it: a process that answers, and ends when told."""

from __future__ import annotations

import signal
import socket
import sqlite3
import urllib.request
from contextlib import closing
from pathlib import Path

import pytest

from archive.db.database import fold_log, writing
from archive.errors import ArchiveError, BadInputError, DataFolderError
from archive.folder import DataFolder
from archive.web.serve import make_datasette, serve
from tests import web_samples as samples
from tests.serving import served


def get(url: str) -> str:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    with opener.open(url, timeout=30) as answer:
        text: str = answer.read().decode()
        return text


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_answers_and_ends_in_good_order(tmp_path: Path, number: signal.Signals) -> None:
    folder = samples.make(tmp_path / "data")
    with served(folder.root) as (process, address):
        assert "Newest reports" in get(address)
        assert "A depot burned" in get(f"{address}-/report/{samples.REPORT_ID}")
        process.send_signal(number)
        _, errors = process.communicate(timeout=30)
    assert process.returncode == 0
    assert errors == ""


def test_what_is_written_meanwhile_is_seen(tmp_path: Path) -> None:
    folder = samples.make(tmp_path / "data")
    before = sorted(p.name for p in folder.root.iterdir())
    with served(folder.root) as (_, address):
        assert "iran-update/2026-03-09" not in get(f"{address}archive/reports")
        from archive.config import Settings
        from pipeline.run.ingest import Archive
        from tests.factories import at, page, report

        with Archive.open(folder.root, Settings(), run="later") as archive:
            later = report(
                url=samples.BAD_URL + "later/", report_date="2026-03-09", text="Nothing new."
            )
            samples.keep(archive, page(9, final_url=later.url, captured_at=at(99)), report=later)
            assert "iran-update/2026-03-09" in get(f"{address}archive/reports")
    assert before == [name for name in before if (folder.root / name).exists()]


async def test_what_the_owner_of_the_folder_writes_is_seen_by_who_may_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = samples.make(tmp_path / "data")
    fold_log(folder.database)
    monkeypatch.setattr("archive.db.file_access.may_write", lambda _: False)
    monkeypatch.setattr("archive.web.serve.may_write", lambda _: False)
    datasette = make_datasette(folder)
    assert "Newest reports" in (await datasette.client.get("/")).text
    with writing(folder.database) as db, db.atomic():
        db.execute("CREATE TABLE pushed_aside AS SELECT * FROM captures, captures AS others")
        db.execute("UPDATE reports SET title = 'Later ' || title")
    answer = await datasette.client.get("/")
    assert (answer.status_code, "Later Iran Update" in answer.text) == (200, True)


def test_a_taken_port_is_said_so(tmp_path: Path) -> None:
    folder = samples.make(tmp_path / "data")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(ArchiveError, match=r"127\.0\.0\.1 port \d+: .*in use.*--port"):
            serve(folder, "127.0.0.1", taken.getsockname()[1])


def test_an_address_that_is_none_is_said_so(tmp_path: Path) -> None:
    folder = samples.make(tmp_path / "data")
    with pytest.raises(BadInputError, match="no such address here"):
        serve(folder, "256.0.0.1.", 0)


def test_where_no_archive_is_nothing_is_served(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError, match="no archive here"):
        serve(DataFolder(tmp_path), "127.0.0.1", 0)


def test_a_database_of_somebody_else_is_not_served(tmp_path: Path) -> None:
    (tmp_path / "archive.db").write_bytes(b"SQLite format 3\0" + bytes(84))
    with pytest.raises(DataFolderError):
        serve(DataFolder(tmp_path), "127.0.0.1", 0)


def test_a_database_that_was_replaced_is_the_one_that_is_shown(tmp_path: Path) -> None:
    folder, other = samples.make(tmp_path / "data"), samples.make(tmp_path / "other")
    with closing(sqlite3.connect(other.database, isolation_level=None)) as db:
        db.execute("UPDATE reports SET title = 'Renamed by a rebuild'")
    fold_log(other.database)
    with served(folder.root) as (_, address):
        for _ in range(6):  # in every thread of the server's
            assert "Renamed by a rebuild" not in get(f"{address}archive/reports.json")
        other.database.replace(folder.database)
        for suffix in ("-wal", "-shm"):
            folder.database.with_name(f"archive.db{suffix}").unlink(missing_ok=True)
        for _ in range(6):
            assert "Renamed by a rebuild" in get(f"{address}archive/reports.json")
