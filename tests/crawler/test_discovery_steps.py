"""The data of discovery: steps, shards worth reading, days, and a Wayback's addresses."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest

from archive.errors import ParseError
from archive.model.understood import Discovered, Found
from crawler.discovery.chain import Discovery
from crawler.discovery.steps import (
    cdx_url,
    days,
    followed,
    memento_url,
    pages_for,
    shards_worth_reading,
)
from pipeline.read.discover import read_discovery
from pipeline.read.publishers import ctp, isw
from pipeline.read.publishers.registry import SITES
from pipeline.read.publishers.site import Step

SHARDS = [
    Found("https://s.example/post-sitemap.xml", lastmod="2026-03-19T00:00:00Z"),
    Found("https://s.example/post-sitemap2.xml", lastmod="2026-03-01T00:00:00Z"),
    Found("https://s.example/post-sitemap3.xml", lastmod="2026-03-20T00:00:00Z"),
]


def names(found: list[Found]) -> list[str]:
    return [item.url.rpartition("/")[2] for item in found]


def test_the_chain_ends_with_guesses_and_another_archive() -> None:
    for site in SITES:
        assert [step.name for step in site.steps[-2:]] == ["pattern", "wayback"]
    assert [step.name for step in isw.SITE.steps[:3]] == ["sitemap", "listing", "feed"]
    assert ctp.SITE.steps[0].name == "listing"


@pytest.mark.parametrize(
    "step", sorted({s.name for site in SITES for s in site.steps} - {"pattern"})
)
def test_the_pages_of_each_step_can_be_read(step: str) -> None:
    with pytest.raises(ParseError, match="expected"):  # and not: no such step
        read_discovery(step, b"<", "https://s.example/", datetime(2026, 3, 20, tzinfo=UTC))


def test_pages_are_of_the_sites_own_hosts() -> None:
    for site in SITES:
        for page in (page for step in site.steps for page in step.pages):
            assert page.url.split("/")[2] in site.hosts


def test_one_series_is_looked_for_where_it_is_listed_alone() -> None:
    listing = isw.SITE.steps[1]
    assert [p.series for p in pages_for(listing, "iran-update")] == ["iran-update"]
    assert [p.series for p in pages_for(listing, "africa-file")] == [None]
    assert pages_for(listing, None) == listing.pages


def test_only_post_shards_are_followed_unless_there_are_none() -> None:
    sitemap = isw.SITE.steps[0]
    maps = Found("https://s.example/map-sitemap.xml")
    assert followed(sitemap, [*SHARDS, maps]) == SHARDS
    assert followed(sitemap, [maps]) == [maps]
    assert followed(Step("listing"), [maps]) == [maps]


def test_shards_never_read_are_read_newest_first() -> None:
    assert names(shards_worth_reading(SHARDS, {}, None)) == [
        "post-sitemap3.xml",
        "post-sitemap.xml",
        "post-sitemap2.xml",
    ]


def test_a_shard_is_read_again_when_it_changed_since() -> None:
    held = {shard.url: "2026-03-19T12:00:00Z" for shard in SHARDS}
    assert names(shards_worth_reading(SHARDS, held, None)) == ["post-sitemap3.xml"]


def test_a_day_asked_for_reads_what_may_name_it_and_no_older_shard() -> None:
    held = {SHARDS[0].url: "2026-03-20T12:00:00Z"}
    assert names(shards_worth_reading(SHARDS, held, "2026-03-15")) == [
        "post-sitemap3.xml",
        "post-sitemap.xml",
    ]


def test_a_shard_that_does_not_say_when_is_read() -> None:
    undated = Found("https://s.example/post-sitemap.xml")
    assert shards_worth_reading([undated], {undated.url: "2026-03-20T00:00:00Z"}, None) == [undated]


TODAY = date(2026, 3, 20)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        (None, None, [20, 19, 18]),
        (date(2026, 3, 19), None, [20, 19]),
        (date(2026, 3, 10), date(2026, 3, 11), [11, 10]),
        (None, date(2026, 3, 11), [11, 10, 9]),
        (date(2026, 3, 19), date(2027, 1, 1), [20, 19]),
        (date(2026, 4, 1), None, []),
    ],
)
def test_days_guessed_are_those_asked_for_and_past(
    since: date | None, until: date | None, expected: list[int]
) -> None:
    assert [day.day for day in days(since, until, TODAY)] == expected


def test_a_wayback_is_asked_for_good_captures_of_each_address() -> None:
    url = cdx_url("https://w.example/", "s.example/research/*", date(2026, 3, 1))
    assert url.startswith("https://w.example/cdx/search/cdx?url=s.example%2Fresearch%2F%2A&")
    assert "from=20260301" in url
    assert "collapse=urlkey" in url


def test_a_memento_is_asked_for_as_it_was_received() -> None:
    url = memento_url("https://w.example", "20260301000000", "https://s.example/a?b=c")
    assert url == "https://w.example/web/20260301000000id_/https://s.example/a?b=c"


@pytest.mark.parametrize(
    ("queued", "known", "on"), [(0, True, True), (0, False, False), (2, False, True)]
)
async def test_a_list_is_followed_whoever_queued_what_it_names(
    queued: int, known: bool, on: bool
) -> None:
    async def add_due() -> int:
        return queued

    named: list[str] = []
    spider = SimpleNamespace(
        context=SimpleNamespace(job=SimpleNamespace(since=None)),
        add_due=add_due,
        knows=lambda urls: named.extend(urls) or known,
    )
    goes_on = Discovery(spider, isw.SITE)._goes_on
    assert await goes_on(Discovered((Found("https://a.example/x"),))) is on
    assert named == ([] if queued else ["https://a.example/x"])
