"""Checks that found what the one before found are folded."""

from __future__ import annotations

from archive.show.reading_source import folded


def tried(number: int, outcome: str = "ok", **more: object) -> dict[str, object]:
    return {
        "id": number, "outcome": outcome, "http_status": 200, "via": "live", "told": outcome,
        "led_to": None, "drift_told": None, **more,
    }  # fmt: skip


def shape(tries: list[dict[str, object]], good: int | None = None) -> list[list[object]]:
    return [[one["id"] for one in (run["head"], *run["same"])] for run in folded(tries, good)]


def test_runs_of_one_finding_are_one_entry() -> None:
    tries = [tried(6), tried(5), tried(4, "gone"), tried(3), tried(2), tried(1)]
    assert shape(tries) == [[6, 5], [4], [3, 2, 1]]


def test_the_first_good_copy_stands_by_itself() -> None:
    assert shape([tried(3), tried(2), tried(1)], good=1) == [[3, 2], [1]]


def test_a_change_of_text_or_place_is_no_repetition() -> None:
    tries = [tried(3, drift_told="changed"), tried(2, led_to="https://b.example/"), tried(1)]
    assert shape(tries) == [[3], [2], [1]]


def test_no_tries_are_no_runs() -> None:
    assert shape([]) == []
