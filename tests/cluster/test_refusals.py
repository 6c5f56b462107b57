"""What a cluster's commands say where something is missing."""

import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pipeline.cli.main import main

NOWHERE = "postgresql://nobody@127.0.0.1:1/none"


def said(tmp_path: Path, *words: str, **settings: str) -> Result:
    env = {f"ISW_ARCHIVE_{name.upper()}": value for name, value in settings.items()}
    return CliRunner().invoke(main, ["--data", str(tmp_path / "data"), *words], env=env)


@pytest.mark.parametrize("command", ["plan", "work", "index", "queue"])
def test_without_its_settings_nothing_begins(tmp_path: Path, command: str) -> None:
    result = said(tmp_path, command)
    assert result.exit_code == 2
    assert f"{command}: the setting queue is empty; docs/cluster.md says" in result.output
    assert not (tmp_path / "data").exists()


def test_without_the_extra_that_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "procrastinate", None)
    result = said(tmp_path, "queue", queue=NOWHERE)
    assert result.exit_code == 2
    assert "pip install 'isw-archive[cluster]'" in result.output


def test_a_password_belongs_into_the_environment(tmp_path: Path) -> None:
    result = said(tmp_path, "queue", queue="postgresql://me:secret@127.0.0.1:1/none")
    assert result.exit_code == 2
    assert "put that into PGPASSWORD alone" in result.output
    assert "secret" not in result.output


def test_words_that_are_no_connection_are_refused(tmp_path: Path) -> None:
    result = said(tmp_path, "queue", queue="no words = at = all")
    assert result.exit_code == 2
    assert "setting queue" in result.output


def test_a_database_that_is_not_there_is_said(tmp_path: Path) -> None:
    result = said(tmp_path, "queue", queue=NOWHERE)
    assert result.exit_code == 1
    assert "check that PostgreSQL runs" in result.output


def test_a_worker_does_not_work_in_an_archive(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "archive.db").touch()
    words = {"queue": NOWHERE, "depot": str(tmp_path), "contact": "mailto:a@b.example"}
    result = said(tmp_path, "work", **words)
    assert result.exit_code == 2
    assert "is an archive; name a folder of the worker's own" in result.output
