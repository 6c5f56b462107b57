"""Early looks: when each is due, that none is made up, and what the day's budget leaves. Pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from archive.config import Settings
from archive.model.rot import Attempt
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import Outcome, Status
from pipeline.cli.main import main
from pipeline.decide.checks.early import Young, look_due, plan_early
from pipeline.decide.checks.plan import Budget
from pipeline.decide.checks.schedule import next_check
from pipeline.decide.verdicts import judge_source
from pipeline.read.platforms.registry import early_looks, platforms
from pipeline.run.ingest import Archive

BEGIN = datetime(2026, 6, 1, 9, tzinfo=UTC)
HOURS = (1, 6, 24)
MUCH = Budget(10_000, 10_000, {})


def hours(number: float) -> datetime:
    return BEGIN + timedelta(hours=number)


def young(number: int = 1, last_h: float = 0, domain: str = "t.me") -> Young:
    """A post captured first at `BEGIN` and last so many hours later."""
    url = f"https://{domain}/river/{number}"
    times = (format_time(BEGIN), format_time(hours(last_h)))
    return Young(number, url, domain, domain, "telegram", *times)


@pytest.mark.parametrize(
    ("last_h", "now_h", "look"),
    [
        (0, 0.9, None),
        (0, 1.0, 1),
        (0, 5.9, 1),  # an hour that was missed is worth something until the next
        (1.1, 5.9, None),  # made: each look once
        (1.1, 6.2, 6),
        (0, 23, 6),  # what was missed before is not made up
        (0, 47, 24),
        (0, 48, None),
        (19, 25, None),  # a check of the day stands for it
        (17, 25, 24),
        (0, -3, None),  # a clock that was set back
    ],
)
def test_the_look_that_is_due_is_the_newest_and_is_made_once(
    last_h: float, now_h: float, look: int | None
) -> None:
    found = look_due(young(last_h=last_h), HOURS, hours(now_h))
    assert (found.hours if found else None) == look


def test_each_look_is_made_once_by_a_run_an_hour() -> None:
    post, made = young(), []
    for minutes in range(0, 72 * 60, 60):
        now = hours(minutes / 60 + 0.2)
        if found := look_due(post, HOURS, now):
            made.append(found.hours)
            post = replace(post, last_at=format_time(now))
    assert made == [1, 6, 24]


def test_a_platform_without_early_looks_has_none() -> None:
    assert look_due(young(), (), hours(2)) is None
    assert plan_early([young()], {"x": HOURS}, (), MUCH, hours(2)) == []


def test_the_budget_of_the_day_and_of_a_host_is_kept_soonest_lost_first() -> None:
    old = replace(young(9), first_at=format_time(hours(-4.5)), last_at=format_time(hours(-4.5)))
    posts = [young(1), young(2), old, young(3, domain="x.com")]
    looks = {"telegram": HOURS}

    def chosen(budget: Budget) -> list[int]:
        found = plan_early(posts, looks, (), budget, hours(1))
        return [one.source.source_id for one in found]

    assert chosen(MUCH) == [9, 1, 2, 3]
    assert chosen(Budget(10, 2, {})) == [9, 1, 3]
    assert chosen(Budget(3, 10, {"t.me": 1})) == [9, 1]
    assert chosen(Budget(0, 10, {})) == chosen(Budget(-5, 10, {})) == []


def test_hosts_that_are_down_are_left_alone() -> None:
    assert plan_early([young()], {"telegram": HOURS}, {"t.me"}, MUCH, hours(2)) == []


def attempt(hour: float, outcome: Outcome = Outcome.OK, *, early: bool = False) -> Attempt:
    url = "https://t.me/river/1"
    good = outcome is Outcome.OK
    return Attempt(
        int(hour * 10) + 1, format_time(hours(hour)), outcome, url, url, 200,
        digest="same" if good else None, early=early,
    )  # fmt: skip


def due_at(*tries: Attempt, source: int = 7) -> datetime:
    return parse_time(next_check(source, tries, judge_source("https://t.me/river/1", tries)[-1]))


def test_early_looks_move_no_check() -> None:
    looks = [attempt(hour, early=True) for hour in (1.2, 6.3, 24.5)]
    for source in range(20):
        assert due_at(attempt(0), *looks, source=source) == due_at(attempt(0), source=source)
        later = (attempt(0), *looks, attempt(70))
        assert due_at(*later, source=source) == due_at(attempt(0), attempt(70), source=source)


def test_a_post_that_is_gone_early_is_suspect_and_looked_at_as_any_that_is() -> None:
    looks = [attempt(hour, Outcome.REMOVED, early=True) for hour in (1.2, 6.3, 24.5)]
    tries = (attempt(0), *looks)
    last = judge_source("https://t.me/river/1", tries)[-1]
    assert last.status is Status.SUSPECT
    assert len(last.evidence["strikes"]) == 2  # within a day they are one
    assert due_at(*tries) > hours(24 + 48)


def test_an_early_look_that_did_not_arrive_is_made_good_by_a_check_of_the_next_day() -> None:
    tries = (attempt(0), attempt(6.5, Outcome.TIMEOUT, early=True))
    assert due_at(*tries) < hours(6.5 + 24)


def test_telegram_and_x_are_looked_at_early_at_hours_in_order() -> None:
    assert set(early_looks()) == {"telegram", "x"}
    for one in platforms().values():
        assert list(one.early_looks_h) == sorted(set(one.early_looks_h))


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--early", "--all-due"), "--early goes without"),
        (("--early", "--source", "https://t.me/river/1"), "--early goes without"),
        (("--early",), "early looks are off"),
    ],
)
def test_a_wrong_use_of_early_looks_is_told(
    tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    with Archive.open(tmp_path / "data", Settings(), run="test"):
        pass
    env = {"ISW_ARCHIVE_EARLY_LOOKS": "off", "ISW_ARCHIVE_CONTACT": "mailto:a@b.example"}
    done = CliRunner().invoke(main, ["--data", str(tmp_path / "data"), "check", *words], env=env)
    assert done.exit_code == 2
    assert said in done.output
