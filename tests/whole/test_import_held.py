"""Importing again what is held: told by the heads of the records, and told as a whole import
would."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.foreign_files import BODY, LATER, REPORT, A, B, http, imported, report_page, warc
from tests.warc_samples import put

NOBODYS = "https://nobody.example/cites/this"


def record(url: str, body: bytes, name: str, **fields: str) -> bytes:
    return warc(url, http(body), WARC_Record_ID=f"<urn:x:{name}>", **fields)


def files_of(folder: Path, *more: bytes) -> list[Path]:
    """Two files: a report with what it cites, and a page that nobody cites."""
    kept = record(REPORT, report_page(A, B), "report"), record(A, BODY, "page")
    others = record(B, BODY, "other"), record(NOBODYS, BODY, "nobody")
    return [
        put(folder / "reports.warc.gz", *kept),
        put(folder / "pages.warc.gz", *others, *more),
    ]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kept")
    assert imported(folder / "data", *files_of(folder))[1]["captures"] == 3
    return folder / "data"


def test_files_of_which_all_is_held_are_not_taken_apart(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr("pipeline.run.jobs.intake.importing.import_files")
    code, counts, problems = imported(data, *files_of(tmp_path))
    assert (code, counts, problems) == (0, {"already held": 3, "not cited": 1}, [])


def torn(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-20])


def with_more(*more: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(path.read_bytes() + b"".join(more))


@pytest.mark.parametrize(
    "change",
    [
        lambda _: None,
        torn,
        with_more(record(A, BODY, "page", at=LATER)),  # an id that another record has
        with_more(warc(NOBODYS, b"more", WARC_Type="continuation", WARC_Record_ID="<urn:x:c>")),
    ],
)
def test_files_that_were_imported_before_are_told_as_if_nothing_was_known_of_them(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], None]
) -> None:
    other = shutil.copytree(data, tmp_path / "other")
    files = files_of(tmp_path)
    change(files[1])
    told = imported(data, *files)
    monkeypatch.setattr("pipeline.run.jobs.intake.held.are_held", lambda *_: False)
    assert told == imported(other, *files)


def test_a_capture_that_is_no_more_there_is_taken_in_again(tmp_path: Path, data: Path) -> None:
    from archive.db.database import writing

    with writing(data / "archive.db") as db:
        db.execute("PRAGMA foreign_keys=OFF")
        db.execute("DELETE FROM captures WHERE origin = 'urn:x:other'")
    code, counts, _ = imported(data, *files_of(tmp_path))
    assert (code, counts["captures"], counts["already held"]) == (0, 1, 2)
