"""Captures on demand: by address, report, query, and what failed. The real program over a small
web."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from archive.clock import TEST_CLOCK, offset_to
from archive.db import people
from archive.model.people import Subject
from archive.urls.normal import source_key
from archive.warc.reader import iter_records
from tests.replica.citing_report import web_citing
from tests.replica.messages import Reply, Request, html, redirect, typed
from tests.replica.server import Replica
from tests.replica.sites import Site, by_path
from tests.spider_runs import AT, QUICK

HERE = "https://quay-replica.net"
GOOD, GONE, PRIVATE, INSIDE = (f"{HERE}/{name}" for name in ("good", "gone", "private", "inside"))
CITED = (GOOD, GONE, PRIVATE, INSIDE)
TEXT = "<p>The lamps on the quay were lit an hour earlier than in the year before.</p>" * 12


def gone_then_back(request: Request) -> Reply:
    return html("<h1>Gone</h1>", 410) if request.nth == 0 else html(f"<h1>Back</h1>{TEXT}")


@dataclass(frozen=True)
class Collected:
    """A report and its sources, collected once."""

    replica: Replica
    data: Path
    report: str

    def run(self, *words: str, days: int = 0) -> dict[str, object]:
        """The program's answer, so many days later."""
        moment = AT + timedelta(days=days)
        self.replica.set_time(moment)
        env = {
            **self.replica.env(), **QUICK, TEST_CLOCK: offset_to(moment), "ISW_ARCHIVE_WAYBACK": "",
            "ISW_ARCHIVE_CONTACT": "mailto:operator@isw-archive.example",
        }  # fmt: skip
        done = subprocess.run(
            [sys.executable, "-m", "pipeline", "--data", str(self.data), *words, "--json"],
            env=env, capture_output=True, text=True, check=False, timeout=240,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        answer: dict[str, object] = json.loads(done.stdout)
        return answer

    def rows(self, sql: str, *values: object) -> list[tuple[object, ...]]:
        connection = sqlite3.connect(self.data / "archive.db")
        try:
            return connection.execute(sql, values).fetchall()
        finally:
            connection.close()

    def taken(self, reason: str) -> dict[object, object]:
        """Outcome by address of what was captured for a reason; robots.txt and pictures aside."""
        return dict(
            self.rows(
                "SELECT url, outcome FROM captures WHERE reason = ? AND kind IN ('source', "
                "'report')",
                f"recrawl: {reason}",
            )
        )


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Collected]:
    pages = {
        "/robots.txt": typed("User-agent: *\nDisallow: /private\n", "text/plain"),
        "/good": html(f"<h1>Good</h1>{TEXT}"),
        "/gone": gone_then_back,
        "/inside": redirect("http://127.0.0.2/admin"),
    }
    web, report = web_citing(CITED, Site(("quay-replica.net",), by_path(pages)))
    with Replica(at=AT, world=web) as replica:
        made = Collected(replica, tmp_path_factory.mktemp("recrawl") / "data", report.url)
        made.run("collect", "--report", report.url)
        made.run("recrawl", "--failed", "--reason", "it may be back", days=1)
        query = f"SELECT cited_url FROM sources WHERE cited_url LIKE '{HERE}/g%'"
        made.run("recrawl", "--sql", query, "--reason", "for a reader", days=2)
        made.run("recrawl", "--report", report.url, "--reason", "before the move", days=3)
        good = Subject("source", source_key(GOOD))
        asked = {"who": "ana", "at": "2026-03-24T00:00:00Z", "reason": "its author asks"}
        people.request_capture(made.data / "people.db", good, **asked)
        made.run("recrawl", "--queued", days=4)
        assert made.run("recrawl", "--queued", days=4)["counts"] == {}
        yield made


def test_what_failed_is_captured_again(collected: Collected) -> None:
    assert collected.taken("it may be back") == {
        GONE: "ok",
        PRIVATE: "robots-disallowed",
        INSIDE: "address-refused",
    }


def test_no_recrawl_asks_what_may_not_be_asked(collected: Collected) -> None:
    assert collected.replica.violations == []
    assert PRIVATE not in {seen.url for seen in collected.replica.requests}


def test_a_query_says_what_is_captured(collected: Collected) -> None:
    taken = collected.taken("for a reader")
    assert taken == {GOOD: "ok", GONE: "ok"}


def test_a_report_is_captured_with_all_that_it_cites(collected: Collected) -> None:
    assert collected.taken("before the move").keys() == {collected.report, *CITED}


def test_what_people_asked_for_is_captured_once_and_answered(collected: Collected) -> None:
    taken = collected.taken("its author asks (request 1 of ana)")
    assert taken == {GOOD: "ok"}
    [done] = people.done_requests(collected.data / "people.db")
    assert (done["id"], done["outcome"]) == (1, "ok")
    ran = collected.rows("SELECT counts FROM runs WHERE id = ?", done["run"])
    assert json.loads(str(ran[0][0]))["requests"] == 1
    assert collected.run("status", days=4)["asked_for"] == []


def test_pictures_and_files_of_a_report_are_kept_once_each(collected: Collected) -> None:
    shown = collected.rows("SELECT url FROM figures UNION SELECT url FROM attachments ORDER BY url")
    assert len(shown) >= 2
    kept = collected.rows(
        "SELECT url, count(*), min(outcome) FROM captures WHERE kind = 'file' GROUP BY url ORDER "
        "BY url"
    )
    assert kept == [(url, 1, "ok") for (url,) in shown]


def test_who_when_and_why_are_kept_with_the_run(collected: Collected) -> None:
    rows = collected.rows(
        "SELECT reason, who IS NOT NULL, substr(started_at, 1, 10), outcome FROM runs WHERE job = "
        "'recrawl' ORDER BY started_at"
    )
    assert rows == [
        ("it may be back", 1, "2026-03-21", "done"),
        ("for a reader", 1, "2026-03-22", "done"),
        ("before the move", 1, "2026-03-23", "done"),
        ("asked for by people", 1, "2026-03-24", "done"),
    ]
    asked = [
        json.loads(str(row[0]))
        for row in collected.rows("SELECT arguments FROM runs ORDER BY started_at")
    ]
    assert asked[1]["failed"] is True
    assert "LIKE" in asked[2]["sql"]
    assert asked[3]["report"] == collected.report


def test_why_is_kept_in_the_evidence_too(collected: Collected) -> None:
    contexts = [
        record.context
        for path in (collected.data / "warc").glob("*.warc.gz")
        for record in iter_records(path)
        if record.context is not None and record.context.uri_r == GONE
    ]
    assert {c.reason for c in contexts} == {
        "cited",
        "recrawl: it may be back",
        "recrawl: for a reader",
        "recrawl: before the move",
    }
    runs = collected.rows("SELECT id FROM runs WHERE reason IS NOT 'asked for by people'")
    assert {c.run for c in contexts} == {str(r[0]) for r in runs}


def test_the_time_from_report_to_source_is_told(collected: Collected) -> None:
    waits = collected.rows(
        "SELECT (julianday(first_captured_at) - julianday(first_cited_at)) * 24 FROM sources"
    )
    assert len(waits) == len(CITED)
    assert all(0 <= float(str(row[0])) < 1 for row in waits)
    answer = collected.run("status", days=4)
    told = answer["hours_from_citation_to_capture"]
    assert isinstance(told, dict)
    assert told["sources"] == len(CITED)
    assert 0 <= told["median"] <= told["nine_in_ten"] <= told["longest"] < 1
