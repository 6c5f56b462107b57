"""Slips of authors: labels left out, brackets left open or wrong."""

from __future__ import annotations

import pytest

from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.references.check import doubts_of
from pipeline.read.references.labels import label_value
from pipeline.read.references.markers import Marked, mark
from pipeline.read.references.notes import NoteSplit, split_notes


def paragraph(text: str) -> Block:
    return Block(BlockKind.PARAGRAPH, (Run(text),))


def read(prose: list[str], notes: list[str]) -> tuple[NoteSplit, Marked]:
    split = split_notes([paragraph(text) for text in (*prose, *notes)])
    values = {value for note in split.notes if (value := label_value(note.label))}
    return split, mark(split.prose, values)


PROSE = ["Boats came.[1] Ferries sailed.[2] The yard rested.[3] Nobody was hurt.[4]"]


def cited(split: NoteSplit) -> dict[str, list[str]]:
    return {note.label: [c.url for c in note.urls] for note in split.notes}


@pytest.mark.parametrize(
    "notes",
    [
        ["[1] https://a.org/1", "[2] https://a.org/2", "https://a.org/3", "[4] https://a.org/4"],
        ["[1] https://a.org/1\n[2] https://a.org/2\nhttps://a.org/3\n[4] https://a.org/4"],
        ["[1] https://a.org/1", "[2] https://a.org/2", "[3] https://a.org/3", "https://a.org/4"],
        ["Endnotes", "https://a.org/1", "[2] https://a.org/2", "[3] https://a.org/3",
            "[4] https://a.org/4"],
        ["[1] https://a.org/1", "[2]", "https://a.org/2", "https://a.org/3", "[4] https://a.org/4"],
    ],
)  # fmt: skip
def test_a_note_without_its_label_has_the_one_that_the_prose_refers_to(notes: list[str]) -> None:
    split, _ = read(PROSE, notes)
    assert cited(split) == {str(n): [f"https://a.org/{n}"] for n in range(1, 5)}
    (implied,) = [note for note in split.notes if note.repairs]
    assert implied.repairs == implied.urls[0].repairs == ("label-implied",)


def test_a_roman_list_implies_a_roman_label() -> None:
    split, _ = read(
        ["Boats.[i] Ferries.[ii] Yards.[iii] Piers.[iv]"],
        ["[i] https://a.org/1", "[ii] https://a.org/2", "https://a.org/3", "[iv] https://a.org/4"],
    )
    assert cited(split)["iii"] == ["https://a.org/3"]


@pytest.mark.parametrize(
    ("prose", "notes"),
    [
        # the prose refers to no such note
        (["Boats came.[1] Ferries sailed.[2] Nobody was hurt.[4]"],
            ["[1] https://a.org/1", "[2] https://a.org/2", "https://a.org/3",
                "[4] https://a.org/4"]),
        # no label is lacking: a note goes on over several paragraphs
        (["Boats.[1] Ferries.[2] Yards.[3]"],
            ["[1] https://a.org/1", "[2] https://a.org/2", "https://a.org/3",
                "[3] https://a.org/4"]),
        # two paragraphs for one note: which of them it is nobody can tell
        (PROSE, ["[1] https://a.org/1", "[2] https://a.org/2", "https://a.org/3", "https://a.org/5",
            "[4] https://a.org/4"]),
    ],
)  # fmt: skip
def test_where_it_is_not_plain_no_label_is_implied(prose: list[str], notes: list[str]) -> None:
    split, _ = read(prose, notes)
    assert not any(note.repairs for note in split.notes)
    assert "https://a.org/3" in cited(split)["2"]


NOTES = [f"[{n}] https://a.org/{n}" for n in range(1, 4)]


@pytest.mark.parametrize(
    "slip",
    [
        "The yard rested.[2",
        "The yard rested.[2 Nobody was hurt.",
        "The yard rested. [2\u00a0",
        "The yard rested.[2}",
        "The yard rested.[2)",
        "The yard rested.(2]",
        "The yard rested.{2]",
        "The yard rested.]2]",
        "The yard rested.[2[",
        "The yard rested.2]",
    ],
)
def test_a_marker_with_half_its_brackets_is_one(slip: str) -> None:
    split, marked = read(["Boats came.[1]", slip, "It ended.[3]"], NOTES)
    assert [m.label for m in marked.markers] == ["1", "2", "3"]
    assert marked.markers[1].sentence == "The yard rested."
    assert marked.markers[1].repairs == ("bracket-implied",)
    assert "rested.[2]" in marked.blocks[1].text.replace(" ", "")
    assert doubts_of(split.notes, marked.markers).flags == ("bracket-implied",)


@pytest.mark.parametrize(
    "prose",
    [
        # a whole one is there
        ["Boats came.[1]", "The yard rested.[2", "Again.[2]", "It ended.[3]"],
        ["Boats came.[1]", "The yard rested.[2", "Again (2]", "It ended.[3]"],  # two could be meant
        ["Boats came.[1]", "The yard rested.[4", "It ended.[3]"],  # no such note
        ["Boats came.[1]", "It has [2 masts and sails", "It ended.[3]"],  # no end of a sentence
    ],
)  # fmt: skip
def test_where_it_is_not_plain_no_marker_is_implied(prose: list[str]) -> None:
    _, marked = read(prose, NOTES)
    assert not any(marker.repairs for marker in marked.markers)


def test_notes_that_nobody_names_and_markers_without_note_are_flags() -> None:
    split, marked = read(["Boats came.[1] Ferries sailed.[3] Yards.[5]"], NOTES)
    quality = doubts_of(split.notes, marked.markers)
    assert quality.flags == ("markers-unmatched", "notes-unused")
    assert (quality.unused_notes, quality.unmatched_markers) == (("2",), ("5",))
