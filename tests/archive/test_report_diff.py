"""What was edited between two versions, by what stands in them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from archive.show import diff_html, diff_out
from archive.show.prose_diff import sentences
from archive.show.report_diff import ReadNote, ReadVersion, ReportDiff, diff

TEXT = (
    "A depot burned near the port.[1] Officials denied it.[2]\n\n"
    "The river rose by two metres on Monday.[3] Nobody was hurt."
)
NOTES = (
    ReadNote("1", "https://t.me/portwatch/12", ("https://t.me/portwatch/12",)),
    ReadNote("2", "https://news.example/denied", ("https://news.example/denied",)),
    ReadNote("3", "https://river.example/level", ("https://river.example/level",)),
)


def version(name: str = "1", **changes: Any) -> ReadVersion:
    base = ReadVersion(
        name, int(name), "https://understandingwar.org/x", "isw", "2026-03-04T02:00:00Z",
        "Iran Update", TEXT, NOTES,
    )  # fmt: skip
    return replace(base, **changes)


def edited(**changes: Any) -> ReportDiff:
    return diff(version(), version("2", **changes))


def kinds(found: ReportDiff) -> list[str]:
    return [one.kind for one in found.prose]


def test_equal_versions_have_no_difference() -> None:
    assert edited().empty
    assert "Nothing was edited" in diff_html.body(edited())


def test_sentences_are_cut_behind_their_markers_and_keep_paragraphs() -> None:
    found = sentences(TEXT)
    assert [(one.words, one.labels, one.starts) for one in found] == [
        ("A depot burned near the port.", ("1",), True),
        ("Officials denied it.", ("2",), False),
        ("The river rose by two metres on Monday.", ("3",), True),
        ("Nobody was hurt.", (), False),
    ]


def test_one_word_changed_is_one_word_marked() -> None:
    found = edited(text=TEXT.replace("two metres", "three metres"))
    assert kinds(found) == ["same", "same", "edited", "same"]
    assert (found.words_added, found.words_removed) == (1, 1)
    assert ("gone", "two") in diff_out.merged_words(found.prose[2])
    assert ("new", "three") in diff_out.merged_words(found.prose[2])


def test_punctuation_about_words_is_marked_and_does_not_count() -> None:
    found = edited(text=TEXT.replace("two metres", "two, (metres)"))
    assert kinds(found) == ["same", "same", "edited", "same"]
    assert (found.words_added, found.words_removed) == (0, 0)


def test_a_note_put_in_front_renumbers_the_rest_and_changes_no_sentence() -> None:
    moved = tuple(replace(note, label=str(int(note.label) + 1)) for note in NOTES)
    text = TEXT.replace("[3]", "[4]").replace("[2]", "[3]").replace("[1]", "[2]")
    added = ReadNote("1", "Interview with a pilot.")
    found = edited(text=f"It began on Sunday.[1] {text}", notes=(added, *moved))
    assert kinds(found) == ["new", "same", "same", "same", "same"]
    assert found.notes is not None
    assert [one.kinds for one in found.notes] == [("added",), *[("renumbered",)] * 3]
    assert found.prose[0].gained == ("1",)
    assert not any(one.gained or one.lost for one in found.prose[1:])


def test_notes_in_another_order_are_matched_by_what_they_say() -> None:
    turned = tuple(replace(n, label=label) for n, label in zip(reversed(NOTES), "123", strict=True))
    found = edited(notes=turned, text=TEXT.replace("[1]", "[x]").replace("[3]",
        "[1]").replace("[x]", "[3]"))  # fmt: skip
    assert found.notes is not None
    assert sorted((one.label_before, one.label_after) for one in found.notes) == [("1", "3"),
        ("3", "1")]  # fmt: skip
    assert kinds(found) == ["same"] * 4


def test_the_same_number_with_another_source_is_a_citation_lost_and_one_gained() -> None:
    other = ReadNote("2", "A wholly different broadcast on a Tuesday evening in spring")
    found = edited(notes=(NOTES[0], other, NOTES[2]))
    assert found.notes is not None
    assert sorted(one.kinds for one in found.notes) == [("added",), ("dropped",)]
    cited = next(one for one in found.prose if one.kind == "cited")
    assert (cited.gained, cited.lost) == (("2",), ("2",))


def test_a_note_whose_words_were_mended_is_rewritten() -> None:
    mended = ReadNote("2", "https://news.example/denied-again",
        ("https://news.example/denied-again",))  # fmt: skip
    found = edited(notes=(NOTES[0], mended, NOTES[2]))
    assert found.notes is not None
    (one,) = found.notes
    assert one.kinds == ("rewritten",)
    assert one.sources_added == ("https://news.example/denied-again",)
    assert one.sources_dropped == ("https://news.example/denied",)
    assert kinds(found) == ["same"] * 4


def test_a_sentence_that_loses_its_marker_keeps_its_words() -> None:
    found = edited(text=TEXT.replace("it.[2]", "it."))
    assert kinds(found) == ["same", "cited", "same", "same"]
    assert found.prose[1].lost == ("2",)


def test_notes_that_were_not_printed_yet_are_not_compared() -> None:
    found = diff(version(notes=(), complete=False), version("2"))
    assert found.notes is None
    assert kinds(found) == ["same"] * 4
    assert "before its notes" in "\n".join(diff_out.as_lines(found, "x"))


def test_figures_captions_corrections_and_the_head_are_compared() -> None:
    old = version(figures=(("https://x.example/a.png", "Old"), ("https://x.example/b.png", None)))
    new = version(
        "2", title="Iran Update, corrected", corrections=("The port was wrong.",),
        figures=(("https://x.example/a.png", "New"), ("https://x.example/c.png", None)),
    )  # fmt: skip
    found = diff(old, new)
    assert [one.kind for one in found.figures] == ["dropped", "added", "captioned"]
    assert found.corrections_added == ("The port was wrong.",)
    assert [one.field for one in found.head] == ["title"]


@pytest.mark.parametrize("size", [0, 1, 120])
def test_long_runs_of_other_sentences_end(size: int) -> None:
    old = " ".join(f"Depot {place} burned on day {place}." for place in range(size))
    new = " ".join(f"Bridge {place} fell in week {place}." for place in range(size + 3))
    found = diff(version(text=old, notes=()), version("2", text=new, notes=()))
    assert sum(one.kind in {"edited", "new"} for one in found.prose) == size + 3


def test_what_strangers_wrote_stays_text_in_html() -> None:
    bad = "<script>alert(1)</script>"
    found = edited(
        text=f"{TEXT} {bad}", title=bad, notes=(ReadNote(bad[:9], bad),), corrections=(bad,),
        figures=(("javascript:alert(1)", bad),),
    )  # fmt: skip
    page = diff_html.document(found, bad)
    assert "<script" not in page
    assert "href" not in page


def test_the_object_says_both_versions_and_every_change() -> None:
    found = diff_out.as_object(edited(text=TEXT.replace("Nobody", "One")), "iran-update/2026-03-03")
    assert (found["from"]["name"], found["to"]["name"]) == ("1", "2")
    (one,) = found["prose"]
    assert (one["before"], one["after"]) == ("Nobody was hurt.", "One was hurt.")
