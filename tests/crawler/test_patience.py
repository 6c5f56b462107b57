"""How long a run waits when there is nothing else to do."""

from __future__ import annotations

from crawler.frontier.patience import Patience


def test_it_ends_after_a_minute_without_anything_else_to_do() -> None:
    at = [100.0]
    patience = Patience(60, clock=lambda: at[0])
    assert not patience.is_over(waits_only=True)
    at[0] = 159.9
    assert not patience.is_over(waits_only=True)
    at[0] = 160.0
    assert patience.is_over(waits_only=True)


def test_work_in_between_begins_it_anew() -> None:
    at = [100.0]
    patience = Patience(60, clock=lambda: at[0])
    patience.is_over(waits_only=True)
    at[0] = 150.0
    assert not patience.is_over(waits_only=False)
    at[0] = 170.0
    assert not patience.is_over(waits_only=True)
    at[0] = 230.0
    assert patience.is_over(waits_only=True)
