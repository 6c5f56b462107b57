"""Redirects in files of others lead to what they led to, wherever in the files that is."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from pipeline.cli.main import main
from tests.foreign_files import (
    BODY,
    IDENTICAL,
    LATER,
    REPORT,
    A,
    B,
    C,
    http,
    imported,
    report,
    sha1,
    sources,
    story,
    warc,
)
from tests.saved import rows
from tests.warc_samples import put


def led(url: str, target: str, **fields: str) -> bytes:
    return warc(url, http(b"moved", "302 Found", f"Location: {target}"), **fields)


@pytest.mark.parametrize("files", [1, 2, 3])
def test_a_redirect_leads_to_its_target_in_the_same_import(tmp_path: Path, files: int) -> None:
    end = "https://other.example/end?x=1"
    parts = [
        led(A, "/middle#part"),
        warc(end, http(story("long ago")), at="2020-01-01T00:00:00Z"),
        warc(end, http(story("end")), at="2026-03-18T04:00:05Z"),
        led("https://src.example/middle", end),
    ]
    groups = [[report(A), *parts]]
    if files == 2:
        groups = [parts, [report(A)]]
    if files == 3:
        groups = [[parts[0]], [parts[2], report(A)], [parts[3], parts[1]]]
    paths = [put(tmp_path / f"{n}.warc.gz", *group) for n, group in enumerate(groups)]
    data = tmp_path / "data"
    assert imported(data, *paths)[0] == 0
    assert sources(data) == [(A, end, "ok", 2)]
    assert rows(data, "SELECT captured_at FROM captures WHERE kind = 'source'") == [
        ("2026-03-18T04:00:05.000Z",)
    ] or rows(data, "SELECT title FROM texts") == [("end",)]
    before = rows(data, "SELECT * FROM captures")
    assert imported(data, *paths)[1]["already held"] == 2
    assert rows(data, "SELECT * FROM captures") == before


def test_the_old_address_of_a_report_leads_to_it(tmp_path: Path) -> None:
    old = "https://www.understandingwar.org/backgrounder/iran-update-march-16-2026"
    moved = led(old, REPORT, at="2026-03-17T03:59:00Z")
    data = tmp_path / "data"
    assert imported(data, put(tmp_path / "x.warc.gz", moved, report(A)))[0] == 0
    assert rows(data, "SELECT url, final_url, outcome FROM captures ORDER BY url DESC") == [
        (old, REPORT, "ok"),
        (REPORT, REPORT, "ok"),
    ]
    assert len(rows(data, "SELECT id FROM publications")) == 1
    assert rows(data, "SELECT captures FROM versions") == [(2,)]


def test_a_redirect_without_its_target_or_in_a_circle_is_kept_as_it_is(tmp_path: Path) -> None:
    path = put(
        tmp_path / "x.warc.gz",
        report(A, B, C),
        led(A, "https://nowhere.example/"),
        led(B, C),
        led(C, B),
    )
    data = tmp_path / "data"
    assert imported(data, path)[0] == 0
    assert [row[2:] for row in sources(data)] == [("redirected-away", 0)] * 3


def test_a_rebuild_gives_the_same_redirects_and_revisits(tmp_path: Path) -> None:
    revisit = {"WARC_Type": "revisit", "WARC_Profile": IDENTICAL, "WARC_Payload_Digest": sha1(BODY)}
    path = put(
        tmp_path / "x.warc.gz",
        report(A, B),
        led(A, C),
        warc(C, http(BODY)),
        warc(B, b"", at=LATER, **revisit),
    )
    data = tmp_path / "data"
    assert imported(data, path)[0] == 0
    before = rows(data, "SELECT * FROM captures ORDER BY id"), rows(data, "SELECT * FROM hops")
    (data / "archive.db").unlink()
    assert CliRunner().invoke(main, ["--data", str(data), "rebuild"]).exit_code == 0
    assert before == (
        rows(data, "SELECT * FROM captures ORDER BY id"),
        rows(data, "SELECT * FROM hops"),
    )
