"""What a cluster's commands say where something is missing."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from archive.db.database import open_database
from archive.folder import DataFolder
from pipeline.cli.main import main
from pipeline.cli.status_text import cluster
from pipeline.run.cluster.state import Held, State

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


def test_the_archive_is_looked_at_all_the_same(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.make()
    open_database(folder.database).close()
    status = json.loads(said(tmp_path, "status", "--json", queue=NOWHERE).output)
    assert "check that PostgreSQL runs" in status["cluster"]["error"]
    assert "check that PostgreSQL runs" in said(tmp_path, "status", queue=NOWHERE).output
    figures = said(tmp_path, "metrics", queue=NOWHERE).output
    assert "isw_archive_cluster_up 0.0" in figures
    assert "isw_archive_up 1.0" in figures
    assert "cluster" not in said(tmp_path, "metrics").output
    assert "cluster" not in json.loads(said(tmp_path, "status", "--json").output)


def test_workers_jobs_and_waits_are_a_line() -> None:
    one = State(2, 1, {"todo": 5, "doing": 3, "succeeded": 2}, Held("a.com", 40), Held("b.com", 9),
        ("c.com",))  # fmt: skip
    assert cluster(asdict(one)) == (
        "2 workers and 1 silent, 3 jobs under way (a.com for 40 s), 5 wait (b.com for 9 s), "
        "2 to be taken in, 1 domains left alone"
    )
    assert cluster(asdict(State())) == "0 workers, 0 jobs under way, 0 wait"
