"""What is known of a source's copies elsewhere, and when they are asked for again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from archive.model.past import ROUND, PastCheck, PastCopy
from archive.model.times import format_time
from archive.model.understood import Memento
from archive.model.vocabulary import Outcome
from pipeline.decide.copies import sum_up
from pipeline.read import mementos

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
WAYBACK = "https://web.archive.org"
CITED = "https://paper.example/a?b=c&d=1"
ASKED = mementos.question_url(WAYBACK, CITED, AT)


def check(day: int, *found: Memento, answered: bool = True) -> PastCheck:
    at = format_time(AT + timedelta(days=day))
    return PastCheck(day + 1, at, ASKED, found if answered else None)


def copied(day: float, outcome: Outcome = Outcome.OK) -> PastCopy:
    at = format_time(AT + timedelta(days=day))
    url = f"{WAYBACK}/web/20260308000000id_/{CITED}"
    return PastCopy(int(day * 100) + 100, at, outcome, 200, url, "2026-03-08T00:00:00Z")


def due_day(checks: list[PastCheck], copies: tuple[PastCopy, ...] = ()) -> float | None:
    at = sum_up(1, checks, copies).next_due_at
    return None if at is None else (datetime.fromisoformat(at) - AT) / timedelta(days=1)


NEAR = Memento(CITED, "2026-03-08T00:00:00Z", 200, "A")


def test_a_source_without_copies_is_asked_about_again_after_1_7_and_30_days_then_never() -> None:
    checks = [check(0), check(1), check(8), check(38)]
    assert [due_day(checks[:n]) for n in (1, 2, 3, 4)] == [1, 8, 38, None]
    assert sum_up(1, checks, []).outcome == "none"


def test_a_held_copy_ends_the_asking() -> None:
    row = sum_up(7, [check(0, NEAR)], [copied(0.1)])
    assert (row.source_id, row.outcome, row.next_due_at, row.capture_id) == (7, "held", None, 110)
    assert row.url == f"{WAYBACK}/web/20260308000000/{CITED}"
    assert row.memento_at == "2026-03-08T00:00:00Z"


def test_a_copy_that_could_not_be_had_is_named_and_asked_for_again() -> None:
    row = sum_up(1, [check(0, NEAR)], [copied(0.1, Outcome.SERVER_ERROR)])
    assert (row.outcome, row.capture_id, row.http_status) == ("not-kept", None, 200)
    assert row.url == f"{WAYBACK}/web/20260308000000/{CITED}"
    assert due_day([check(0, NEAR)], (copied(0.1, Outcome.THIN),)) == 1


def test_silence_decides_nothing_and_uses_up_no_turn() -> None:
    silent = [check(n, answered=False) for n in range(12)]
    assert sum_up(1, silent[:1], []).outcome == "unanswered"
    assert [due_day(silent[:n]) for n in (1, 3, 4, 7, 12)] == [1, 3, 10, 36, 41]
    after = [check(0), check(1, answered=False)]
    assert sum_up(1, after, []).outcome == "none"
    assert due_day(after) == 2
    assert due_day([*after, check(2)]) == 9


def test_an_archive_that_holds_a_copy_now_is_believed_over_what_it_said_before() -> None:
    row = sum_up(1, [check(0), check(1, NEAR)], [])
    assert (row.outcome, row.checks, row.memento_at) == ("listed", 2, "2026-03-08T00:00:00Z")


def test_when_it_last_answered_is_not_when_it_was_last_asked() -> None:
    row = sum_up(1, [check(0), check(9, answered=False)], [])
    assert (row.answered_at, row.checked_at) == ("2026-03-10T12:00:00Z", "2026-03-19T12:00:00Z")
    assert sum_up(1, [check(0, answered=False)], []).answered_at is None


# --- in turn --------------------------------------------------------------------------------------


def in_turn(day: int, *found: Memento, answered: bool = True) -> PastCheck:
    return replace(check(day, *found, answered=answered), reason=ROUND)


def turn_day(checks: list[PastCheck], copies: tuple[PastCopy, ...] = ()) -> float | None:
    at = sum_up(1, checks, copies).round_due_at
    return None if at is None else (datetime.fromisoformat(at) - AT) / timedelta(days=1)


def test_a_source_without_copies_has_its_turn_after_60_then_180_days_then_once_a_year() -> None:
    checks = [in_turn(0), in_turn(60), in_turn(240), in_turn(605)]
    assert [turn_day(checks[:n]) for n in (1, 2, 3, 4)] == [60, 240, 605, 970]


def test_a_copy_that_is_known_ends_the_turns() -> None:
    assert turn_day([in_turn(0), in_turn(60, NEAR)]) is None
    assert turn_day([check(0, NEAR)], (copied(0.1),)) is None


def test_silence_uses_up_no_turn() -> None:
    silent = [in_turn(n, answered=False) for n in range(4)]
    assert [turn_day(silent[:n]) for n in (1, 3, 4)] == [1, 3, 10]
    assert turn_day([*silent, in_turn(10)]) == 70


def test_what_was_there_when_it_was_asked_about_in_turn_is_asked_about_at_once_when_it_is_lost() -> (  # noqa: E501
    None
):
    for last in (in_turn(60), in_turn(60, NEAR)):
        assert due_day([in_turn(0), last]) == 60
    # and then has all its own turns
    checks = [in_turn(60), *(check(day) for day in (70, 71, 78, 108))]
    assert [due_day(checks[:n]) for n in (1, 2, 3, 4, 5)] == [60, 71, 78, 108, None]
    assert turn_day(checks) == 108 + 365
