"""How a sentence came to read as it does."""

from __future__ import annotations

from typing import Any

import pytest

from archive.show.sentence_history import histories


def edit(version: int, before: str | None, after: str | None) -> dict[str, Any]:
    return {"version": version, "before": before, "after": after}


NEWEST_FIRST = [
    edit(4, "The bridge was hit.", "The bridge was struck."),
    edit(4, None, "Nobody was hurt."),
    edit(3, "The port was shut.", None),
    edit(2, "A bridge was hit.", "The bridge  was hit."),
    edit(2, "The depot burned.", "The depot exploded."),
]


@pytest.mark.parametrize(
    ("sentence", "versions"),
    [
        ("The bridge was struck.", [4, 2]),
        ("Nobody was hurt.", [4]),
        ("The depot exploded.", [2]),
        ("The bridge was hit.", [2]),
    ],
)
def test_a_sentence_is_followed_back_through_its_edits(sentence: str, versions: list[int]) -> None:
    found = histories(NEWEST_FIRST, [sentence])
    assert [one["version"] for one in found[sentence]] == versions


def test_a_sentence_that_was_never_edited_has_no_history() -> None:
    assert histories(NEWEST_FIRST, ["The river rose.", "The depot burned."]) == {}


def test_edits_that_lead_back_to_the_first_words_end() -> None:
    there_and_back = [edit(3, "It burned.", "It stood."), edit(2, "It stood.", "It burned.")]
    found = histories(there_and_back, ["It stood."])
    assert [one["version"] for one in found["It stood."]] == [3, 2]
