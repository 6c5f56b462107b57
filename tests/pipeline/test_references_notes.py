"""Dividing prose from notes: labels, continuations, what stands behind the list."""

from __future__ import annotations

import pytest

from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.references import notes as notes_module
from pipeline.read.references.labels import Style
from pipeline.read.references.notes import split_notes

RULE = Block(BlockKind.RULE)


def paragraph(text: str, section: str | None = None) -> Block:
    return Block(BlockKind.PARAGRAPH, (Run(text),), section=section)


def heading(text: str) -> Block:
    return Block(BlockKind.HEADING, (Run(text),), level=2)


def item(text: str, label: str | None = None) -> Block:
    return Block(BlockKind.ITEM, (Run(text),), level=1, ordered=label is not None, label=label)


def read(*blocks: Block) -> list[tuple[str, str]]:
    return [(note.label, note.text) for note in split_notes(blocks).notes]


PROSE = paragraph("One.[1] Two.[2] Three.[3]")


def test_notes_follow_the_prose_that_refers_to_them() -> None:
    split = split_notes([PROSE, RULE, *(paragraph(f"[{n}] note {n}") for n in (1, 2, 3))])
    assert [note.text for note in split.notes] == ["note 1", "note 2", "note 3"]
    assert split.prose == (PROSE,)
    assert split.style is Style.BRACKET
    assert split.tail == ()


def test_a_list_needs_no_rule_above_it() -> None:
    assert read(PROSE, paragraph("[1] a"), paragraph("[2] b"), paragraph("[3] c")) == [
        ("1", "a"),
        ("2", "b"),
        ("3", "c"),
    ]


def test_a_sign_without_width_before_a_label_hides_it_from_nobody() -> None:
    prose = paragraph("One.[1] Two.[2]")
    found = read(prose, paragraph("[1] https://example.org/1"), paragraph("\u200b[2] two"))
    assert found == [("1", "https://example.org/1"), ("2", "two")]


def test_a_note_goes_on_over_breaks_and_paragraphs_to_the_next_label() -> None:
    found = read(
        PROSE,
        paragraph("[1] https://example.org/1 ;\nhttps://example.org/2\n[2] two"),
        paragraph("more of two"),
        paragraph("[3] three"),
        paragraph("https://example.org/3"),
    )
    assert found == [
        ("1", "https://example.org/1 ; https://example.org/2"),
        ("2", "two more of two"),
        ("3", "three https://example.org/3"),
    ]


def test_nothing_behind_the_list_is_a_note() -> None:
    split = split_notes(
        [
            PROSE,
            *(paragraph(f"[{n}] note {n}") for n in (1, 2, 3)),
            RULE,
            heading("Tags"),
            item("https://example.org/tag"),
            paragraph("[4] https://example.org/other"),
            heading("Related"),
            item("https://example.org/a", "1"),
            item("https://example.org/b", "2"),
        ]
    )
    assert [note.text for note in split.notes] == ["note 1", "note 2", "note 3"]
    assert len(split.tail) == 7


def test_a_paragraph_of_words_behind_the_last_note_is_not_part_of_it() -> None:
    found = read(PROSE, *(paragraph(f"[{n}] x") for n in (1, 2, 3)), paragraph("Follow us!"))
    assert found[-1] == ("3", "x")


def test_misprinted_and_doubled_labels_stay_as_printed_and_in_order() -> None:
    found = read(PROSE, *(paragraph(f"[{label}] {label}") for label in ("1", "2", "2", "5", "4")))
    assert [label for label, _ in found] == ["1", "2", "2", "5", "4"]


def test_empty_notes_are_notes() -> None:
    assert read(PROSE, paragraph("[1]"), paragraph("[2] "), paragraph("[3] x")) == [
        ("1", ""),
        ("2", ""),
        ("3", "x"),
    ]


def test_prose_without_a_list_stays_prose() -> None:
    split = split_notes([PROSE, paragraph("[5] begins a paragraph of prose.")])
    assert split.notes == ()
    assert len(split.prose) == 2


def test_an_empty_section_of_notes_is_no_prose() -> None:
    split = split_notes([PROSE, paragraph("Endnotes", section="Endnotes")])
    assert split.prose == (PROSE,)
    assert split.notes == ()


@pytest.mark.parametrize("title", ["Endnotes", "NOTES:", "References", "Sources"])
def test_the_heading_of_the_list_is_no_prose(title: str) -> None:
    split = split_notes([PROSE, heading(title), paragraph("[1] a"), paragraph("[2] b")])
    assert split.prose == (PROSE,)


def test_numbered_takeaways_are_not_mistaken_for_notes() -> None:
    takeaways = [item(f"Takeaway {n}.", str(n)) for n in (1, 2, 3)]
    notes = [paragraph(f"[{n}] note {n}") for n in (1, 2, 3)]
    assert [text for _, text in read(PROSE, *takeaways, *notes)] == ["note 1", "note 2", "note 3"]
    assert read(PROSE, *takeaways) == []


def test_prose_before_a_break_in_the_first_notes_block_stays_prose() -> None:
    split = split_notes([PROSE, paragraph("Last words.\n[1] a\n[2] b\n[3] c")])
    assert [block.text for block in split.prose][-1] == "Last words."
    assert len(split.notes) == 3


def test_a_list_named_by_its_section_needs_no_markers() -> None:
    blocks = [paragraph("No markers."), paragraph("[1] a", "Endnotes"),
        paragraph("[2] b", "Endnotes")]  # fmt: skip
    assert len(split_notes(blocks).notes) == 2


def test_five_thousand_notes_are_read() -> None:
    prose = [paragraph(f"Sentence.[{n}]") for n in range(1, 5001)]
    notes = [paragraph(f"[{n}] https://example.org/{n}") for n in range(1, 5001)]
    split = split_notes([*prose, *notes])
    assert len(split.notes) == 5000
    assert split.notes[-1].urls[0].url == "https://example.org/5000"


def test_markers_that_link_to_sources_are_notes_where_there_is_no_list() -> None:
    runs = (
        Run("One."),
        Run("[i]", "https://example.org/1"),
        Run(" Two."),
        Run("[ii]", "https://example.org/2"),
    )
    split = split_notes([Block(BlockKind.PARAGRAPH, runs)])
    assert [(n.label, [u.url for u in n.urls]) for n in split.notes] == [
        ("i", ["https://example.org/1"]),
        ("ii", ["https://example.org/2"]),
    ]
    assert split.style is Style.LINKED


def test_markers_that_link_to_anchors_are_no_notes() -> None:
    runs = (Run("One."), Run("[1]", "#_edn1"), Run("[2]", "https://example.org/report#_edn2"))
    assert split_notes([Block(BlockKind.PARAGRAPH, runs)]).notes == ()


def test_a_note_that_is_only_a_path_is_resolved_against_the_report() -> None:
    notes = [
        paragraph("[1] /backgrounder/other-report"),
        paragraph("[2] /and or"),
        paragraph("[3] /"),
    ]
    split = split_notes([PROSE, RULE, *notes], "https://site.example/research/this/")
    cited = [[(u.url, u.as_printed, u.repairs) for u in note.urls] for note in split.notes]
    url = "https://site.example/backgrounder/other-report"
    assert cited == [[(url, "/backgrounder/other-report", ("resolved",))], [], []]


def test_a_list_that_is_printed_twice_is_one_list_and_no_prose() -> None:
    notes = [paragraph(f"[{n}] note {n}") for n in (1, 2, 3)]
    for between in ([], [RULE], [heading("Endnotes")]):
        split = split_notes([PROSE, RULE, *notes, *between, *notes])
        assert split.prose == (PROSE,)
        assert [note.label for note in split.notes] == ["1", "2", "3"]


@pytest.mark.parametrize("style", ["({})", "[{}]", "{}"])
def test_lists_that_the_prose_refers_to_in_a_rare_style_are_found(style: str) -> None:
    labels = {"({})": "123", "[{}]": ["I", "II", "III"], "{}": "¹²³"}[style]
    prose = [paragraph(f"Some words that say it.{style.format(label)}") for label in labels]
    notes = [paragraph(f"{style.format(label)} https://example.org/{label}x") for label in labels]
    split = split_notes([*prose, RULE, *notes])
    assert split.rare
    assert len(split.notes) == 3
    assert split.prose == tuple(prose)


def test_counted_arguments_in_prose_make_no_list_of_notes() -> None:
    counted = [paragraph(f"({n}) the ferry, at length and in words") for n in (1, 2, 3)]
    split = split_notes([paragraph("Three things: (1) rain, (2) snow, (3) ice."), *counted])
    assert split.notes == ()


def test_a_note_read_before_is_given_again_with_its_own_label() -> None:
    first = split_notes([PROSE, *(paragraph(f"[{n}] https://example.org/same") for n in (1, 2, 3))])
    assert [(note.label, note.text) for note in first.notes] == [
        (n, "https://example.org/same") for n in "123"
    ]
    assert first.notes[0].urls is first.notes[2].urls


def test_long_notes_are_not_remembered() -> None:
    long = "word " * 500
    kept = notes_module._said_once.cache_info().currsize
    split_notes([PROSE, *(paragraph(f"[{n}] {n} {long}") for n in (1, 2, 3))])
    assert notes_module._said_once.cache_info().currsize == kept
