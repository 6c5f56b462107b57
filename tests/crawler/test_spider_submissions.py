"""Cited pages handed to the replica's Save Page Now through the real engine; the keys go nowhere
else."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from pipeline.run.submit import ACCESS_KEY, SECRET_KEY
from tests.replica.messages import Reply, Request, as_json, html, redirect, typed
from tests.replica.saving import ACCESS, SECRET, SavePageNow
from tests.replica.server import Replica
from tests.replica.sites import Site
from tests.replica.world import SMALL, build_world, expected
from tests.spider_runs import AT, Crawl, Run, command

pytestmark = pytest.mark.minutes(2)

LATER = AT + timedelta(minutes=20)
KEYS = {ACCESS_KEY: ACCESS, SECRET_KEY: SECRET}
WANTED = "SELECT count(*) FROM mementos WHERE outcome = 'none'"


@dataclass(frozen=True)
class Asked:
    """An archive whose sources were captured and asked about."""

    data: Path
    replica: Replica

    def copy(self, to: Path, replica: Replica | None = None, **env: str) -> Crawl:
        shutil.copytree(self.data, to / "data")
        env = {**KEYS, "ISW_ARCHIVE_SUBMIT_PER_DAY": "3", "ISW_ARCHIVE_RETRIES": "0", **env}
        crawl = Crawl(to / "data", replica or self.replica, env)
        crawl.move_to(LATER)
        return crawl


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    citing = [f.report.url for f in expected(AT, SMALL).reports if f.report.site == "isw"][-1:]
    with Replica(at=AT, world=build_world(SMALL)) as replica:
        env = {"ISW_ARCHIVE_TIMEOUT_S": "3", "ISW_ARCHIVE_RETRIES": "0"}
        crawl = Crawl(tmp_path_factory.mktemp("asked") / "data", replica, env)
        crawl.run("reports", urls=tuple(citing))
        crawl.run("sources")
        crawl.move_to(AT + timedelta(minutes=10))
        crawl.run("mementos", in_turn=True)
        yield Asked(crawl.data, replica)


def saving(replica: Replica) -> SavePageNow:
    """The replica's service, as new."""
    site = replica.web.find("web.archive.org")
    assert site is not None
    site.handler.saving = SavePageNow()  # type: ignore[attr-defined]
    return site.handler.saving  # type: ignore[attr-defined, no-any-return]


def told(run: Run) -> dict[str, Any]:
    [event] = [event for event in run.events if event["event"] == "submissions"]
    assert (run.code, run.done["reason"]) == (0, "finished")
    return event


def rows(crawl: Crawl) -> list[tuple[Any, ...]]:
    return crawl.rows("SELECT outcome, url, memento_url, detail FROM submissions ORDER BY url")


def assert_no_key_is_kept(crawl: Crawl, run: Run) -> None:
    """In no file, packed or not, and in nothing that was said."""
    for key in (ACCESS.encode(), SECRET.encode()):
        assert key.decode() not in f"{run.events} {run.log}"
        for path in crawl.data.parent.rglob("*"):
            held = b"" if path.is_dir() else path.read_bytes()
            assert key not in (gzip.decompress(held) if path.suffix == ".gz" else held), path


def test_pages_are_handed_in_saved_and_found_and_no_key_is_kept(
    asked: Asked, tmp_path: Path
) -> None:
    crawl, service = asked.copy(tmp_path), saving(asked.replica)
    before = len(asked.replica.requests)
    run = crawl.run("submissions")
    numbers = {"handed_in": 3, "saved": 3, "failed": 0, "pending": 0}
    assert told(run) == {"event": "submissions", **numbers, "detail": None, "problem": False}
    found = rows(crawl)
    stamp = f"{LATER:%Y%m%d%H%M%S}"
    assert [row[0] for row in found] == ["saved"] * 3
    assert [row[2] for row in found] == [f"https://web.archive.org/web/{stamp}/{row[1]}" for row in found]  # fmt: skip  # noqa: E501
    assert {job.url for job in service.jobs.values()} == {row[1] for row in found}
    sent = asked.replica.requests[before:]
    assert {seen.host for seen in sent if _has_keys(seen.headers)} == {"web.archive.org"}
    assert {seen.scheme for seen in sent} == {"https"}
    assert crawl.rows("SELECT count(*) FROM captures WHERE url LIKE '%/save%'") == [(0,)]
    assert_no_key_is_kept(crawl, run)
    # the day's budget is used up, and another day asks for others
    assert told(crawl.run("submissions"))["handed_in"] == 0
    crawl.move_to(LATER + timedelta(days=1))
    told(crawl.run("submissions", limit=1))
    assert len({row[1] for row in rows(crawl)}) == 4
    # what was saved is known as a copy when it is its turn to be asked about again
    crawl.move_to(LATER + timedelta(days=70))
    crawl.run("mementos", in_turn=True)
    listed = {url for (url,) in crawl.rows("SELECT cited_url FROM sources JOIN mementos ON source_id = sources.id WHERE mementos.outcome = 'listed'")}  # fmt: skip  # noqa: E501
    assert {row[1] for row in found} <= listed


def _has_keys(headers: Any) -> bool:
    return any(ACCESS in value or SECRET in value for _, value in headers)


def test_the_service_says_how_much_and_what_fails_is_told_apart(
    asked: Asked, tmp_path: Path
) -> None:
    crawl, service = asked.copy(tmp_path, ISW_ARCHIVE_SUBMIT_PER_DAY="50"), saving(asked.replica)
    service.available, service.daily, service.made = 2, 9, 6
    first = crawl.run("submissions", limit=2)
    assert told(first)["saved"] == 2
    crawl.env["ISW_ARCHIVE_SUBMIT_PER_DAY"] = "5"
    pages = [row[1] for row in rows(crawl)]
    assert len(pages) == 2
    rest = told(crawl.run("submissions"))
    assert (rest["handed_in"], rest["detail"]) == (1,
        "Save Page Now takes no more of ours for now; the rest waits")  # fmt: skip
    assert (service.made, len(rows(crawl))) == (9, 3)


def test_a_page_that_cannot_be_saved_stops_no_other(asked: Asked, tmp_path: Path) -> None:
    crawl, service = asked.copy(tmp_path), saving(asked.replica)

    class Codes(dict[str, str]):
        """The first page handed in is refused for good, the second for now."""

        def get(self, url: str, default: Any = None) -> Any:
            codes = ["error:blocked-url", "error:job-failed"]
            left = codes[len(self)] if len(self) < len(codes) else ""
            return self.setdefault(url, left) or default

    service.refusals = Codes()
    said = told(crawl.run("submissions"))
    assert (said["handed_in"], said["saved"], said["failed"], said["problem"]) == (3, 1, 2, False)
    found = sorted((row[0], row[3]) for row in rows(crawl))
    assert found == [("failed", "error:job-failed"), ("refused", "error:blocked-url"),
        ("saved", None)]  # fmt: skip


def test_a_job_that_takes_long_is_asked_about_by_the_next_run_and_given_up_after_a_day(
    asked: Asked, tmp_path: Path
) -> None:
    crawl, service = asked.copy(tmp_path, ISW_ARCHIVE_SUBMIT_PER_DAY="2"), saving(asked.replica)
    service.looks = 40
    assert told(crawl.run("submissions"))["pending"] == 2
    quick, slow = service.jobs.values()
    quick.looks, slow.looks = 0, 10**6
    said = told(crawl.run("submissions"))
    assert (said["handed_in"], said["saved"], said["pending"]) == (0, 1, 1)
    crawl.move_to(LATER + timedelta(days=1, minutes=1))
    del service.jobs[next(name for name, job in service.jobs.items() if job is slow)]  # forgotten
    told(crawl.run("submissions", limit=0))
    assert sorted(row[0] for row in rows(crawl)) == ["failed", "saved"]


def _redirected(_: Request) -> Reply:
    return redirect("https://thief-of-keys.org/save", 307)


def _echo(request: Request) -> Reply:
    return as_json({"status": "error", "status_ext": "error:celery", "sent": request.headers})


def _limits_then(answer: Callable[[Request], Reply]) -> Callable[[Request], Reply]:
    """Limits as usual, all else as given."""
    return lambda request: (
        as_json({"available": 3}) if request.path.endswith("/user") else answer(request)
    )


@pytest.mark.parametrize(
    ("answer", "detail", "problem", "kept"),
    [
        (lambda _: as_json({"message": "log in"}, 401), ACCESS_KEY, True, []),
        (_redirected, "HTTP 307", False, []),
        (_limits_then(_redirected), "HTTP 307", False, []),
        (_limits_then(_echo), "no answer", False, []),
        (lambda _: typed("Slow down", "text/plain", 429, (("Retry-After", "9000"),)), "9000 s",
            False, []),
        (lambda _: html("<h1>Scheduled maintenance</h1>", 502), "HTTP 502", False, []),
        (lambda _: html("<h1>Welcome to our hotel</h1>"), "HTTP 200", False, []),
        (lambda _: as_json({"available": "many"}), "does not say", False, []),
        (_limits_then(lambda _: as_json({"job_id": "../../x"})), None, False, ["failed"] * 3),
    ],
)  # fmt: skip
def test_a_service_that_refuses_us_is_down_or_talks_nonsense_loses_nothing(
    asked: Asked,
    tmp_path: Path,
    answer: Callable[[Request], Reply],
    detail: str | None,
    problem: bool,
    kept: list[str],
) -> None:
    web = build_world(SMALL)
    web.add(Site(("other-wayback.net",), answer), Site(("thief-of-keys.org",), answer))
    with Replica(at=LATER, world=web) as replica:
        crawl = asked.copy(tmp_path, replica, ISW_ARCHIVE_WAYBACK="https://other-wayback.net")
        run = crawl.run("submissions")
        assert {seen.host for seen in replica.requests} == {"other-wayback.net"}
    said = told(run)
    assert (said["saved"], said["problem"]) == (0, problem)
    assert said["detail"] is None if detail is None else detail in said["detail"]
    assert [row[0] for row in rows(crawl)] == kept
    assert_no_key_is_kept(crawl, run)


@pytest.mark.parametrize("how", ["refuse", "silent", "dns", "untrusted"])
def test_no_key_is_sent_where_nobody_proves_to_be_the_archive(
    asked: Asked, tmp_path: Path, how: str
) -> None:
    web = build_world(SMALL)
    tls: Any = "self-signed" if how == "untrusted" else "good"
    network: Any = "up" if how == "untrusted" else how
    web.add(Site(("other-wayback.net",), lambda _: as_json({"available": 3}), tls, network))
    with Replica(at=LATER, world=web) as replica:
        env = {"ISW_ARCHIVE_WAYBACK": "https://other-wayback.net", "ISW_ARCHIVE_TIMEOUT_S": "1"}
        crawl = asked.copy(tmp_path, replica, **env)
        run = crawl.run("submissions")
        assert [seen for seen in replica.requests if _has_keys(seen.headers)] == []
    assert "Save Page Now: " in told(run)["detail"]
    assert rows(crawl) == []
    assert_no_key_is_kept(crawl, run)


# --- the command ----------------------------------------------------------------------------------


def test_the_command_hands_in_what_is_wanted_and_says_so(asked: Asked, tmp_path: Path) -> None:
    crawl = asked.copy(tmp_path)
    saving(asked.replica)
    done = command(crawl, "submit", "--limit", "1")
    assert done.returncode == 0, done.stderr
    assert "submissions: 1 page handed in, 1 saved, 0 not, 0 under way" in done.stderr
    assert "1 submission saved" in done.stdout
    assert crawl.rows("SELECT job, outcome FROM runs ORDER BY started_at DESC LIMIT 1") == [("submit", "done")]  # fmt: skip  # noqa: E501
    assert_no_key_is_kept(crawl, Run(0, [], done.stdout + done.stderr))


@pytest.mark.parametrize(
    ("env", "told"),
    [
        ({"ISW_ARCHIVE_SUBMIT_PER_DAY": "0"}, "set submit_per_day"),
        ({"ISW_ARCHIVE_WAYBACK": ""}, "set submit_per_day"),
        ({ACCESS_KEY: ""}, f"{ACCESS_KEY} is not in the environment"),
        ({SECRET_KEY: "a b"}, f"{SECRET_KEY} is no key"),
        ({"ISW_ARCHIVE_WAYBACK": "http://web.archive.org"}, "https only"),
    ],
)  # fmt: skip
def test_it_is_off_until_setting_and_keys_say_otherwise(
    asked: Asked, tmp_path: Path, env: dict[str, str], told: str
) -> None:
    crawl = asked.copy(tmp_path)
    done = command(crawl, "submit", **env)
    assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert rows(crawl) == []
