"""The edits between two versions: what is one, whether it was admitted, since when words stood."""

from __future__ import annotations

from typing import Any

import pytest

from archive.model.edits import Admission, DatedEdit, EditKind, Part
from archive.show.report_diff import ReadNote, ReadVersion
from pipeline.decide.edits.admitted import is_admission
from pipeline.decide.edits.listing import edits_of

TEXT = "Six carts burned near Zenda.[1] Dockers left early.[2]"
NOTES = (ReadNote("1", "a", ("https://a.example/1",)), ReadNote("2", "b", ("https://b.example/2",)))


def version(text: str = TEXT, **more: Any) -> ReadVersion:
    values = {"title": "Harbor Update, March 3", "notes": NOTES, **more}
    return ReadVersion("1", 1, "https://isw.example/a", "isw", "2026-03-04T02:00:00Z", text=text,
                       **values)  # fmt: skip


def edits(*versions: ReadVersion) -> list[DatedEdit]:
    return list(edits_of(list(enumerate(versions, start=1))))


def kinds(*versions: ReadVersion) -> list[tuple[str, ...]]:
    return [one.edit.kinds for one in edits(*versions)]


def test_each_sentence_that_differs_is_an_edit_with_its_kinds() -> None:
    (one,) = edits(version(), version(TEXT.replace("Six", "Nine")))
    assert one.edit.kinds == (EditKind.NUMBER,)
    assert one.edit.before == "Six carts burned near Zenda."
    assert (one.edit.labels_before, one.edit.labels_after) == (("1",), ("1",))
    assert one.edit.admission is Admission.SILENT


def test_what_is_only_set_otherwise_is_no_edit() -> None:
    assert not edits(version(), version(TEXT.replace("Six", "6").replace("early.", "early .")))


def test_a_sentence_that_stands_elsewhere_now_is_no_edit() -> None:
    first, second = TEXT.split("[1] ")
    assert not edits(version(), version(f"{second} {first}[1]"))


def test_notes_with_other_numbers_are_no_edit() -> None:
    notes = (ReadNote("8", "a", NOTES[0].sources), ReadNote("9", "b", NOTES[1].sources))
    later = version(TEXT.replace("[1]", "[8]").replace("[2]", "[9]"), notes=notes)
    assert not edits(version(), later)


def test_another_address_in_the_note_of_a_sentence_is_an_edit_of_its_source() -> None:
    notes = (ReadNote("1", "a", ("https://c.example/3",)), NOTES[1])
    (one,) = edits(version(), version(notes=notes))
    assert one.edit.kinds == (EditKind.SOURCE,)
    assert one.edit.sources_added == ("https://c.example/3",)
    assert one.edit.sources_dropped == ("https://a.example/1",)


def test_notes_that_were_not_printed_yet_are_no_edit() -> None:
    assert not edits(version(notes=(), complete=False), version())


def test_a_note_without_a_marker_is_an_edit_of_its_own() -> None:
    third = ReadNote("3", "c https://c.example", ("https://c.example/",))
    other = ReadNote("3", "d https://d.example", ("https://d.example/",))
    (one,) = edits(version(notes=(*NOTES, third)), version(notes=(*NOTES, other)))
    assert (one.edit.part, one.edit.kinds) == (Part.NOTE, (EditKind.SOURCE,))


def test_new_and_gone_sentences_and_headlines_are_edits() -> None:
    assert kinds(version(), version(f"{TEXT} Nobody drowned.")) == [(EditKind.ADDED,)]
    assert kinds(version(f"{TEXT} Nobody drowned."), version()) == [(EditKind.REMOVED,)]
    (one,) = edits(version(), version(title="Harbor Update, March 4"))
    assert (one.edit.part, one.edit.kinds) == (Part.TITLE, (EditKind.NUMBER,))


def test_a_line_that_names_the_change_admits_it() -> None:
    line = "Correction: An earlier version of this report said that six carts burned."
    changed = f"{TEXT.replace('Six', 'Nine').replace('early', 'happily')}\n\n{line}"
    found = edits(version(), version(changed, corrections=(line,)))
    assert [(one.edit.kinds, one.edit.admission) for one in found] == [
        ((EditKind.NUMBER,), Admission.NAMED),
        ((EditKind.WORDING,), Admission.NOTED),
    ]
    assert {one.edit.said for one in found} == {(line,)}


def test_a_line_of_two_sentences_is_said_once() -> None:
    line = "Correction: Nine carts burned. An earlier version of this report gave another number."
    after = version(f"{line} {TEXT.replace('Six', 'Nine')}", corrections=(line,))
    assert {one.edit.said for one in edits(version(), after)} == {(line,)}


def test_a_line_that_stood_there_before_admits_nothing() -> None:
    line = "Editor's note: Names are spelled as in Zenda."
    before, after = f"{TEXT}\n\n{line}", f"{TEXT.replace('Six', 'Nine')}\n\n{line}"
    (one,) = edits(version(before), version(after))
    assert one.edit.admission is Admission.SILENT


def test_words_stood_since_the_first_version_that_has_them_without_a_gap() -> None:
    later = version(TEXT.replace("Six", "Nine"))
    between = version(f"{TEXT} Nobody drowned.")
    assert edits(later, version(), between, later)[0].since == 2
    assert edits(version(), later)[0].since == 1
    assert [one.since for one in edits(version(), between)] == [None]


@pytest.mark.parametrize(
    "line",
    [
        "Correction: The text named the wrong harbor.", "Editor's note: A map was exchanged.",
        "Updated at 5:00 pm ET", "UPDATE (March 4): Two names are right now.",
        "This report has been updated with a new map.", "Rectificatif : le port est Zenda.",
        "Исправление: порт назван верно.", "Оновлено 4 березня о 17:00",
        "تصحيح: اسم الميناء هو زندا",
        "اصلاحیه: نام بندر زندا است", "תיקון: שם הנמל הוא זנדה", "Düzeltme: Limanın adı Zenda.",
        "Korrektur: Der Hafen heißt Zenda.", "Corrección: El puerto es Zenda.",
        "Correzione: Il porto è Zenda.", "Sprostowanie: port to Zenda.", "更正：港口是岑达。",
        "訂正：港はゼンダです。", "정정: 항구는 젠다입니다.",
    ],
)  # fmt: skip
def test_a_line_that_admits_a_change_is_known_in_each_language(line: str) -> None:
    assert is_admission(line)


@pytest.mark.parametrize(
    "line",
    [
        "Update on the harbor offensive", "Updates from Zenda", "Update from the northern front:",
        "Corrections officers left the prison in Zenda.",
        "The correction of the border took years.",
        "Clarification on the law was asked of the council by its members.",
        "Harbor Update, March 3, 2026", "Officials corrected the map of the port.",
        "The ministry updated its list of ships on March 3.",
        "Обновление парка лодок продолжается.",
        "La mise en service du port est retardée.", "Die Korrektur der Grenze dauerte Jahre.",
        "Key developments", "Note that six carts burned.", "تحدث العمدة عن الميناء",
    ],
)  # fmt: skip
def test_ordinary_lines_admit_nothing(line: str) -> None:
    assert not is_admission(line)
