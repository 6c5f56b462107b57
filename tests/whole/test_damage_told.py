"""What is said of damage is true when it is said: places that moved, losses that are accepted,
numbers that could not be made right yet."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result

from archive.config import Settings
from archive.errors import WarcError
from archive.model.fetch import FetchContext
from archive.model.vocabulary import Kind
from archive.warc.through import record_at
from pipeline.run.ingest import Archive
from tests.crash import damage
from tests.factories import at
from tests.saved import reports_imported, rows, run, written

CAPTURES = 6
PLACES = "SELECT record_id, warc_file, warc_offset FROM captures ORDER BY id"
NOTHING = "no capture that the tables know lost the record"
NOT_KNOWN = "the tables do not know which captures were in it"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of some reports in one closed WARC file; tests copy it."""
    return reports_imported(tmp_path_factory.mktemp("kept"), CAPTURES)


@pytest.fixture
def data(kept: Path, tmp_path: Path) -> Path:
    shutil.copy(kept.parent / "x.warc.gz", tmp_path)
    return Path(shutil.copytree(kept, tmp_path / "data"))


@pytest.fixture
def warc(data: Path) -> Path:
    (path,) = damage.closed_warcs(data)
    return path


def next_run(data: Path) -> Result:
    return run(data, "import", data.parent / "x.warc.gz")


def alarms(data: Path) -> list[str]:
    result = run(data, "status")
    found = [line for line in result.stdout.splitlines() if line.startswith("!")]
    assert result.exit_code == bool(found), result.output
    return found


def astray(data: Path) -> list[object]:
    """Captures whose record does not stand where the tables say."""
    found = []
    for name, file, offset in rows(data, PLACES):
        try:
            stands = record_at(data / "warc" / str(file), int(str(offset))).record_id == name
        except WarcError:
            stands = False
        found += [] if stands else [name]
    return found


def take_out(path: Path) -> damage.Damage:
    """Take eight bytes out of the middle of a record; all that follows moves."""
    done, content = damage.flip_byte(path), path.read_bytes()
    path.write_bytes(content[: done.first] + content[done.first + 8 :])
    return done


def take_out_whole(path: Path) -> damage.Damage:
    """Take one record out, from its first byte to its last: nothing shows where it stood."""
    one, content = damage.record_in(path), path.read_bytes()
    path.write_bytes(content[: one.offset] + content[one.offset + one.length :])
    return damage.Damage(path, one.offset, one.offset + one.length, (one,))


# --- bytes put in or taken out --------------------------------------------------------------------


def test_bytes_put_into_an_open_file_move_the_rows_behind_them_and_are_told(
    data: Path, warc: Path
) -> None:
    done = damage.insert(damage.leave_open(data, warc))
    result = next_run(data)
    assert result.exit_code == 1
    assert "stood elsewhere than the tables said" in result.stderr
    assert f"damaged at byte {done.first} (to byte {done.end}: " in result.stderr
    assert NOTHING in result.stderr
    assert astray(data) == []
    (alarm, of_import) = alarms(data)
    assert f"damaged at byte {done.first}" in alarm
    assert NOTHING in alarm
    assert "met problems" in of_import


@pytest.mark.parametrize("hurt", [take_out, take_out_whole])
@pytest.mark.parametrize("is_open", [True, False])
def test_bytes_taken_out_cost_their_record_and_no_other(
    data: Path, warc: Path, hurt: Callable[[Path], damage.Damage], is_open: bool
) -> None:
    if is_open:
        damage.leave_open(data, warc)
    done = hurt(warc)
    result = next_run(data)
    assert result.exit_code == 1
    assert f"1 capture lost the record ({done.captures[0]})" in result.stderr
    assert any("1 capture lost the record" in alarm for alarm in alarms(data))
    assert astray(data) == [one.record_id for one in done.hit]


def test_a_closed_file_that_is_brought_back_is_no_alarm_and_its_rows_are_right(
    data: Path, warc: Path
) -> None:
    copy = shutil.copy(warc, data.parent / "copy")
    damage.insert(warc)
    assert next_run(data).exit_code == 1
    assert astray(data) == []
    shutil.copy(copy, warc)
    assert next_run(data).exit_code == 0
    assert astray(data) == []
    assert alarms(data) == []


def test_a_closed_file_that_is_brought_back_with_its_time_is_no_alarm_either(
    data: Path, warc: Path
) -> None:
    """As `repair` and `cp -p` do."""
    copy = shutil.copy2(warc, data.parent / "copy")
    damage.insert(warc)
    assert next_run(data).exit_code == 1
    shutil.copy2(copy, warc)
    assert next_run(data).exit_code == 0
    assert astray(data) == []
    assert alarms(data) == []


def test_a_closed_file_that_lost_its_end_and_kept_its_time_is_told_by_the_next_run(
    data: Path, warc: Path
) -> None:
    then = warc.stat()
    damage.cut_end(warc, 700)
    os.utime(warc, ns=(then.st_atime_ns, then.st_mtime_ns))
    told = next_run(data)
    assert told.exit_code == 1
    assert "altered after it was closed" in told.stderr


def test_a_record_that_stands_in_a_file_put_beside_is_found_there(data: Path, warc: Path) -> None:
    beside = warc.with_name("isw-archive-20260101000000000-00001-ffffffff.warc.gz")
    warc.rename(beside)
    next_run(data)
    assert {row[1] for row in rows(data, PLACES)} == {beside.name}
    assert astray(data) == []


def test_an_open_file_that_ends_at_a_record_has_lost_what_stood_behind(
    data: Path, warc: Path
) -> None:
    one = damage.record_in(damage.leave_open(data, warc), 1.0)
    done = damage.cut_end(warc, warc.stat().st_size - one.offset)
    result = next_run(data)
    assert result.exit_code == 1
    assert f"1 capture lost the record ({done.captures[0]})" in result.stderr


# --- what is known, and what is not ---------------------------------------------------------------


def test_without_a_database_nobody_says_what_half_a_record_held(data: Path, warc: Path) -> None:
    damage.cut_end(warc, 700)
    (data / "archive.db").unlink()
    first = run(data, "rebuild")
    assert "ends within a record; the next command that writes moves" in first.stderr
    result = next_run(data)
    assert NOT_KNOWN in result.stderr or NOTHING in result.stderr
    assert "told as kept" not in result.stderr + run(data, "status").stdout


def test_a_lost_database_is_not_taken_for_knowledge(data: Path, warc: Path) -> None:
    damage.cut_end(warc, 700)
    for path in data.glob("archive.db*"):
        path.unlink()
    result = next_run(data)
    assert NOT_KNOWN in result.stderr
    assert NOT_KNOWN in alarms(data)[0]


def test_a_refused_rebuild_promises_nothing_of_the_next_run(data: Path, warc: Path) -> None:
    damage.cut_end(warc, 700)
    result = run(data, "rebuild")
    assert result.exit_code == 1
    assert "rebuild --accept-loss" in result.stderr
    assert "the next" not in result.stderr
    assert "1 capture lost the record" in result.stderr


def test_an_accepted_loss_is_told_with_its_captures_and_what_is_left_is_moved(
    data: Path, warc: Path
) -> None:
    done = damage.cut_end(warc, 700)
    accepted = run(data, "rebuild", "--accept-loss")
    assert "is kept as archive.db.before-rebuild" in accepted.stderr
    assert f"lost the record ({done.captures[0]}" in accepted.stderr
    before = alarms(data)
    assert any("lost the record" in alarm for alarm in before)
    assert any("are not in the tables yet" in alarm for alarm in before)
    next_run(data)
    assert list(warc.parent.glob("*.torn"))
    after = alarms(data)
    assert not any("are not in the tables yet" in alarm for alarm in after)
    assert any("lost the record" in alarm for alarm in after)


def test_a_missing_file_is_told_by_every_command_that_writes(data: Path, warc: Path) -> None:
    warc.unlink()
    result = next_run(data)
    assert result.exit_code == 1
    assert f"{warc} is missing; bring the file back from a copy" in result.stderr


# --- numbers --------------------------------------------------------------------------------------


def double(data: Path) -> None:
    """As an older version left it: captures that were not committed, whose numbers others got."""
    taken = rows(data, "SELECT id FROM captures ORDER BY id LIMIT 2")
    with Archive.open(data, Settings(), run=None) as archive:
        for (number,) in taken:
            context = FetchContext(int(str(number)), Kind.SOURCE, "https://other.example/")
            archive.writer.write_failure("https://other.example/", at(0), context)
        archive.writer.close()
        archive.writer.closed.clear()


def test_doubled_numbers_that_other_damage_forbids_to_heal_are_told_until_they_are_healed(
    data: Path, warc: Path
) -> None:
    double(data)
    copy = shutil.copy(warc, data.parent / "copy")
    damage.flip_byte(warc)
    for _ in range(2):
        result = next_run(data)
        assert result.exit_code == 1
        assert "two captures have one number" in result.stderr
        assert "the next command that writes tries again" in result.stderr
        assert any("nothing is lost; isw-archive rebuild makes" in line for line in alarms(data))
    assert rows(data, "SELECT count(*), count(DISTINCT id) FROM captures") == [
        (CAPTURES + 2, CAPTURES + 2)
    ]
    shutil.copy(copy, warc)
    healed = next_run(data)
    assert "the database is made anew" in healed.stderr
    assert next_run(data).exit_code == 0
    assert alarms(data) == []
    assert rows(data, "SELECT count(*) FROM captures") == [(CAPTURES + 2,)]


# --- pages that wait ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tries", "said"),
    [(1, "the next command that writes tries again"), (5, "isw-archive rebuild tries again")],
)
def test_what_becomes_of_unread_pages_is_said_as_it_is(data: Path, tries: int, said: str) -> None:
    with written(data) as db:
        db.execute(
            "INSERT INTO unread SELECT 'urn:uuid:none', kind, url, NULL, warc_file, warc_offset, "
            f"warc_length, NULL, NULL, '[]', captured_at, {tries}, 'its worker ended' FROM "
            "captures LIMIT 1"
        )
    (alarm,) = alarms(data)
    assert said in alarm
    assert "its worker ended" in alarm
