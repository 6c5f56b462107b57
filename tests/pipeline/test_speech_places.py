"""Where the rules of speech look: where their words stand, and nothing is lost by it."""

from __future__ import annotations

from archive.model.speech import Hedge, Role
from pipeline.read.speech import clauses, speech_of
from pipeline.read.speech.rules import RULES
from pipeline.read.speech.standing import lowered, places_of, words_of

SENTENCES = (
    (
        "The mayor claimed on May 3, as ISW assessed, that the port is open, and ISW reported that"
        " footage posted on May 4 reportedly shows smoke."
    ),
    (
        "Ruritanian data show that the price rose, while officials began stating, after a pause,"
        " that it did not."
    ),
    "As the general noted, two statements claiming victory were published, and rumors circulated.",
    "It is possible that there are signs of a storm; the minister continued to say that it rains.",
    "The brigade was unclear about it, which CTP forecasted, so that it used the break to warn us.",
    "Geolocated photographs indicate that the depot, likely a decoy, burned due to a strike.",
    "A lawmaker gave a short interview, calling for reports stating why the İzmir talks ended.",
    "Pre-recorded footage was identified in a video; well-documented claims alleging it emerged.",
    "What the Institute for the Study of War assesses is that polls found otherwise, since 2015.",
)


def test_a_rule_is_found_by_its_first_words_wherever_it_would_be_found_letter_by_letter() -> None:
    found = set()
    for sentence in SENTENCES:
        low = lowered(sentence)
        for rule in RULES:
            if rule.begins and not rule.is_listed:
                expected = [match.span() for match in rule.pattern.finditer(sentence)]
                starts = sorted(places_of(low, rule.begins))
                assert [m.span() for m in rule.places(sentence, low, starts)] == expected
                found |= {rule.kind} if expected else set()
    assert len(found) > 8


def test_clauses_are_found_by_their_first_words_wherever_they_would_be_letter_by_letter() -> None:
    for sentence in SENTENCES:
        blanked = clauses.blanked(sentence, clauses._SUBORDINATE)
        assert clauses.main_clauses(sentence) == blanked
        assert clauses.main_clauses(sentence, words_of(lowered(sentence))) == blanked


def test_a_word_stands_where_no_letter_goes_on() -> None:
    assert sorted(places_of("that thatch, that’s what; that", ("that", "what"))) == [0, 13, 20, 26]


def test_a_sentence_that_was_read_speaks_otherwise_where_its_name_is_another_s() -> None:
    sentence = "Mauban claimed that the pass is open."
    assert speech_of(sentence, {"Mauban": Role.MILBLOGGER}).role is Role.MILBLOGGER
    assert speech_of(sentence, {"Mauban": Role.MINISTRY, "Rassendyll": Role.MEDIA}).role is (
        Role.MINISTRY
    )
    assert speech_of(sentence, {}).role is Role.PERSON
    assert speech_of(sentence, {}).hedge is Hedge.CLAIMED
