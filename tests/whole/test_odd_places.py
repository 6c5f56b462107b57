"""Something else where a file or folder of ours belongs: one line that names it, and no command
waits for it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.saved import rows, run, warcs

COMMANDS = (("status",), ("rebuild",), ("check", "--limit", "0"), ("export", "--all"))


def put(what: str, path: Path) -> str:
    """Put something in a place; what it is called."""
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
    if what == "folder":
        path.mkdir()
    elif what == "pipe":
        os.mkfifo(path)
    elif what == "file":
        path.write_text("words")
    else:
        path.symlink_to(path.name)
    return {"folder": "a folder", "pipe": "a named pipe", "file": "a file"}.get(what, "a link")


@pytest.mark.parametrize(
    ("name", "what", "wanted"),
    [
        ("archive.db", "folder", "a file"),
        ("archive.db", "pipe", "a file"),
        ("archive.db-wal", "pipe", "a file"),
        ("archive.db-shm", "folder", "a file"),
        ("lock", "folder", "a file"),
        ("lock", "pipe", "a file"),
        ("warc", "file", "a folder"),
        ("warc", "pipe", "a folder"),
        ("runs", "file", "a folder"),
        ("runs", "pipe", "a folder"),
    ],
)
def test_what_stands_in_the_place_of_something_of_ours_is_named_and_waited_for_by_nobody(
    data: Path, name: str, what: str, wanted: str
) -> None:
    found = put(what, data / name)
    for words in COMMANDS:
        result = run(data, *words)
        assert result.exit_code == 1, words
        (line,) = result.stderr.splitlines()
        assert f"{data / name}: {found}, where {wanted} belongs; move it away" in line


@pytest.mark.parametrize("name", ["archive.db", "warc", "runs", "lock"])
def test_a_link_that_leads_to_itself_is_named(data: Path, name: str) -> None:
    put("link", data / name)
    for words in COMMANDS:
        result = run(data, *words)
        assert result.exit_code == 1, words
        assert "Traceback" not in result.output
        assert result.stderr.splitlines()[-1].count(f"{data / name}: Too many levels") == 1


def test_a_pipe_in_the_place_of_a_held_file_is_waited_for_by_nobody(data: Path) -> None:
    (warc,) = warcs(data)
    put("pipe", warc)
    said = run(data, "status")
    assert f"{warc} is missing: what stands there is no file; bring it back" in said.stdout
    url = str(rows(data, "SELECT url FROM captures")[0][0])
    for words in (*COMMANDS, ("report", url), ("check", "--source", url, "--diff")):
        assert "Traceback" not in run(data, *words).output


def test_a_folder_of_warc_files_that_is_gone_is_told_file_by_file(data: Path) -> None:
    (warc,) = warcs(data)
    shutil.rmtree(data / "warc")
    said = run(data, "status")
    assert said.exit_code == 1
    assert f"! {warc} is missing; bring it back from a copy" in said.stdout


@pytest.mark.parametrize("name", ["", "warc", "archive.db", "lock"])
def test_what_may_not_be_read_or_written_is_named(data: Path, name: str) -> None:
    path = data / name
    mode = path.stat().st_mode
    path.chmod(0)
    if os.access(path, os.R_OK):
        path.chmod(mode)
        pytest.skip("root may read and write anything")
    try:
        for words in COMMANDS:
            result = run(data, *words)
            assert "Traceback" not in result.output
            if result.exit_code:
                assert str(path) in result.output
                assert "owner" in result.output or "is not readable" in result.output
    finally:
        path.chmod(mode)


def test_a_held_file_that_may_not_be_read_is_no_lost_record(data: Path) -> None:
    (warc,) = warcs(data)
    warc.chmod(0)
    if os.access(warc, os.R_OK):
        pytest.skip("root may read anything")
    said = run(data, "status")
    assert f"! {warc} cannot be read; check its owner and mode" in said.stdout
    refused = run(data, "rebuild")
    assert f"WARC {warc} cannot be read: Permission denied" in refused.stderr
    assert "not in it any more" not in refused.stderr


def test_a_configuration_that_is_a_pipe_is_named(data: Path) -> None:
    path = data.parent / "isw-archive.toml"
    os.mkfifo(path)
    result = run(data, "status")
    assert result.exit_code == 2
    assert f"configuration {path}: it is no file" in result.stderr
