"""The parsers read the replica's reports as its facts say: two hands wrote them, from the same
notes on the real sites."""

from __future__ import annotations

import pytest

from archive.model.reports import ParsedReport
from pipeline.read.parse import parse_report
from tests.replica.ctp import CTP
from tests.replica.reports import Report, State
from tests.replica.sites import Web
from tests.replica.world import build_world, fetch, reports

CASES = [
    pytest.param(report, state, url, id=f"{url.rpartition('//')[2]} {state.since:%m-%dT%H}")
    for report in reports()
    for state in report.states
    for url in (report.url, *(a for a in report.aliases if a.startswith(CTP)))
]


@pytest.fixture(scope="module")
def world() -> Web:
    return build_world()


def parsed(world: Web, url: str, state: State) -> ParsedReport:
    reply = fetch(world, url, state.since)
    read = parse_report(reply.body, url, reply.header("content-type"), state.since)
    assert isinstance(read, ParsedReport), read
    return read


@pytest.mark.parametrize(("report", "state", "url"), CASES)
def test_a_report_is_read_as_its_facts_say(
    world: Web, report: Report, state: State, url: str
) -> None:
    read = parsed(world, url, state)
    assert read.title == state.title
    assert (read.series, read.report_date, read.edition) == (
        report.series,
        report.date,
        report.edition,
    )
    assert read.cutoff_text == report.cutoff
    assert read.takeaways == state.takeaways
    assert read.corrections == ((state.correction,) if state.correction else ())
    assert read.complete == bool(state.notes)
    assert [[c.url for c in note.urls] for note in read.notes] == [
        list(n.urls) for n in state.notes
    ]
    if not url.startswith(CTP):  # it prints other labels, and no list of authors is known of it
        assert [note.label for note in read.notes] == [note.label for note in state.notes]
        assert read.authors == report.authors
