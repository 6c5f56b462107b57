"""How sure a parse is."""

from __future__ import annotations

import inspect
import re

import pytest

from archive.model.reports import CitedUrl, Marker, Note
from pipeline.read.references import check
from pipeline.read.references.check import FLAGS, doubts_of
from pipeline.read.references.kinds import NoteKind, kind_of
from pipeline.read.references.slips import BRACKET_IMPLIED, LABEL_IMPLIED

URL = CitedUrl("https://example.org/a", "https://example.org/a")


def notes(*labels: str) -> list[Note]:
    return [Note(label, "x", (URL,)) for label in labels]


def markers(*labels: str) -> list[Marker]:
    return [Marker(label, "A sentence.") for label in labels]


def test_a_whole_report_raises_nothing() -> None:
    quality = doubts_of(notes("1", "2", "3"), markers("1", "2", "2", "3"))
    assert quality.flags == ()
    assert quality.unused_notes == ()


def test_roman_markers_match_arabic_notes() -> None:
    assert doubts_of(notes("1", "2"), markers("i", "ii")).flags == ()


def test_missing_labels_and_unmatched_markers_are_named() -> None:
    quality = doubts_of(notes("1", "3", "4"), markers("1", "2", "2", "4"))
    assert quality.flags == ("labels-incomplete", "markers-unmatched", "notes-unused")
    assert quality.missing_labels == ("2",)
    assert quality.unmatched_markers == ("2",)
    assert quality.unused_notes == ("3",)


def test_markers_without_any_note_are_an_incomplete_report() -> None:
    quality = doubts_of([], markers("1", "2"))
    assert quality.flags == ("incomplete", "no-notes")
    assert quality.unmatched_markers == ("1", "2")


def test_a_report_without_markers_and_notes_is_not_incomplete() -> None:
    assert doubts_of([], []).flags == ("no-notes",)


def test_labels_printed_twice_and_cut_urls_are_flagged() -> None:
    cut = Note("2", "x", (CitedUrl("https://example.org/a", "https://example.org/a...", ("cut",)),))
    quality = doubts_of([*notes("1", "1"), cut], markers("1", "2"))
    assert quality.flags == ("cut-urls", "labels-repeated")


def test_notes_without_url_are_counted() -> None:
    assert (
        doubts_of([Note("1", "On request."), *notes("2")], markers("1", "2")).notes_without_url == 1
    )


def test_a_wild_label_makes_no_endless_list() -> None:
    assert len(doubts_of(notes("1", "99999"), markers("1")).missing_labels) < 2000


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("", NoteKind.EMPTY),
        (" ; .", NoteKind.EMPTY),
        ("Data available upon request.", NoteKind.ON_REQUEST),
        ("Author’s database", NoteKind.ON_REQUEST),
        ("Ibid.", NoteKind.BACK_REFERENCE),
        ("See note 12", NoteKind.BACK_REFERENCE),
        ("Harbour log, page 12", NoteKind.WORDS),
    ],
)
def test_notes_without_url_have_a_kind(text: str, kind: NoteKind) -> None:
    assert kind_of(Note("1", text)) is kind
    assert kind_of(Note("1", text, (URL,))) is NoteKind.CITED


def test_a_copy_in_an_archive_that_altered_copies_is_a_flag() -> None:
    cited = CitedUrl("https://archive.is/AbCdE", "https://archive.is/AbCdE")
    other = CitedUrl("https://web.archive.org/web/2022/https://a.org", "x")
    assert "untrusted-copy" in doubts_of([Note("1", "x", (cited,))], markers("1")).flags
    assert "untrusted-copy" not in doubts_of([Note("1", "x", (other,))], markers("1")).flags


@pytest.mark.parametrize("text", ["https:…", "h… ; https://t.me/a/1", "see http://...", "www…"])
def test_an_address_cut_to_nothing_is_a_flag(text: str) -> None:
    assert "cut-urls" in doubts_of([Note("1", text, (URL,))], markers("1")).flags


@pytest.mark.parametrize("text", ["oh… no", "see https://t.me/a/1 …", "what…"])
def test_other_ellipses_are_no_cut_address(text: str) -> None:
    assert "cut-urls" not in doubts_of([Note("1", text, (URL,))], markers("1")).flags


def test_every_flag_that_a_version_may_have_is_described() -> None:
    source = inspect.getsource(check)
    named = {getattr(check, name) for name in re.findall(r"^([A-Z_]+) = \"", source, re.MULTILINE)}
    assert named | {BRACKET_IMPLIED, LABEL_IMPLIED} == set(FLAGS)
