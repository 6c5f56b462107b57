"""What is withheld is on no page and in no export, and stays in the WARC files and the ledger."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from archive.folder import DataFolder
from archive.web.serve import make_datasette
from tests.fixity_samples import ledger, look, one_warc
from tests.saved import rows, run


@pytest.fixture(scope="module")
def kept(two_runs: Path) -> Path:
    return two_runs


def first(data: Path) -> tuple[int, str]:
    """A capture that describes a report, and the report."""
    sql = "SELECT versions.id, report_id FROM versions ORDER BY id LIMIT 1"
    capture, report = rows(data, sql)[0]
    return int(str(capture)), str(report)


def withhold(data: Path, *more: str) -> int:
    capture, _ = first(data)
    result = run(data, "withhold", capture, "--reason", "names a witness", *more)
    assert result.exit_code == 0, result.output
    return capture


async def status(data: Path, path: str) -> int:
    answer = await make_datasette(DataFolder(data)).client.get(path)
    return int(answer.status_code)


async def text(data: Path, path: str) -> str:
    return str((await make_datasette(DataFolder(data)).client.get(path)).text)


def test_the_ledger_has_who_withheld_what_and_why_and_the_bytes_stay(data: Path) -> None:
    before = one_warc(data).read_bytes()
    capture = withhold(data)
    entry = next(entry for entry in ledger(data) if entry["kind"] == "withheld")
    assert (entry["capture"], entry["reason"]) == (capture, "names a witness")
    assert one_warc(data).read_bytes() == before
    assert look(data, deep=True)["ok"]


@pytest.mark.parametrize(
    "path",
    [
        "/-/capture/{0}", "/-/capture/{0}/body", "/-/report/{1}", "/archive/captures/{0}",
        "/archive/captures/{0}.json", "/archive/versions/{0}",
    ],
)  # fmt: skip
async def test_its_pages_answer_451(data: Path, path: str) -> None:
    path = path.format(*first(data))
    assert await status(data, path) == 200
    withhold(data)
    assert await status(data, path) == 451
    withhold(data, "--undo")
    assert await status(data, path) == 200


async def test_the_page_says_why(data: Path) -> None:
    capture = withhold(data)
    assert "names a witness" in await text(data, f"/-/capture/{capture}")


@pytest.mark.parametrize("table", ["captures", "versions", "notes", "markers", "figures"])
async def test_lists_are_without_it(data: Path, table: str) -> None:
    path = f"/archive/{table}.json?_shape=array&_size=max"
    capture, _ = first(data)
    column = "id" if table in {"captures", "versions"} else "version_id"
    before = [row[column] for row in json.loads(await text(data, path))]
    assert capture in [one["value"] if isinstance(one, dict) else one for one in before]
    withhold(data)
    after = [row[column] for row in json.loads(await text(data, path))]
    assert capture not in [one["value"] if isinstance(one, dict) else one for one in after]


async def test_while_anything_is_withheld_visitors_ask_no_sql(data: Path) -> None:
    path = "/archive.json?sql=select+text+from+versions"
    assert await status(data, path) == 200
    withhold(data)
    assert await status(data, path) == 403


def test_exports_are_without_it(data: Path) -> None:
    _, report = first(data)
    withhold(data)
    result = run(data, "export", report)
    assert result.exit_code == 2
    assert "withheld: names a witness" in result.stderr
    for form in ("json", "csv"):
        result = run(data, "export", "--all", "--format", form)
        assert result.exit_code == 0
        assert f"{report}: left out, withheld" in result.stderr
        assert report not in result.stdout


def test_it_stays_withheld_when_the_database_is_lost(data: Path) -> None:
    capture = withhold(data)
    (data / "archive.db").unlink()
    assert run(data, "rebuild").exit_code == 0
    assert rows(data, "SELECT capture_id, reason FROM withheld") == [(capture, "names a witness")]
    withhold(data, "--undo")
    assert run(data, "rebuild").exit_code == 0
    assert rows(data, "SELECT * FROM withheld") == []


def test_a_capture_that_is_not_held_cannot_be_withheld(data: Path) -> None:
    assert run(data, "withhold", "7", "--reason", "x").exit_code == 2
    assert not [entry for entry in ledger(data) if entry["kind"] == "withheld"]
