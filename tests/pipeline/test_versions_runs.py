"""How captures are sorted into versions."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.reports import CapturedContent, CitedUrl, Content, Note, VersionRun
from pipeline.decide.versions import plan_runs
from pipeline.read.content import digest

NOTES = (Note("1", "", (CitedUrl("https://example.org/1", ""),)),)
OTHER_NOTES = (Note("1", "", (CitedUrl("https://example.org/2", ""),)),)


def captured(number: int, letter: str, parser: str = "p/1") -> CapturedContent:
    """`A`, `B`: complete contents; `a`, `b`: the same without notes; `Z`: as `A`, with other
    notes."""
    complete = letter.isupper()
    notes = OTHER_NOTES if letter == "Z" else NOTES if complete else ()
    text = "a" if letter == "Z" else letter.lower()
    content = Content("T", f"text {text}[1]", notes, (), complete)
    return CapturedContent(
        number, f"2024-05-03T00:00:{number:02d}Z", digest(content, parser), complete
    )


def runs(letters: str) -> list[str]:
    captures = [captured(number, letter) for number, letter in enumerate(letters)]
    return ["".join(letters[i] for i in run.captures) for run in plan_runs(captures)]


@pytest.mark.parametrize(
    ("letters", "expected"),
    [
        ("", []),
        ("A", ["A"]),
        ("AAA", ["AAA"]),
        ("ABA", ["A", "B", "A"]),
        ("AABBA", ["AA", "BB", "A"]),
        ("aA", ["aA"]),
        ("aaA", ["aaA"]),
        ("Aa", ["Aa"]),
        ("AaA", ["AaA"]),
        ("AaaB", ["Aaa", "B"]),
        ("AbB", ["A", "bB"]),
        ("AbA", ["A", "b", "A"]),
        ("abA", ["a", "b", "A"]),
        ("abB", ["a", "bB"]),
        ("AZ", ["A", "Z"]),
        ("AaZ", ["Aa", "Z"]),
        ("aZ", ["aZ"]),
        ("aab", ["aa", "b"]),
        ("AabB", ["Aa", "bB"]),
    ],
)
def test_runs(letters: str, expected: list[str]) -> None:
    assert runs(letters) == expected


def test_a_run_is_described_by_its_first_complete_capture() -> None:
    early, late, again = captured(1, "a"), captured(2, "A"), captured(3, "A")
    assert plan_runs([early, late, again]) == (
        VersionRun((1, 2, 3), 2, early.captured_at, again.captured_at, complete=True),
    )
    assert plan_runs([early]) == (
        VersionRun((1,), 1, early.captured_at, early.captured_at, complete=False),
    )


def test_equal_times_are_ordered_by_number() -> None:
    captures = [
        CapturedContent(i, "2024-05-03T00:00:00Z", captured(i, x).digest, True)
        for i, x in enumerate("ABA")
    ]
    assert [run.captures for run in plan_runs(captures[::-1])] == [(0,), (1,), (2,)]


def test_times_are_compared_as_times() -> None:
    late = CapturedContent(1, "2024-05-03T00:00:00.5Z", captured(1, "B").digest, True)
    early = CapturedContent(2, "2024-05-03T00:00:00Z", captured(2, "A").digest, True)
    assert [run.captures for run in plan_runs([late, early])] == [(2,), (1,)]


def test_the_name_of_the_parser_makes_no_version() -> None:
    assert len(plan_runs([captured(1, "A", "p/1"), captured(2, "A", "p/2")])) == 1


def test_a_digest_of_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="digest"):
        plan_runs([CapturedContent(1, "2024-05-03T00:00:00Z", "0:p/1:x", True)])


@given(st.text("AaBbZ", max_size=12), st.randoms(use_true_random=False))
def test_the_order_of_insertion_does_not_matter(letters: str, random) -> None:
    captures = [captured(number, letter) for number, letter in enumerate(letters)]
    shuffled = captures[:]
    random.shuffle(shuffled)
    expected = plan_runs(captures)
    assert plan_runs(shuffled) == expected
    assert [i for run in expected for i in run.captures] == list(range(len(letters)))


@given(st.text("AB", max_size=12))
def test_complete_captures_make_one_run_for_each_change(letters: str) -> None:
    changes = sum(a != b for a, b in pairwise(letters))
    assert len(runs(letters)) == (changes + 1 if letters else 0)


@given(st.text("AaBbZ", max_size=12))
def test_incomplete_captures_never_add_a_run_of_what_stands_beside_them(letters: str) -> None:
    for one, other in pairwise(runs(letters)):
        if one.islower():
            assert one[-1] != other[0].lower().replace("z", "a")
