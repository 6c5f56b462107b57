from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.show.survival import Estimate, Life, Lives, curve, curve_of, median, share_after

lives = st.lists(
    st.builds(Life, st.integers(0, 40).map(float), st.booleans()), min_size=1, max_size=60
)

# The worked example of Freireich et al. (1963), the 6-MP arm, printed in many textbooks: weeks, +
# censored.
REMISSIONS = [
    *(Life(week, ended=True) for week in (6, 6, 6, 7, 10, 13, 16, 22, 23)),
    *(Life(week, ended=False) for week in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)),
]


def test_the_textbook_example_comes_out_as_printed() -> None:
    ended = {step.days: step for step in curve(REMISSIONS) if step.ended}
    assert {days: round(step.share, 3) for days, step in ended.items()} == {
        6: 0.857, 7: 0.807, 10: 0.753, 13: 0.690, 16: 0.627, 22: 0.538, 23: 0.448,
    }  # fmt: skip
    assert [ended[days].at_risk for days in (6, 7, 10, 13, 16, 22, 23)] == [
        21, 17, 15, 12, 11, 7, 6,
    ]  # fmt: skip
    assert median(curve(REMISSIONS)).value == 23


def test_nothing_followed_makes_an_empty_curve_and_no_figures() -> None:
    assert curve([]) == ()
    assert median(()) == Estimate(None, None, None)
    assert share_after((), 30) == Estimate(None, None, None)


def test_all_censored_never_falls_and_has_no_median() -> None:
    steps = curve([Life(5, ended=False), Life(9, ended=False)])
    assert [step.share for step in steps] == [1.0, 1.0]
    assert median(steps) == Estimate(None, None, None)


def test_one_that_ended_falls_to_nothing_and_stays_there() -> None:
    steps = curve([Life(4, ended=True)])
    assert median(steps).value == 4
    assert share_after(steps, 3).value == 1.0
    assert share_after(steps, 365).value == 0.0


def test_what_ended_on_arrival_is_in_the_curve_from_the_first_day() -> None:
    steps = curve([Life(0, ended=True), *[Life(50, ended=False)] * 3])
    assert share_after(steps, 0).value == pytest.approx(0.75)


def test_a_share_later_than_anything_was_followed_is_not_guessed() -> None:
    steps = curve([Life(10, ended=True), Life(40, ended=False)])
    assert share_after(steps, 40).value == pytest.approx(0.5)
    assert share_after(steps, 41).value is None


def test_a_half_is_reached_in_spite_of_the_last_digits_of_floats() -> None:
    assert median(curve([Life(day, ended=True) for day in range(1, 11)])).value == 5


def test_what_entered_late_is_at_risk_only_from_then_on() -> None:
    steps = curve([Life(4, ended=True), Life(9, ended=False), Life(9, ended=True, entry=5)])
    assert [(step.days, step.at_risk, step.ended) for step in steps] == [(4, 2, 1), (9, 2, 1)]
    assert steps[-1].share == pytest.approx(0.25)


def test_what_enters_at_a_time_is_not_at_risk_at_that_time() -> None:
    steps = curve([Life(4, ended=True), Life(9, ended=False), Life(9, ended=False, entry=4)])
    assert [(step.days, step.at_risk) for step in steps] == [(4, 2), (9, 2)]
    assert curve([Life(4, ended=False, entry=4)]) == ()


def test_where_all_had_ended_before_others_entered_nothing_is_told() -> None:
    assert curve([Life(4, ended=True), Life(9, ended=False, entry=5)]) == ()


@pytest.mark.parametrize("entry", [-1.0, 10.5, math.nan])
def test_an_entry_outside_the_life_is_refused(entry: float) -> None:
    with pytest.raises(ValueError, match="entered on day"):
        curve([Life(10, ended=True, entry=entry)])


@pytest.mark.parametrize("days", [-1.0, math.nan, math.inf])
def test_a_life_of_no_length_that_can_be_is_refused(days: float) -> None:
    with pytest.raises(ValueError, match="a life of"):
        curve([Life(days, ended=True)])


@pytest.mark.parametrize("confidence", [0.0, 1.0, 95.0])
def test_a_confidence_that_is_none_is_refused(confidence: float) -> None:
    with pytest.raises(ValueError, match="confidence"):
        curve([Life(1, ended=True)], confidence)


@given(lives)
def test_the_curve_falls_within_its_interval_and_counts_everyone_once(found: list[Life]) -> None:
    steps = curve(found)
    assert sum(step.ended + step.censored for step in steps) == len(found)
    shares = [1.0, *(step.share for step in steps)]
    assert all(later <= earlier for earlier, later in pairwise(shares))
    assert all(0 <= step.low <= step.share <= step.high <= 1 for step in steps)


@given(lives)
def test_without_censoring_the_share_is_the_plain_share(found: list[Life]) -> None:
    ended = [Life(life.days, ended=True) for life in found]
    for step in curve(ended):
        longer = sum(life.days > step.days for life in ended)
        assert step.share == pytest.approx(longer / len(ended))


@given(lives, st.randoms())
def test_order_does_not_matter(found: list[Life], random: object) -> None:
    mixed = list(found)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert curve(mixed) == curve(found)


@given(lives)
def test_the_half_life_and_the_shares_after_so_many_days_agree(known: list[Life]) -> None:
    steps = curve(known)
    half = median(steps).value
    for days in range(42):
        share = share_after(steps, days).value
        if share is not None and half is not None:
            assert (share <= 0.5 + 1e-9) == (days >= half)
        elif share is not None:
            assert share > 0.5


@given(lives)
def test_without_level_steps_a_curve_tells_the_same(found: list[Life]) -> None:
    counted = Lives()
    for one in found:
        counted.add((one.days, one.ended, one.entry), one.number)
    whole, steep = curve_of(counted), curve_of(counted, level=False)
    assert steep == tuple(step for step in whole if step.ended or step is whole[-1])
    assert median(steep) == median(whole)
    assert all(share_after(steep, day) == share_after(whole, day) for day in range(42))
