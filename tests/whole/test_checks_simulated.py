"""Months of daily checks of drawn sources, through the real planner, schedule, judge and database;
`python -m tests.bench year` has the whole year."""

from __future__ import annotations

from pathlib import Path

import pytest

from archive.config import Settings
from tests.bench.year import IN_TIME_DAYS, Figures, Year

SOURCES, DAYS = 1_200, 110
BUDGET = Settings(checks_per_day=320, checks_per_host_per_day=110)
"""As tight as the default is for 20,000 sources: a quarter of them on any day, 35 in 100 on
Telegram."""


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> Figures:
    return Year(SOURCES, DAYS, tmp_path_factory.mktemp("simulated"), BUDGET).run()


def test_the_budget_of_a_day_and_of_a_host_holds(figures: Figures) -> None:
    assert max(figures.per_day) <= BUDGET.checks_per_day
    assert figures.per_host_day <= BUDGET.checks_per_host_per_day
    assert figures.checks > SOURCES * DAYS / 10


def test_every_death_is_found_within_two_weeks_and_nobody_is_called_dead_who_is_not(
    figures: Figures,
) -> None:
    assert len(figures.delays) >= 60
    assert figures.missed == []
    assert max(figures.delays) <= IN_TIME_DAYS
    assert figures.false_dead == []


def test_hardly_a_check_goes_to_a_host_known_to_be_down(figures: Figures) -> None:
    assert 0 < figures.wasted < 0.01 * figures.checks


def test_nobody_is_passed_over_for_long(figures: Figures) -> None:
    assert max(figures.lateness) <= 7


def test_less_than_a_budget_allows_is_asked_where_less_is_due(tmp_path: Path) -> None:
    figures = Year(150, 40, tmp_path).run()
    assert max(figures.per_day) < 150
    assert max(figures.lateness) <= 1.1  # a day, and the run comes a little later on some
