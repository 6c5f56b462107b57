"""Markers in the prose: every occurrence, its sentence and its section; nothing that only looks
like one."""

from __future__ import annotations

import pytest

from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.references.markers import looks_like_markers, mark


def paragraph(*runs: Run | str) -> Block:
    return Block(
        BlockKind.PARAGRAPH, tuple(Run(run) if isinstance(run, str) else run for run in runs)
    )


def labels(*blocks: Block) -> list[str]:
    return [marker.label for marker in mark(blocks).markers]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("One.[1] Two.[2][2]", ["1", "2", "2"]),
        ("One [1],[2] and [3].", ["1", "2", "3"]),
        ("One [1, 2; 3].", ["1", "2", "3"]),
        ("One [3-5].", ["3", "4", "5"]),
        ("One [3–5].", ["3", "4", "5"]),
        ("One [ 7 ].", ["7"]),
        ("One.[3]–[5] Two.[6] - [7]", ["3", "4", "5", "6", "7"]),
        ("One [3] – it is said – [7].", ["3", "7"]),
        ("One.[\u200b7\u200b] Two.[8\ufeff]", ["7", "8"]),
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
    found = [(m.label, m.sentence, m.section) for m in mark(blocks).markers]
    assert found == [
        ("1", "Before.", None),
        ("2", "Lt. Gen. Sample came.", "Northern axis"),
        ("3", "Lt. Gen. Sample came.", "Northern axis"),
        ("4", "He left soon.", "Northern axis"),
        ("5", "He left soon.", "Northern axis"),
        ("6", "“He slept.”", "Northern axis"),
        ("7", "An item.", "Northern axis"),
    ]


def test_what_joins_markers_in_a_row_is_no_part_of_their_sentence() -> None:
    text = "Forces moved.[1]–[2] They left[3], [4] at noon.[5]; [6]"
    said = {m.label: m.sentence for m in mark([paragraph(text)]).markers}
    assert said["1"] == said["2"] == "Forces moved."
    assert said["3"] == said["6"] == "They left at noon."


def test_markers_on_lines_of_their_own_belong_to_the_sentence_above() -> None:
    blocks = [paragraph("One. Two.[1]"), paragraph("[2]"), paragraph("[3]\u00a0"),
        paragraph("Three.\n[4]\n[5]")]  # fmt: skip
    found = [(m.label, m.sentence) for m in mark(blocks).markers]
    assert found == [("1", "Two."), ("2", "Two."), ("3", "Two."), ("4", "Three."), ("5", "Three.")]


def test_every_style_of_marker_stands_in_brackets_in_the_prose() -> None:
    blocks = [
        paragraph("Ten men.", Run("1", sup=True), " They left", Run(" 2 ", "#footnote2_k3"),
            "soon."),
        paragraph("One", Run("(3)", sup=True), ". Two", Run("4, 5", sup=True), ". End",
            Run("6–7", sup=True)),
    ]  # fmt: skip
    marked = mark(blocks)
    assert [block.text for block in marked.blocks] == [
        "Ten men.[1] They left [2] soon.",
        "One[3]. Two[4, 5]. End[6–7]",
    ]
    assert [(m.label, m.sentence) for m in marked.markers] == [
        ("1", "Ten men."),
        ("2", "They left soon."),
        *(("3", "One."), ("4", "Two."), ("5", "Two."), ("6", "End"), ("7", "End")),
    ]


def test_markdown_markers_are_markers_and_divided_brackets_stay_as_printed() -> None:
    marked = mark([paragraph("One.[^1] Two."),
        paragraph("Three.", Run("[^2]", "#fn2"), "[", Run("3", "#fn3"), "]")])  # fmt: skip
    assert [block.text for block in marked.blocks] == ["One.[1] Two.", "Three.[2][3]"]
    assert [m.label for m in marked.markers] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "href",
    [
        *("#footnote1_k3", "#fn:1", "#user-content-fn-1", "#ftnt1", "#sdendnote1sym", "#_edn1"),
        *("#easy-footnote-bottom-1-120", "#post-120-footnote-1", "#cite_note-a-1", "#_ednii"),
        *("#footnote_plugin_reference_12_1_1", "https://example.org/x#_ftn1", "#Note_1", "#ref-1"),
    ],
)
def test_links_of_footnote_plugins_are_markers(href: str) -> None:
    assert labels(paragraph("One.", Run("1", href))) == ["1"]


@pytest.mark.parametrize("href", ["#top", "#section-2", "https://example.org/1", "#fn", "/page/2"])
def test_links_to_other_places_are_no_markers(href: str) -> None:
    assert labels(paragraph("One.", Run("1", href))) == []


def test_a_marker_alone_in_its_block_is_looked_at_in_every_style() -> None:
    blocks = [
        paragraph(Run("3", sup=True)), paragraph("One.[4]"), paragraph(Run("5", "#_edn5")),
        paragraph("None."),
    ]  # fmt: skip
    assert looks_like_markers(blocks) == [(0, 3), (1, 4), (2, 5)]


def test_a_label_that_is_a_year_is_a_marker_where_a_note_has_it() -> None:
    block = paragraph("One.[1950] In [1951] two.")
    assert [m.label for m in mark([block], {1949, 1950}).markers] == ["1950"]
    assert mark([block]).markers == ()


def test_a_raised_number_is_no_part_of_a_heading() -> None:
    blocks = [
        Block(BlockKind.HEADING, (Run("Northern axis"), Run("1", sup=True)), level=2),
        paragraph("One.", Run("2", sup=True)),
    ]
    assert [m.section for m in mark(blocks).markers] == ["Northern axis", "Northern axis"]


def test_rare_styles_are_markers_only_where_notes_bear_them_out() -> None:
    text = "One (1). Two.¹ Three[I] of 5 km² and 10³ men (4), “[I]t”."
    marked = mark([paragraph(text)], {1, 2, 3}, rare=True)
    assert marked.blocks[0].text == "One [1]. Two.[1] Three[I] of 5 km² and 10³ men (4), “[I]t”."
    assert [m.label for m in marked.markers] == ["1", "1", "I"]
    assert mark([paragraph(text)], {1, 2, 3}).markers == ()
