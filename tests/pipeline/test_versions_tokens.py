"""What of a text counts when two captures are compared."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.read.content import tokens
from pipeline.read.content.tokens import Mark, counted, label_key, tokens_of, without_title


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("North\u00a0bank of the river.", "North bank  of\nthe river ."),
        ("the mayor’s “plan”", 'the mayor\'s "plan"'),
        ("2021–2023", "2021-2023"),
        ("a field — a road", "a field―a road"),
        ("• First point", "First point"),
        ("soft\u00adware and zero\u200bwidth", "software and zerowidth"),
        ("caf\u0065\u0301", "caf\u00e9"),
        ("It fell.[3]", "It fell[iii]."),
        ("First.\n\nSecond.", "First. Second."),
    ],
)
def test_spelling_of_blanks_quotes_dashes_and_labels_does_not_count(one: str, other: str) -> None:
    assert tokens_of(one) == tokens_of(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ditchlines", "ditch lines"),
        ("re-open", "reopen"),
        ("Brigade", "brigade"),
        ("a city, and men", "a city and men"),
        ("100 km", "100km"),
        ("The same. The same.", "The same."),
        ("held [hostage] there", "held hostage there"),
        ("in [2022] it fell", "in [2023] it fell"),
    ],
)
def test_every_other_difference_counts(one: str, other: str) -> None:
    assert tokens_of(one).words != tokens_of(other).words


def test_a_printed_address_that_was_cut_equals_the_whole_one() -> None:
    whole = "https://example.org/" + "long-path-" * 12
    cut = whole[:69] + "..."
    assert tokens_of(f"See {whole}.").words[:-1] == tokens_of(f"See {cut}").words
    assert (
        tokens_of("www.example.org/x, too").words == tokens_of("https://example.org/x, too").words
    )


def test_markers_are_kept_apart_with_their_place() -> None:
    read = tokens_of("One fact.[1] Another[2][xi] fact, [v.] said [military] men.")
    assert read.marks == (Mark(2, "1"), Mark(3, "2"), Mark(3, "11"))
    assert "military" in read.words
    assert "[" in read.words


def test_one_pair_of_brackets_may_hold_several_labels() -> None:
    assert tokens_of("It fell.[3, iv; 5–7]").marks == tuple(
        Mark(2, n) for n in ("3", "4", "5", "7")
    )
    assert tokens_of("It fell [iiii, 4].").marks == ()


@pytest.mark.parametrize(
    ("label", "key"),
    [("12", "12"), ("007", "7"), ("xii", "12"), ("XIV", "14"), ("cxxviii", "128"), ("[iv]", "4"),
     ("iiii", None), ("ic", None), ("a", None), ("", None), ("*", None)],
)  # fmt: skip
def test_labels_are_numbers_in_either_notation(label: str, key: str | None) -> None:
    assert label_key(label) == key


def test_a_first_paragraph_that_repeats_the_title_is_dropped() -> None:
    title = "River Report, May 3, 2024"
    assert without_title(title, "RIVER REPORT,\u00a0MAY 3, 2024\n\nWater rose.") == "Water rose."
    assert without_title(title, "River Report May\n\nWater rose.").startswith("River")
    assert without_title(title, "River Report, May 3, 2024") == ""
    assert without_title("A", "A" + " " * 22 + "\n\nWater rose.").startswith("A ")


@given(st.lists(st.sampled_from([*"aZ1_é½.,'’:-/&@“ \n", "dam", "\u2028"])).map("".join))
def test_words_are_the_same_wherever_the_blanks_are_cut(text: str) -> None:
    whole = re.findall(r"\w+(?:['.:,/&@-]\w+)*|[^\w\s]", tokens.fold(text))
    read = tokens_of(f"{text} [1]")
    assert list(read.words) == whole
    assert read.marks[0].at == sum(re.fullmatch(r"[^\w\s]", one) is None for one in whole)


def test_punctuation_is_no_word() -> None:
    assert counted(tokens_of('He said: "T-72A" - twice; 5 % of U.S. men').words) == [
        "He", "said", "T-72A", "twice", "5", "of", "U.S", "men",
    ]  # fmt: skip


def test_what_is_read_closely_is_found_by_its_beginning_wherever_it_stands() -> None:
    text = (
        "[1] said [iv, 5], [see [12]]; xhttps://a.example/[3] (https://b.example/www.c.example) "
        "www.d.example/[2022] http: www. [https://e.example] a-www.f.example 7[8]"
    )
    expected = [found.span() for found in tokens._SPECIAL.finditer(text)]
    assert [found.span() for found in tokens._specials(text)] == expected
    assert len(expected) > 7
