"""An audit: what a document refers to is captured and judged. The real program over a small web."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from archive.clock import TEST_CLOCK, offset_to
from tests.replica.citing_report import web_citing
from tests.replica.messages import html, typed
from tests.replica.server import Replica
from tests.replica.sites import Site, by_path
from tests.saved import rows, run
from tests.spider_runs import AT, QUICK

HERE = "https://quay-replica.net"
GOOD, GONE, PRIVATE = (f"{HERE}/{name}" for name in ("good", "gone", "private"))
TEXT = "<p>The lamps on the quay were lit an hour earlier than in the year before.</p>" * 12
PAPER = f"""# Lamps of the quay

As [they said]({GOOD}), and <{GONE}>, or [in private]({PRIVATE}).
"""


@dataclass(frozen=True)
class Audited:
    replica: Replica
    data: Path
    paper: Path
    told: dict[str, Any]
    env: dict[str, str]


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Audited]:
    pages = {
        "/robots.txt": typed("User-agent: *\nDisallow: /private\n", "text/plain"),
        "/good": html(f"<h1>Good</h1>{TEXT}<p>See <a href='/gone'>this</a>, too.</p>"),
        "/gone": html("<h1>Gone</h1>", 410),
        "/late": html(f"<h1>Late</h1>{TEXT}"),
    }
    world, _ = web_citing((GOOD, GONE, PRIVATE), Site(("quay-replica.net",), by_path(pages)))
    folder = tmp_path_factory.mktemp("audit")
    data, paper = folder / "data", folder / "paper.md"
    paper.write_text(PAPER, encoding="utf-8")
    with Replica(at=AT, world=world) as replica:
        env = {
            **replica.env(), **QUICK, TEST_CLOCK: offset_to(AT), "ISW_ARCHIVE_WAYBACK": "",
            "ISW_ARCHIVE_CONTACT": "mailto:operator@isw-archive.example",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "--data", str(data), "audit", str(paper),
             "--json"], env=env, capture_output=True, text=True, check=False, timeout=240,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        yield Audited(replica, data, paper, json.loads(done.stdout), env)


def test_what_a_document_refers_to_is_captured_and_judged(audited: Audited) -> None:
    told = {one["url"]: one for one in audited.told["references"]}
    assert {url: one["outcome"] for url, one in told.items()} == {
        GOOD: "ok", GONE: "gone", PRIVATE: "robots-disallowed",
    }  # fmt: skip
    assert told[GOOD]["archived"].endswith(f"/{GOOD}")
    assert audited.told["counts"]["could not be had"] == 2
    assert audited.replica.violations == []


def test_no_table_of_reports_knows_of_it_and_a_rebuild_makes_the_same(audited: Audited) -> None:
    reasons = "SELECT url, reason FROM captures WHERE kind = 'source' ORDER BY url"
    before = rows(audited.data, reasons)
    assert (GOOD, "audit: paper.md") in before
    for table in ("reports", "publications", "versions", "citations"):
        assert rows(audited.data, f"SELECT count(*) FROM {table}") == [(0,)], table
    assert run(audited.data, "rebuild").exit_code == 0
    assert rows(audited.data, reasons) == before


def test_what_is_held_is_told_without_asking_anybody(audited: Audited) -> None:
    asked = len(audited.replica.requests)
    said = run(audited.data, "audit", audited.paper, "--offline", "--json")
    assert json.loads(said.stdout)["counts"] == audited.told["counts"]
    page = run(audited.data, "audit", audited.paper, "--offline", "--format", "html").stdout
    assert f'data-originalurl="{GOOD}"' in page
    assert "data-versionurl" in page
    assert len(audited.replica.requests) == asked


def test_a_held_page_is_audited_by_its_address(audited: Audited) -> None:
    said = json.loads(run(audited.data, "audit", GOOD, "--offline", "--json").stdout)
    assert [(one["url"], one["outcome"]) for one in said["references"]] == [(GONE, "gone")]


def test_what_is_not_held_is_told_so(audited: Audited) -> None:
    said = run(audited.data, "audit", f"{HERE}/other", "--offline")
    assert said.exit_code == 2
    assert "no good capture of the document is held" in said.output


def test_a_plain_list_is_captured_as_sources_without_what_was_just_looked_at(
    audited: Audited, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    shutil.copytree(audited.data, data)
    asked = len(audited.replica.requests)
    done = subprocess.run(
        [sys.executable, "-m", "pipeline", "--data", str(data), "collect", "--urls", "-",
         "--list", "quays"], env=audited.env, text=True, check=False, timeout=240,
        input=f"# quays\n{GOOD}\nhxxps://quay-replica[.]net/late\nno address\n",
        capture_output=True,
    )  # fmt: skip
    assert done.returncode == 1
    assert "line 4: 'no address' is no address; left out" in done.stderr
    assert "list quays: 2 of 2 addresses held, 0 not had, 0 waiting" in done.stderr
    assert f"{HERE}/late" in [seen.url for seen in audited.replica.requests[asked:]]
    assert GOOD not in [seen.url for seen in audited.replica.requests[asked:]]
    reasons = "SELECT outcome FROM captures WHERE reason = 'list: quays' AND kind = 'source'"
    assert rows(data, reasons) == [("ok",)]
    assert rows(data, "SELECT count(*) FROM publications") == [(0,)]
    [shown] = json.loads(run(data, "status", "--json").stdout)["lists"]
    assert (shown["name"], shown["held"], shown["waiting"]) == ("quays", 2, 0)
