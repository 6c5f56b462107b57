"""What is told about an edit: words, and labels of notes."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.reports import Change, CitedUrl, Content, Figure, Note
from pipeline.decide.versions import change_between
from pipeline.read.content import digest


def cite(label: str, *urls: str) -> Note:
    return Note(label, " ; ".join(urls), tuple(CitedUrl(u, u) for u in urls))


def page(number: int) -> str:
    return f"https://example.org/story/{number}"


def content(text: str = "", notes: tuple[Note, ...] = ()) -> Content:
    return Content("Title", text, notes, ())


def change(before: Content, after: Content) -> Change:
    found = change_between(before, after)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("before", "after", "added", "removed"),
    [
        ("The ditchlines held.", "The ditch lines held.", 2, 1),
        ("Kate Smith, analyst", "Katherine Smith, analyst", 1, 1),
        ("Water rose.\n\nWater rose.\n\nEnd.", "Water rose.\n\nEnd.", 0, 2),
        ("Pressure on the city and the port", "Pressure on the city, and the port", 0, 0),
        ("", "Three new words.", 3, 0),
        ("one two three four", "four one two three", 1, 1),
    ],
)
def test_words_are_counted_without_punctuation(
    before: str, after: str, added: int, removed: int
) -> None:
    assert change(content(before), content(after)) == Change(("prose",), added, removed)


def test_long_texts_that_share_little_are_counted_as_bags(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pipeline.decide.versions.changes._MAX_WORD_PAIRS", 10)
    assert change(content("a b c d e f"), content("f e d x b y")).words_added == 2


NOTES = tuple(cite(str(n), page(n)) for n in range(1, 6))


def test_a_note_put_in_shifts_the_others_without_changing_them() -> None:
    after = (
        NOTES[0],
        cite("2", page(99)),
        *(replace(n, label=str(i)) for i, n in enumerate(NOTES[1:], 3)),
    )
    assert change(content(notes=NOTES), content(notes=after)) == Change(
        ("notes",), notes_added=("2",)
    )
    assert change(content(notes=after), content(notes=NOTES)) == Change(
        ("notes",), notes_dropped=("2",)
    )


def test_a_note_with_other_addresses_is_changed() -> None:
    after = (*NOTES[:2], cite("3", page(3), page(33)), cite("4", page(44)), NOTES[4])
    assert change(content(notes=NOTES), content(notes=after)) == Change(
        ("notes",), notes_changed=("3", "4")
    )


def test_notes_that_change_places_are_changed() -> None:
    after = (NOTES[0], replace(NOTES[2], label="2"), replace(NOTES[1], label="3"), *NOTES[3:])
    found = change(content(notes=NOTES), content(notes=after))
    assert found.notes_added == found.notes_dropped == ()
    assert found.notes_changed


def test_a_note_that_kept_an_address_under_another_label_is_changed_not_new() -> None:
    before = (*NOTES[:4], cite("5", page(5), page(55)))
    after = (*NOTES[:3], cite("x", page(5)))
    found = change(content(notes=before), content(notes=after))
    assert found == Change(("notes",), notes_dropped=("4",), notes_changed=("x",))


def test_labels_are_given_as_printed() -> None:
    before = (cite("i", page(1)), cite("ii", page(2)))
    after = (cite("1", page(1)), cite("2", page(22)), cite("3", page(3)))
    found = change(content(notes=before), content(notes=after))
    assert (found.notes_changed, found.notes_added) == (("2",), ("3",))


def test_thousands_of_equal_notes_are_compared_in_no_time() -> None:
    many = tuple(Note(str(n), "") for n in range(3000))
    assert change(content(notes=many), content(notes=many[:-1])).notes_dropped == ("2999",)


words = st.lists(
    st.sampled_from(["river", "bridge", "old", "new", ",", ".", "[1]", "[ii]", "3"]), max_size=8
)
addresses = st.sampled_from(
    [page(1), page(2) + ".", "https://www.understandingwar.org/x", "https://understandingwar.org/x"]
)
notes = st.lists(
    st.builds(
        lambda label, urls, words_: Note(label, " ".join([*urls, *words_]), tuple(CitedUrl(u,
            u) for u in urls)),
        st.sampled_from(["1", "2", "i", "*"]), st.lists(addresses, max_size=2), words,
    ),
    max_size=3,
)  # fmt: skip
figures = st.lists(st.builds(Figure, addresses, st.none() | words.map(" ".join)), max_size=2)
contents = st.builds(
    lambda title, text, notes_, figures_, complete: Content(
        title, text, tuple(notes_) if complete else (), tuple(figures_), complete
    ),
    st.sampled_from(["A", "a", "A."]), words.map(" ".join), notes, figures, st.booleans(),
)  # fmt: skip


@given(contents, contents)
def test_compare_and_digest_agree(one: Content, other: Content) -> None:
    if one.complete and other.complete:
        assert (change_between(one, other) is None) == (digest(one, "p/1") == digest(other, "p/1"))
    there, back = change_between(one, other), change_between(other, one)
    assert (there is None) == (back is None)
    if there is not None and back is not None:
        assert there.kinds == back.kinds
        assert (there.words_added, there.words_removed) == (back.words_removed, back.words_added)


@given(st.text(), st.text())
def test_any_text_can_be_compared(one: str, other: str) -> None:
    first = Content(one, other, (Note(one[:3], other),), (Figure(one, other),))
    second = Content(other, one, (Note(other[:3], one, (CitedUrl(one, other),)),), ())
    assert change_between(first, first) is None
    assert (change_between(first, second) is None) == (digest(first, "p") == digest(second, "p"))
