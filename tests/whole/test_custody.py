"""The custody report of a capture, and the three lines with which a stranger checks it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.fixity_samples import flip, lines
from tests.saved import rows, run


@pytest.fixture(scope="module")
def kept(small_archive: Path) -> Path:
    return small_archive / "data"


def captures(data: Path) -> list[int]:
    return [int(str(row[0])) for row in rows(data, "SELECT id FROM captures ORDER BY id")]


def report(data: Path, capture: object) -> dict:
    result = run(data, "custody", capture, "--json")
    assert result.exit_code == 0, result.output
    return dict(json.loads(result.stdout))


def shell(data: Path, line: str) -> str:
    done = subprocess.run(
        ["bash", "-c", line],
        cwd=data / "warc",
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    return done.stdout.split(" ")[0].strip() if "sha256sum" in line else done.stdout.strip()


def test_it_says_who_when_why_and_with_what(data: Path) -> None:
    told = report(data, captures(data)[0])
    assert told["who"]["job"] == "import"
    assert told["who"]["settings"]["workers"] == "1"
    assert told["why"]["reason"] == "import: 0.warc.gz"
    assert told["with"]["software"].startswith("isw-archive/")
    assert json.loads(told["with"]["warcinfo"]["isw-archive-settings"])["workers"] == "1"
    assert told["captured_at"] == "2026-03-12T10:00:00Z"
    assert told["connection"]["address_note"] == "not known: through a proxy, or imported"
    assert [one["kind"] for one in told["later"]["fixity"]] == ["file", "backup"]


def test_the_three_lines_verify_every_capture_without_this_program(data: Path) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    for capture in captures(data):
        commands = report(data, capture)["verify"]
        assert len(commands) == 3
        for line in commands:
            assert "\n" not in line
            said = shell(data, line)
            assert said == line.rpartition("# ")[2]


def test_the_lines_tell_what_was_altered(data: Path) -> None:
    told = report(data, captures(data)[0])
    place = told["record"]
    flip(data / "warc" / place["file"], place["byte"] + 99, 3)
    number = told["ledger"]["entry"]
    before = sum(len(line) for line in lines(data)[:number])
    flip(data / "warc" / "ledger.jsonl", before + 20, 1)
    for line in told["verify"][:2]:
        assert shell(data, line) != line.rpartition("# ")[2]


def test_it_is_found_by_the_id_of_its_record_too(data: Path) -> None:
    capture = captures(data)[0]
    told = report(data, capture)
    assert report(data, told["record"]["id"])["capture"] == capture


def test_a_page_for_people_has_all_of_it(data: Path) -> None:
    result = run(data, "custody", captures(data)[0])
    for words in ("captured at:", "by:", "program:", "ledger:", "proof:", "sha256sum", "openssl"):
        assert words in result.stdout


def test_what_is_not_held_is_said(data: Path) -> None:
    result = run(data, "custody", "7")
    assert result.exit_code == 2
    assert "capture 7: not held" in result.stderr


def test_a_damaged_record_is_named_with_its_remedy(data: Path) -> None:
    told = report(data, captures(data)[0])["record"]
    flip(data / "warc" / told["file"], told["byte"] + told["length"] // 2, 3)
    result = run(data, "custody", captures(data)[0])
    assert result.exit_code == 1
    assert "repair --from" in result.stderr


def test_status_and_exports_carry_the_newest_checkpoint(data: Path) -> None:
    checkpoint = (data / "warc" / "ledger.checkpoint").read_text(encoding="utf-8")
    assert json.loads(run(data, "status", "--json").stdout)["ledger"] == checkpoint
    assert checkpoint.split("\n")[2] in run(data, "status").stdout
    for line in run(data, "export", "--all").stdout.splitlines():
        assert json.loads(line)["ledger"] == checkpoint
