"""What damage costs, and what a person is told: one test for each thing that was once passed over
in silence."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from archive.counted import counted
from archive.model.fetch import FetchContext
from archive.model.vocabulary import Kind
from archive.warc.through import Wound, read_through
from pipeline.run.ingest import Archive
from tests.crash import damage
from tests.factories import at
from tests.saved import reports_imported, rows, run, written

CAPTURES = 6


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of some reports in one closed WARC file; tests copy it."""
    return reports_imported(tmp_path_factory.mktemp("kept"), CAPTURES)


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    shutil.copy(kept.parent / "x.warc.gz", tmp_path)
    # with its times, as a copy that somebody cares about has them
    return Path(shutil.copytree(kept, tmp_path / "data"))


@pytest.fixture
def warc(data: Path) -> Path:
    (path,) = damage.closed_warcs(data)
    return path


def held(data: Path) -> int:
    return int(str(rows(data, "SELECT count(*) FROM captures")[0][0]))


def alarms(result: Result) -> list[str]:
    return [line for line in result.stdout.splitlines() if line.startswith("!")]


def next_run(data: Path) -> Result:
    """A command that writes, and finds nothing to do but what the last one left."""
    return run(data, "import", data.parent / "x.warc.gz")


def test_a_whole_archive_is_quiet(data: Path) -> None:
    said = run(data, "status")
    assert said.exit_code == 0, said.output
    assert not alarms(said)


# --- closed files ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("hurt", "said"),
    [
        (damage.flip_byte, "was altered after it was closed"),
        (damage.zero, "was altered after it was closed"),
        (damage.alter_letter, "after it was closed"),
        (damage.insert, "is longer than it was: 8 bytes were added"),
        (damage.empty, "is shorter than it was: it lacks"),
        (lambda path: damage.cut_end(path, 700), "it lacks 700 of"),
        (damage.delete, "is missing"),
    ],
)
def test_status_names_a_closed_file_that_is_not_what_it_was(
    data: Path, warc: Path, hurt: Callable[[Path], damage.Damage], said: str
) -> None:
    hurt(warc)
    result = run(data, "status")
    assert result.exit_code == 1
    (line,) = alarms(result)
    assert str(warc) in line
    assert said in line or "shorter" in line
    assert "bring it back from a copy" in line


@pytest.mark.parametrize(
    "hurt", [damage.flip_byte, damage.zero, damage.alter_letter, damage.flip_one_bit]
)
def test_without_a_database_all_but_the_damaged_record_come_back(
    data: Path, warc: Path, hurt: Callable[[Path], damage.Damage]
) -> None:
    lost = hurt(warc)
    (data / "archive.db").unlink()
    result = run(data, "rebuild")
    assert result.exit_code == 1
    assert f"{warc.name}: damaged at byte {lost.hit[0].offset} (to byte " in result.stderr
    assert held(data) == CAPTURES - 1


def test_a_rebuild_that_would_lose_a_capture_is_refused_and_names_what_is_lost(
    data: Path, warc: Path
) -> None:
    lost = damage.flip_byte(warc)
    result = run(data, "rebuild")
    assert result.exit_code == 1
    assert f"{warc.name}: 1" in result.stderr
    assert f"damaged at byte {lost.hit[0].offset}" in result.stderr
    assert "rebuild --accept-loss" in result.stderr
    assert held(data) == CAPTURES
    accepted = run(data, "rebuild", "--accept-loss")
    assert "is kept as archive.db.before-rebuild" in accepted.stderr
    assert held(data) == CAPTURES - 1


def test_a_file_that_was_only_copied_is_no_alarm_and_is_looked_at_once(
    data: Path, warc: Path
) -> None:
    warc.touch()
    assert run(data, "status").exit_code == 0
    assert next_run(data).exit_code == 0
    assert rows(data, "SELECT mtime_ns FROM warc_files") == [(warc.stat().st_mtime_ns,)]


def test_the_next_run_says_that_a_closed_file_was_altered_and_goes_on(
    data: Path, warc: Path
) -> None:
    damage.flip_byte(warc)
    result = next_run(data)
    assert result.exit_code == 1
    assert f"{warc.name}: it was altered after it was closed" in result.stderr


def test_a_file_of_an_older_version_is_measured_by_the_next_run(data: Path, warc: Path) -> None:
    with written(data) as db:
        db.execute("UPDATE warc_files SET size = NULL, sha256 = NULL, mtime_ns = NULL")
    assert run(data, "status").exit_code == 0
    next_run(data)
    assert rows(data, "SELECT size FROM warc_files") == [(warc.stat().st_size,)]


# --- files that a run left open -------------------------------------------------------------------


def test_the_end_that_is_missing_from_an_open_file_is_told_with_what_it_held(
    data: Path, warc: Path
) -> None:
    lost = damage.cut_end(damage.leave_open(data, warc), 700)
    before = run(data, "status")
    assert before.exit_code == 1
    assert "is shorter than it was" in alarms(before)[0]
    result = next_run(data)
    assert result.exit_code == 1
    assert (
        f"{counted(len(lost.captures), 'captures')} lost the record ({lost.captures[0]}"
        in result.stderr
    )
    after = run(data, "status")
    assert after.exit_code == 1
    (torn,) = warc.parent.glob("*.torn")
    assert any(f"{torn} was set aside" in line for line in alarms(after))


def test_a_zeroed_end_of_an_open_file_is_told_with_what_it_held(data: Path, warc: Path) -> None:
    lost = damage.zero_end(damage.leave_open(data, warc), 900)
    result = next_run(data)
    assert result.exit_code == 1
    assert f"{counted(len(lost.captures), 'captures')} lost the record" in result.stderr


def test_a_damaged_open_file_stops_no_run(data: Path, warc: Path) -> None:
    lost = damage.flip_one_bit(damage.leave_open(data, warc))
    with written(data) as db:
        db.execute("DELETE FROM failures")
    result = next_run(data)
    assert result.exit_code == 1
    assert f"damaged at byte {lost.hit[0].offset}" in result.stderr
    assert f"1 capture lost the record ({lost.captures[0]})" in result.stderr
    again = next_run(data)
    assert again.exit_code == 0, again.output
    assert run(data, "status").exit_code == 1


def test_an_open_file_without_any_record_is_set_aside_and_told(data: Path, warc: Path) -> None:
    other = warc.with_name("isw-archive-20260101000000000-00001-ffffffff.warc.gz")
    other.write_bytes(b"no WARC at all, " * 40)
    result = next_run(data)
    assert result.exit_code == 1
    assert f"it is set aside as {other.name}.damaged" in result.stderr
    assert not other.exists()
    assert next_run(data).exit_code == 0
    assert f"{other.name}.damaged was set aside" in run(data, "status").stdout


def test_records_that_no_table_knows_are_told_and_then_taken_in(data: Path, warc: Path) -> None:
    copy = warc.with_name("isw-archive-20260101000000000-00001-ffffffff.warc.gz")
    copy.write_bytes(warc.read_bytes())
    with written(data) as db:
        db.execute("UPDATE captures SET warc_file = ?", [copy.name])
        db.execute("DELETE FROM warc_files")
    said = run(data, "status")
    assert said.exit_code == 1
    assert "are not in the tables yet" in alarms(said)[0]


# --- what somebody put beside them ----------------------------------------------------------------


@pytest.mark.parametrize("database", [True, False])
def test_a_copy_of_a_file_under_another_name_doubles_nothing_and_ends_nothing(
    data: Path, warc: Path, database: bool
) -> None:
    shutil.copy(warc, warc.with_name("a-copy.warc.gz"))
    if not database:
        (data / "archive.db").unlink()
        assert "Traceback" not in run(data, "rebuild").output
    assert next_run(data).exit_code == 0
    assert held(data) == CAPTURES
    assert run(data, "rebuild").exit_code == 0
    assert held(data) == CAPTURES


def test_a_file_that_holds_everything_twice_is_read_once(data: Path, warc: Path) -> None:
    warc.write_bytes(warc.read_bytes() * 2)
    assert run(data, "rebuild").exit_code == 0
    assert held(data) == CAPTURES


def test_a_file_that_was_renamed_is_found_by_rebuild(data: Path, warc: Path) -> None:
    warc.rename(warc.with_name("another-name.warc.gz"))
    assert run(data, "rebuild").exit_code == 0
    assert held(data) == CAPTURES


@pytest.mark.parametrize("what", ["folder", "link to nothing", "pipe", "name"])
def test_what_is_no_file_among_the_warcs_is_told_and_stops_nothing(
    data: Path, warc: Path, what: str
) -> None:
    odd = warc.with_name("odd.warc.gz")
    if what == "folder":
        odd.mkdir()
    elif what == "pipe":
        os.mkfifo(odd)
    elif what == "name":
        shutil.copy(warc, os.fsencode(warc.parent) + b"/x\xff.warc.gz")
    else:
        odd.symlink_to("nowhere")
    said = run(data, "status")
    assert said.exit_code == 1
    assert "left out; take it out of the folder" in said.stdout
    again = next_run(data)
    assert again.exit_code == 1
    assert "left out; take it out of the folder" in again.stderr
    assert run(data, "rebuild").exit_code == 0
    assert held(data) == CAPTURES


def test_an_empty_file_that_a_power_cut_left_is_no_alarm_for_good(data: Path, warc: Path) -> None:
    warc.with_name("isw-archive-20260101000000000-00001-ffffffff.warc.gz").touch()
    run(data, "rebuild")
    next_run(data)
    assert run(data, "status").exit_code == 0


def test_what_a_rebuild_put_aside_is_never_overwritten(data: Path, warc: Path) -> None:
    for part in (1.0, 0.0):
        damage.flip_byte(warc, part)
        run(data, "rebuild", "--accept-loss")
    kept = sorted(path.name for path in data.glob("archive.db.before-rebuild*"))
    assert kept == ["archive.db.before-rebuild", "archive.db.before-rebuild-1"]


def test_damage_in_a_file_that_an_older_version_closed_is_told_and_stays_told(
    data: Path, warc: Path
) -> None:
    with contextlib.closing(sqlite3.connect(data / "archive.db")) as db, db:
        db.execute("UPDATE warc_files SET size = NULL, sha256 = NULL, mtime_ns = NULL")
    lost = damage.flip_byte(warc)
    result = next_run(data)
    assert result.exit_code == 1
    assert f"damaged at byte {lost.hit[0].offset}" in result.stderr
    assert run(data, "status").exit_code == 1


@pytest.mark.parametrize("words", [b"\xff\xfe", "\u00b2".encode(), b"9" * 23, b"0"])
def test_a_lock_with_odd_words_in_it_is_a_lock(data: Path, words: bytes) -> None:
    (data / "lock").write_bytes(words)
    assert next_run(data).exit_code == 0


# --- numbers --------------------------------------------------------------------------------------


def doubled(data: Path, warc: Path) -> None:
    """As an older version left it: a file with captures that were not committed, whose numbers
    others got meanwhile."""
    taken = rows(data, "SELECT id, record_id FROM captures ORDER BY id")
    with Archive.open(data, _settings(), run=None) as archive:
        for number, _ in taken[:2]:
            context = FetchContext(int(str(number)), Kind.SOURCE, "https://other.example/")
            archive.writer.write_failure("https://other.example/", at(0), context)
        archive.writer.close()
        archive.writer.closed.clear()


def _settings() -> object:
    from archive.config import Settings

    return Settings()


def test_two_captures_with_one_number_are_told_apart_and_nothing_is_lost(
    data: Path, warc: Path
) -> None:
    doubled(data, warc)
    result = next_run(data)
    assert "two captures have one number" in result.stderr
    assert held(data) == CAPTURES + 2
    assert "Traceback" not in result.output
    assert rows(data, "SELECT count(DISTINCT id) FROM captures") == [(CAPTURES + 2,)]
    assert "UNIQUE" not in run(data, "rebuild").output
    assert held(data) == CAPTURES + 2


# --- the database ---------------------------------------------------------------------------------


def test_a_database_that_is_damaged_is_named_by_status(data: Path) -> None:
    database = data / "archive.db"
    content = bytearray(database.read_bytes())
    page = rows(data, "SELECT rootpage FROM sqlite_master WHERE name = 'captures_by_source'")
    start = (int(str(page[0][0])) - 1) * 4096 if page else 4096 * 30
    content[start : start + 64] = b"\xff" * 64
    database.write_bytes(content)
    result = run(data, "status")
    assert result.exit_code == 1
    assert "isw-archive rebuild" in result.output


def test_wounds_are_found_where_they_were_made(warc: Path) -> None:
    lost = damage.flip_byte(warc)
    (wound,) = [found for found in read_through(warc) if isinstance(found, Wound)]
    assert wound.start <= lost.first < wound.end
