"""Markers in the prose: every occurrence, its sentence and its section; nothing that only looks like one."""

from __future__ import annotations

import pytest

from pipeline.parse.blocks import Block, BlockKind, Run
from pipeline.references.markers import find_markers


def paragraph(*runs: Run | str) -> Block:
    return Block(
        BlockKind.PARAGRAPH, tuple(Run(run) if isinstance(run, str) else run for run in runs)
    )


def labels(*blocks: Block) -> list[str]:
    return [marker.label for marker in find_markers(blocks)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One.[1] Two.[2][2]", ["1", "2", "2"]),
        ("One [1],[2] and [3].", ["1", "2", "3"]),
        ("One [1, 2; 3].", ["1", "2", "3"]),
        ("One [3-5].", ["3", "4", "5"]),
        ("One [3–5].", ["3", "4", "5"]),
        ("One [ 7 ].", ["7"]),
        ("One.[i] Two.[ii][iii]", ["i", "ii", "iii"]),
        ("One.[1] [sic] Two [military] it. “[I]t” [2022] [m]any [0]", ["1"]),
        ("One.[1] https://example.org/?__cft__[0]=AZ [i]", ["1"]),
        ("“[i]t was”, “[c]ame”", []),
        ("", []),
    ],
)
def test_markers_in_text(text: str, wanted: list[str]) -> None:
    assert labels(paragraph(text)) == wanted


def test_raised_numbers_and_links_are_markers_and_units_are_not() -> None:
    block = paragraph(
        "One", Run("1", sup=True), " of 5 km", Run("2", sup=True), ". Two", Run("2", "#fn2"), ". 3",
        Run("rd", sup=True), " day", Run("3,4", sup=True), Run("report", "https://example.org/x1"),
    )  # fmt: skip
    assert labels(block) == ["1", "2", "3", "4"]


def test_raised_numbers_are_no_markers_where_the_text_uses_brackets() -> None:
    assert labels(paragraph("One[1] and a footnote", Run("2", sup=True), " and two[2]")) == [
        "1",
        "2",
    ]


def test_brackets_may_be_divided_over_runs() -> None:
    assert labels(paragraph("One.", Run("["), Run("12", "#_edn12"), Run("]"))) == ["12"]


def test_a_marker_knows_its_sentence_and_section() -> None:
    blocks = [
        paragraph("Before.[1]"),
        Block(BlockKind.HEADING, (Run(" Northern  axis: "),), level=2),
        paragraph("Lt. Gen. Sample came.[2][3] He left [4] soon.\u00a0[5] “He slept.”[6]"),
        Block(BlockKind.ITEM, (Run("An item.[7]"),), level=1),
    ]
    found = [(m.label, m.sentence, m.section) for m in find_markers(blocks)]
    assert found == [
        ("1", "Before.", None),
        ("2", "Lt. Gen. Sample came.", "Northern axis"),
        ("3", "Lt. Gen. Sample came.", "Northern axis"),
        ("4", "He left soon.", "Northern axis"),
        ("5", "He left soon.", "Northern axis"),
        ("6", "“He slept.”", "Northern axis"),
        ("7", "An item.", "Northern axis"),
    ]


def test_markers_on_lines_of_their_own_belong_to_the_sentence_above() -> None:
    blocks = [paragraph("One. Two.[1]"), paragraph("[2]"), paragraph("[3]\u00a0"), paragraph("Three.\n[4]\n[5]")]  # fmt: skip
    found = [(m.label, m.sentence) for m in find_markers(blocks)]
    assert found == [("1", "Two."), ("2", "Two."), ("3", "Two."), ("4", "Three."), ("5", "Three.")]
