"""What a spider says."""

from __future__ import annotations

import io
import json

from archive.model.vocabulary import Kind, Outcome
from crawler.progress import Progress


class ClosedPipe(io.StringIO):
    def write(self, text: str) -> int:
        raise BrokenPipeError


def test_each_event_is_one_line_of_json() -> None:
    stream = io.StringIO()
    progress = Progress(stream)
    progress.capture(Kind.REPORT, "https://a.example/\n", Outcome.OK, 200, None)
    progress.discovery("sitemap", "isw", ok=True, count=3, detail=None)
    progress.done(network=True, reason="finished")
    events = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [event["event"] for event in events] == ["capture", "discovery", "done"]
    assert events[0] == {
        "event": "capture", "kind": "report", "url": "https://a.example/\n", "outcome": "ok",
        "status": 200, "detail": None,
    }  # fmt: skip


def test_outcomes_are_added_up() -> None:
    progress = Progress(io.StringIO())
    for outcome in (Outcome.OK, Outcome.OK, Outcome.GONE):
        progress.capture(Kind.SOURCE, "https://a.example/", outcome, 200, None)
    assert progress.counts == {"ok": 2, "gone": 1, "captures": 3}


def test_a_crawl_goes_on_when_nobody_listens() -> None:
    progress = Progress(ClosedPipe())
    progress.discovery("sitemap", "isw", ok=True, count=3, detail=None)
    progress.capture(Kind.SOURCE, "https://a.example/", Outcome.OK, 200, None)
    assert progress.counts["captures"] == 1
    assert not progress.heard
