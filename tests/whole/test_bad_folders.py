"""Damaged, foreign and read-only data folders: one clear line, and nothing is lost."""

from __future__ import annotations

import errno
import fcntl
import gzip
import os
import sqlite3
from pathlib import Path

import pytest

from tests.saved import answer, kept, record, rows, run, warcs

Pages = list[tuple[str, bytes]]


def damaged(data: Path) -> None:
    content = bytearray((data / "archive.db").read_bytes())
    for start in range(4096 * 2, len(content) - 4096, 8192):
        content[start : start + 2000] = bytes(2000)
    (data / "archive.db").write_bytes(content)


def test_a_damaged_database_is_named_and_made_anew_with_the_old_one_kept(data: Path) -> None:
    titles = rows(data, "SELECT id, title FROM reports")
    damaged(data)
    content = (data / "archive.db").read_bytes()
    for words in (("status",), ("export", "--all")):
        result = run(data, *words)
        assert result.exit_code == 1, words
        assert "isw-archive rebuild" in result.output
        assert len(result.output.splitlines()) == 1
    code, counts, problems = answer(data, "rebuild")
    assert (code, counts) == (1, {"captures": 1, "files": 1})
    assert "kept as archive.db.damaged" in problems[0]
    assert (data / "archive.db.damaged").read_bytes() == content
    assert rows(data, "SELECT id, title FROM reports") == titles
    assert not (data / "rebuild").exists()


@pytest.mark.parametrize("content", [None, b""])
def test_a_database_that_is_gone_or_empty_is_to_be_rebuilt(
    data: Path, content: bytes | None
) -> None:
    before = rows(data, "SELECT id FROM reports")
    (data / "archive.db").unlink()
    if content is not None:
        (data / "archive.db").write_bytes(content)
    result = run(data, "status")
    assert (result.exit_code, "isw-archive rebuild" in result.output) == (1, True)
    run(data, "rebuild")
    assert rows(data, "SELECT id FROM reports") == before


def newer(data: Path) -> None:
    connection = sqlite3.connect(data / "archive.db")
    connection.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
        "SELECT migration_set, 'm999_future', applied_at FROM _sqlite_migrations LIMIT 1"
    )
    connection.commit()
    connection.close()


def foreign(data: Path) -> None:
    connection = sqlite3.connect(data / "archive.db")
    connection.execute("PRAGMA application_id=7")
    connection.close()


@pytest.mark.parametrize(
    ("change", "said"), [(newer, "made by a newer isw-archive"), (foreign, "of another program")]
)
def test_a_database_that_is_not_ours_to_change_is_left_alone_by_every_command(
    data: Path, pages: Pages, tmp_path: Path, change: object, said: str
) -> None:
    assert callable(change)
    change(data)
    before = kept(data)
    (tmp_path / "b.warc.gz").write_bytes(record(*pages[1], number=2))
    for words in (
        ("status",),
        ("export", "--all"),
        ("import", tmp_path / "b.warc.gz"),
        ("rebuild",),
        ("serve", "--port", "0"),
    ):
        result = run(data, *words)
        assert (result.exit_code, said in result.output) == (1, True), words
        assert "Traceback" not in result.output
    assert kept(data) == before


@pytest.mark.parametrize("harm", ["gone", "torn", "damaged"])
def test_rebuild_never_replaces_a_database_that_knows_more(data: Path, harm: str) -> None:
    before = rows(data, "SELECT * FROM captures")
    (path,) = warcs(data)
    content = path.read_bytes()
    path.unlink()
    if harm == "torn":
        path.write_bytes(content[:-500])
    if harm == "damaged":
        path.write_bytes(content[:1500] + b"\xff\xff" + content[1502:])
    result = run(data, "rebuild")
    assert result.exit_code == 1
    assert f"{path.name}: 1" in result.output
    assert "restore the files from a copy" in result.output
    assert rows(data, "SELECT * FROM captures") == before
    if harm == "gone":
        assert f"{path} is missing" in run(data, "status").stdout
    path.write_bytes(content)
    assert run(data, "rebuild").exit_code == 0
    assert rows(data, "SELECT * FROM captures") == before


def test_without_a_database_a_damaged_file_gives_what_it_can(tmp_path: Path, pages: Pages) -> None:
    data = tmp_path / "data"
    parts = [record(*page, number=n) for n, page in enumerate(pages, 1)]
    (tmp_path / "x.warc.gz").write_bytes(b"".join(parts))
    run(data, "import", tmp_path / "x.warc.gz")
    last = rows(data, "SELECT max(warc_offset) FROM captures")[0][0]
    (path,) = warcs(data)
    content = bytearray(path.read_bytes())
    content[int(str(last)) + 300] ^= 0xFF
    path.write_bytes(content)
    (data / "archive.db").unlink()
    code, counts, problems = answer(data, "rebuild")
    assert (code, counts["captures"]) == (1, 2)
    assert f"{path.name}: damaged at byte {last} (to byte " in problems[0]


def test_without_a_database_all_records_around_damage_come_back(
    tmp_path: Path, pages: Pages
) -> None:
    data = tmp_path / "data"
    parts = [record(*page, number=n) for n, page in enumerate(pages, 1)]
    (tmp_path / "x.warc.gz").write_bytes(b"".join(parts))
    run(data, "import", tmp_path / "x.warc.gz")
    urls = rows(data, "SELECT url FROM captures ORDER BY warc_offset")
    second = int(str(rows(data, "SELECT warc_offset FROM captures ORDER BY 1")[1][0]))
    (path,) = warcs(data)
    content = bytearray(path.read_bytes())
    content[second + 300] ^= 0xFF
    path.write_bytes(content)
    (data / "archive.db").unlink()
    code, counts, problems = answer(data, "rebuild")
    assert (code, counts["captures"]) == (1, 2)
    assert f"{path.name}: damaged at byte {second} (to byte " in problems[0]
    found = rows(data, "SELECT url FROM captures ORDER BY warc_offset")
    assert found == [urls[0], *urls[2:]]


def test_an_altered_letter_in_a_member_made_right_again_is_named_by_rebuild(
    data: Path,
) -> None:
    (path,) = warcs(data)
    before = len(rows(data, "SELECT id FROM captures"))
    offset, length = (
        int(str(n)) for n in rows(data, "SELECT warc_offset, warc_length FROM captures")[0]
    )
    content = path.read_bytes()
    member = gzip.decompress(content[offset : offset + length])
    altered = gzip.compress(member.replace(b"</p>", b"!/p>", 1))
    path.write_bytes(content[:offset] + altered + content[offset + length :])
    refused = run(data, "rebuild")
    assert refused.exit_code == 1
    assert f"{path.name}: damaged at byte {offset} (to byte " in refused.stderr
    assert "digest mismatch" in refused.stderr
    assert "--accept-loss" in refused.stderr
    code, counts, problems = answer(data, "rebuild", "--accept-loss")
    assert (code, counts["captures"]) == (1, before - 1)
    assert "is kept as archive.db.before-rebuild" in problems[-1]


def test_an_archive_on_a_read_only_disk_can_be_read(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read_only = OSError(errno.EROFS, os.strerror(errno.EROFS))
    monkeypatch.setattr(os, "access", lambda _path, mode, **_: not mode & os.W_OK)
    monkeypatch.setattr("archive.folder.write_obstacle", lambda _: read_only)
    before = kept(data)
    assert run(data, "status").exit_code == 0
    assert run(data, "export", "--all").exit_code == 0
    assert not list(data.glob("archive.db-*"))
    result = run(data, "import", Path(__file__))
    assert result.exit_code == 1
    assert f"folder {data}: Read-only file system; the disk is mounted read-only" in result.stderr
    monkeypatch.setattr("archive.folder.write_obstacle", lambda _: None)
    assert "not readable and writable; change its" in run(data, "import", Path(__file__)).stderr
    assert kept(data) == before


def test_a_second_run_ends_with_3_while_reading_goes_on(data: Path, tmp_path: Path) -> None:
    before = kept(data)
    (tmp_path / "x.txt").write_text("x")
    with (data / "lock").open("a+") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for words in (
            ("collect",),
            ("recrawl", "https://news.example/"),
            ("import", tmp_path / "x.txt"),
            ("import", "--text", tmp_path / "x.txt"),
            ("rebuild",),
        ):
            result = run(data, *words)
            assert result.exit_code == 3, words
            assert "another run holds it" in result.output
        assert run(data, "status").exit_code == 0
        assert run(data, "export", "--all").exit_code == 0
    assert kept(data) == before
