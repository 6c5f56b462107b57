"""Which source a cited address led to."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from archive.model.fetch import FetchContext
from archive.model.reports import CitedUrl, Note
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind, Outcome, Via
from pipeline.read.sources import leads_to, note_sources
from tests.factories import report
from tests.replica.messages import html, redirect
from tests.replica.sites import Site, by_path
from tests.spider_runs import Crawl, crawl_citing

PAGE = "https://www.quay-replica.net/news/12?utm_source=x"


def led(cited: str, final: str, outcome: Outcome = Outcome.OK, **context: object) -> str | None:
    made = FetchContext(1, Kind.SOURCE, cited, **context)  # type: ignore[arg-type]
    page = FetchedPage(made, final, datetime(2026, 3, 20, tzinfo=UTC), 200, {}, b"")
    return leads_to(page, outcome)


def test_a_short_link_leads_to_its_target_in_its_one_form() -> None:
    assert led("https://t.co/aQuay1", PAGE) == "https://quay-replica.net/news/12"
    assert led("https://isw.pub/X", "https://www.understandingwar.org/backgrounder/x") == (
        "https://understandingwar.org/backgrounder/x"
    )


def test_a_moved_page_leads_to_its_new_address() -> None:
    assert led("https://old-quay-replica.net/12", PAGE) == "https://quay-replica.net/news/12"


@pytest.mark.parametrize(
    "final", ["http://quay-replica.net/news/12/", "https://m.quay-replica.net/news/12?fbclid=1"]
)
def test_another_spelling_is_the_same_source(final: str) -> None:
    assert led("https://quay-replica.net/news/12", final) is None


def test_a_memento_stands_for_its_original_whatever_came() -> None:
    cited = f"https://web.archive.org/web/20260301/{PAGE}"
    assert led(cited, cited, Outcome.GONE) == "https://quay-replica.net/news/12"


@pytest.mark.parametrize(
    "outcome", [Outcome.LOGIN_WALL, Outcome.REDIRECTED_AWAY, Outcome.GONE, Outcome.SOFT_404]
)
def test_what_did_not_arrive_leads_nowhere(outcome: Outcome) -> None:
    assert led("https://t.co/aQuay1", PAGE, outcome) is None


def test_a_short_links_saved_redirect_leads_where_it_points() -> None:
    made = FetchContext(1, Kind.SOURCE, "https://isw.pub/X")
    headers = {"location": "https://www.understandingwar.org/backgrounder/x"}
    page = FetchedPage(made, made.uri_r, datetime(2026, 3, 20, tzinfo=UTC), 301, headers, b"")
    assert leads_to(page, Outcome.REDIRECTED_AWAY) == "https://understandingwar.org/backgrounder/x"
    other = FetchedPage(
        FetchContext(1, Kind.SOURCE, "https://quay-replica.net/12"),
        "https://quay-replica.net/12",
        page.captured_at,
        301,
        headers,
        b"",
    )
    assert leads_to(other, Outcome.REDIRECTED_AWAY) is None


@pytest.mark.parametrize(
    ("copy", "link"),
    [
        (f"https://arquivo.pt/wayback/20260301120000/{PAGE}", ""),
        (f"https://archive.is/2026.03.01/{PAGE}", ""),
        ("https://perma.cc/AB12-CD34",
            f'<{PAGE}>; rel="original", <https://perma.cc/t>; rel="timegate"'),
        ("https://archive.ph/AbCdE",
            f"<https://archive.ph/tg>; rel=timegate, <{PAGE}>; rel=original"),
    ],
)  # fmt: skip
def test_a_copy_in_any_archive_leads_to_its_original(copy: str, link: str) -> None:
    made = FetchContext(1, Kind.SOURCE, copy)
    headers = {"link": link} if link else {}
    page = FetchedPage(made, copy, datetime(2026, 3, 20, tzinfo=UTC), 200, headers, b"")
    assert leads_to(page, Outcome.OK) == "https://quay-replica.net/news/12"


def test_a_platforms_view_leads_nowhere() -> None:
    asked = "https://publish.twitter.com/oembed?url=x"
    assert led(asked, asked, subject="https://x.com/ana/status/12") is None


def test_another_archives_copy_leads_nowhere() -> None:
    copy = f"https://web.archive.org/web/20260301/{PAGE}"
    assert led(copy, copy, via=Via.WAYBACK, subject="https://t.co/aQuay1") is None


SHORT, TARGET = "https://t.co/aQuay1", "https://lamps-replica.net/12"


@pytest.fixture(scope="module")
def crawl(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Crawl]:
    text = "<p>The lamps on the quay were lit an hour earlier than in the year before.</p>" * 9
    folder = tmp_path_factory.mktemp("leads")
    with crawl_citing(
        folder,
        (SHORT, TARGET),
        Site(("t.co",), by_path({"/aQuay1": redirect(f"{TARGET}?utm_source=x", 301)})),
        Site(("lamps-replica.net",), by_path({"/12": html(text)})),
    ) as crawl:
        crawl.run("sources")
        yield crawl


def test_a_short_link_is_joined_to_the_source_that_it_leads_to(crawl: Crawl) -> None:
    rows = crawl.rows(
        "SELECT url, target_url, platform, captures, report_count, target_report_count FROM "
        "source_targets"
    )
    assert rows == [(SHORT, TARGET, "shortlink", 1, 1, 1)]


def test_the_chain_of_a_short_link_is_kept(crawl: Crawl) -> None:
    rows = crawl.rows(
        "SELECT h.url, h.http_status FROM hops h JOIN captures c ON c.id = h.capture_id WHERE "
        f"c.url = '{SHORT}'"
    )
    assert rows == [(SHORT, 301)]


@pytest.mark.parametrize("url", ["https://u/x", "http://intranet/page", "http://localhost:8080/"])
def test_a_host_of_one_label_is_no_source(url: str) -> None:
    cited = (CitedUrl(url, url), CitedUrl("https://news.example/a", "https://news.example/a"))
    [found] = note_sources(report(notes=(Note("1", url, cited),)))
    assert [row is None for row in found] == [True, False]
