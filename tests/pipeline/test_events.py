"""What happened to a source: which checks make an event, and which edits nobody admitted."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from archive.model.past import JudgedSource
from archive.model.rot import Attempt, Reading
from archive.model.times import format_time
from archive.model.vocabulary import Outcome
from pipeline.decide import drift
from pipeline.decide.events import source_events
from pipeline.decide.verdicts import judge_source

URL = "https://news.example/2026/03/bridge-closed"
SOURCE = JudgedSource(7, URL, URL, "news.example", "web")
BEGIN = datetime(2026, 3, 1, 6, tzinfo=UTC)
STORY = (
    "The strike on the depot killed 3 people, the governor said on Tuesday. Two silos burned "
    "until the morning.\nThe railway to the port is closed, and the grain stands in forty waggons "
    "at the pass. Workers clear the tracks by hand."
)
MORE = (
    " A commission of the district will look into why no alarm was sounded before the strike "
    "that night."
)
ADMITS = "\nCorrection: an earlier version gave another number of victims."
UPDATES = "\nUpdate: the governor has answered."


def try_(day: int, text: str | None, title: str = "Strike",
    outcome: Outcome = Outcome.OK) -> Attempt:  # fmt: skip
    made = Attempt(
        day + 1, format_time(BEGIN + timedelta(days=day)), outcome, URL, URL, 200, digest=text,
        title=title
    )  # fmt: skip
    if text is None or not day:
        return made
    return replace(made, drift=drift.compare(Reading(STORY, "Strike"), Reading(text, title)))


def events(*texts: str | None, titles: dict[int, str] | None = None) -> list[tuple[str, dict[str,
    Any]]]:  # fmt: skip
    """Kind and detail, for a source that says this on each of the days."""
    tries = [
        try_(n, text, (titles or {}).get(n, "Strike"), Outcome.OK if text else Outcome.GONE)
        for n, text in enumerate(texts)
    ]
    made = source_events(SOURCE, judge_source(URL, tries), {a.capture_id: a for a in tries})
    return [(event.kind, json.loads(event.detail)) for event in made]


def test_a_changed_number_is_a_silent_edit() -> None:
    [(kind, detail)] = events(STORY, STORY.replace("3 people", "9 people"))
    assert (kind, detail["silent"], detail["corrections"]) == ("edited", True, [])
    assert (detail["words_removed"], detail["words_added"]) == (1, 1)


def test_an_edit_that_the_page_admits_is_not_silent() -> None:
    [(kind, detail)] = events(STORY, STORY.replace("3 people", "9 people") + ADMITS)
    assert (kind, detail["silent"]) == ("edited", False)
    assert detail["corrections"] == [ADMITS.strip()]


def test_the_time_of_the_last_change_alone_leaves_an_edit_silent() -> None:
    [(_, detail)] = events(STORY, STORY.replace("3 people",
        "9 people") + "\nUpdated: 3 March 2026, 14:20")  # fmt: skip
    assert detail["silent"]


def test_a_second_edit_behind_an_old_correction_is_silent() -> None:
    once = STORY.replace("3 people", "9 people") + ADMITS
    twice = once.replace("forty", "sixty")
    thrice = twice.replace("by hand", "with shovels") + UPDATES
    found = events(STORY, once, twice, thrice)
    assert [(kind, detail["silent"]) for kind, detail in found] == [
        ("edited", False), ("edited", True), ("edited", False),
    ]  # fmt: skip
    assert found[2][1]["corrections"] == [UPDATES.strip()]


def test_a_page_that_grew_by_a_sentence_has_drifted_and_goes_on_being_told() -> None:
    found = events(STORY, STORY + MORE, STORY + MORE + MORE.replace("alarm", "siren"))
    assert [kind for kind, _ in found] == ["drifted", "drifted"]


def test_what_changes_by_itself_and_what_comes_back_are_no_new_edits() -> None:
    edited = STORY.replace("3 people", "9 people")
    assert [k for k, _ in events(STORY, edited, f"{edited}\n14 comments", edited)] == ["edited"]
    assert [k for k, _ in events(STORY, STORY + "\n14 comments", STORY + "\n99 comments")] == []
    assert len(events(STORY, STORY + MORE, STORY, STORY + MORE)) == 1


def test_of_a_page_that_became_another_only_the_first_change_is_told() -> None:
    others = [
        "The choir sings on Friday. " * 9,
        "A new tram line was opened. " * 9,
        "Rain came. " * 9,
    ]
    assert [kind for kind, _ in events(STORY, *others)] == ["drifted"]


def test_a_new_headline_alone_is_an_edit_with_both_headlines() -> None:
    [(kind, detail)] = events(STORY, STORY, titles={1: "Sabotage at the depot"})
    assert (kind, detail["drift"]) == ("edited", "minor-edit")
    assert detail["title"] == ["Strike", "Sabotage at the depot"]


def test_dying_and_coming_back_edited_are_told_in_their_order() -> None:
    edited = STORY.replace("3 people", "9 people")
    found = events(STORY, None, None, None, None, None, None, None, edited, edited)
    assert [kind for kind, _ in found] == ["died", "came-back", "edited"]
