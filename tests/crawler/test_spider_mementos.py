"""Copies from a Wayback for what is lost: the real engine over the replica's small world, some days
after its pages died."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from archive.config import Settings
from archive.db.schema.migrations import RUN_LOGS
from archive.folder import DataFolder
from archive.model.times import parse_time
from archive.model.vocabulary import Kind, Via
from pipeline.run.jobs.mending.rebuild import rebuild
from pipeline.run.jobs.say import Say
from tests.replica.living import EDIT, TABLE
from tests.replica.messages import Handler, Reply, Request, as_json, html, redirect, typed
from tests.replica.server import Replica
from tests.replica.sites import Site
from tests.replica.trouble_scripts import drip, hang_up
from tests.replica.wayback import HURRIED
from tests.replica.world import ARCHIVED_AT, SMALL, build_world, expected
from tests.spider_runs import Crawl, Run

pytestmark = pytest.mark.minutes(2)

LATE = EDIT + timedelta(days=1)
LOST = {"dies", "dies-410", "comes-back", "blocks", "expires"}
WAYBACK = "web.archive.org"


@dataclass(frozen=True)
class Lost:
    """An archive in which the sources of some reports have just been found dead."""

    data: Path
    replica: Replica

    def copy(self, to: Path, replica: Replica | None = None, **env: str) -> Crawl:
        """The same, to be gone on with."""
        shutil.copytree(self.data, to / "data")
        crawl = Crawl(to / "data", replica or self.replica, env)
        crawl.move_to(LATE + timedelta(minutes=10))
        return crawl


def lost_urls() -> set[str]:
    return {living.url for living in TABLE if living.name in LOST}


@pytest.fixture(scope="module")
def lost(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lost]:
    reports = expected(LATE, SMALL).reports
    citing = tuple(
        f.report.url for f in reports if f.report.site == "isw" and lost_urls() & {*f.urls}
    )
    with Replica(at=LATE, world=build_world(SMALL)) as replica:
        env = {"ISW_ARCHIVE_TIMEOUT_S": "3", "ISW_ARCHIVE_RETRIES": "0"}
        crawl = Crawl(tmp_path_factory.mktemp("lost") / "data", replica, env)
        crawl.move_to(LATE)
        crawl.run("reports", urls=citing)
        crawl.run("sources")
        yield Lost(crawl.data, replica)


@pytest.fixture(scope="module")
def crawl(lost: Lost, tmp_path_factory: pytest.TempPathFactory) -> Crawl:
    return lost.copy(tmp_path_factory.mktemp("mementos"))


@pytest.fixture(scope="module")
def run(crawl: Crawl) -> Run:
    return crawl.run("mementos")


def cited_on(lost: Lost, url: str) -> datetime:
    """The first day of a report that cites it."""
    [(day,)] = Crawl(lost.data, lost.replica).rows(
        "SELECT min(versions.report_date) FROM citations JOIN versions ON versions.id = version_id "
        f"JOIN sources ON sources.id = citations.source_id WHERE sources.cited_url = '{url}'"
    )
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def told(run: Run) -> dict[str, Any]:
    """What it says at the end of its copies."""
    [event] = [event for event in run.events if event["event"] == "mementos"]
    return event


def test_each_dead_page_has_the_copy_nearest_to_the_day_it_was_cited(
    run: Run, crawl: Crawl
) -> None:
    assert run.done["reason"] == "finished"
    rows = crawl.rows(
        "SELECT sources.cited_url, mementos.memento_at, min(versions.report_date) FROM sources "
        "JOIN mementos ON mementos.source_id = sources.id AND mementos.outcome = 'held' "
        "JOIN citations ON citations.source_id = sources.id "
        "JOIN versions ON versions.id = citations.version_id GROUP BY sources.id"
    )
    held = {url: at for url, at, _ in rows}
    assert lost_urls() <= held.keys()
    for url, at, cited_on in rows:
        noon = datetime.fromisoformat(cited_on).replace(hour=12, tzinfo=UTC)
        assert parse_time(at) == min(ARCHIVED_AT, key=lambda t: abs(t - noon)), url
    assert {parse_time(at) for at in held.values()} == set(ARCHIVED_AT)


def test_a_copy_is_kept_as_received_and_marked(run: Run, crawl: Crawl) -> None:
    copies = [
        r for r in crawl.records() if r.context and r.context.via is Via.WAYBACK and r.context.final
    ]
    assert copies
    for record in copies:
        assert record.context is not None
        assert record.context.kind is Kind.SOURCE
        assert record.context.subject
        assert record.context.memento_at
        assert f"https://{WAYBACK}/web/2026" in record.context.uri_r
        assert "id_/http" in record.context.uri_r
        assert b"BEGIN WAYBACK TOOLBAR" not in record.payload


def test_a_copy_has_the_text_of_the_page(run: Run, crawl: Crawl) -> None:
    titles = crawl.rows(
        "SELECT DISTINCT texts.title FROM mementos JOIN captures ON captures.id = "
        "mementos.capture_id JOIN texts ON texts.id = captures.text_id JOIN sources ON sources.id "
        "= mementos.source_id WHERE sources.domain LIKE '%-living.org'"
    )
    assert titles == [("What the crossing carries",)]


def test_no_lost_source_is_alive_through_its_copy(run: Run, crawl: Crawl, lost: Lost) -> None:
    query = "SELECT id, status, captures, last_outcome, last_captured_at, next_due_at FROM sources"
    before = Crawl(lost.data, lost.replica).rows(query)
    assert sorted(crawl.rows(query)) == sorted(before)


def test_a_wayback_that_is_in_a_hurry_is_asked_again_after_the_time_it_wants(
    run: Run, lost: Lost
) -> None:
    asked = [
        seen
        for seen in lost.replica.requests
        if seen.host == WAYBACK and HURRIED in seen.url and "/cdx/" in seen.url
    ]
    assert len(asked) >= 2
    assert asked[1].at - asked[0].at >= 1.0


def test_every_source_asked_about_is_counted(run: Run, crawl: Crawl) -> None:
    counted = dict(crawl.rows("SELECT outcome, count(*) FROM mementos GROUP BY outcome"))
    said = told(run)
    assert said["detail"] is None
    assert (said["asked"], said["held"], said["none"]) == (
        sum(counted.values()), counted["held"], counted["none"],
    )  # fmt: skip


def test_nobody_is_asked_twice_on_one_day(run: Run, crawl: Crawl) -> None:
    again = crawl.run("mementos")
    assert told(again)["asked"] == 0
    assert [event["event"] for event in again.events] == ["mementos", "done"]


def test_only_what_has_no_copy_is_asked_about_the_next_day(
    run: Run, lost: Lost, crawl: Crawl, tmp_path: Path
) -> None:
    without = crawl.rows("SELECT count(*) FROM mementos WHERE capture_id IS NULL")
    next_day = Lost(crawl.data, lost.replica).copy(tmp_path)
    next_day.move_to(LATE + timedelta(days=1, hours=1))
    assert [(told(next_day.run("mementos"))["asked"],)] == without


def test_in_turn_all_others_are_asked_about_within_the_budget_of_the_day_and_no_copy_is_taken(
    run: Run, lost: Lost, crawl: Crawl, tmp_path: Path
) -> None:
    later = Lost(crawl.data, lost.replica).copy(tmp_path, ISW_ARCHIVE_MEMENTOS_PER_DAY="6")
    asked = "SELECT count(*) FROM captures WHERE reason = 'memento round' AND {}"
    copies = asked.format("via = 'wayback'")
    assert told(later.run("mementos"))["asked"] == 0
    first = later.run("mementos", in_turn=True, limit=4)
    assert [told(first)[name] for name in ("asked", "held")] == [4, 0]
    assert told(later.run("mementos", in_turn=True))["asked"] == 2
    assert told(later.run("mementos", in_turn=True))["asked"] == 0
    assert (later.rows(asked.format("kind = 'discovery'")), later.rows(copies)) == ([(6,)], [(0,)])
    later.env["ISW_ARCHIVE_MEMENTOS_PER_DAY"] = "100"
    rest = told(later.run("mementos", in_turn=True))
    assert rest["listed"] > 0
    rows = later.rows("SELECT memento_at, http_status FROM mementos WHERE outcome = 'listed'")
    assert {(parse_time(at), status) for at, status in rows} <= {(at, 200) for at in ARCHIVED_AT}
    assert_rebuilt_equal(later, tmp_path)


def test_the_tables_are_the_same_when_made_anew_from_the_warc_files(
    run: Run, crawl: Crawl, tmp_path: Path
) -> None:
    assert_rebuilt_equal(crawl, tmp_path)


def assert_rebuilt_equal(crawl: Crawl, tmp_path: Path) -> None:
    copy = tmp_path / "anew"
    shutil.copytree(crawl.data / "warc", copy / "warc")
    folder = DataFolder(copy)
    folder.make()
    rebuild(folder, Settings(workers=1), Say(quiet=True))
    assert tables(Crawl(copy, crawl.replica)) == tables(crawl)


@pytest.mark.parametrize("how", ["refuse", "silent"])
def test_a_wayback_that_is_down_fails_nothing_and_is_left_alone(
    run: Run, lost: Lost, tmp_path: Path, how: Any
) -> None:
    # after `run`, so that the replica's one hurried answer went there
    crawl = lost.copy(tmp_path, ISW_ARCHIVE_TIMEOUT_S="1", ISW_ARCHIVE_RETRIES="0")
    lost.replica.fail_host(WAYBACK, how)
    try:
        failed = crawl.run("mementos")
    finally:
        lost.replica.fail_host(WAYBACK, None)
    assert (failed.code, failed.done["reason"], failed.done["error"]) == (0, "finished", None)
    assert told(failed)["asked"] <= 4  # one more is under way when the third says that it is down
    assert WAYBACK in told(failed)["detail"]
    assert set(crawl.rows("SELECT outcome, capture_id FROM mementos")) == {("unanswered", None)}
    crawl.move_to(LATE + timedelta(days=1, hours=1))
    assert lost_urls() <= {
        url for url, outcome in crawl.run("mementos").captures("memento").items()
    }


HEAD = ["timestamp", "original", "statuscode", "digest"]


def _rows(url: str, stamp: str = "20260316000000", count: int = 1) -> Reply:
    return as_json([HEAD, *([[stamp, url, "200", "A"]] * count)])


def _whole_life(request: Request) -> Reply:
    """Millions of rows would be too slow to make; these are enough to be too many."""
    return _rows(request.query["url"] + "?" + "x" * 4_000, count=1_500)


STRANGE: dict[str, tuple[Handler, str]] = {
    "error": (lambda _: html("<h1>Internal Server Error</h1>", 500), "server-error"),
    "maintenance": (lambda _: typed("Soon", "text/plain", 503, (("Retry-After", "1"),)),
        "server-error"),
    "busy for hours": (lambda _: typed("Slow", "text/plain", 429, (("Retry-After", "9000"),)),
        "asked us to stay away"),
    "a page": (lambda _: html("<h1>We are moving our servers</h1>"), "no CDX answer"),
    "half a list": (lambda _: typed(json.dumps([HEAD])[:-9], "application/json"), "no CDX answer"),
    "cut short": (lambda _: Reply(200, (("Content-Length", "999"),), b"[]", raw=True),
        "no CDX answer that is whole"),
    "an object": (lambda _: as_json({"error": "nobody home"}), "no CDX answer but JSON"),
    "other fields": (lambda _: as_json([["urlkey"], ["org,example)/"]]),
        "no CDX answer but fields"),
    "other addresses": (lambda _: _rows("https://casino.example/"),
        "no CDX answer but other addresses"),
    "the future": (lambda r: _rows(r.query["url"], "20991231000000"),
        "no CDX answer but other addresses or times"),
    "before the web": (lambda r: _rows(r.query["url"], "19700101000000"),
        "no CDX answer but other addresses or times"),
    "led elsewhere": (lambda _: redirect("https://hotel-login.net/?to=cdx"),
        "no CDX answer but a page of"),
    "everything": (_whole_life, "bytes"),
    "drip": (drip, "no CDX answer that is whole (time)"),
    "hangs up": (hang_up, "ConnectionLost"),
}  # fmt: skip


@pytest.mark.parametrize("how", STRANGE)
def test_a_wayback_that_fails_or_talks_nonsense_decides_nothing(
    lost: Lost, tmp_path: Path, how: str
) -> None:
    given, detail = STRANGE[how]

    def answer(request: Request) -> Reply:
        return html("", 404) if "robots" in request.path else given(request)

    web = build_world(SMALL)
    web.add(Site(("other-wayback.net",), answer), Site(("hotel-login.net",), lambda _: as_json([])))
    thought = (
        "SELECT id, status, captures, last_outcome, next_due_at, only_copy FROM sources ORDER BY 1"
    )
    with Replica(at=LATE, world=web) as replica:
        env = {"ISW_ARCHIVE_RETRIES": "0", "ISW_ARCHIVE_WAYBACK": "https://other-wayback.net"}
        patience = "1" if given is drip else "20"  # no matter how busy the machine is
        crawl = lost.copy(tmp_path, replica, ISW_ARCHIVE_TIMEOUT_S=patience, **env)
        before = crawl.rows(thought), crawl.rows("SELECT * FROM verdicts ORDER BY 1, 2")
        run = crawl.run("mementos", in_turn=True)
    assert (run.code, run.done["reason"], run.done["error"]) == (0, "finished", None)
    assert detail in told(run)["detail"]
    assert told(run)["asked"] <= 4
    assert (crawl.rows(thought), crawl.rows("SELECT * FROM verdicts ORDER BY 1, 2")) == before
    said = crawl.rows("SELECT outcome, url, answered_at, capture_id FROM mementos")
    assert set(said) == {("unanswered", None, None, None)}
    assert run.captures("memento") == {}
    # and it is asked again on the next day, no sooner
    times = crawl.rows("SELECT checked_at, next_due_at, round_due_at FROM mementos")
    for asked, again, turn in times:
        assert parse_time(again) - parse_time(asked) == timedelta(days=1)
        assert turn == again


def test_copies_are_tried_until_one_is_good_and_the_time_is_of_the_one_served(
    lost: Lost, tmp_path: Path
) -> None:
    url = next(living.url for living in TABLE if living.name == "dies")
    other = "https://other-wayback.net"
    days = [cited_on(lost, url) + timedelta(days=n) for n in (0, 1, 2)]
    error, live, moved = (f"{day:%Y%m%d}120000" for day in days)
    served = f"{days[2]:%Y%m%d}150405"
    rows = [
        ["timestamp", "original", "statuscode", "digest"],
        [error, url, "200", "ERROR"],
        [live, url, "200", "LIVE"],
        [moved, url, "200", "MOVED"],
    ]
    story = (
        "<p>The crossing was closed to lorries on Monday, the ministry of transport said.</p>" * 9
    )

    def answer(request: Request) -> Reply:
        if "/cdx/" in request.path:
            return as_json(rows if request.query["url"] == url else [])
        pages = {
            f"/web/{error}id_/{url}": html("<title>404 Not Found</title>"),
            f"/web/{live}id_/{url}": redirect("https://frame-living.org/2026/03/the-crossing"),
            f"/web/{moved}id_/{url}": redirect(f"{other}/web/{served}id_/{url}"),
            f"/web/{served}id_/{url}": html(
                f"<title>The crossing</title><article>{story}</article>"
            ),
        }
        return pages.get(request.path, html("", 404))

    web = build_world(SMALL)
    web.add(Site(("other-wayback.net",), answer))
    with Replica(at=LATE, world=web) as replica:
        crawl = lost.copy(tmp_path, replica, ISW_ARCHIVE_WAYBACK=other)
        run = crawl.run("mementos")
    assert told(run)["held"] == 1
    outcomes = crawl.rows("SELECT outcome FROM captures WHERE via = 'wayback' ORDER BY id")
    assert outcomes == [("soft-404",), ("redirected-away",), ("ok",)]
    held = crawl.rows("SELECT url, memento_at FROM mementos WHERE outcome = 'held'")
    assert held == [(f"{other}/web/{served}/{url}", f"{days[2]:%Y-%m-%d}T15:04:05Z")]


def test_without_a_wayback_nobody_is_asked(lost: Lost, tmp_path: Path) -> None:
    run = lost.copy(tmp_path, ISW_ARCHIVE_WAYBACK="").run("mementos")
    counts = {"asked": 0, "held": 0, "listed": 0, "none": 0}
    assert told(run) == {"event": "mementos", **counts, "detail": None}


def tables(crawl: Crawl) -> dict[str, list[tuple[Any, ...]]]:
    names = crawl.rows(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    plain = [n for (n,) in names if "_fts" not in n and n[0] != "_" and n not in RUN_LOGS]
    return {name: sorted(crawl.rows(f"SELECT * FROM {name}"), key=repr) for name in plain}
