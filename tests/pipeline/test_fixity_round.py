"""Which files a fixity round reads."""

from __future__ import annotations

import pytest

from pipeline.decide.fixity_round import chosen

SIZES = {"a": 30, "b": 50, "c": 10, "d": 20}
LAST = {"a": "2026-03-03", "b": "2026-03-01", "c": "2026-03-02"}


@pytest.mark.parametrize(
    ("budget", "found"),
    [
        (70, ["d", "b"]),
        (69, ["d"]),
        (1, ["d"]),
        (110, ["d", "b", "c", "a"]),
        (None, ["d", "b", "c", "a"]),
    ],
)
def test_never_looked_at_comes_first_then_the_oldest_as_far_as_the_budget_goes(
    budget: int | None, found: list[str]
) -> None:
    assert chosen(SIZES, LAST, budget) == found


def test_a_file_larger_than_the_budget_has_its_day() -> None:
    assert chosen({"big": 1_000, "small": 1}, {"small": "2026-03-01"}, 10) == ["big"]


def test_nothing_is_chosen_of_nothing() -> None:
    assert chosen({}, {}, 10) == []
