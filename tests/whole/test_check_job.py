"""What `check` runs beside the checks, in which order, and what it says of pages handed to an
archive."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from archive.errors import BadInputError
from pipeline.run.job import SpiderJob
from pipeline.run.jobs import check as job
from pipeline.run.jobs import crawl
from pipeline.run.jobs.session import Session
from pipeline.run.submit import ACCESS_KEY, SECRET_KEY
from tests.sessions import session

Spiders = list[tuple[str, bool, int | None]]


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ACCESS_KEY, "access-1f7c")
    monkeypatch.setenv(SECRET_KEY, "secret-9b2e")


@pytest.fixture
def spiders(monkeypatch: pytest.MonkeyPatch) -> Spiders:
    """The spiders as they are run: name, whether all sources have their turn, the limit; each ends
    well."""
    ran: Spiders = []

    def run(_: Session, name: str, told: SpiderJob) -> crawl.SpiderResult:
        ran.append((name, told.in_turn, told.limit))
        return crawl.SpiderResult(finished=True)

    monkeypatch.setattr(job, "run_spider", run)
    monkeypatch.setattr(job, "is_check_due", lambda _: True)
    return ran


def check(current: Session, source: str | None = None, *, elsewhere: bool = False) -> None:
    job.check(current, job.CheckRequest(source, limit=7, elsewhere=elsewhere), None)


def test_all_have_their_turn_after_the_checks_and_nothing_is_handed_in_unless_asked_for(
    tmp_path: Path, spiders: Spiders
) -> None:
    check(session(tmp_path))
    assert spiders == [("checks", False, 7), ("mementos", True, 7)]


def test_where_no_check_is_due_other_archives_alone_are_asked(
    tmp_path: Path, spiders: Spiders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()  # of an archive without sources, as it is
    monkeypatch.setattr(
        job, "run_spider", lambda _, name, told: spiders.append((name, told.in_turn, told.limit))
    )
    check(session(tmp_path))
    assert spiders == [("mementos", True, 7)]


def test_what_nobody_holds_is_handed_in_last(tmp_path: Path, spiders: Spiders) -> None:
    check(session(tmp_path, submit_per_day=50))
    assert [name for name, _, _ in spiders] == ["checks", "mementos", "submissions"]


def test_one_source_or_no_wayback_is_a_check_and_no_more(tmp_path: Path, spiders: Spiders) -> None:
    check(session(tmp_path, submit_per_day=50), "https://news.example/")
    check(session(tmp_path, submit_per_day=50, wayback=""))
    assert [name for name, _, _ in spiders] == ["checks", "checks"]


def test_where_others_check_only_other_archives_are_asked(tmp_path: Path, spiders: Spiders) -> None:
    check(session(tmp_path, submit_per_day=50), elsewhere=True)
    assert [name for name, _, _ in spiders] == ["mementos", "submissions"]


def test_missing_keys_are_a_problem_and_the_checks_are_made(
    tmp_path: Path, spiders: Spiders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(SECRET_KEY)
    current = session(tmp_path, submit_per_day=50)
    check(current)
    assert [name for name, _, _ in spiders] == ["checks", "mementos"]
    assert current.problems == [(
        f"submit_per_day is set, but {SECRET_KEY} is not in the "
        "environment"
    )]  # fmt: skip


def test_nothing_is_handed_in_while_the_setting_is_off(tmp_path: Path, spiders: Spiders) -> None:
    with pytest.raises(BadInputError, match="submit_per_day"):
        job.submit(session(tmp_path), limit=None, config=None)
    assert spiders == []


NONE = {"handed_in": 0, "saved": 0, "failed": 0, "pending": 0, "detail": None, "problem": False}


@pytest.mark.parametrize(
    ("event", "line", "problems"),
    [
        ({}, "", 0),
        ({"handed_in": 3, "saved": 1, "failed": 1, "pending": 1},
            "submissions: 3 pages handed in, 1 saved, 1 not, 1 under way\n", 0),
        ({"saved": 2}, "submissions: 0 pages handed in, 2 saved, 0 not, 0 under way\n", 0),
        ({"detail": "it is down"},
            "! submissions: 0 pages handed in, 0 saved, 0 not, 0 under way; it is down\n", 0),
        ({"detail": "keys", "problem": True},
            "! submissions: 0 pages handed in, 0 saved, 0 not, 0 under way; keys\n", 1),
    ],
)  # fmt: skip
def test_what_came_of_it_is_said_in_one_line_and_only_keys_are_a_problem(
    tmp_path: Path, event: dict[str, object], line: str, problems: int
) -> None:
    current = session(tmp_path)
    told = {"event": "submissions", **NONE, **event}
    crawl._hear(current, crawl.SpiderResult(), json.dumps(told) + "\n")
    assert isinstance(current.say.out, io.StringIO)
    assert (current.say.out.getvalue(), len(current.problems)) == (line, problems)
    assert current.counts.get("submission saved", 0) == told["saved"]


def test_a_limit_of_none_at_all_asks_nobody(tmp_path: Path, spiders: Spiders) -> None:
    current = session(tmp_path, submit_per_day=50)
    job.check(current, job.CheckRequest(limit=0), None)
    assert spiders == []
    assert "nobody was asked" in current.say.out.getvalue()


def test_that_nothing_is_new_is_said_where_nothing_was_found(tmp_path: Path) -> None:
    current = session(tmp_path)
    found = {"event": "discovery", "site": "isw", "step": "sitemap", "ok": True, "count": 0,
        "detail": "nothing new"}  # fmt: skip
    crawl._hear(current, crawl.SpiderResult(), json.dumps(found))
    assert "discovery isw sitemap: 0 found; nothing new" in current.say.out.getvalue()
