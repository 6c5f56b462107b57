"""Discovery pages: what they name, and that something else in their place is said to be so."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime

import pytest

from archive.errors import ParseError
from archive.model.understood import Discovered
from archive.urls.normal import is_report_url
from pipeline.read.candidates import candidate_urls
from pipeline.read.discover import read_discovery

ISW = "https://understandingwar.org"
CTP = "https://www.criticalthreats.org"
NOW = datetime(2026, 3, 20, tzinfo=UTC)

INDEX = f"""<?xml version="1.0" encoding="UTF-8"?>
<?xml-stylesheet type="text/xsl" href="//x/main-sitemap.xsl"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
  <sitemap><loc>{ISW}/post-sitemap.xml</loc><lastmod>2026-03-19T02:05:14+00:00</lastmod></sitemap>
  <sitemap><loc>
    {ISW}/post-sitemap6.xml </loc></sitemap>
  <sitemap><loc>https://elsewhere.example/post-sitemap.xml</loc></sitemap>
</sitemapindex>""".encode()

SHARD = f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
  <url><loc>{ISW}/research/middle-east/iran-update-march-9-2026/</loc><lastmod>2026-03-10T02:51:21-04:00</lastmod>
    <image:image><image:loc>{ISW}/wp-content/a.png</image:loc></image:image></url>
  <url><loc>{ISW}/map/some-map-march-9-2026/</loc></url>
  <url><loc>{ISW}/research/russia-ukraine/russian-offensive-campaign-assessment_25-24/</loc><lastmod>not a time</lastmod></url>
  <url><loc></loc></url>
</urlset>""".encode()  # noqa: E501


def read(step: str, body: bytes | str, url: str = f"{ISW}/x") -> Discovered:
    return read_discovery(step, body.encode() if isinstance(body, str) else body, url, NOW)


def test_a_sitemap_index_names_its_own_shards() -> None:
    found = read("sitemap", INDEX)
    assert [(p.url, p.lastmod) for p in found.pages] == [
        (f"{ISW}/post-sitemap.xml", "2026-03-19T02:05:14Z"),
        (f"{ISW}/post-sitemap6.xml", None),
    ]
    assert found.reports == ()


@pytest.mark.parametrize("body", [SHARD, gzip.compress(SHARD)])
def test_a_shard_names_reports_with_their_last_change(body: bytes) -> None:
    found = read("sitemap", body)
    assert [(r.url, r.lastmod, r.series) for r in found.reports] == [
        (
            f"{ISW}/research/middle-east/iran-update-march-9-2026/",
            "2026-03-10T06:51:21Z",
            "iran-update",
        ),
        (
            f"{ISW}/research/russia-ukraine/russian-offensive-campaign-assessment_25-24/",
            None,
            "russian-offensive-campaign-assessment",
        ),
    ]


@pytest.mark.parametrize("depth", [1, 2])
def test_a_sitemap_within_a_sitemap_names_its_reports(depth: int) -> None:
    loc = f"{ISW}/research/middle-east/iran-update-march-16-2026/"
    inner = f"<url><loc>{loc}</loc></url>"
    body = "<urlset>" * (depth + 1) + inner + "</urlset>" * (depth + 1)
    assert [r.url for r in read("sitemap", body).reports] == [loc]


def test_a_shard_within_a_sitemap_of_pages_is_followed() -> None:
    found = read(
        "sitemap", f"<urlset><sitemap><loc>{ISW}/post-sitemap2.xml</loc></sitemap></urlset>"
    )
    assert [p.url for p in found.pages] == [f"{ISW}/post-sitemap2.xml"]


def test_a_sitemap_without_pages_names_none_and_one_of_something_else_is_an_error() -> None:
    assert read("sitemap", "<urlset></urlset>").reports == ()
    with pytest.raises(ParseError, match="entries"):
        read("sitemap", "<urlset><page><loc>https://a.org</loc></page></urlset>")


def test_entities_of_a_sitemap_are_not_expanded() -> None:
    bomb = (
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b '
        b'"&a;&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
    )
    assert read("sitemap", bomb).reports == ()


CARDS = f"""<html><head><title>Research</title><link rel="next" href="/research/page/2/"></head><body class="page">
<div class="gb-loop-item post-1"><time datetime="2026-03-16T22:05:13-04:00">Mar 16</time>
<h3 class="gb-headline research-card-title"><a href="{ISW}/research/middle-east/iran-update-march-16-2026/#x">Iran Update,
 March 16, 2026</a></h3><a href="{ISW}/research/middle-east/iran-update-march-16-2026/">READ MORE</a></div>
<div class="gb-loop-item"><h3 class="research-card-title"><a href="/map/a-map/">A map</a></h3></div>
<nav><a class="next page-numbers" href="/research/page/2/">Next</a><a class="next" href="https://other.example/">Next</a></nav>
</body></html>"""  # noqa: E501


def test_cards_name_reports_with_title_and_time_and_the_next_page() -> None:
    found = read("listing", CARDS, f"{ISW}/research/")
    (report,) = found.reports
    assert report.url == f"{ISW}/research/middle-east/iran-update-march-16-2026/"
    assert report.title == "Iran Update, March 16, 2026"
    assert report.published == "2026-03-17T02:05:13Z"
    assert report.series == "iran-update"
    assert [page.url for page in found.pages] == [f"{ISW}/research/page/2/"]


VIEWS = """<html><body class="page-publications"><div class="view-content"><div class="views-row">
<h2><a href="/backgrounder/iran-update-june-3-2024">Iran Update, June 3, 2024</a></h2>
<span class="datespan">June 3, 2024 - someone</span></div>
<div class="views-row"><h2><a href="/publications">Not this</a></h2></div></div>
<ul class="pager"><li class="pager-next"><a href="/publications?page=1">next</a></li></ul></body></html>"""  # noqa: E501


@pytest.mark.parametrize("step", ["listing", "drupal-listing"])
def test_rows_of_the_older_site_name_reports_and_the_next_page(step: str) -> None:
    found = read(step, VIEWS, "https://www.understandingwar.org/publications")
    (report,) = found.reports
    assert report.url == "https://www.understandingwar.org/backgrounder/iran-update-june-3-2024"
    assert report.published == "2024-06-03"
    assert [p.url for p in found.pages] == ["https://www.understandingwar.org/publications?page=1"]


def test_an_empty_last_page_of_a_list_is_no_error() -> None:
    html = '<html><body><div class="view-empty">Nothing more.</div></body></html>'
    assert read("listing", html) == Discovered()


def test_a_list_without_known_classes_is_read_by_its_headings() -> None:
    html = (
        "<html><body><h2><a "
        f'href="{ISW}/research/middle-east/iran-update-may-1-2026/">I</a></h2></body></html>'
    )
    assert len(read("listing", html).reports) == 1


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<html><head><title>Just a moment…</title></head><body><p>wait</p></body></html>",
        "%PDF-1.4",
    ],
)
def test_a_list_that_is_none_is_an_error(html: str) -> None:
    with pytest.raises(ParseError, match="expected a list of reports"):
        read("listing", html)


ENTRIES = [
    {
        "slug": "harbours-africa-file-march-19-2026",
        "title": "Harbours </b>",
        "published_timestamp": 1773900000,
    },
    {"slug": "a-b-c", "title": None, "published_timestamp": "?"},
    {"title": "no slug"},
]


@pytest.mark.parametrize("end", ["];\nvar X = 1;</script>", "]</script>"])
@pytest.mark.parametrize("step", ["ini-list", "listing"])
def test_the_script_of_a_list_names_reports(step: str, end: str) -> None:
    text = json.dumps(ENTRIES)[:-1].replace("</", "<\\/")
    html = f"<html><body><script>var INI_LIST = {text}{end}</body></html>"
    found = read(step, html, f"{CTP}/analysis/africa-file")
    assert [(r.url, r.title, r.published, r.series) for r in found.reports] == [
        (
            f"{CTP}/analysis/harbours-africa-file-march-19-2026",
            "Harbours </b>",
            "2026-03-19T06:00:00Z",
            "africa-file",
        ),
        (f"{CTP}/analysis/a-b-c", None, None, "africa-file"),
    ]


def test_a_script_that_is_no_json_is_an_error() -> None:
    with pytest.raises(ParseError, match="INI_LIST to be JSON"):
        read("ini-list", "<script>var INI_LIST = [{slug: 'x'}];</script>")


def test_a_page_without_the_script_is_an_error() -> None:
    with pytest.raises(ParseError, match="INI_LIST"):
        read("ini-list", "<html><body><p>News</p></body></html>")


RSS = f"""<?xml version="1.0"?><rss version="2.0"><channel><link>{ISW}</link><item><title>Iran  Update</title>
<link>{ISW}/research/middle-east/iran-update-march-16-2026/</link><pubDate>Tue, 17 Mar 2026 02:05:13 +0000</pubDate></item>
<item><title>About</title><link>{ISW}/about-isw/</link></item></channel></rss>"""  # noqa: E501
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Iran Update</title>
<link rel="self" href="{ISW}/feed/1"/><link href="{ISW}/research/middle-east/iran-update-march-16-2026/"/>
<published>2026-03-17T02:05:13Z</published><updated>2026-03-18T00:00:00Z</updated></entry></feed>"""  # noqa: E501


@pytest.mark.parametrize("body", [RSS, ATOM])
def test_feeds_name_reports(body: str) -> None:
    (report,) = read("feed", body).reports
    assert report.url == f"{ISW}/research/middle-east/iran-update-march-16-2026/"
    assert report.title == "Iran Update"
    assert report.published == "2026-03-17T02:05:13Z"


@pytest.mark.parametrize(
    ("step", "body", "said"),
    [
        (
            "feed",
            "<!DOCTYPE html><html><body>home</body></html>",
            "expected an RSS or Atom feed, got an HTML page",
        ),
        ("sitemap", "<html></html>", "got an HTML page"),
        ("sitemap", "<rss/>", "got <rss>"),
        ("feed", "", "got an empty page"),
        ("feed", "no xml", "nothing that is XML"),
        ("sitemap", b"\x1f\x8bxx", "broken gzip"),
        ("wayback", "<html>", "CDX answer as JSON"),
        ("wayback", '{"a": 1}', "a list of rows"),
        ("wayback", '[["x"]]', "CDX fields"),
        ("nonsense", "", "no discovery step"),
    ],
)
def test_something_else_in_its_place_is_named(step: str, body: bytes | str, said: str) -> None:
    with pytest.raises(ParseError, match=said):
        read(step, body)


def test_a_wayback_names_the_newest_capture_of_each_report() -> None:
    rows = [
        ["timestamp", "original", "statuscode", "mimetype"],
        ["20220801000000", f"{ISW}:80/backgrounder/a-b", "200", "text/html"],
        ["20220901000000", f"{ISW}/backgrounder/a-b", "200", "text/html"],
        ["20220901000001", f"{ISW}/backgrounder/gone", "404", "text/html"],
        ["20220901000001", f"{ISW}/backgrounder/pdf", "200", "application/pdf"],
        ["2022", f"{ISW}/backgrounder/no-time", "200", "text/html"],
        ["20220901000001", f"{ISW}/sites/default/x.png", "200", "text/html"],
    ]
    found = read("wayback", json.dumps(rows))
    assert [(r.url, r.lastmod) for r in found.reports] == [
        (f"{ISW}/backgrounder/a-b", "2022-09-01T00:00:00Z")
    ]
    assert read("wayback", "[]") == Discovered() == read("wayback", "")


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2022, 2, 24),
            "https://www.understandingwar.org/backgrounder/russia-ukraine-warning-update-initial-russian-offensive-campaign-assessment"),
        (date(2022, 8, 12),
            "https://www.understandingwar.org/backgrounder/russian-offensive-campaign-assessment-august-12-0"),
        (date(2023, 2, 5),
            "https://www.understandingwar.org/backgrounder/russian-offensive-campaign-update-february-5-2023"),
        (date(2024, 2, 15), f"{CTP}/analysis/iran-update-february-15-2024"),
        (date(2026, 3, 16),
            f"{ISW}/research/middle-east/iran-update-evening-special-report-march-16-2026/"),
        (date(2026, 6, 30),
            f"{ISW}/research/russia-ukraine/russian-offensive-campaign-assessment-june-30-2026/"),
        (date(2026, 1, 3), f"{ISW}/research/middle-east/iran-protests-january-3-2026/"),
        (date(2022, 10, 26), f"{CTP}/analysis/iran-crisis-update-october-26"),
    ],
)  # fmt: skip
def test_the_addresses_of_a_day_hold_the_known_forms(day: date, expected: str) -> None:
    urls = [found.url for found in candidate_urls(day)]
    assert expected in urls
    assert len(set(urls)) == len(urls)
    assert all(is_report_url(url) for url in urls)
