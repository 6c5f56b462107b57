from __future__ import annotations

import os
import threading
from pathlib import Path
from urllib.request import urlopen

import pytest
from click.testing import CliRunner
from prometheus_client import start_http_server
from prometheus_client.parser import text_string_to_metric_families

from archive.db.database import open_database
from archive.db.tables import alarm_rows, planned_rows
from archive.folder import DataFolder
from archive.model.operations import Alarm, AlarmState, QueuedRun
from archive.model.times import parse_time
from pipeline.cli.main import main
from pipeline.run import metrics
from tests import web_samples

AT = "2026-03-20T12:00:00Z"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    made = web_samples.make(tmp_path_factory.mktemp("metrics") / "data")
    db, at = open_database(made.database), parse_time(AT)
    alarm_rows.keep(db, [AlarmState(Alarm('odd/"quoted"\\', "text", "remedy"), True, AT)])
    planned_rows.queue(db, [QueuedRun("r", "check", ("check",), "check", at, at)])
    planned_rows.finish(db, "r", at, "done", None)
    db.close()
    return made


def values(text: str) -> dict[tuple[str, ...], float]:
    families = text_string_to_metric_families(text)
    return {
        (sample.name, *sample.labels.values()): sample.value
        for family in families
        for sample in family.samples
    }


def test_a_prometheus_library_reads_what_is_held_run_and_wrong(folder: DataFolder) -> None:
    found = values(metrics.text(folder))
    assert found["isw_archive_up",] == 1
    assert found["isw_archive_held", "captures"] > 0
    assert found["isw_archive_alarm", 'odd/"quoted"\\'] == 1
    assert (
        found["isw_archive_job_ended_timestamp_seconds", "check", "done"]
        == parse_time(AT).timestamp()
    )
    assert found["isw_archive_bytes", "free"] > 0


def test_the_file_is_replaced_whole(folder: DataFolder, tmp_path: Path) -> None:
    out = tmp_path / "isw.prom"
    out.write_text("old")
    result = CliRunner().invoke(main, ["--data", str(folder.root), "metrics", "--output", str(out)])
    assert result.exit_code == 0
    assert ("isw_archive_up",) in values(out.read_text())
    assert [path.name for path in tmp_path.iterdir()] == ["isw.prom"]


def test_what_is_no_plain_file_is_not_replaced(folder: DataFolder, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        words = ["--data", str(folder.root), "metrics", "--output", str(pipe)]
        assert CliRunner().invoke(main, words).exit_code == 0
        assert b"isw_archive_up 1.0" in os.read(reading, 1 << 16)
    finally:
        os.close(reading)
    assert pipe.is_fifo()


def test_each_scrape_asks_the_archive(folder: DataFolder) -> None:
    server, thread = start_http_server(0, "127.0.0.1", metrics.registry(folder))
    try:
        with urlopen(f"http://127.0.0.1:{server.server_port}/metrics") as answer:
            assert values(answer.read().decode())["isw_archive_up",] == 1
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert isinstance(thread, threading.Thread)


def test_an_archive_that_cannot_be_read_is_down(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path)
    folder.database.write_text("no database " * 100)
    assert values(metrics.text(folder)) == {("isw_archive_up",): 0}


def test_no_file_of_the_archive_is_written_over_and_a_link_stays(
    folder: DataFolder, tmp_path: Path
) -> None:
    before, link = folder.database.stat(), tmp_path / "link.prom"
    link.symlink_to(tmp_path / "led-to.prom")
    for out, code in ((folder.database, 2), (link, 0)):
        words = ["--data", str(folder.root), "metrics", "--output", str(out)]
        assert CliRunner().invoke(main, words).exit_code == code
    assert folder.database.stat() == before
    assert link.is_symlink()
    assert "isw_archive_up" in link.read_text(encoding="utf-8")
