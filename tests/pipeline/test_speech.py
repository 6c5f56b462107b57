"""How citing sentences speak: one rule a sentence, all made up for the tests; each class of words
with what it must not hit."""

from __future__ import annotations

import pytest

from archive.model.reports import Marker
from archive.model.speech import Hedge, Role
from pipeline.read.speech import names_in, speech_of, verbs, with_speech, words
from pipeline.read.speech.clauses import entries

A, C, D = Hedge.ASSESSED, Hedge.CLAIMED, Hedge.DENIED
K, N, R, U = Hedge.CONFIRMED, Hedge.NONE, Hedge.REPORTED, Hedge.UNVERIFIED

SENTENCES = [
    # plain statements, also those that hold words of the others as adjectives or nouns
    ("The brigade shelled the depot on May 3.", N, None),
    ("The brigade did not make any confirmed advances.", N, None),
    ("The reported losses grew, and the claimed gains did not.", N, None),
    ("The president signed a decree on the draft.", N, None),
    ("The minister visited the plant on May 3 and met the mayor.", N, None),
    ("The army moved after the mayor claimed that it would not.", N, None),
    ("The army moved its guns, which a milblogger claimed were lost.", N, None),
    ("The mayor denied them access to the port.", N, None),
    ("The army struck the bridge in order to possibly slow the advance.", N, None),
    # handed on
    ("The Ruritanian General Staff reported that its troops hold the pass.", R, Role.GENERAL_STAFF),
    ("A general staff spokesperson stated that its troops hold the pass.", R, Role.SPOKESPERSON),
    ("Elements of the 9th Brigade are reportedly operating near the pass.", R, Role.UNNAMED),
    ("The pass fell on May 3, according to the local newspaper.", R, Role.MEDIA),
    ("Officials have previously reported that the pass is open.", R, Role.OFFICIAL),
    ("The ministry published a list of the strikes.", R, Role.MINISTRY),
    ("The mayor answered the critics, stating that the port is open.", R, Role.OFFICIAL),
    ("The letter states that the port is open.", R, Role.DOCUMENT),
    ("Residents told reporters that the port is open.", R, Role.PUBLIC),
    ("A security source said that the port is open.", R, Role.UNNAMED),
    ("The militia announced that it fired a rocket.", R, Role.ARMED_GROUP),
    ("Human rights organizations report that the camp is closed.", R, Role.ORGANISATION),
    ("An expert noted that the radar was moved.", R, Role.ANALYST),
    ("The intelligence directorate revealed the plan.", R, Role.INTELLIGENCE),
    ("ISW previously reported on the convoy.", R, Role.AUTHORS),
    ("The convoy went north, as ISW previously reported.", R, Role.AUTHORS),
    ("The envoys have been criticizing the plan.", R, Role.OFFICIAL),
    ("The governor continued to condemn the plan.", R, Role.OFFICIAL),
    ("The governor used the visit to urge an early vote.", R, Role.OFFICIAL),
    ("The governor declared on May 3 that the port is open.", R, Role.OFFICIAL),
    ("The governor declared martial law.", N, None),
    ("The governor called upon the men to leave.", R, Role.OFFICIAL),
    ("The directorate released an audio intercept of a captain.", R, Role.OFFICIAL),
    ("It was announced that the port is open.", R, Role.UNNAMED),
    ("The loss was confirmed by the governor.", K, Role.OFFICIAL),
    ("The port is open, per the local newspaper.", R, Role.MEDIA),
    ("The ferries sail twice per day.", N, None),
    ("A recent poll shows that few want a war.", R, Role.DOCUMENT),
    ("The envoy toured the camps following raids and concluded that they are unsafe.", R,
     Role.OFFICIAL),
    ("The fort reportedly holds, according to the local newspaper.", R, Role.MEDIA),
    ("Hentzau-aligned sources said that the port is open.", R, Role.UNNAMED),
    ("Hezbollah-aligned sources said that the port is open.", R, Role.UNNAMED),
    ("A Hezbollah council deputy head said that the port is open.", R, Role.ARMED_GROUP),
    # with distance
    ("The governor sought to blame the miners.", C, Role.OFFICIAL),
    ("The guards arrested men accused of espionage.", N, None),
    ("Channels are peddling rumors of a landing.", N, None),
    ("A Ruritanian milblogger claimed that the pass fell.", C, Role.MILBLOGGER),
    ("The ministry accused its neighbour of sabotage.", C, Role.MINISTRY),
    ("The colonel gave an interview in which he claimed that the pass fell.", C, Role.MILITARY),
    ("Channels amplified claims of a landing near the port.", C, Role.UNNAMED),
    ("The governor falsely stated that the pass is open.", C, Role.OFFICIAL),
    ("The fort allegedly holds a hundred men.", C, Role.UNNAMED),
    # judged
    ("ISW assesses that the offensive will go on.", A, Role.AUTHORS),
    ("The army is likely to attack in spring.", A, Role.AUTHORS),
    ("This may be part of a wider plan.", A, Role.AUTHORS),
    ("The lull suggests that the army is tired.", A, Role.AUTHORS),
    ("The minister’s remarks indicate that talks are over.", A, Role.AUTHORS),
    ("The think tank estimated that the army lost a tenth of its tanks.", A, Role.ANALYST),
    ("The army took the hill and likely holds the ridge.", A, Role.AUTHORS),
    ("The army is poised to attack in spring.", A, Role.AUTHORS),
    ("Likely Ruritanian drones struck the port.", A, Role.AUTHORS),
    ("Likely Ruritanian militia Black claimed that it struck the port.", C, Role.ARMED_GROUP),
    ("These are consistent with data that suggest little.", N, None),
    ("The official Telegram channel of the 9th Brigade stated that it holds.", R, Role.MILITARY),
    ("Head of Ruritania’s Centre for Reform Flavia Strakencz implied that it is shut.", R,
     Role.OFFICIAL),
    ("Guards or likely guards had shelled the port.", N, None),
    ("Two likely drones struck the port.", N, None),
    ("There were no claimed or assessed gains.", N, None),
    # shown, or confirmed by somebody
    ("Geolocated footage published on May 3 shows troops on the hill.", K, Role.GEOLOCATED_FOOTAGE),
    ("Footage posted on May 3 shows a burning truck.", K, Role.FOOTAGE),
    ("Satellite imagery confirms that the hangar burned down.", K, Role.SATELLITE_IMAGERY),
    ("The governor confirmed that the bridge is gone.", K, Role.OFFICIAL),
    ("The advance is confirmed by footage of the hill.", K, Role.FOOTAGE),
    ("Thermal anomalies data confirms strikes on the port.", K, Role.SATELLITE_IMAGERY),
    ("Milbloggers posted footage purporting to show the raid.", C, Role.FOOTAGE),
    ("Footage reportedly shows the raid.", R, Role.FOOTAGE),
    # denied
    ("The ministry denied that its ships were hit.", D, Role.MINISTRY),
    ("A milblogger refuted Ruritanian claims about the hill.", D, Role.MILBLOGGER),
    ("A spokesperson denied Ruritanian claims about the hill.", D, Role.SPOKESPERSON),
    ("The ministry pushed back on rumors about the raid.", D, Role.MINISTRY),
    # the authors' caution comes before all
    ("Milbloggers claimed that the hill fell, but ISW cannot verify this.", U, Role.MILBLOGGER),
    ("ISW has not observed evidence of a landing.", U, Role.AUTHORS),
    ("The general staff has not confirmed the loss of the hill.", U, Role.GENERAL_STAFF),
    ("There are unconfirmed reports of a landing.", U, Role.UNNAMED),
    ("It is unclear whether the hill fell.", U, Role.AUTHORS),
    # the first main clause that says how; labels, quotations and brackets say nothing
    ("The mayor stated that the port is open and claimed that it was never shut.", R,
     Role.OFFICIAL),
    ("Although officials claimed otherwise, geolocated footage shows the hill.", K,
     Role.GEOLOCATED_FOOTAGE),
    ("Unconfirmed claims: Ruritanian milbloggers claimed that the hill fell.", C, Role.MILBLOGGER),
    ("Order of Battle: Elements of the 9th Brigade (reportedly of the 2nd Army) hold the hill.", N,
     None),
    ("The army stormed what “sources claimed” was a fort.", N, None),
    ("A milblogger reportedly affiliated with the army claimed that the hill fell.", C,
     Role.MILBLOGGER),
]  # fmt: skip


@pytest.mark.parametrize(("sentence", "hedge", "role"), SENTENCES, ids=[s[0] for s in SENTENCES])
def test_a_sentence_speaks_as_its_main_clause_does(
    sentence: str, hedge: Hedge, role: Role | None
) -> None:
    speech = speech_of(sentence, {})
    assert (speech.hedge, speech.role) == (hedge, role)


def test_a_surname_speaks_as_what_the_report_introduced_it() -> None:
    text = "Ruritanian Foreign Minister Rudolf Elphberg left. A milblogger Black Michael stayed."
    names = names_in(text)
    assert names == {"Elphberg": Role.OFFICIAL, "Michael": Role.MILBLOGGER}
    assert speech_of("Elphberg said that he left.", names).role is Role.OFFICIAL
    assert speech_of("Hentzau said that he left.", names).role is Role.PERSON
    named = names_in("Head of the Mission in Ruritania Flavia Tarlenheim stated that it is shut.")
    assert named == {"Tarlenheim": Role.OFFICIAL}


def test_a_shortened_name_speaks_as_the_whole_one() -> None:
    names = names_in("The Ruritanian Liberation Front (RLF) left.")
    assert names == {"RLF": Role.ARMED_GROUP}
    assert speech_of("The RLF stated that it left.", names).role is Role.ARMED_GROUP
    assert speech_of("The RLF stated that it left.", {}).role is Role.ORGANISATION
    assert speech_of("He said that he left.", names).role is Role.UNNAMED


def test_markers_of_one_sentence_speak_alike() -> None:
    sentence = "Officials said that the port is open."
    found = with_speech((Marker("1", sentence), Marker("2", sentence), Marker("3", "")), "")
    assert [one.speech and one.speech.hedge for one in found] == [R, R, N]


@pytest.mark.parametrize(
    "sentence",
    ["likely " * 400, "“" * 3000, "ISW " * 700, "A, " * 900, "the report " * 300, "İ" * 2000],
)
def test_a_hostile_sentence_comes_to_an_end(sentence: str) -> None:
    assert speech_of(sentence, names_in(sentence * 20)).hedge in set(Hedge)


TABLES = {
    name: frozenset(entries(getattr(words, name)))
    for name in ("REPORTED", "SPOKEN", "CLAIMED", "CONFIRMED", "ASSESSED", "LIKELY", "MODAL")
}


@pytest.mark.parametrize("name", TABLES)
def test_no_word_speaks_in_two_ways(name: str) -> None:
    others = frozenset().union(*(held for other, held in TABLES.items() if other != name))
    assert not TABLES[name] & others


@pytest.mark.parametrize("verb", [v for v in entries(words.REPORTED) if v.isalpha()])
def test_each_plain_word_of_saying_hands_on_what_an_official_says(verb: str) -> None:
    speech = speech_of(f"The governor {verb} the plan.", {})
    assert (speech.hedge, speech.role) == (R, Role.OFFICIAL)


@pytest.mark.parametrize("verb", [v for v in entries(words.SPOKEN) if v.isalpha()])
def test_what_only_a_speaker_says_is_no_saying_of_a_thing(verb: str) -> None:
    assert speech_of(f"The governor {verb} the plan.", {}).hedge is R
    assert speech_of(f"The storm {verb} the plan.", {}).hedge in {N, A}


@pytest.mark.parametrize("verb", verbs.SAYING.split())
def test_each_verb_of_saying_speaks_in_its_other_forms(verb: str) -> None:
    for form in (f"continued to {verb}", f"is {verbs.ing(verb)}"):
        speech = speech_of(f"The governor {form} the plan.", {})
        assert (speech.hedge, speech.role) == (R, Role.OFFICIAL)
    assert speech_of(f"The storm is {verbs.ing(verb)} the plan.", {}).hedge is N


@pytest.mark.parametrize("verb", verbs.CLAIMING.split())
def test_each_verb_of_claiming_keeps_its_distance_in_its_other_forms(verb: str) -> None:
    for form in (f"continued to {verb}", f"is {verbs.ing(verb)}"):
        assert speech_of(f"The governor {form} the plan.", {}).hedge is C


def test_forms_in_ing_are_spelled_as_english_spells_them() -> None:
    assert [verbs.ing(one) for one in ("deny", "note", "admit", "agree", "quip", "stress")] == [
        "denying", "noting", "admitting", "agreeing", "quipping", "stressing",
    ]  # fmt: skip


def test_names_count_in_the_sentences_in_which_they_stand():
    text = "The milblogger Antoinette Mauban and Mayor Rudolf Rassendyll met. "
    sentences = [
        "The army moved on, claimed Mauban",
        "Rassendyll claimed that the army moved on",
        "The army moved on",
        "Rassendyll claimed that Mauban claimed it, as Rassendyll had claimed",
        "",
        "The army moved on, claimed Mauban",
    ]
    spoken = with_speech([Marker("1", sentence) for sentence in sentences], text)
    names = names_in(text)
    assert set(names) == {"Mauban", "Rassendyll"}
    assert [one.speech for one in spoken] == [speech_of(one, names) for one in sentences]
    assert [one.sentence for one in spoken] == sentences
