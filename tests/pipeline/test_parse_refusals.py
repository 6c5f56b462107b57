"""Pages at a report's address that are none: a clear outcome each, never a crash."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.reports import NotAReport, ParsedReport
from archive.model.vocabulary import Outcome
from pipeline.read.parse import parse_report

URL = "https://understandingwar.org/research/middle-east/iran-update-march-16-2026/"
NOW = datetime(2026, 3, 20, tzinfo=UTC)
PROSE = "<p>" + "The column halted at the river after two days of rain. " * 12 + "</p>"


def page(body: str, title: str = "", body_class: str = "") -> bytes:
    return (
        f"<html><head><title>{title}</title></head><body class='{body_class}'>{body}</body></html>"
    ).encode()


def read(
    body: bytes, url: str = URL, content_type: str | None = "text/html"
) -> ParsedReport | NotAReport:
    return parse_report(body, url, content_type, NOW)


def outcome(body: bytes, url: str = URL, content_type: str | None = "text/html") -> Outcome:
    found = read(body, url, content_type)
    assert isinstance(found, NotAReport), found
    assert found.reason
    return found.outcome


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", Outcome.THIN),
        (b" \n\x00", Outcome.THIN),
        (b"<!-- nothing -->", Outcome.THIN),
        (page("<div id='app'></div>", "Iran Update"), Outcome.THIN),
        (page("<h1>Access denied</h1><p>You are not authorized to access this page.</p>",
            "Access denied | Site"), Outcome.FORBIDDEN),
        (page("<h1>404</h1><p>The page you're looking for wasn't found.</p>", "404 | Site"),
            Outcome.SOFT_404),
        (page("<h1>Oops</h1><p>Sorry.</p>", "Page not found - Site"), Outcome.SOFT_404),
        (page("<h1>Sorry</h1>", "Site", "error404"), Outcome.SOFT_404),
        (page("<div id='challenge-running'>Checking</div>", "Just a moment..."), Outcome.CHALLENGE),
        (page("<h1>Log in</h1><form><input type='password'></form>", "Log in | Site"),
            Outcome.LOGIN_WALL),
        (page("<h1>Welcome</h1><form><input type='text'><input type='password'></form>", "Site"),
            Outcome.LOGIN_WALL),
        (page("<h1>Error</h1>", "502 Bad Gateway"), Outcome.SERVER_ERROR),
        (page("<h1>Institute</h1>" + PROSE, "Institute", "home page"), Outcome.SOFT_404),
        (page("<h1>Research</h1>" + (
            "<h3 class='research-card-title'><a href='/r/x'>March 1, "
            "2026</a></h3>"
        ) * 5, "Research"), Outcome.SOFT_404),
        (page("<h1>Research, March 1, 2026</h1>" + (
            "<p><a href='/r/x'>A title of a report that is "
            "quite long</a></p>"
        ) * 9), Outcome.SOFT_404),
    ],
)  # fmt: skip
def test_what_stands_in_place_of_a_report_is_told(body: bytes, expected: Outcome) -> None:
    assert outcome(body) is expected


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"%PDF-1.7 x", "application/pdf"),
        (b"%PDF-1.7 x", "text/html"),
        (b"\x89PNG\r\n", None),
        (b'{"a": 1}', "application/json"),
        (b'{"a": 1}', "text/html"),
        (b"a,b\n1,2", "text/csv"),
        (b"<?xml version='1.0'?><rss/>", "text/xml"),
    ],
)
def test_what_is_not_html_is_unsupported(body: bytes, content_type: str | None) -> None:
    assert outcome(body, content_type=content_type) is Outcome.UNSUPPORTED


def test_a_page_too_large_to_be_a_report_is_not_read() -> None:
    assert outcome(b"<html><p>" + b"x " * 25_000_000) is Outcome.TOO_LARGE


def test_the_frame_of_critical_threats_without_an_article_is_a_soft_404() -> None:
    body = page("<h1>{{currentView.title}}</h1><p>{{series.description}}</p>", "Critical Threats")
    assert outcome(body, "https://www.criticalthreats.org/analysis/nothing") is Outcome.SOFT_404


def test_an_article_that_nothing_dates_is_no_report() -> None:
    body = page("<h1>Our Team</h1>" + PROSE, "Our Team")
    assert outcome(body, "https://understandingwar.org/about/our-team/") is Outcome.OK


def test_a_map_of_the_site_is_no_report() -> None:
    body = page(
        "<article class='post-9 type-map'><h1>Terrain, March 16, 2026</h1>"
        f"<div class='dynamic-entry-content'>{PROSE}</div></article>"
    )
    assert outcome(body, "https://understandingwar.org/map/terrain/") is Outcome.OK


def test_an_article_of_another_site_without_notes_is_no_report() -> None:
    body = page(f"<h1>Storm Reaches Coast, March 16, 2026</h1>{PROSE}")
    assert outcome(body, "https://news.example/storm") is Outcome.OK


def test_a_list_of_five_thousand_notes_is_read_whole() -> None:
    numbers = range(1, 1001)
    body = page(
        "<h1>Iran Update, March 16, 2026</h1>"
        + "".join((
            "<p>Rain fell on mill "
            f"{'x' * (n % 7)}.[{5 * n - 4}][{5 * n - 3}][{5 * n - 2}][{5 * n - 1}][{5 * n}]</p>"
        ) for n in numbers)
        + "<hr>"
        + "".join(f"<p>[{n}] https://example.org/{n}</p>" for n in range(1, 5001))
    )  # fmt: skip
    found = read(body)
    assert isinstance(found, ParsedReport)
    assert len(found.notes) == 5000


def test_broken_bytes_cost_no_report() -> None:
    body = page(f"<h1>Iran Update, March 16, 2026</h1>{PROSE}").replace(
        b"river", b"r\xff\xfev\x00er"
    )
    found = read(body)
    assert isinstance(found, ParsedReport)
    assert found.report_date == "2026-03-16"


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_give_an_answer(noise: bytes) -> None:
    read(noise)
    read(b"<html><body><h1>Iran Update, March 16, 2026</h1><p>" + noise * 4)


PIECES = st.sampled_from(
    ["<p>", "</p>", "<div class='x'>", "</div>", "<ul>", "<li>", "</ul>", "<ol start='3'>", "</ol>",
        "<a href='https://[x'>", "<a href='#_edn1'>",
     "</a>", "<sup>", "</sup>", "<b>", "</b>", "<hr>", "<br>", "[1]", "[ii]", "1. ",
     "https://a.example/b; ", "<table><tr><td>", "</td></tr></table>",
     "<h2>", "</h2>", "Key Takeaways", "<img src='//[y'>", "<dl><dt>", "<dd>", "<form>", "</form>",
     "<article class='post-1'>", "March 3, 2026",
     "<div class='field-name-body' property='content:encoded'>",
     "<div class='dynamic-entry-content'>", "<h1 id='page-title'>T</h1>", "Mira Tolland, ",
     "<script>", "</script>", "<span data-cfemail='zz'>", "<li value='-4'>", "&#0;", "&nbsp;",
     "<figure><figcaption>"]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(PIECES, max_size=60))
def test_any_heap_of_tags_gives_an_answer(pieces: list[str]) -> None:
    read(page("<h1>Iran Update, March 16, 2026</h1>" + "".join(pieces)))
    read(page("".join(pieces) + PROSE))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Access denied", Outcome.FORBIDDEN),
        ("404: Page not found", Outcome.SOFT_404),
        ("Just a moment...", Outcome.CHALLENGE),
        ("503 Service Unavailable", Outcome.SERVER_ERROR),
    ],
)
def test_an_error_by_its_title_is_no_report_however_much_stands_below(
    title: str, expected: Outcome
) -> None:
    article = (
        "<article class='post-7 product-line-iran-update'><div "
        f"class='dynamic-entry-content'><h1>{title}</h1>{PROSE}</div></article>"
    )
    assert outcome(page(article, f"{title} | Site")) is expected


def test_a_report_about_errors_is_a_report() -> None:
    title = "Iran Update: Access Denied to the Harbour, March 16, 2026"
    assert isinstance(read(page(f"<h1>{title}</h1>{PROSE}", title)), ParsedReport)
