"""What a spider says, and what is heard of it."""

from __future__ import annotations

import io
import json
from typing import get_args

import pytest

from crawler.progress import Progress
from pipeline.run.jobs import crawl
from pipeline.run.spider_events import (
    Captured,
    CitedLeft,
    CrawlEnded,
    Event,
    LeftUnread,
    MementosAsked,
    OverBudget,
    PagesSubmitted,
    ProcessFree,
    StepEnded,
    from_line,
    to_line,
)

ARTICLE = Captured("source", "https://a.example/", "ok", 200)
EVENTS: list[Event] = [
    Captured("report", "https://a.example/\n", "ok", 200),
    Captured("source", "https://b.example/ä", "dns-failure", None, "no such name"),
    LeftUnread("source", "https://a.example/"),
    StepEnded("sitemap", "isw", ok=True, count=3),
    MementosAsked(asked=4, held=1, listed=2, none=1, detail="the Wayback is down"),
    PagesSubmitted(handed_in=2, saved=1, failed=0, pending=1),
    CitedLeft(3, ["https://a.example/old", "https://a.example/ä"]),
    OverBudget({"a.example": 4}, "https://a.example/ä", 1_000),
    ProcessFree(),
    CrawlEnded({"ok": 2}, {"a.example": 1}, network=False, reason="shutdown", error="disk full"),
]


class ClosedPipe(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


@pytest.mark.parametrize("event", EVENTS)
def test_what_is_heard_is_what_was_said(event: Event) -> None:
    line = to_line(event)
    assert line.count("\n") == 1
    assert from_line(line) == event


def test_there_is_an_example_and_a_listener_for_each_kind_of_event() -> None:
    kinds = set(get_args(Event))
    # that the process is free is heard by who waits for it
    heard = {*crawl._HANDLERS, ProcessFree}
    assert {type(event) for event in EVENTS} == kinds == heard


@pytest.mark.parametrize(
    "line",
    [
        "a library's words\n",
        "5\n",
        '{"event": "party"}\n',
        '{"event": "unread", "kind": "source"}\n',
    ],
)
def test_a_line_that_is_no_event_is_none(line: str) -> None:
    assert from_line(line) is None


def test_what_a_newer_spider_adds_is_passed_over() -> None:
    assert from_line('{"event": "unread", "kind": "source", "url": "u", "mood": "good"}\n')


def test_each_event_is_one_line_of_json() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    progress.tell(EVENTS[0])
    progress.tell(EVENTS[3])
    progress.done(network=True, reason="finished")
    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [event["event"] for event in events] == ["capture", "discovery", "done"]
    assert events[0] == {
        "event": "capture", "kind": "report", "url": "https://a.example/\n", "outcome": "ok",
        "status": 200, "detail": None,
    }  # fmt: skip


def test_outcomes_are_added_up() -> None:
    progress = Progress(io.StringIO())
    for outcome in ("ok", "ok", "gone"):
        progress.tell(Captured("source", "https://a.example/", outcome, 200))
    progress.tell(EVENTS[2])
    assert progress.counts == {"ok": 2, "gone": 1, "captures": 3, "unread": 1}


def test_a_crawl_goes_on_when_nobody_listens() -> None:
    progress = Progress(ClosedPipe())
    progress.tell(EVENTS[3])
    progress.tell(ARTICLE)
    assert progress.counts["captures"] == 1
    assert not progress.heard
