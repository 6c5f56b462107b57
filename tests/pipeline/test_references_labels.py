"""Labels as lists of notes and markers print them."""

from __future__ import annotations

import pytest

from pipeline.read.references.labels import Style, glued_label, label_value, line_label


@pytest.mark.parametrize(
    ("text", "value"),
    [("1", 1), ("0012", 12), ("i", 1), ("iv", 4), ("XC", 90), ("cxxviii", 128), ("mmxxvi", 2026)],
)
def test_labels_have_numbers(text: str, value: int) -> None:
    assert label_value(text) == value


@pytest.mark.parametrize("text", ["", "iiii", "vx", "ic", "a", "military", "1a", "٣", "²"])
def test_other_words_have_no_number(text: str) -> None:
    assert label_value(text) is None


@pytest.mark.parametrize(
    ("line", "text", "style"),
    [
        ("[12] https://example.org", "12", Style.BRACKET),
        ("\u00a0[ 12 ]x", "12", Style.BRACKET),
        ("[12]. x", "12", Style.BRACKET),
        ("[\u200b12\u2060] x", "12", Style.BRACKET),
        ("\u200b\ufeff[12] x", "12", Style.BRACKET),
        ("[iv] x", "iv", Style.ROMAN),
        ("[IV] x", "IV", Style.ROMAN),
        ("(3) x", "3", Style.ROUND),
        ("(iii) x", "iii", Style.ROMAN),
        ("3. x", "3", Style.DOTTED),
        ("3.https://example.org", "3", Style.DOTTED),
        ("3) x", "3", Style.DOTTED),
        ("iii. x", "iii", Style.ROMAN),
        ("^3 x", "3", Style.CARET),
        ("↑ 3 x", "3", Style.CARET),
        ("3\tx", "3", Style.BARE),
        ("3 x", "3", Style.BARE),
    ],
)
def test_lines_begin_with_labels(line: str, text: str, style: Style) -> None:
    label = line_label(line)
    assert label is not None
    assert (label.text, label.style) == (text, style)


@pytest.mark.parametrize(
    "line", ["", "x [1]", "[sic] he", "[military] x", "[0] x", "3.5 percent", "3rd day", "MIX. x",
        "[1"]
)  # fmt: skip
def test_other_lines_have_no_label(line: str) -> None:
    assert line_label(line) is None


def test_a_label_takes_its_brackets_and_the_blanks_before_it() -> None:
    label = line_label(" [12] x")
    assert label is not None
    assert label.length == len(" [12]")


@pytest.mark.parametrize(
    "line", ["2https://example.org", "[2 https://example.org", "2]www.example.org"]
)
def test_a_label_without_its_brackets_is_known_by_its_number(line: str) -> None:
    label = glued_label(line, 2)
    assert label is not None
    assert label.text == "2"
    assert glued_label(line, 3) is None
