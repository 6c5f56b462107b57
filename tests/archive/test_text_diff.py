from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from archive.model.rot import Reading
from archive.show.text_diff import GAP, DiffPart, Line, marked, sentences, text_diff

OLD = (
    "The bridge is closed. Forty families came. Nobody was hurt. The depot was empty. All is well."
)
NEW = (
    "The bridge is open. Forty families came. Nobody was hurt. The depot was empty. Nothing is "
    "well."
)


def show(old: str, new: str, most: int = 100) -> list[Line]:
    return marked(Reading(old), Reading(new), most)[0]


def test_the_changed_words_of_a_sentence_are_marked() -> None:
    assert show(OLD, NEW) == [
        Line("-", (DiffPart("The bridge is", changed=False), DiffPart("closed.", changed=True))),
        Line("+", (DiffPart("The bridge is", changed=False), DiffPart("open.", changed=True))),
        Line(" ", (DiffPart("Forty families came.", changed=False),)),
        Line(GAP, (DiffPart("", changed=False),)),
        Line(" ", (DiffPart("The depot was empty.", changed=False),)),
        Line("-", (DiffPart("All", changed=True), DiffPart("is well.", changed=False))),
        Line("+", (DiffPart("Nothing", changed=True), DiffPart("is well.", changed=False))),
    ]


def test_a_sentence_that_nothing_answers_to_is_marked_whole() -> None:
    added = show("One stays.", "One stays. Two is new.")
    assert added[-1] == Line("+", (DiffPart("Two is new.", changed=True),))
    gone = show("One stays. Two is gone.", "One stays.")
    assert gone[-1] == Line("-", (DiffPart("Two is gone.", changed=True),))


def test_long_texts_are_compared_as_far_as_asked_and_that_is_said() -> None:
    long = " ".join(f"Sentence {n} stands here." for n in range(50))
    assert marked(Reading(long), Reading(long + " More."), 10) == ([], True)
    assert marked(Reading(long), Reading(long + " More."), 60)[1] is False


def test_what_is_one_endless_sentence_is_marked_whole() -> None:
    words = "word " * 1000
    lines = show(words, words + "more")
    assert [(line.sign, len(line.parts)) for line in lines] == [("-", 1), ("+", 1)]


def test_sentences_of_other_scripts_are_told_apart() -> None:
    persian = "کتابخانه بسته شد. آیا باز می‌شود؟ بله."
    assert len(sentences(persian)) == 3


@given(st.text(max_size=200), st.text(max_size=200))
def test_the_lines_hold_every_word_that_the_plain_difference_has(old: str, new: str) -> None:
    found = show(old, new)
    for sign in "-+":
        plain = [
            line[2:].split() for line in text_diff(Reading(old), Reading(new)) if line[0] == sign
        ]
        ours = [" ".join(p.text for p in line.parts).split() for line in found if line.sign == sign]
        assert ours == plain
