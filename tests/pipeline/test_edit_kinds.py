"""What kind of edit leads from one sentence to another."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.decide.edits.kinds import kinds_of
from pipeline.decide.edits.values import items
from tests.edit_pairs import PAIRS


@pytest.mark.parametrize(("label", "before", "after"), PAIRS)
def test_an_edit_is_of_the_kinds_that_a_reader_names(label: str, before: str, after: str) -> None:
    assert " ".join(kinds_of(before, after, {})) == label


@pytest.mark.parametrize(("label", "before", "after"), PAIRS)
def test_kinds_do_not_depend_on_which_sentence_came_first(
    label: str, before: str, after: str
) -> None:
    assert " ".join(kinds_of(after, before, {})) == label


def test_the_labelled_set_is_large_and_mixed() -> None:
    found = Counter(label for label, _, _ in PAIRS)
    assert len(PAIRS) >= 60
    assert all(found[kind] >= 10 for kind in ("number", "place", "attribution", "wording", ""))


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("a hundred", "100"), ("twelve hundred", "1200"), ("two million", "2000000"),
        ("three hundred thousand", "300000"), ("one thousand two hundred", "1200"),
        ("forty-second", "42"), ("\u0661\u0662", "12"), ("1\u202f200", "1200"), ("0.50", "0.5"),
    ],
)  # fmt: skip
def test_numbers_are_read_by_value(printed: str, value: str) -> None:
    assert [str(one.value.normalize() + 0) for one in items(printed) if one.value] == [value]


def test_a_month_is_one_only_beside_a_number() -> None:
    assert [one.month for one in items("May 3")] == [5, None]
    assert [one.month for one in items("They may march in March")] == [None] * 5


def test_another_currency_is_an_edit() -> None:
    assert kinds_of("It cost $5 million.", "It cost €5 million.", {}) == ("wording",)
    assert kinds_of("It cost $5 million.", "It cost $6 million.", {}) == ("number",)
    assert kinds_of("It cost $5 million.", "It cost $ 5,000,000.", {}) == ()


def test_a_number_without_end_breaks_nothing() -> None:
    assert kinds_of(f"The {'9' * 5_000}th cart.", "The 8th cart.", {}) == ("number",)
    assert len(items("2 " + "trillion " * 9)) > 1


@settings(max_examples=40)
@given(st.text(max_size=60), st.text(max_size=60))
def test_any_two_texts_have_kinds(before: str, after: str) -> None:
    assert kinds_of(before, before, {}) == ()
    kinds_of(before, after, {})
