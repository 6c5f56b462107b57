"""The main job on real pages: imported, and collected through the real engine, with the same
result."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from archive.clock import TEST_CLOCK, offset_to
from tests import saved
from tests.conftest import REAL
from tests.quick import QUICK
from tests.replica.server import Replica

pytestmark = [pytest.mark.real, pytest.mark.minutes(1)]

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
WARCS = [REAL / f"{name}.warc.gz" for name in ("reports", "versions", "bulk")]
RESPONSES = 471

# What a collect sees otherwise than an import: when, and how often; and each archive has a ledger
# of its own.
OTHERWISE = {"publications", "versions", "version", "figures", "attachments", "ledger"}


@dataclass(frozen=True)
class Imported:
    """An archive of all real captures."""

    data: Path
    done: subprocess.CompletedProcess[str]


def run(
    data: Path, *words: str, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "pipeline", "--data", str(data), *words],
        env=env or os.environ.copy(), capture_output=True, text=True, check=False, timeout=240,
    )  # fmt: skip


def reports(data: Path) -> dict[str, dict[str, Any]]:
    return {r["id"]: r for r in map(json.loads, run(data, "export", "--all").stdout.splitlines())}


@pytest.fixture(scope="module")
def imported(tmp_path_factory: pytest.TempPathFactory) -> Imported:
    data = tmp_path_factory.mktemp("real") / "data"
    return Imported(data, run(data, "import", "--json", *map(str, WARCS)))


def test_every_capture_is_kept_and_every_report_is_read(imported: Imported) -> None:
    assert imported.done.returncode == 0, imported.done.stderr
    answer = json.loads(imported.done.stdout)
    assert answer == {"counts": {"captures": RESPONSES, "reports": RESPONSES}, "problems": []}


def test_every_report_has_its_date_title_notes_and_sources(imported: Imported) -> None:
    found = reports(imported.data)
    assert len(found) > 300
    bare = [r["id"] for r in found.values() if not _is_whole(r)]
    assert bare == []


def test_a_second_import_changes_nothing(imported: Imported) -> None:
    before = _dump(imported.data), _warcs(imported.data)
    entered = saved.ledger(imported.data)
    again = run(imported.data, "import", "--json", *map(str, WARCS))
    assert again.returncode == 0
    assert json.loads(again.stdout)["counts"] == {"already held": RESPONSES}
    assert (_dump(imported.data), _warcs(imported.data)) == before
    now = saved.ledger(imported.data)
    assert now[: len(entered)] == entered
    assert [entry["kind"] for entry in now[len(entered) :]] == ["run", "end", "database"]


def test_rebuild_gives_equal_tables(imported: Imported) -> None:
    before = _dump(imported.data)
    assert run(imported.data, "rebuild").returncode == 0
    assert _dump(imported.data) == before


def test_collect_from_the_same_pages_gives_the_same_reports(
    imported: Imported, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    with Replica(at=NOW, warcs=[WARCS[0]]) as replica:
        env = {**replica.env(), **QUICK, TEST_CLOCK: offset_to(NOW)}
        done = run(data, "collect", "--since", "2022-01-01", "--no-sources", "--json", env=env)
    problems = json.loads(done.stdout)["problems"]
    assert [
        p for p in problems if not p.startswith("discovery ctp")
    ] == []  # no page of CTP is there
    alone = tmp_path / "alone"
    run(alone, "import", str(WARCS[0]))
    collected, wanted = reports(data), reports(alone)
    assert collected.keys() == wanted.keys()
    for name, report in wanted.items():
        for field in report.keys() - OTHERWISE - {"notes"}:
            assert collected[name][field] == report[field], f"{name}: {field}"
        assert [_cited(n) for n in collected[name]["notes"]] == [
            _cited(n) for n in report["notes"]
        ], name


def _is_whole(report: dict[str, Any]) -> bool:
    fields = ("report_date", "title", "authors", "text")
    cites = any(note["urls"] for note in report["notes"])
    return all(report[f] for f in fields) and (cites or "incomplete" in report["quality"]["flags"])


def _cited(note: dict[str, Any]) -> tuple[str, str, list[str]]:
    return note["label"], note["text"], [u["url"] for u in note["urls"]]


def _warcs(data: Path) -> dict[str, int]:
    return {path.name: path.stat().st_size for path in saved.warcs(data)}


def _dump(data: Path) -> list[str]:
    connection = sqlite3.connect(data / "archive.db")
    lines = [
        line
        for line in connection.iterdump()
        if line.startswith("INSERT")
        and '"runs"' not in line
        and "_fts" not in line
        and "_sqlite" not in line
    ]
    connection.close()
    return sorted(lines)
