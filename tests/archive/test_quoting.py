"""Sentences that others point at: ids that last, selectors, text fragments."""

from __future__ import annotations

import re
from urllib.parse import unquote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.quoting.selectors import fragment_url, selectors
from archive.quoting.sentences import Marked, SentencePlace, sentences, words_id

URL = "https://house.example/update/"
DEPOT, DENIED = "A depot burned near the port.", "Officials denied it."


def test_a_sentence_with_two_markers_is_one() -> None:
    found = sentences(f"{DEPOT}[1][2] {DENIED}[3]", [
        Marked("1", DEPOT), Marked("2", DEPOT), Marked("3", DENIED)])  # fmt: skip
    assert [(one.text, one.markers) for one in found] == [(DEPOT, (0, 1)), (DENIED, (2,))]


def test_a_sentence_that_stands_again_has_a_number_behind_its_id() -> None:
    text = f"{DENIED}[1] {DEPOT}[2] {DENIED}[3]"
    found = sentences(text, [Marked("1", DENIED), Marked("2", DEPOT), Marked("3", DENIED)])
    ids = [one.id for one in found]
    assert ids[2] == f"{ids[0]}-2"
    assert [one.place and one.place.start for one in found] == [0, 24, 57]


def test_a_marker_is_found_at_the_place_of_its_label() -> None:
    text = f"{DENIED} So it said.[1] {DENIED}[2]"
    (found,) = sentences(text, [Marked("2", DENIED)])
    assert found.place == SentencePlace(text.rindex(DENIED), text.rindex(DENIED) + len(DENIED))


def test_a_marker_within_is_part_of_the_place_and_not_of_the_sentence() -> None:
    text = "Ships left the port[1] and a  depot[2, 3] burned.[4]"
    said = "Ships left the port and a depot burned."
    (found,) = sentences(text, [Marked(label, said) for label in "1234"])
    assert found.markers == (0, 1, 2, 3)
    assert found.place == SentencePlace(0, text.index("[4]"))


def test_what_does_not_stand_there_as_it_is_has_an_id_and_no_place() -> None:
    (found,) = sentences("Nothing of the kind.", [Marked("1", DENIED)])
    assert (found.place, found.id) == (None, words_id(DENIED))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The “depot” burned – twice.", 'the "depot" burned - twice'),
        ("A\u00a0depot burned.", "A depot  burned."),
        ("Сёла под Харьковом.", "Села под Харьковом."),
    ],
)
def test_an_id_outlasts_what_is_no_word(one: str, other: str) -> None:
    assert words_id(one) == words_id(other)


@pytest.mark.parametrize("other", ["Officials denied that.", "Officials denied it twice.", "…", ""])
def test_another_sentence_has_another_id(other: str) -> None:
    assert words_id(DENIED) != words_id(other)


def test_the_selectors_are_those_of_the_annotation_model() -> None:
    text = f"{DEPOT}[1] {DENIED}[2] More."
    quoted, at = selectors(text, SentencePlace(33, 53))
    assert quoted == {
        "type": "TextQuoteSelector", "exact": DENIED, "prefix": f"{DEPOT}[1] "[-32:],
        "suffix": "[2] More.",
    }  # fmt: skip
    assert at == {"type": "TextPositionSelector", "start": 33, "end": 53}


def led_to(text: str, url: str) -> SentencePlace | None:
    """The first place that a directive fits, as a browser looks for it."""
    parts = url.split("#:~:text=")[1].split(",")
    before = unquote(parts.pop(0)[:-1]) if parts[0].endswith("-") else ""
    start, *end = map(unquote, parts)
    within = rf"{re.escape(before)}\s*" if before else ""
    found = re.search(rf"{within}({re.escape(start)})", text)
    if found is None:
        return None
    if not end:
        return SentencePlace(*found.span(1))
    last = text.find(end[0], found.end())
    return SentencePlace(found.start(1), last + len(end[0])) if last >= 0 else None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (f"{DEPOT}[1] {DENIED}[2]", DENIED),
        (f"{DENIED} Others did, too.\n\nThen again: {DENIED}[2]", DENIED),
        ("Ships left the port[1] and a depot burned, again and again.[2]", None),
        ("Ships left the port of Odesa. Ships left the port of Izmail[1] and burned.[2]",
         "Ships left the port of Izmail[1] and burned."),
        (f"{'They said so. ' * 3}{'On and on it went, ' * 30}until noon, until noon, until noon.",
         f"{'On and on it went, ' * 30}until noon, until noon, until noon."),
        ("Yes[1], and no.[2]", "Yes[1], and no."),
    ],
)  # fmt: skip
def test_the_fragment_leads_to_the_sentence_and_to_no_other(
    text: str, sentence: str | None
) -> None:
    wanted = sentence or text.removesuffix("[2]")
    place = SentencePlace(text.rindex(wanted), text.rindex(wanted) + len(wanted))
    assert led_to(text, fragment_url(URL, text, place)) == place


def test_signs_of_the_directive_itself_are_escaped() -> None:
    said = "Half-hearted, slow & late."
    url = fragment_url(f"{URL}#top", said, SentencePlace(0, len(said)))
    assert url == f"{URL}#:~:text=Half%2Dhearted%2C%20slow%20%26%20late."


@given(st.text(alphabet="ab .[1]\n", max_size=60), st.data())
def test_any_place_has_selectors_and_a_fragment(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, max(0, len(text) - 1)))
    place = SentencePlace(start, data.draw(st.integers(start, len(text))))
    assert "#:~:text=" in fragment_url(URL, text, place)
    assert selectors(text, place)[0]["exact"] == text[place.start : place.end]
