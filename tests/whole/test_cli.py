from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import main
from pipeline.run.jobs.say import printable


def run(tmp_path: Path, *words: str) -> Result:
    return CliRunner().invoke(
        main, ["--data", str(tmp_path / "data"), *words], prog_name="isw-archive"
    )


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("export",), "name one report, or --all"),
        (("export", "--all", "x"), "name one report, or --all"),
        (("collect", "--report", "no address"), "no address"),
        (("collect", "--report", "ftp://host/x"), "ftp"),
        (("collect", "--since", "yesterday"), "YYYY-MM-DD|does not match"),
        (("recrawl",), "name addresses, or one of"),
        (("recrawl", "--failed", "--sql", "select 1"), "name addresses, or one of"),
        (("recrawl", "not a url"), "recrawl"),
        (("import", "nowhere.warc.gz"), "no such file; nothing was imported"),
        (("rebuild",), "no WARC files here"),
        (("nonsense",), "No such command"),
    ],
)
def test_wrong_use_is_one_clear_line_and_exit_2(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    result = run(tmp_path, *words)
    assert result.exit_code == 2
    assert any(part in result.output for part in said.split("|"))
    assert not (tmp_path / "data" / "archive.db").exists()


@pytest.mark.parametrize(
    "words",
    [
        ("collect",),
        ("recrawl", "https://news.example/a"),
        ("daemon",),
        ("run-due",),
    ],
)
def test_without_a_contact_nothing_is_fetched_and_it_is_said_what_to_do(
    tmp_path: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("ISW_ARCHIVE_CONTACT")
    result = run(tmp_path, *words)
    assert result.exit_code == 2
    assert "set contact" in result.output
    assert "isw-archive init" in result.output
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "words",
    [
        *[(word,) for word in ("status", "serve", "fixity", "prune", "metrics", "rebuild")],
        ("verify",), ("export", "x"), ("recrawl", "--failed"), ("report", "rot"),
    ],
)  # fmt: skip
def test_reading_an_archive_that_is_not_there_says_so(
    tmp_path: Path, words: tuple[str, ...]
) -> None:
    result = run(tmp_path, *words)
    assert result.exit_code == 2
    assert "name " in result.output
    assert "--data" in result.output
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    other = sqlite3.connect(tmp_path / "data" / "archive.db")
    other.execute("CREATE TABLE sources (id)")
    other.close()
    warc = tmp_path / "a.warc.gz"
    warc.write_bytes(b"x")
    result = run(tmp_path, "import", str(warc))
    assert result.exit_code == 1
    assert "another program" in result.output


def test_a_wrong_configuration_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "isw-archive.toml").write_text("speed = 3")
    result = run(tmp_path, "status")
    assert result.exit_code == 2
    assert "isw-archive.toml" in result.output
    assert "speed" in result.output


def test_an_import_of_what_is_no_warc_keeps_nothing_and_says_what_it_is(tmp_path: Path) -> None:
    page = tmp_path / "page.warc.gz"
    page.write_text("<html>not a web archive</html>")
    result = run(tmp_path, "import", str(page), "--json")
    assert result.exit_code == 1
    answer = json.loads(result.stdout)
    assert answer["counts"] == {}
    assert "page.warc.gz" in answer["problems"][0]
    assert json.loads(run(tmp_path, "status", "--json").stdout)["held"]["captures"] == 0


def test_control_characters_from_outside_do_not_reach_the_terminal() -> None:
    assert printable("a\x1b[2Jb\nc") == "a\N{REPLACEMENT CHARACTER}[2Jb\N{REPLACEMENT CHARACTER}c"


@pytest.mark.parametrize(("umask", "mode"), [(0o777, 0o600), (0o277, 0o600), (0o027, 0o640)])
def test_whatever_the_umask_what_is_made_is_its_owners_to_read(
    tmp_path: Path, umask: int, mode: int
) -> None:
    before = os.umask(umask)
    try:
        assert run(tmp_path, "init", "--contact", "mailto:a@b.example").exit_code == 0
    finally:
        os.umask(before)
    assert (tmp_path / "isw-archive.toml").stat().st_mode & 0o777 == mode
