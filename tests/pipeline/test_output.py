"""`--output FILE`: whole or not at all; and what `export` writes there."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import ArchiveError, BadInputError
from archive.folder import DataFolder
from pipeline.cli.output import put
from tests import web_samples as samples
from tests.rot_samples import DIED, make
from tests.saved import run

ELSEWHERE = DataFolder(Path("no", "such", "folder"))


def test_a_file_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "out.json"
    target.write_text("before", encoding="utf-8")
    put(iter(["a\n", b"b\r\n", "й"]), target, ELSEWHERE)
    assert target.read_bytes() == "a\nb\r\nй".encode()
    assert list(tmp_path.iterdir()) == [target]


def test_what_fails_on_the_way_leaves_what_stood_there(tmp_path: Path) -> None:
    def parts() -> Iterator[str]:
        yield "half"
        raise BadInputError("no such report")

    target = tmp_path / "out.json"
    target.write_text("before", encoding="utf-8")
    with pytest.raises(BadInputError, match="no such report"):
        put(parts(), target, ELSEWHERE)
    assert target.read_text(encoding="utf-8") == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_a_link_is_left_and_what_it_leads_to_replaced(tmp_path: Path) -> None:
    target, link = tmp_path / "real", tmp_path / "link"
    target.write_text("before", encoding="utf-8")
    link.symlink_to(target)
    put(["after"], link, ELSEWHERE)
    assert link.is_symlink()
    assert target.read_text(encoding="utf-8") == "after"


def test_what_is_no_plain_file_is_written_to_as_it_is() -> None:
    put(["x"], Path(os.devnull), ELSEWHERE)
    assert not Path(os.devnull).is_file()


def test_a_folder_and_a_place_that_is_not_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInputError, match="is a folder; name a file in it"):
        put(["x"], tmp_path, ELSEWHERE)
    with pytest.raises(BadInputError, match="No such file or directory"):
        put(["x"], tmp_path / "nope" / "out", ELSEWHERE)


def test_no_file_of_the_archive_is_written_over(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.root.mkdir()
    folder.database.write_text("rows", encoding="utf-8")
    (tmp_path / "link").symlink_to(folder.database)
    for target in (folder.database, tmp_path / "link", folder.root / "new.json"):
        with pytest.raises(BadInputError, match="lies in the data folder"):
            put(["x"], target, folder)
    assert folder.database.read_text(encoding="utf-8") == "rows"


def test_a_full_disk_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("no /dev/full here")
    with pytest.raises(ArchiveError, match="No space left"):
        put(["x"], full, ELSEWHERE)


# --- export ---------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("export") / "data"
    make(root)
    return root


@pytest.mark.parametrize(
    ("form", "begins"),
    [
        ("json", "{"), ("csv", "report,"), ("bibtex", "@techreport{iran-update-2026-03-03"),
        ("csl-json", "["), ("ris", "TY  - RPRT"), ("robust-links", "<!DOCTYPE html>"),
    ],
)  # fmt: skip
def test_each_form_goes_to_the_screen_and_into_a_file_alike(
    data: Path, tmp_path: Path, form: str, begins: str
) -> None:
    told = run(data, "export", samples.REPORT_ID, "--format", form)
    assert told.exit_code == 0, told.output
    assert told.stdout.startswith(begins)
    target = tmp_path / "out"
    wrote = run(data, "export", samples.REPORT_ID, "--format", form, "--output", str(target))
    assert (wrote.exit_code, wrote.stdout) == (0, "")
    assert target.read_bytes() == told.stdout_bytes


def test_the_feed_has_new_reports_and_leads_where_it_is_told(data: Path) -> None:
    plain = run(data, "export", "--format", "atom").stdout
    assert "New report: " in plain
    assert f'href="{DIED}"' in plain
    led = run(data, "export", "--format", "atom", "--address", "https://a.example/").stdout
    assert 'href="https://a.example/-/source/' in led


def test_a_report_is_cited_alone_or_with_its_sources_and_a_source_by_its_address(
    data: Path,
) -> None:
    result = run(data, "export", samples.REPORT_ID, "--format", "csl-json")
    assert "--address" in result.stderr, "nobody else reaches 127.0.0.1"
    named = run(data, "export", DIED, "--format", "bibtex", "--address", "https://a.example")
    assert named.stderr == ""
    alone = json.loads(result.stdout)
    assert [one["type"] for one in alone] == ["report"]
    assert alone[0]["archive_location"].startswith("http://127.0.0.1:8001/web/2026")
    whole = run(data, "export", "--all", "--sources", "--format", "csl-json").stdout
    keys = [one["id"] for one in json.loads(whole)]
    assert len(keys) == len(set(keys)) > 3
    [source] = json.loads(run(data, "export", DIED, "--format", "csl-json").stdout)
    assert source["URL"] == DIED


def test_the_index_is_sorted_and_one_reports_is_part_of_it(data: Path) -> None:
    every = run(data, "export", "--format", "cdxj").stdout
    assert run(data, "export", "--all", "--format", "cdxj").stdout == every
    lines = every.splitlines()
    assert lines == sorted(lines, key=str.encode)
    for line in lines:
        key, stamp, rest = line.split(" ", 2)
        assert ")/" in key
        assert len(stamp) == 14
        assert {"url", "digest", "length", "offset", "filename"} <= set(json.loads(rest))
    assert any('"warc/revisit"' in line for line in lines)
    own = run(data, "export", samples.REPORT_ID, "--format", "cdxj").stdout.splitlines()
    assert set(own) < set(lines)
    assert any("t,me" not in line and "me,t)" in line for line in own)


@pytest.mark.parametrize(
    "words",
    [
        ("--format", "ris"), ("--format", "json", "--sources", "--all"),
        ("--format", "cdxj", "--version", "1"), ("--format", "cdxj", "--all", samples.REPORT_ID),
        ("nope", "--format", "bibtex"), ("nope", "--format", "cdxj"),
        ("--all", "--format", "atom"), ("--format", "atom", "--kind", "nope"),
        ("--format", "atom", "--address", "nowhere"), (samples.REPORT_ID, "--version", "99",
        "--format", "ris"), ("--all", "--output", "."),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(data: Path, words: tuple[str, ...]) -> None:
    told = run(data, "export", *words)
    assert told.exit_code == 2, told.output
    assert "Traceback" not in told.output


def test_what_is_withheld_is_in_no_citation_and_no_index(data: Path, tmp_path: Path) -> None:
    import shutil

    copy = Path(shutil.copytree(data, tmp_path / "data"))
    before = run(copy, "export", "--format", "cdxj").stdout.splitlines()
    assert run(copy, "withhold", "8", "--reason", "x").exit_code == 0
    after = run(copy, "export", "--format", "cdxj").stdout.splitlines()
    gone = set(before) - set(after)
    assert len(gone) == 2, "the record, and the one that repeats its body"
    assert set(after) < set(before)
    told = run(copy, "export", DIED, "--format", "ris")
    assert "TY  - " not in told.stdout


def test_a_dossier_is_written_through_a_link_and_to_no_folder(data: Path, tmp_path: Path) -> None:
    target, link = tmp_path / "a.wacz", tmp_path / "link.wacz"
    target.write_bytes(b"before")
    link.symlink_to(target)
    words = ("export", samples.REPORT_ID, "--format", "wacz", "--output")
    assert run(data, *words, link).exit_code == 0
    assert link.is_symlink()
    assert target.read_bytes().startswith(b"PK")
    result = run(data, *words, tmp_path)
    assert (result.exit_code, "is a folder" in result.output) == (2, True)


def test_an_index_names_a_file_that_is_missing(data: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copytree(data, tmp_path / "data"))
    with sqlite3.connect(copy / "archive.db") as db:
        db.execute("INSERT INTO warc_files (name, last_capture_id) VALUES ('gone.warc.gz', 0)")
    db.close()
    result = run(copy, "export", "--format", "cdxj", "--output", tmp_path / "index.cdxj")
    assert result.exit_code == 1
    assert "missing: gone.warc.gz" in result.output
