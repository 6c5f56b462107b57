"""Dossiers and damage: made of an archive that lacks something, put into one that does, forged and
taken in."""

from __future__ import annotations

import contextlib
import gzip
import json
import shutil
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from archive.db.database import open_readonly
from archive.dossier.contents import contents
from archive.dossier.make import LOST
from archive.dossier.package import NOTES, OURS, PACKAGE, WARC
from archive.errors import WarcError
from archive.folder import DataFolder
from tests.dossier_samples import (
    REPORT,
    faults,
    files_of,
    findings,
    forged,
    make_archive,
    make_dossier,
    repacked,
)
from tests.fixity_samples import flip, one_warc
from tests.saved import answer, rows, run


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    return make_archive(tmp_path_factory.mktemp("dossier") / "data")


@pytest.fixture(scope="module")
def kept(folder: DataFolder) -> Path:
    return make_dossier(folder, folder.root.parent / "kept.wacz")


@pytest.fixture
def data(folder: DataFolder, tmp_path: Path) -> Path:
    return Path(shutil.copytree(folder.root, tmp_path / "data"))


def row_of(data: Path, number: int) -> dict[str, Any]:
    db = open_readonly(data / "archive.db")
    try:
        return contents(db, REPORT).captures[number]
    finally:
        db.close()


def hurt(data: Path, number: int) -> None:
    row = row_of(data, number)
    flip(data / "warc" / row["warc_file"], row["warc_offset"] + 200, 3)


# --- of a damaged archive -------------------------------------------------------------------------


def test_a_damaged_record_is_left_out_and_named_with_what_repeats_it(
    data: Path, tmp_path: Path
) -> None:
    hurt(data, 4)
    made = make_dossier(DataFolder(data), tmp_path / "c.wacz")
    about = json.loads(files_of(made)[PACKAGE])
    [left] = about[OURS]["left_out"]
    assert [one["capture"] for one in left["captures"]] == [4, 5]
    assert left["why"] == LOST
    assert "2 captures left out" in about["description"]
    assert LOST in files_of(made)[NOTES].decode()


def test_who_verifies_such_a_dossier_is_told_what_it_lacks(data: Path, tmp_path: Path) -> None:
    hurt(data, 4)
    found = findings(make_dossier(DataFolder(data), tmp_path / "c.wacz"))
    assert found.faults == []
    told = [note for note in found.notes if note.startswith("left out by whoever made it")]
    assert len(told) == 2
    assert row_of(data, 4)["record_id"] in told[0]


def test_what_is_left_out_names_no_folder_of_the_maker(data: Path, tmp_path: Path) -> None:
    (data / "warc" / "elsewhere.warc.gz").write_bytes(b"no WARC")
    with contextlib.closing(sqlite3.connect(data / "archive.db")) as connection, connection:
        sql = "UPDATE captures SET warc_file = ?, warc_offset = 0 WHERE id = ?"
        connection.executemany(sql, [("elsewhere.warc.gz", 4), ("gone.warc.gz", 1)])
    made = make_dossier(DataFolder(data), tmp_path / "c.wacz")
    for name, content in files_of(made).items():
        assert str(tmp_path).encode() not in content, name
    [left] = json.loads(files_of(made)[PACKAGE])[OURS]["left_out"]
    assert left["captures"][0]["why"] == "its WARC file gone.warc.gz is not there"


def test_where_no_record_is_left_there_is_no_dossier(data: Path, tmp_path: Path) -> None:
    one_warc(data).unlink()
    with pytest.raises(WarcError, match="5 records are lost or damaged, all of them"):
        make_dossier(DataFolder(data), tmp_path / "c.wacz")
    result = run(data, "export", REPORT, "--format", "wacz", "--output", tmp_path / "d.wacz")
    assert result.exit_code == 1
    assert "isw-archive repair --from" in result.stderr
    assert not (tmp_path / "d.wacz").exists()


# --- giving back ----------------------------------------------------------------------------------


def test_a_damaged_record_comes_back_from_a_dossier(data: Path, kept: Path) -> None:
    whole = {path.name: path.read_bytes() for path in (data / "warc").glob("*.warc.gz")}
    hurt(data, 4)
    result = run(data, "repair", "--from", kept)
    assert f"record {row_of(data, 4)['record_id']} put back" in result.stdout, result.output
    assert {path.name: path.read_bytes() for path in (data / "warc").glob("*.warc.gz")} == whole


def test_of_a_lost_file_it_is_said_what_the_dossier_had_and_what_is_missing(
    data: Path, kept: Path
) -> None:
    one_warc(data).unlink()
    result = run(data, "repair", "--from", kept)
    assert result.exit_code == 1
    assert "had 6 of its 8 records" in result.stdout
    assert "the other 2 are missing still" in result.stdout
    assert "missing: nothing but zero bytes" in result.stdout
    assert "missing: the file ends before the record" in result.stdout
    assert "altered" not in result.stdout


def test_what_is_no_dossier_gives_nothing_back(data: Path, tmp_path: Path) -> None:
    (tmp_path / "no.wacz").write_bytes(b"PK no")
    result = run(data, "repair", "--from", tmp_path / "no.wacz")
    assert result.exit_code == 2
    assert "no.wacz" in result.stderr


# --- taken in -------------------------------------------------------------------------------------


def test_a_forged_dossier_adds_no_second_copy_of_what_is_held(
    data: Path, kept: Path, tmp_path: Path
) -> None:
    def other_words(files: dict[str, bytes]) -> None:
        files[WARC] = repacked(files[WARC], lambda text: text.replace(b"location", b"locatiom"))

    false = forged(kept, tmp_path / "false.wacz", other_words)
    before = rows(data, "SELECT id, record_id, outcome FROM captures")
    code, counts, problems = answer(data, "import", false)
    assert (code, counts) == (1, {"already held": 5})
    assert "not as it was made" in problems[0]
    assert rows(data, "SELECT id, record_id, outcome FROM captures") == before


def test_a_dossier_whose_records_are_packed_otherwise_damages_nobody(
    kept: Path, tmp_path: Path
) -> None:
    def unpacked(files: dict[str, bytes]) -> None:
        files[WARC] = gzip.decompress(files[WARC])

    false = forged(kept, tmp_path / "false.wacz", unpacked)
    assert any("alone in a gzip member" in fault for fault in faults(false))
    other = tmp_path / "other"
    code, _, problems = answer(other, "import", false)
    assert (code, "not as it was made" in problems[0]) == (1, True)
    assert run(other, "verify").exit_code == 0
