"""From target to request, and the order of fetches."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from archive.model.fetch import PayloadRef, Target
from archive.model.vocabulary import Kind, Outcome, Via
from crawler.download.failures import BadTargetError
from crawler.frontier.fetches import FETCH, Fetch, request_for, robots_fetch, validators
from crawler.frontier.frontier import Frontier
from crawler.frontier.names import slot_of

URL = "https://a.example/page"
HELD = PayloadRef("urn:uuid:1", URL, datetime(2026, 3, 1, tzinfo=UTC), "sha256:00")


def target(url: str = URL, **fields: object) -> Target:
    return Target(url, Kind.SOURCE, "cited", **fields)  # type: ignore[arg-type]


def frontier(*urls: str, per_host: int = 1) -> Frontier:
    made = Frontier(slot_of, per_host)
    for url in urls:
        made.add(Fetch(target(url)))
    return made


def taken(made: Frontier, now: float = 0.0) -> list[str]:
    found = []
    while (fetch := made.take(now)) is not None:
        found.append(fetch.target.url)
    return found


def test_validators_go_to_the_address_they_came_from() -> None:
    held = target(etag='"x"', last_modified="Sun, 01 Mar 2026 00:00:00 GMT", previous=HELD)
    assert validators(held, URL + "#part") == {
        "If-None-Match": '"x"',
        "If-Modified-Since": "Sun, 01 Mar 2026 00:00:00 GMT",
    }


def test_validators_go_nowhere_else() -> None:
    held = target(etag='"x"', previous=HELD)
    assert validators(held, "https://a.example/other") == {}


def test_a_request_is_conditional_when_the_page_is_held() -> None:
    request = request_for(Fetch(target(etag='"x"', previous=HELD)))
    assert request.headers["If-None-Match"] == b'"x"'
    assert request.meta[FETCH].uri_r == URL


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/", "file:///etc/passwd", "//a.example/", "", "http://[bad", "a.example"],
)
def test_what_cannot_be_requested_is_unsupported(url: str) -> None:
    with pytest.raises(BadTargetError) as caught:
        request_for(Fetch(target(url)))
    assert caught.value.outcome is Outcome.UNSUPPORTED


def test_another_try_is_another_capture_of_the_same() -> None:
    fetch = Fetch(target(), uri_r="https://b.example/", via=Via.WAYBACK, capture_id=7)
    again = fetch.again()
    assert (again.capture_id, again.tries, again.hops) == (None, 1, [])
    assert (again.uri_r, again.via) == ("https://b.example/", Via.WAYBACK)


def test_only_robots_txt_is_fetched_without_a_spider() -> None:
    with pytest.raises(AssertionError, match=r"robots\.txt"):
        robots_fetch(target())


def test_the_context_says_where_in_the_chain_a_record_stands() -> None:
    fetch = Fetch(target(), capture_id=7)
    context = fetch.make_context(run="r", final=True, error=(Outcome.TIMEOUT, "60 s"))
    assert (context.capture_id, context.hop, context.final, context.run) == (7, 0, True, "r")
    assert context.error == ("timeout", "60 s")


def test_hosts_take_turns() -> None:
    made = frontier("https://a.example/1", "https://a.example/2", "https://b.example/1", per_host=9)
    assert taken(made) == ["https://a.example/1", "https://b.example/1", "https://a.example/2"]


def test_a_host_with_enough_under_way_is_passed_over() -> None:
    made = frontier("https://bbc.co.uk/1", "https://www.bbc.co.uk/2", "https://b.example/1")
    assert taken(made) == ["https://bbc.co.uk/1", "https://b.example/1"]
    assert (len(made), made.under_way) == (1, 2)


def test_a_host_goes_on_when_one_is_done() -> None:
    made = frontier("https://a.example/1", "https://a.example/2")
    first = made.take(0.0)
    assert first is not None
    assert made.take(0.0) is None
    made.done(first)
    assert taken(made) == ["https://a.example/2"]


def test_a_url_is_asked_for_once_in_a_run() -> None:
    made = frontier(URL)
    assert not made.add(Fetch(target()))
    assert taken(made) == [URL]
    assert not made.add(Fetch(target()))


def test_two_sources_at_one_address_are_both_asked_for() -> None:
    made = frontier()
    post, comment = "https://t.me/river/5", "https://t.me/river/5?comment=7"
    assert made.add(Fetch(target("https://t.me/river/5?embed=1", subject=comment)))
    assert made.add(Fetch(target("https://t.me/river/5?embed=1", subject=post)))
    assert not made.add(Fetch(target("https://t.me/river/5?embed=1", subject=post + "?single")))


def test_a_file_and_a_source_at_one_address_are_both_asked_for() -> None:
    made = frontier(URL)
    assert made.add(Fetch(Target(URL, Kind.FILE, "shown in a report")))


def test_another_view_is_another_capture_of_the_same_source() -> None:
    held = target("https://t.me/river/5?embed=1", subject="https://t.me/river/5", etag='"x"')
    other = Fetch(replace(held, previous=HELD), capture_id=7).elsewhere("https://t.me/s/river/5")
    assert (other.capture_id, other.uri_r) == (None, "https://t.me/s/river/5")
    assert (other.target.subject, other.target.etag) == ("https://t.me/river/5", None)
    assert validators(other.target, other.target.url) == {}


def test_what_is_urgent_comes_before_the_rest_of_its_host() -> None:
    made = frontier("https://a.example/1", per_host=9)
    made.add(Fetch(target("https://a.example/sitemap.xml")), first=True)
    assert taken(made) == ["https://a.example/sitemap.xml", "https://a.example/1"]


def test_a_further_try_waits_for_its_time() -> None:
    made = frontier()
    made.add_later(Fetch(target()), at=5.0)
    assert (taken(made, 4.9), made.next_time(), len(made)) == ([], 5.0, 1)
    assert (taken(made, 5.0), made.next_time(), len(made)) == ([URL], None, 0)


def test_dropping_leaves_only_what_is_under_way() -> None:
    made = frontier("https://a.example/1", "https://a.example/2", "https://b.example/1")
    made.take(0.0)
    made.add_later(Fetch(target("https://c.example/")), at=5.0)
    assert len(made.drop_all()) == 3
    assert (len(made), made.under_way, made.take(9.0)) == (0, 1, None)
