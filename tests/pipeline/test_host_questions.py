"""What else a host is asked when one of its pages is checked, by table."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest

from archive.model.past import Checked, JudgedSource
from archive.model.rot import Attempt, Drift, Probe, Reading, probe_of
from archive.model.times import format_time
from archive.model.vocabulary import DriftClass, Kind, Outcome
from archive.urls.normal import source_key, stable_id
from pipeline.decide.host_questions import Question, control_for, probe_for
from tests.factories import at

URL = "https://news.example/2026/bridge"
OTHER = "https://news.example/2026/mill"
FRONT = "https://news.example/"
SOURCE = JudgedSource(stable_id(source_key(URL)), URL, URL, "news.example", "web")
POST = JudgedSource(SOURCE.id, URL, URL, "news.example", "telegram")
LONG = Reading("The bridge is closed. " * 200, "Bridge", None, "en")
SHORT = Reading("We are moving.", "News", None, "en")


@dataclass
class Host:
    """Answers what is asked of a host; nothing is held that a test does not put there."""

    sources: list[JudgedSource] = field(default_factory=lambda: [SOURCE])
    tries: list[Checked] = field(default_factory=list)
    answers: list[tuple[Probe, int | None]] = field(default_factory=list)
    readings: dict[int, Reading] = field(default_factory=dict)
    waits_since: str | None = None
    front_asked: bool = False
    good: str | None = None

    def source(self, source_id: int) -> JudgedSource | None:
        return next((one for one in self.sources if one.id == source_id), None)

    def attempts(self, source: int) -> list[Checked]:
        return self.tries

    def probes(self, place: str) -> list[tuple[Probe, int | None]]:
        return self.answers

    def reading(self, text_id: int) -> Reading | None:
        return self.readings.get(text_id)

    def unproved_since(self, source_id: int) -> str | None:
        return self.waits_since

    def asked_front(self, url: str, at: str, within: timedelta) -> bool:
        return self.front_asked

    def known_good(self, source: JudgedSource, before: str) -> str | None:
        return self.good


def shown(number: int, drift: DriftClass | None = None, **fields: Any) -> Checked:
    """A look at the source on day `number`, with a text of its own."""
    moment = format_time(at(24.0 * number))
    asked: dict[str, Any] = {"outcome": Outcome.OK, "digest": f"d{number}", "title": "Bridge"}
    told = {**asked, "drift": drift and Drift(drift, 0.9), **fields}
    return Checked(Attempt(number, moment, url=URL, final_url=URL, **told), number, None)


def answer(day: int) -> tuple[Probe, int | None]:
    """What was answered to an address that cannot exist."""
    one = shown(day).attempt
    return probe_of(one, "https://news.example/2026/"), None


READ = {1: LONG, 2: LONG}
OTHER_TEXT = [shown(1), shown(2, DriftClass.REPLACED)]


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        (Host(), False),
        (Host(tries=OTHER_TEXT, readings=READ), True),
        (Host(tries=OTHER_TEXT, readings=READ, sources=[]), False),
        (Host(tries=OTHER_TEXT, readings=READ, sources=[POST]), False),
        (Host(tries=OTHER_TEXT, readings=READ, answers=[answer(2)]), False),
        (Host(tries=OTHER_TEXT, readings=READ, answers=[answer(90)]), True),
        (Host(tries=[shown(1), shown(2, DriftClass.MINOR)], readings=READ), False),
        (Host(tries=[shown(1)], readings={1: SHORT}), True),
        (Host(tries=[shown(1)], readings={1: LONG}), False),
        (Host(tries=[shown(1), shown(2, outcome=Outcome.GONE, digest=None)]), False),
    ],
)
def test_a_host_is_asked_for_what_cannot_exist_where_its_answer_may_change_the_verdict(
    host: Host, asked: bool
) -> None:
    found = probe_for(host, URL, "zzz")
    wanted = Question(Kind.PROBE, "https://news.example/2026/zzz", URL)
    assert found == (wanted if asked else None)


SINCE = format_time(at(24))


@pytest.mark.parametrize(
    ("host", "asked"),
    [
        (Host(), None),
        (Host(waits_since=SINCE, sources=[]), None),
        (Host(waits_since=SINCE, front_asked=True, good=OTHER), None),
        (Host(waits_since=SINCE, good=OTHER), Question(Kind.SOURCE, OTHER, URL)),
        (Host(waits_since=SINCE), Question(Kind.PROBE, FRONT, URL)),
    ],
)
def test_another_page_is_looked_at_where_a_source_waits_for_it_else_the_front_page(
    host: Host, asked: Question | None
) -> None:
    assert control_for(host, URL) == asked
