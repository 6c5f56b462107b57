"""Commands that are ended, and disks that take no more: the next run goes on."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.saved import ENV, answer, kept, ledger, record, records_held, rows, run

Pages = list[tuple[str, bytes]]


@pytest.fixture(scope="module")
def many(pages: Pages, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file of 60 captures of one report, each another version."""
    url, body = pages[0]
    path = tmp_path_factory.mktemp("many") / "many.warc.gz"
    path.write_bytes(
        b"".join(
            record(
                url,
                body.replace(b" the ", b" the%d " % n),
                number=n,
                WARC_Date=f"2026-03-{12 + n // 24}T{n % 24:02d}:00:00Z",
            )
            for n in range(1, 61)
        )
    )
    return path


def start(data: Path, *words: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "pipeline", "--data", str(data), *map(str, words)],
        env={**os.environ, **ENV},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


def meets_a_capture(data: Path, process: subprocess.Popen[str]) -> bool:
    """Whether a first capture is seen committed before the process is done; watching, not sleeping
    for a guess."""
    while process.poll() is None:
        with contextlib.suppress(sqlite3.OperationalError):
            if rows(data, "SELECT count(*) FROM captures") != [(0,)]:
                return True
    return False


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_import_that_is_ended_goes_on_with_the_next(
    tmp_path: Path, many: Path, number: signal.Signals
) -> None:
    data = tmp_path / "data"
    with start(data, "import", many) as process:
        assert meets_a_capture(data, process), process.communicate()[1]
        os.kill(process.pid, number)
        said = process.communicate(timeout=600)[1]
    if number is not signal.SIGKILL:
        assert process.returncode == 1
        assert said.splitlines()[-1].startswith("isw-archive: stopped; what was written is kept")
        assert "Traceback" not in said
    code, counts, problems = answer(data, "import", many)
    assert (code, problems) == (0, [])
    assert counts["already held"] + counts.get("captures", 0) == 60
    assert rows(data, "SELECT count(*), count(DISTINCT origin) FROM captures") == [(60, 60)]
    assert records_held(data) == 60


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_rebuild_that_is_ended_leaves_the_old_database(
    data: Path, many: Path, number: signal.Signals
) -> None:
    run(data, "import", many)
    before = kept(data)
    for _ in range(20):  # on a busy machine one may be done before anybody looks
        with start(data, "rebuild") as process:
            if meets_a_capture(data / "rebuild", process):
                os.kill(process.pid, number)
            process.communicate(timeout=600)
        if process.returncode != 0:
            break
        before = kept(data)
    assert process.returncode != 0
    assert kept(data) == before
    entered = ledger(data)
    assert run(data, "rebuild").exit_code == 0
    again = [entry["kind"] for entry in ledger(data)[len(entered) :]]
    assert (ledger(data)[: len(entered)], again) == (entered, ["written", "rebuilt", "database"])
    made_anew = dict.fromkeys(("rows", "ledger.jsonl", "ledger.checkpoint"))
    assert {**kept(data), **made_anew} == {**before, **made_anew}
    assert not (data / "rebuild").exists()


@pytest.mark.parametrize("blocks", [40, 300, 600])
def test_a_disk_that_takes_no_more_loses_nothing(tmp_path: Path, many: Path, blocks: int) -> None:
    """A limit on the size of files stands for a full disk; the database or the WARC meets it
    first."""
    data = tmp_path / "data"
    words = [sys.executable, "-m", "pipeline", "--data", str(data), "import", str(many)]
    limited = ["bash", "-c", f'ulimit -f {blocks} && exec "$@"', "_", *words]
    done = subprocess.run(
        limited, env={**os.environ, **ENV}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1), done.stderr
    code, counts, problems = answer(data, "import", many)
    assert (code, problems) == (0, [])
    assert counts.get("already held", 0) + counts.get("captures", 0) == 60
    assert rows(data, "SELECT count(*), count(DISTINCT origin) FROM captures") == [(60, 60)]
    assert records_held(data) == 60


def test_output_that_nobody_takes_ends_in_silence_or_one_line(data: Path) -> None:
    words = [sys.executable, "-m", "pipeline", "--data", str(data), "export", "--all"]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(words, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert len(done.stderr.splitlines()) == 1
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        assert process.stderr.read() == b""


def test_names_with_blanks_foreign_letters_and_broken_bytes_do_no_harm(
    tmp_path: Path, pages: Pages
) -> None:
    folder = tmp_path / "a b ü 日本"
    folder.mkdir()
    path = Path(os.fsdecode(os.fsencode(folder) + b"/x \xff.warc.gz"))
    path.write_bytes(record(*pages[0], number=1))
    data = folder / "da ta"
    assert answer(data, "import", path)[:2] == (0, {"captures": 1, "reports": 1})
    assert run(data, "rebuild").exit_code == 0
    assert run(data, "status", TZ="Pacific/Kiritimati", COLUMNS="40").exit_code == 0
