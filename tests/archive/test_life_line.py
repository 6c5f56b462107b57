"""The picture of a source's life."""

from __future__ import annotations

from typing import Any

import pytest

from archive.web.life_line import FOUND, life


def source(*tries: tuple[str, str, str | None], **more: Any) -> dict[str, Any]:
    return {
        "tries": [
            {"captured_at": f"{day}T06:00:00Z", "outcome": outcome, "drift": drift}
            for day, outcome, drift in tries
        ],
        "verdicts": [], "citing": [], "more_tries": False, **more,
    }  # fmt: skip


LIVED = source(
    ("2026-05-09", "gone", None),
    ("2026-03-09", "forbidden", None),
    ("2026-02-09", "not-modified", "replaced"),
    ("2026-01-09", "ok", "same"),
    verdicts=[
        {"decided_at": "2026-05-09T06:00:00Z", "status": "dead"},
        {"decided_at": "2026-01-09T06:00:00Z", "status": "alive"},
    ],
    citing=[{"report_date": "2026-04-01"}, {"report_date": "2026-01-02"}, {"report_date": None}],
)


def test_each_try_has_the_sign_of_what_it_found_and_the_key_says_which() -> None:
    shown = life(LIVED)
    assert shown is not None
    assert [words for words, _ in shown.signs] == list(FOUND.values())
    assert [f"isw-try-{sign}" in shown.picture for sign in FOUND] == [True] * len(FOUND)
    assert shown.statuses == ("alive", "dead")


def test_the_picture_says_in_words_what_it_shows() -> None:
    shown = life(LIVED)
    assert shown is not None
    for words in (
        "Cited by reports of 2026-01-02 to 2026-04-01.",
        "4 tries from 2026-01-09 to 2026-05-09: 1 there, 1 there, with another text, 1 absent",
        "Verdicts: alive from 2026-01-09, dead from 2026-05-09.",
        ">2026-02<",
    ):
        assert words in shown.picture


@pytest.mark.parametrize(
    "seen",
    [
        source(),
        source(("2026-01-09", "ok", None)),
        source(("2026-01-09", "ok", None), ("2026-01-09", "gone", None)),
    ],
)
def test_what_was_not_followed_has_no_picture(seen: dict[str, Any]) -> None:
    assert life(seen) is None


def test_what_was_cited_before_the_oldest_try_shown_is_left_out_where_older_ones_are() -> None:
    cut = life({**LIVED, "more_tries": True})
    assert cut is not None
    assert cut.picture.count("h-12z") == 1


@pytest.mark.parametrize(
    ("first", "last", "axis"),
    [
        ("2026-01-09", "2026-01-11", ["2026-01-10", "2026-01-11"]),
        ("2026-01-09", "2026-02-20", ["2026-01-10", "2026-01-30", "2026-02-19"]),
        ("2026-11-09", "2027-05-09", ["2027-01", "2027-03", "2027-05"]),
        ("2016-11-09", "2026-05-09", ["2018", "2020", "2022", "2024", "2026"]),
    ],
)
def test_the_axis_has_days_months_or_years(first: str, last: str, axis: list[str]) -> None:
    shown = life(source((first, "ok", None), (last, "ok", None)))
    assert shown is not None
    labels = [part.rpartition(">")[2] for part in shown.picture.split("</text>")[:-1]]
    assert [label for label in labels if label[0].isdecimal()] == axis
