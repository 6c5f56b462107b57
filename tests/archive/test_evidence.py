"""Verdicts in words: for each kind of outcome, rule and event there are some, and they say what the
evidence holds."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from archive.model.vocabulary import DriftClass, Outcome, Status
from archive.show import evidence
from pipeline.cli import explain_text
from pipeline.cli.main import main
from pipeline.decide import events
from pipeline.decide.verdicts import RULES
from pipeline.decide.verdicts.rules import SHOWN
from tests.rot_samples import DIED, make

STRIKES = [
    {"at": f"2026-03-{day}T02:00:00Z", "capture": day, "outcome": "gone", "marker": "404"}
    for day in (10, 14, 20)
]


def test_there_are_words_for_everything_that_can_be_found() -> None:
    assert set(evidence.OUTCOMES) == set(Outcome)
    assert set(evidence.STATUSES) == set(Status)
    assert set(evidence.DRIFTS) == set(DriftClass)
    assert set(evidence.EVENTS) == set(events.KINDS)
    assert len(set(evidence.OUTCOMES.values())) == len(Outcome)


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({"strikes": STRIKES, "days": 10.0}, ["Proof of absence: 3 checks over 10 days."]),
        ({"strikes": STRIKES[:1], "days": 0.0}, ["Proof of absence: 1 check."]),
        ({"strikes": STRIKES * 2, "days": 30.2},
            ["Proof of absence: 6 checks or more over 30 days."]),
        (
            {"outcome": "timeout", "marker": "https://a.example/x: no answer after 60 seconds.",
                "unreached_since": "2026-03-10T02:00:00Z"},
            ["What was found: the server did not answer in time: no answer after 60 seconds.",
                "Not reached since 2026-03-10 02:00."],
        ),
        ({"outcome": "forbidden", "marker": "403"},
            ["What was found: the server refused to show it (HTTP 403)."]),
        ({"by": "redirect", "final_url": "https://b.example/", "distance": 0.0},
            ["The redirect leads to https://b.example/."]),
        ({"probe": 7, "place": "https://a.example/"},
            ["An address beside it that cannot exist got the same page (capture 7)."]),
        ({"clock_skew_s": -172_800}, ["Our clock and the server's were 48 hours apart."]),
        (
            {"distance": 0.319, "words_before": 476, "words_after": 470, "longest_change_words": 33,
                "title": ["Old", "New"], "language": ["en", "fr"]},
            [
                ("Compared with the first good capture, 32 % of the words differ; it had 476 words "
                "and has 470; the longest change is 33 words in a row."),
                "Its title was Old, and is New.",
                "Its language was en, and is fr.",
            ],
        ),
        ({"by": "ok", "capture": 3}, []),
    ],
)  # fmt: skip
def test_evidence_is_told_in_sentences(found: dict[str, Any], said: list[str]) -> None:
    assert evidence.facts(found) == said


def test_the_most_strikes_that_are_listed_are_said_to_be_no_count() -> None:
    assert evidence._LISTED == SHOWN


def test_a_strike_says_what_was_found_and_by_whom() -> None:
    neighbour = {"at": "2026-03-10T02:00:00Z", "capture": 3, "outcome": "dns-failure",
        "neighbour": True}  # fmt: skip
    [one] = evidence.strikes({"strikes": [neighbour]})
    assert (one.capture_id, one.at) == (3, "2026-03-10T02:00:00Z")
    assert one.told == "the host's name led to no address (seen at another source of its host)"
    [probe] = evidence.strikes({"absent_before": [{**neighbour, "neighbour": False,
        "outcome": "soft-404", "probe": 9}]})  # fmt: skip
    assert "an address beside it that cannot exist got the same page (capture 9)" in probe.told
    assert [one.told for one in evidence.strikes({"strikes": STRIKES})] == [
        "the server said that there is no such page (HTTP 404)"
    ] * 3


def test_a_stranger_cannot_fill_the_page_with_words() -> None:
    told = evidence.outcome_told("soft-404", 200, "404 " * 500)
    assert len(told) < 400


@pytest.mark.parametrize(
    ("kind", "detail", "said"),
    [
        ("died", {"since": "2026-03-14T02:00:00Z"}, "Found absent first on 2026-03-14 02:00."),
        ("drifted", {"drift": "replaced", "distance": 0.65, "words_added": 3, "words_removed": 4,
            "silent": True},
         "its text was replaced by another (65 % of its words differ); 3 words added, 4 removed."),
        ("drifted", {"drift": "minor-edit", "words_added": 1}, "1 word added, 0 removed."),
        ("edited", {"drift": "minor-edit", "silent": True},
            "The page does not say that it was changed."),
        ("correction", {"corrections": ["We were wrong."]}, "It says: We were wrong."),
        ("report-edited", {"change": {"kinds": ["prose", "notes"], "words_added": 5,
            "words_removed": 0, "notes_added": ["7"]}},
         "Changed: prose, notes. 5 words added, 0 removed. Notes added: 7."),
    ],
)  # fmt: skip
def test_an_event_is_told_in_sentences(kind: str, detail: dict[str, Any], said: str) -> None:
    told = evidence.event_told(kind, detail)
    assert told[0] == evidence.EVENTS[kind]
    assert said in " ".join(told)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("explained") / "data"
    make(root)
    return root


def explained(data: Path, *words: str) -> str:
    done = CliRunner().invoke(
        main, ["--data", str(data), "check", "--source", DIED, "--explain", *words]
    )
    assert done.exit_code == 0, done.output
    return done.output


def test_an_explanation_says_what_why_and_since_when(data: Path) -> None:
    text = explained(data)
    head = text.splitlines()[:6]
    assert head[0] == DIED
    assert "DEAD: It is gone; that is proved." in head[1]
    assert head[2].endswith(f"{RULES['three-strikes']} (rule three-strikes)")
    assert "So since the check of 2026-03-24 02:00 UTC." in head[3]
    assert "Found absent first on 2026-03-14 02:00 UTC." in head[4]
    assert "6 tries, oldest first:" in text
    assert "Proof of absence: 3 checks over 10 days." in text
    assert text.count("    - 2026-03-") >= 3
    assert "no such page (HTTP 404): \"'><img" in text, "the marker, as a page gave it"


def test_the_explanation_for_machines_is_unchanged_but_for_what_was_added(data: Path) -> None:
    said = json.loads(explained(data, "--json"))
    assert said["status"] == "dead"
    assert {"url", "final_url", "outcome", "http_status"} <= set(said["attempts"][0])
    assert next(explain_text.explained_lines(said)) == DIED
