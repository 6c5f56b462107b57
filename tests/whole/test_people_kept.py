"""What people wrote stays when the database is lost, is in backups, ends nothing, and is put back
where it was damaged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.db import people
from archive.fixity.dated_backups import dated_backup
from archive.folder import DataFolder
from archive.model.people import Subject
from tests.fixity_samples import faults, flip
from tests.saved import rows, run

pytestmark = pytest.mark.minutes(1)


@pytest.fixture(scope="module")
def kept(two_runs: Path) -> Path:
    return two_runs


def first(data: Path) -> tuple[int, str]:
    """A capture's number, and its record."""
    number, record = rows(data, "SELECT id, record_id FROM captures ORDER BY id LIMIT 1")[0]
    return int(str(number)), str(record)


def noted(data: Path) -> list[str | None]:
    """The texts of the notes on that capture."""
    about = Subject("capture", first(data)[1])
    return [row["text"] for row in people.notes_about(data / "people.db", about)]


def note(data: Path) -> None:
    result = run(data, "note", first(data)[0], "A first edition.", "--json")
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout)["note"] == 1


def test_a_note_of_the_shell_stays_when_the_database_is_lost(data: Path) -> None:
    note(data)
    (data / "archive.db").unlink()
    assert run(data, "rebuild").exit_code == 0
    assert noted(data) == ["A first edition."]


@pytest.mark.parametrize("end", ["", "/", "/?utm_source=x"])
def test_a_report_is_named_by_any_spelling_of_its_address(data: Path, end: str) -> None:
    # one that no report cites: else it names a source
    [(url, report), *_] = rows(data, "SELECT url, report_id FROM publications p WHERE NOT EXISTS "
        "(SELECT 1 FROM sources WHERE instr(p.url, sources.url) = 1)")  # fmt: skip
    result = run(data, "note", f"{str(url).rstrip('/')}{end}", "Seen.", "--json")
    assert result.exit_code == 0, result.output
    [row] = people.notes_about(data / "people.db", Subject("report", str(report)))
    assert row["text"] == "Seen."


def test_it_is_withdrawn_once(data: Path) -> None:
    note(data)
    assert run(data, "note", first(data)[1], "--withdraw", 1).exit_code == 0
    assert noted(data) == [None]
    assert run(data, "note", first(data)[1], "--withdraw", 1).exit_code == 2


@pytest.mark.parametrize(
    "words",
    [("none/such", "x"), (99, "x"), ("it",), ("it", "  "), ("https://nowhere.example/", "x")],
)
def test_a_note_on_nothing_or_of_nothing_is_wrong_use(data: Path, words: tuple[object]) -> None:
    result = run(data, "note", *(first(data)[0] if word == "it" else word for word in words))
    assert result.exit_code == 2
    assert not (data / "people.db").exists()


def test_a_backup_holds_it_and_its_verification_counts_it(data: Path, tmp_path: Path) -> None:
    note(data)
    bag = tmp_path / "bag"
    assert run(data, "backup", bag).exit_code == 0
    assert faults(bag) == []
    assert run(data, "restore", bag, tmp_path / "restored").exit_code == 0
    assert noted(tmp_path / "restored") == ["A first edition."]
    copy = bag / "data" / "people.db"
    copy.write_bytes(copy.read_bytes()[:-1] + b"!")
    assert [fault["file"] for fault in faults(bag)] == ["data/people.db"]


def test_a_damaged_one_is_said_and_the_backup_made_all_the_same(data: Path, tmp_path: Path) -> None:
    note(data)
    (data / "people.db").write_bytes(b"no database" * 100)
    bag = tmp_path / "bag"
    result = run(data, "backup", bag)
    assert result.exit_code == 1
    assert "people.db" in result.output
    assert faults(bag) == []
    assert (bag / "data" / "archive.db").exists()
    told = run(data, "status")
    assert told.exit_code == 1
    assert "people.db" in told.stdout


def hurt(data: Path, words: bytes = b"A first edition.") -> bytes:
    """Change a letter of what was written; the file as it was."""
    path = data / "people.db"
    before = path.read_bytes()
    flip(path, before.rfind(words) + 2, 0)
    return before


@pytest.mark.parametrize("since", ["nothing", "a note"])
def test_a_letter_that_changed_is_told_by_whoever_looks_also_after_more_was_written(
    data: Path, since: str
) -> None:
    note(data)
    hurt(data)
    if since == "a note":
        assert run(data, "note", first(data)[0], "Another one.").exit_code == 0
    changed = "is not what the last command left"
    for deep in (False, True):
        [fault] = faults(data, deep=deep)
        assert fault["file"] == "people.db"
        assert changed in fault["what"]
        assert "repair --from" in fault["remedy"]
    for command in ("status", "doctor"):
        told = run(data, command)
        assert told.exit_code == 1, command
        assert f"people.db: the database {changed}" in " ".join(told.stdout.split())


def test_a_damaged_one_never_takes_the_place_of_its_earlier_copy(
    data: Path, tmp_path: Path
) -> None:
    note(data)
    bag = tmp_path / "bag"
    assert run(data, "backup", bag).exit_code == 0
    before = hurt(data)
    again = run(data, "backup", bag)
    assert again.exit_code == 1
    assert "not copied" in again.output
    assert (bag / "data" / "people.db").read_bytes() == before
    assert faults(bag) == []


def test_nor_in_backups_by_date(data: Path, tmp_path: Path) -> None:
    note(data)
    problems, copies = [], []
    for day in (1, 2, 3):
        at = f"2026-03-0{day}T05:45:00Z"
        made, bag = dated_backup(DataFolder(data), tmp_path / "bags", at, 1, lambda _: None)
        problems.append(bool(made.problems))
        copies.append((bag / "data" / "people.db").read_bytes())
        assert faults(bag) == []
        if day == 1:
            before = hurt(data)
    assert problems == [False, True, True]
    assert copies == [before] * 3


@pytest.mark.parametrize("keep", [[], ["--keep", "1"]])
def test_a_backup_says_that_it_is_gone_and_no_copy_of_it_is_taken_away(
    data: Path, tmp_path: Path, keep: list[str]
) -> None:
    note(data)
    bags = tmp_path / "bags"
    assert run(data, "backup", bags, *keep).exit_code == 0
    (data / "people.db").unlink()
    told = run(data, "backup", bags, *keep)
    assert told.exit_code == 1
    assert f"{data / 'people.db'}: not copied, missing" in told.stdout
    assert list(bags.rglob("people.db"))


def test_the_first_copy_of_a_damaged_one_is_made_and_told(data: Path, tmp_path: Path) -> None:
    note(data)
    hurt(data)
    told = run(data, "backup", tmp_path / "bag")
    assert told.exit_code == 1
    assert "copied as it is" in told.output
    assert (tmp_path / "bag" / "data" / "people.db").exists()


def test_repair_puts_the_piece_back_and_keeps_what_was_written_since(
    data: Path, tmp_path: Path
) -> None:
    with people.writing(data / "people.db") as db, db:
        db.execute("CREATE TABLE filler (x)")  # so that notes are not all on one page
    note(data)
    for number in range(60):
        assert people.note(
            data / "people.db", Subject("source", "a"), who="a", at="2026", text=f"{number:03}" * 99
        )
    bag = tmp_path / "bag"
    assert run(data, "backup", bag).exit_code == 0
    assert run(data, "note", first(data)[0], "Written since.").exit_code == 0
    before = hurt(data)
    done = run(data, "repair", "--from", bag, "--json")
    assert done.exit_code == 0, done.output
    assert json.loads(done.stdout)["files"] == ["people.db"]
    assert (data / "people.db").read_bytes() == before
    assert noted(data) == ["A first edition.", "Written since."]
    assert faults(data) == []
    assert run(data, "status").exit_code == 0


@pytest.mark.parametrize("ours", ["written over", "cut", "other pages", "lost", "no checksums"])
def test_repair_puts_the_copy_back_where_the_pieces_do_not_fit(
    data: Path, tmp_path: Path, ours: str
) -> None:
    note(data)
    bag, path = tmp_path / "bag", data / "people.db"
    assert run(data, "backup", bag).exit_code == 0
    wrong = hurt(data, b"A first")
    if ours == "written over":
        people.note(path, Subject("capture", first(data)[1]), who="a", at="2026", text="More.")
    elif ours == "cut":
        path.write_bytes(wrong[:5_000])
    elif ours == "other pages":
        path.write_bytes(wrong[:16] + b"\x20" + wrong[17:])
    elif ours == "lost":
        path.unlink()
    else:
        path.write_bytes(b"no database")
        path.with_name("people.db-sums").unlink()
    done = run(data, "repair", "--from", bag, "--json")
    aside = data / "people.db.damaged"
    assert noted(data) == ["A first edition."]
    assert aside.exists() == (ours not in {"lost", "cut"})
    assert done.exit_code == (1 if aside.exists() else 0), done.output
    assert (str(aside) in done.stdout) == aside.exists()
    assert faults(data) == []
    assert run(data, "status").exit_code == 0
    assert (data / "people.db-sums").exists()


def test_what_was_restored_is_noted(data: Path, tmp_path: Path) -> None:
    note(data)
    assert run(data, "backup", tmp_path / "bag").exit_code == 0
    assert run(data, "restore", tmp_path / "bag", tmp_path / "restored").exit_code == 0
    hurt(tmp_path / "restored")
    assert [fault["file"] for fault in faults(tmp_path / "restored")] == ["people.db"]


def test_a_copy_that_is_damaged_too_is_not_put_back(data: Path, tmp_path: Path) -> None:
    note(data)
    bag = tmp_path / "bag"
    assert run(data, "backup", bag).exit_code == 0
    hurt(bag / "data")
    hurt(data)
    done = run(data, "repair", "--from", bag)
    assert done.exit_code == 1
    assert "no whole one in the other copy" in done.output
    assert noted(data) != ["A first edition."]


def test_of_an_earlier_archive_the_next_run_notes_it(kept: Path, data: Path) -> None:
    note(data)
    (data / "people.db-sums").unlink()
    assert faults(data) == []
    assert run(data, "import", kept.parent / "more.warc.gz").exit_code == 0
    assert (data / "people.db-sums").exists()
    hurt(data)
    assert [fault["file"] for fault in faults(data)] == ["people.db"]
