"""From when to when a source was seen, by what was found at each attempt."""

from __future__ import annotations

from archive.model.rot import Verdict
from archive.model.rows import Followed
from archive.model.vocabulary import DriftClass, Status
from pipeline.decide.followed import followed


def found(day: int, status: Status, rule: str, drift: DriftClass | None = None) -> Verdict:
    return Verdict(f"2026-03-{day:02}T06:00:00Z", day, status, rule, drift)


def test_it_was_seen_from_the_first_to_the_last_check_that_found_it() -> None:
    assert followed(
        [
            found(1, Status.BLOCKED, "walled"),
            found(2, Status.ALIVE, "there", DriftClass.SAME),
            found(3, Status.ALIVE, "there", DriftClass.SAME),
            found(4, Status.ALIVE, "unreached-once", DriftClass.SAME),
            found(5, Status.SUSPECT, "absent"),
        ]
    ) == Followed("2026-03-02T06:00:00Z", "2026-03-03T06:00:00Z", None, compared=True)


def test_it_drifted_with_the_first_other_text_and_stays_so_though_that_went_back() -> None:
    one = followed(
        [
            found(1, Status.ALIVE, "there", DriftClass.SAME),
            found(2, Status.DRIFTED, "drifted", DriftClass.REPLACED),
            found(3, Status.DRIFTED, "drifted", DriftClass.REPLACED),
            found(4, Status.ALIVE, "there", DriftClass.SAME),
        ]
    )
    assert (one.drifted_at, one.last_seen_at) == ("2026-03-02T06:00:00Z", "2026-03-04T06:00:00Z")


def test_what_nobody_saw_was_followed_from_no_time() -> None:
    assert followed([found(1, Status.DEAD, "three-strikes")]) == Followed()
