"""Budgets of bytes: what counts towards which, and what one holds back."""

from __future__ import annotations

import pytest

from archive.config import Settings
from archive.model.fetch import Target
from archive.model.vocabulary import Kind, Via
from crawler.frontier.budget import Budget
from crawler.frontier.fetches import Fetch
from crawler.frontier.names import slot_of

PAGE = "https://www.harbour.org/a"
FULL = Settings(max_bytes_per_host_per_day=100)


def budget(settings: Settings, *today: tuple[str, int], held: int = 0) -> Budget:
    return Budget.of(settings, slot_of, today, held)


def fetch(url: str = PAGE, kind: Kind = Kind.SOURCE, **more: object) -> Fetch:
    return Fetch(Target(url, kind, "new"), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("settings", "over"),
    [
        (Settings(), None),
        (Settings(max_bytes_per_day=101, max_bytes_in_all=501), None),
        (Settings(max_bytes_per_day=100), "max_bytes_per_day"),
        (Settings(max_bytes_in_all=500), "max_bytes_in_all"),
        (Settings(max_bytes_per_day=1, max_bytes_in_all=500), "max_bytes_in_all"),
        (FULL, None),
    ],
)
def test_a_spent_budget_is_named(settings: Settings, over: str | None) -> None:
    made = budget(settings, (PAGE, 40), held=440)
    made.add("https://other.example/", 60)
    said = made.over()
    assert (said is None) if over is None else (said is not None and over in said[0])


def test_a_host_shares_its_budget_with_all_of_its_domain_and_no_other() -> None:
    made = budget(FULL, ("https://img.harbour.org/x", 60))
    assert not made.leaves_out(fetch())
    made.add("https://m.harbour.org/y", 40)
    assert made.leaves_out(fetch())
    assert made.leaves_out(fetch("https://harbour.org/b", Kind.FILE))
    assert not made.leaves_out(fetch("https://other-harbour.org/"))
    assert (made.left, made.first) == ({"harbour.org": 2}, PAGE)


@pytest.mark.parametrize(
    "begun",
    [
        fetch(kind=Kind.REPORT), fetch(kind=Kind.DISCOVERY), fetch(tries=1), fetch(capture_id=7),
        fetch(via=Via.WAYBACK),
    ],
)  # fmt: skip
def test_reports_questions_and_what_was_begun_are_not_held_back(begun: Fetch) -> None:
    made = budget(FULL, (PAGE, 1_000))
    assert not made.leaves_out(begun)
    assert made.first is None
