"""What a capture changes, decided from lists: no database is near."""

from __future__ import annotations

import pytest

from archive.model.past import Checked, PastCapture
from archive.model.rot import Attempt
from archive.model.times import format_time
from archive.model.understood import PageText
from archive.model.vocabulary import Kind, Outcome
from archive.urls import normal as urls
from pipeline.decide import captures, judging
from pipeline.decide.updates.others import other_update
from pipeline.decide.updates.reports import report_update
from pipeline.decide.updates.sources import source_update
from pipeline.read.sources import source_row
from tests.factories import REPORT_URL, at, page, processed, report, written
from tests.held_lists import HeldInLists

URL = "https://news.example/2026/bridge"
STORY = "The bridge over the Ilma is closed since Monday, the district council said. " * 12
DAY = 24


def checked(number: int, hours: float, outcome: Outcome, digest: str | None = None) -> Checked:
    attempt = Attempt(
        number, format_time(at(hours)), outcome, URL, URL, http_status=None, digest=digest
    )
    return Checked(attempt, None, None)


# --- reports --------------------------------------------------------------------------------------


def test_the_first_capture_of_a_report_is_its_first_version() -> None:
    understood = processed(page(1), report=report())
    update = report_update(HeldInLists(), understood, written(understood.page), ())
    assert update.plan is not None
    assert [(row.version, row.change) for row in update.plan.write] == [(1, None)]
    assert update.publication_history is not None
    assert update.publication_history.captures == 1


def test_a_page_that_is_no_report_at_an_unknown_address_makes_nothing() -> None:
    odd = processed(page(1), Outcome.GONE)
    update = report_update(HeldInLists(), odd, written(odd.page), ())
    assert (update.publication, update.plan, update.capture.outcome) == (None, None, "gone")


def test_the_words_of_our_own_on_a_failure_are_no_bytes_that_came() -> None:
    """A rebuild reads them back from the record; the crawl never had them."""
    failed = page(9, http_status=None, body=b"timeout: 60 s", error=("timeout", "60 s"))
    assert captures._payload_bytes(failed) is None
    assert captures._payload_bytes(page(9, http_status=404, body=b"")) == 0


def test_an_unchanged_report_says_what_the_last_capture_said() -> None:
    first = processed(page(1), report=report())
    row = captures.publication_row(report())
    content = captures.captured_content(
        report_update(HeldInLists(), first, written(first.page), ()).capture
    )
    assert content is not None
    past = PastCapture(1, content.captured_at, "ok", True, content.digest, None)
    held = HeldInLists(
        publications={urls.publication_key(REPORT_URL): row},
        past=[past],
        contents=[content],
        read={1: first},
        same=past,
    )
    later = processed(page(2, captured_at=at(3), http_status=304, body=b""), Outcome.NOT_MODIFIED)
    update = report_update(held, later, written(later.page), ())
    assert update.capture.content_digest == content.digest
    assert update.plan is not None
    assert [len(row.run.captures) for row in update.plan.write] == [2]


def test_an_edit_is_a_second_version_that_names_what_changed() -> None:
    first = processed(page(1), report=report())
    content = captures.captured_content(
        report_update(HeldInLists(), first, written(first.page), ()).capture
    )
    assert content is not None
    held = HeldInLists(contents=[content], read={1: first})
    second = processed(page(2, captured_at=at(5)), report=report(text="A depot burned.[1] No.[2]"))
    update = report_update(held, second, written(second.page), ())
    assert update.plan is not None
    assert update.plan.write[-1].version == 2
    assert update.plan.write[-1].change is not None
    assert update.plan.write[-1].change.kinds == ("prose",)


# --- sources --------------------------------------------------------------------------------------


def test_a_page_that_came_is_alive() -> None:
    fetched = page(1, kind=Kind.SOURCE, uri_r=URL)
    update = source_update(
        HeldInLists(),
        processed(fetched, text=PageText(STORY, title="Bridge")),
        written(fetched),
        (),
    )
    assert [(v.source_id, v.status) for v in update.verdicts] == [(source_row(URL).id, "alive")]


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        (Outcome.GONE, "dead"),
        (Outcome.REMOVED, "dead"),
        (Outcome.FORBIDDEN, "blocked"),
        (Outcome.TIMEOUT, "suspect"),
        (Outcome.SERVER_ERROR, "suspect"),
    ],
)
def test_three_failures_over_a_week_are_death_only_where_they_prove_absence(
    outcome: Outcome, status: str
) -> None:
    source = source_row(URL).id
    held = HeldInLists(
        tries={
            source: [
                checked(1, 0, Outcome.OK, "d"),
                checked(2, 10 * DAY, outcome),
                checked(3, 14 * DAY, outcome),
            ]
        }
    )
    fetched = page(
        4, kind=Kind.SOURCE, uri_r=URL, captured_at=at(18 * DAY), http_status=None, body=b""
    )
    update = source_update(held, processed(fetched, outcome), written(fetched), ())
    assert update.verdicts[0].status == status


def test_a_name_that_is_gone_is_judged_for_all_sources_of_its_host() -> None:
    neighbour = judging.source_of(source_row("https://news.example/2026/ferry"))
    own = judging.source_of(source_row(URL))
    held = HeldInLists(
        sources=[own, neighbour], tries={neighbour.id: [checked(1, 0, Outcome.OK, "d")]}
    )
    fetched = page(2, kind=Kind.SOURCE, uri_r=URL, captured_at=at(DAY), http_status=None, body=b"")
    update = source_update(held, processed(fetched, Outcome.DNS_FAILURE), written(fetched), ())
    assert {v.source_id for v in update.verdicts} == {own.id, neighbour.id}


def test_a_robots_file_changes_no_source() -> None:
    fetched = page(1, kind=Kind.ROBOTS, uri_r="https://news.example/robots.txt")
    update = other_update(HeldInLists(), processed(fetched), written(fetched), ())
    assert (update.source, update.publication, update.verdicts) == (None, None, ())
