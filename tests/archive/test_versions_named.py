"""Versions by the names that people give them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlite_utils
from click.testing import CliRunner

from archive.db.database import open_readonly
from archive.errors import BadInputError
from archive.show.diff_reading import compared
from archive.show.report_reading import report, report_of_version
from archive.show.versions_named import version_named, versions_of
from pipeline.cli.main import main
from tests import factories
from tests.version_samples import CTP, make
from tests.web_samples import REPORT_ID


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("named") / "data"
    make(root)
    return root


@pytest.fixture
def db(root: Path) -> Iterator[sqlite_utils.Database]:
    opened = open_readonly(root / "archive.db")
    yield opened
    opened.close()


def test_versions_are_named_by_their_number_and_those_elsewhere_by_the_publisher(
    db: sqlite_utils.Database,
) -> None:
    assert [one["name"] for one in versions_of(db.conn, REPORT_ID)] == ["1", "2", "3", "ctp:1"]


@pytest.mark.parametrize(
    ("name", "found"),
    [
        (None, 3), ("", 3), ("1", 1), ("2", 2), ("isw", 3), ("ISW:1", 1), ("ctp", 9), ("ctp:1", 9),
        (CTP, 9), (f"{CTP}:1", 9), (f"{factories.REPORT_URL}", 3),
        ("0", None), ("4", None), ("ctp:2", None), ("x", None), (":", None), (":1", 1),
        ("-1", None), ("²", None),
        ("9" * 30, None), ("9" * 30 + ":1", None), ("https://", None), ("\0", None),
        ("1 OR 1", None),
    ],
)  # fmt: skip
def test_a_name_means_one_version_or_none(
    db: sqlite_utils.Database, name: str | None, found: int | None
) -> None:
    named = version_named(db.conn, versions_of(db.conn, REPORT_ID), name)
    assert (named and named["id"]) == found


def test_an_old_version_knows_that_a_newer_one_exists(db: sqlite_utils.Database) -> None:
    old = report(db.conn, REPORT_ID, "1")
    assert old is not None
    assert old["newer"]["version"] == 3
    newest = report(db.conn, REPORT_ID, None)
    assert newest is not None
    assert newest["newer"] is None


def test_a_versions_own_id_leads_to_its_name(db: sqlite_utils.Database) -> None:
    assert report_of_version(db.conn, 9) == (REPORT_ID, "ctp:1")
    assert report_of_version(db.conn, 8) is None


def test_two_publications_are_compared_like_two_versions(db: sqlite_utils.Database) -> None:
    found = compared(db.conn, REPORT_ID, "1", "ctp")
    assert [one.kind for one in found.prose] == ["same", "same", "new"]
    assert found.notes == ()


def test_without_names_the_newest_is_held_against_the_one_before(db: sqlite_utils.Database) -> None:
    found = compared(db.conn, REPORT_ID, None, None)
    assert (found.before.name, found.after.name) == ("2", "3")
    assert [one.field for one in found.head] == ["title"]


def test_a_version_that_is_not_there_is_said_with_those_that_are(db: sqlite_utils.Database) -> None:
    with pytest.raises(BadInputError, match="no version 7; there are: 1, 2, 3, ctp:1"):
        compared(db.conn, REPORT_ID, "7", None)


def run(root: Path, *words: str) -> str:
    done = CliRunner().invoke(main, ["--data", str(root), "diff", *words])
    assert done.exit_code == 0, done.output
    return done.output


def test_the_command_prints_what_was_edited(root: Path) -> None:
    assert "[-burned-] {+exploded+}" in run(root, REPORT_ID, "--from", "1", "--to", "2")
    assert '"words_added": 1' in run(root, REPORT_ID, "--from", "1", "--to", "2", "--format",
        "json")  # fmt: skip


def test_the_command_writes_a_page_that_stands_alone(root: Path, tmp_path: Path) -> None:
    kept = tmp_path / "diff.html"
    assert run(root, CTP, "--from", "1", "--format", "html", "--output", str(kept)) == ""
    page = kept.read_text(encoding="utf-8")
    assert "<ins>exploded</ins>" in page
    assert "default-src 'none'" in page
