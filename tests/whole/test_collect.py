"""What `collect` runs, in which order, and what it says of other archives' copies."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from pipeline.run.job import SpiderJob
from pipeline.run.jobs import collect as job
from pipeline.run.jobs import crawl
from pipeline.run.jobs.session import Session
from tests.sessions import session


@pytest.fixture
def spiders(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the spiders, as they are run; each ends well."""
    names: list[str] = []

    def run(_: Session, name: str, __: SpiderJob) -> crawl.SpiderResult:
        names.append(name)
        return crawl.SpiderResult(finished=True)

    monkeypatch.setattr(job, "run_spider", run)
    return names


@pytest.mark.parametrize(
    ("sources", "wayback", "expected"),
    [
        (True, "https://web.archive.org", ["reports", "sources", "mementos"]),
        (True, "", ["reports", "sources"]),
        (False, "https://web.archive.org", ["reports"]),
    ],
)
def test_copies_are_asked_for_last(
    tmp_path: Path, spiders: list[str], sources: bool, wayback: str, expected: list[str]
) -> None:
    job.collect(session(tmp_path, wayback=wayback), job.Wanted(sources=sources), None)
    assert spiders == expected


@pytest.mark.parametrize(
    ("event", "line"),
    [
        ({"asked": 5, "held": 2, "none": 2, "listed": 1, "detail": None},
            ("another archive was asked about 5 sources: 2 copies kept here, 1 only named, none of "
            "2\n")),
        ({"asked": 0, "held": 0, "none": 0, "listed": 0, "detail": None}, ""),
        (
            {"asked": 3, "held": 0, "none": 0, "listed": 0, "detail": "timeout"},
            ("! another archive was asked about 3 sources: 0 copies kept here, 0 only named, none "
            "of 0; left alone for this run: timeout\n"),
        ),
    ],
)  # fmt: skip
def test_what_came_of_copies_is_said_in_one_line_and_is_no_problem(
    tmp_path: Path, event: dict[str, object], line: str
) -> None:
    current = session(tmp_path)
    crawl._on_line(current, crawl.SpiderResult(), json.dumps({"event": "mementos", **event}) + "\n")
    assert isinstance(current.say.out, io.StringIO)
    assert (current.say.out.getvalue(), current.problems) == (line, [])


def test_cited_reports_that_wait_are_named_and_are_no_problem(tmp_path: Path) -> None:
    current = session(tmp_path)
    event = {"event": "cited-left", "count": 4,
        "urls": ["https://a.example/1", "https://a.example/2"]}  # fmt: skip
    crawl._on_line(current, crawl.SpiderResult(), json.dumps(event) + "\n")
    assert isinstance(current.say.out, io.StringIO)
    assert "https://a.example/2 and others" in current.say.out.getvalue()
    assert (current.counts, current.problems) == ({"cited reports left": 4}, [])
