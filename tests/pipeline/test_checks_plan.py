"""The planner of checks: budget, order, hosts that are down. Pure."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.times import format_time
from archive.model.vocabulary import HOST_DOWN, Outcome
from pipeline.decide.checks.plan import (
    CANARY_LEAST,
    CANARY_MOST,
    Budget,
    Candidate,
    down_hosts,
    plan,
)

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
MUCH = Budget(10_000, 10_000, {})


def ago(**time: float) -> str:
    return format_time(NOW - timedelta(**time))


def due(
    number: int,
    host: str = "a.example",
    *,
    late_days: float = 1,
    wait_days: float = 6,
    status: str = "alive",
) -> Candidate:
    """A source that is late by so many days after so long a wait."""
    last = ago(days=late_days + wait_days)
    url = f"https://{host}/{number}"
    return Candidate(number, url, host, host, ago(days=late_days), last, status)


def numbers(chosen: list[Candidate]) -> list[int]:
    return [one.source_id for one in chosen]


def test_nothing_due_is_nothing_to_do() -> None:
    assert plan([], {}, MUCH, NOW) == []


@pytest.mark.parametrize(
    ("candidates", "order"),
    [
        ([due(1, late_days=1), due(2, late_days=3)], [2, 1]),  # the later one first
        # as a share of its wait
        ([due(1, late_days=2, wait_days=6), due(2, late_days=2, wait_days=1)], [2, 1]),
        # it may decide over death
        ([due(1, late_days=3), due(2, late_days=1, status="suspect")], [2, 1]),
        # yet nobody is passed over for ever
        ([due(1, late_days=30), due(2, late_days=0.1, status="suspect")], [1, 2]),
        ([due(2), due(1)], [1, 2]),  # equals: by number
    ],
)  # fmt: skip
def test_the_most_urgent_comes_first(candidates: list[Candidate], order: list[int]) -> None:
    assert numbers(plan(candidates, {}, MUCH, NOW)) == order


@pytest.mark.parametrize(
    ("budget", "chosen"),
    [
        (Budget(3, 10, {}), [1, 2, 3]),
        (Budget(3, 10, {"b.example": 2}), [1]),  # spent elsewhere today
        (
            Budget(3, 10, {"b.example": 5}),
            [],
        ),  # spent beyond the budget, which was lowered meanwhile
        (Budget(10, 2, {}), [1, 2, 5]),
        (Budget(10, 2, {"a.example": 1}), [1, 5]),
        (Budget(0, 10, {}), []),
        (Budget(10, 0, {}), []),
    ],
)
def test_the_days_budget_holds_in_all_and_for_each_domain(
    budget: Budget, chosen: list[int]
) -> None:
    candidates = [due(n, late_days=9 - n) for n in (1, 2, 3, 4)] + [
        due(5, "c.example", late_days=0.5)
    ]
    assert numbers(plan(candidates, {}, budget, NOW)) == chosen


def test_hosts_of_one_domain_share_its_budget() -> None:
    candidates = [replace(due(n, f"h{n}.a.example"), domain="a.example") for n in range(1, 6)]
    assert len(plan(candidates, {}, Budget(100, 3, {}), NOW)) == 3


@pytest.mark.parametrize(
    ("since_days", "tried_hours", "canaries"),
    [
        (1, 10, 0),  # not twice a day
        (1, 21, 1),
        (4, 21, 1),  # daily while it is down for less than four days
        (20, 24, 0),
        (20, 24 * 5, 1),  # a quarter of the time it was down
        (200, 24 * 6, 0),
        (200, 24 * 7.1, 1),  # and weekly at least
    ],
)
def test_of_a_host_that_is_down_one_source_is_tried_now_and_then(
    since_days: float, tried_hours: float, canaries: int
) -> None:
    down = {"a.example": (ago(days=since_days), ago(hours=tried_hours))}
    chosen = plan([due(n) for n in range(1, 9)] + [due(9, "b.example")], down, MUCH, NOW)
    assert sum(one.host == "a.example" for one in chosen) == canaries
    assert 9 in numbers(chosen)


@pytest.mark.parametrize(
    ("newest_first", "down"),
    [
        ([], {}),
        ([("a", "timeout", "3")], {}),  # one source alone says nothing of its host
        ([("a", "timeout", "3"), ("a", "dns-failure", "1")], {"a": ("1", "3")}),
        # it was reached since
        ([("a", "ok", "3"), ("a", "timeout", "2"), ("a", "timeout", "1")], {}),
        ([("a", "timeout", "4"), ("a", "timeout", "3"), ("a", "ok", "2"), ("a", "timeout", "1")],
            {"a": ("3", "4")}),
        # a 404 comes from a host that is there
        ([("a", "gone", "3"), ("a", "timeout", "2"), ("a", "timeout", "1")], {}),
        ([("a", "server-error", "3"), ("a", "server-error", "2")], {}),
        ([("a", "timeout", "3"), ("b", "timeout", "2"), ("b", "ok", "1")], {}),
    ],
)  # fmt: skip
def test_a_host_is_down_when_its_newest_tries_failed_in_a_row(
    newest_first: list[tuple[str, str, str]], down: dict[str, tuple[str, str]]
) -> None:
    assert down_hosts(newest_first) == down


candidates = st.builds(
    lambda number, host, late, wait, status: due(
        number, host, late_days=late, wait_days=wait, status=status
    ),
    st.integers(1, 10**6),
    st.sampled_from([f"h{n}.example" for n in range(5)]),
    st.floats(0, 60),
    st.floats(0.1, 28),
    st.sampled_from(["alive", "suspect", "dead", "blocked"]),
)
budgets = st.builds(
    Budget,
    st.integers(0, 40),
    st.integers(0, 15),
    st.dictionaries(st.sampled_from([f"h{n}.example" for n in range(6)]), st.integers(0, 20)),
)
times = st.floats(0, 90).map(lambda days: ago(days=days))
downs = st.dictionaries(
    st.sampled_from([f"h{n}.example" for n in range(5)]),
    st.tuples(times, times).map(lambda pair: (min(pair), max(pair))),
)


@given(st.lists(candidates, max_size=60, unique_by=lambda one: one.source_id), downs, budgets)
def test_no_budget_is_ever_exceeded_and_nobody_is_chosen_twice(
    some: list[Candidate], down: dict[str, tuple[str, str]], budget: Budget
) -> None:
    chosen = plan(some, down, budget, NOW)
    assert len(chosen) <= max(0, budget.total - sum(budget.spent.values()))
    for domain, count in Counter(one.domain for one in chosen).items():
        assert count + budget.spent.get(domain, 0) <= budget.per_host
    assert len(set(numbers(chosen))) == len(chosen)
    assert set(chosen) <= set(some)
    for host, (_, last) in down.items():
        mine = [one for one in chosen if one.host == host]
        assert len(mine) <= 1
        assert not mine or last <= format_time(NOW - CANARY_LEAST)


@given(st.lists(candidates, max_size=60, unique_by=lambda one: one.source_id))
def test_with_budget_enough_all_that_is_due_is_chosen(some: list[Candidate]) -> None:
    assert sorted(numbers(plan(some, {}, MUCH, NOW))) == sorted(one.source_id for one in some)


@given(st.lists(candidates, max_size=40, unique_by=lambda one: one.source_id), st.randoms())
def test_the_plan_does_not_depend_on_the_order_of_what_is_due(
    some: list[Candidate], rng: object
) -> None:
    shuffled = list(some)
    rng.shuffle(shuffled)  # type: ignore[attr-defined] - hypothesis' generator
    budget = Budget(12, 5, {})
    assert plan(some, {}, budget, NOW) == plan(shuffled, {}, budget, NOW)


@given(st.integers(0, 400), st.sampled_from(sorted(HOST_DOWN)))
def test_a_host_that_is_down_is_tried_once_a_week_at_least(days: int, outcome: Outcome) -> None:
    since, last = ago(days=days + 7.1), ago(days=7.1)
    down = down_hosts([("a.example", outcome, last), ("a.example", outcome, since)])
    assert timedelta(days=7) >= CANARY_MOST
    assert len(plan([due(1), due(2)], down, MUCH, NOW)) == 1


def test_nobody_is_starved_by_a_budget_that_is_half_of_what_is_due() -> None:
    """Sixty sources that want a daily look, thirty looks a day: each has one every other day or
    so."""
    last = dict.fromkeys(range(60), NOW)
    waits = Counter[int]()
    for day in range(1, 40):
        now = NOW + timedelta(days=day)
        some = [
            Candidate(
                number, f"https://a.example/{number}", "a.example", "a.example",
                format_time(at + timedelta(hours=20)), format_time(at),
                ("alive", "suspect")[number % 10 == 0],
            )
            for number, at in last.items()
        ]  # fmt: skip
        for one in plan(some, {}, Budget(30, 30, {}), now):
            waits[one.source_id] = max(waits[one.source_id], (now - last[one.source_id]).days)
            last[one.source_id] = now
    assert set(waits) == set(range(60))
    assert max(waits.values()) <= 4
