"""Lists of sources without labels below an article, WordPress's posts, and a wiki's own links."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from lxml import html

from archive.errors import ParseError
from pipeline.read.discover import read_discovery
from pipeline.read.parse.tree import dom
from pipeline.read.publishers.saved_page import page_facts
from pipeline.read.references.notes import split_notes
from pipeline.read.wordpress import next_page, posts_of

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)
ITEM = "<li><a href='https://quay.example/{0}'>Paper {0}</a></li>"
LIST = "<ul>" + "".join(ITEM.format(n) for n in range(3)) + "</ul>"
PROSE = "<p>The lamps on the quay were lit an hour earlier than in the year before.</p>"


def notes(markup: str) -> list[str]:
    root = html.document_fromstring(f"<body>{PROSE}{markup}</body>")
    blocks = dom.blocks_of(root.find("body"), "https://post.example/a")
    split = split_notes(blocks, unlabelled=True)
    assert split_notes(blocks).notes == ()
    return [cited.url for note in split.notes for cited in note.urls]


@pytest.mark.parametrize(
    "heading",
    [
        "<h2>Sources</h2>", "<p><strong>Sources:</strong></p>", "<h3>References</h3>",
        "<h2>Quellen</h2>", "<h2>Fuentes</h2>", "<h2>Références</h2>", "<h2>Fonti</h2>",
        "<h2>Źródła</h2>", "<h2>Kaynaklar</h2>", "<h2>المصادر</h2>", "<h2>منابع</h2>",
        "<h2>Источники</h2>", "<h2>Джерела</h2>", "<h4>Sources &amp; further reading</h4>",
    ],
)  # fmt: skip
def test_a_list_below_its_heading_holds_the_sources(heading: str) -> None:
    assert notes(heading + LIST + PROSE) == [f"https://quay.example/{n}" for n in range(3)]


@pytest.mark.parametrize(
    "markup",
    [
        "<h2>Read on</h2>" + LIST, LIST, "<h2>Sources</h2>" + PROSE + LIST,
        "<h2>Sources</h2><ul><li>Anna</li><li>Jo</li></ul>", "<h2>Sources</h2>",
        "<h2>Sources of the river</h2>" + LIST, "<h2>Notes</h2><p><a href='#top'>Up</a></p>",
        "<h2>Quellen und Mündungen</h2>" + LIST,
        f"<h2>Sources</h2><p>We asked <a href='https://a.example/'>them</a>. {'So on. ' * 70}</p>",
    ],
)  # fmt: skip
def test_other_lists_of_an_article_are_none(markup: str) -> None:
    assert notes(markup) == []


@pytest.mark.parametrize("form", ["<p>{}</p>", "{}<br>", "<div>{}</div>"])
def test_sources_line_by_line_are_a_list_up_to_the_last_that_has_an_address(form: str) -> None:
    link = "<a href='https://quay.example/{0}'>Paper {0}</a>"
    said = [link.format(1), "Harbour master, a list", link.format(2), "Written in haste."]
    lines = "".join(form.format(one) for one in said)
    assert notes(f"<h2>Sources</h2><div>{lines}</div>") == [
        "https://quay.example/1", "https://quay.example/2"
    ]  # fmt: skip


def test_items_without_address_are_sources_too() -> None:
    root = html.document_fromstring(
        f"<body>{PROSE}<h2>Sources</h2><ul>{ITEM.format(1)}<li>Harbour master, a list</li></ul>"
    )
    split = split_notes(dom.blocks_of(root.find("body"), "https://post.example/a"), unlabelled=True)
    assert [(one.label, one.text) for one in split.notes][1:] == [("2", "Harbour master, a list")]


# --- WordPress ------------------------------------------------------------------------------------

POSTS = "https://understandingwar.org/wp-json/wp/v2/posts?per_page=2"
REPORT = "https://understandingwar.org/research/middle-east/iran-update-march-9-2026/"


def test_posts_are_reports_by_their_addresses_with_times_and_titles() -> None:
    rows = [
        {"link": REPORT, "title": {"rendered": "Iran &#8220;Update&#8221; <i>x</i>"},
         "date_gmt": "2026-03-09T20:00:00", "modified_gmt": "2026-03-10T01:02:03"},
        {"link": "https://understandingwar.org/about/", "date": "2026-03-09T20:00:00"},
    ]  # fmt: skip
    found = read_discovery("rest", json.dumps(rows).encode(), POSTS, AT)
    [report] = found.reports
    assert (report.url, report.title) == (REPORT, "Iran “Update” x")
    assert (report.published, report.lastmod) == ("2026-03-09T20:00:00Z", "2026-03-10T01:02:03Z")
    assert [page.url for page in found.pages] == [f"{POSTS}&page=2"]


@pytest.mark.parametrize(
    ("url", "posts", "following"),
    [
        ("https://a.example/p?per_page=100&page=7", 100, "https://a.example/p?per_page=100&page=8"),
        ("https://a.example/p?per_page=100", 99, None), ("https://a.example/p", 10, "https://a.example/p?page=2"),
        ("https://a.example/p?per_page=500", 100, "https://a.example/p?per_page=500&page=2"),
        ("https://a.example/p?per_page=x", 9, None),
    ],
)  # fmt: skip
def test_a_full_page_has_a_next(url: str, posts: int, following: str | None) -> None:
    assert next_page(url, posts) == following


@pytest.mark.parametrize(
    "body", ["", "<html>", '{"code":"rest_no_route"}', '[{"id":1}]', "[1]", '[{"link":7}]']
)
def test_what_is_no_list_of_posts_is_said(body: str) -> None:
    with pytest.raises(ParseError, match="WordPress"):
        read_discovery("rest", body.encode(), POSTS, AT)


def test_the_sites_own_time_of_whatever_zone_is_no_time() -> None:
    [post] = posts_of('[{"link":"https://a.example/x","date":"2026-03-09T20:00:00"}]') or []
    assert post.published is None


# --- a saved page ---------------------------------------------------------------------------------


def test_a_page_says_where_it_stands_and_how_its_site_is_followed() -> None:
    body = b"""<head><link rel="canonical" href="https://pond.example/2026/03/Wet Feet/">
    <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
    <link rel="alternate" type="application/rss+xml" href="/feed/">
    <link rel="alternate" type="application/rss+xml" href="https://else.example/feed/">
    <link rel="https://api.w.org/" href="https://pond.example/wp-json/"></head><p>Words."""
    facts = page_facts(body, "https://pond.example/2026/03/wet-feet/", AT)
    assert (facts.title, facts.paths) == ("pond.example", r"/\d{4}/\d{2}/[^/]+/?")
    assert facts.feed == "https://pond.example/feed/"
    assert (facts.rest or "").startswith("https://pond.example/wp-json/wp/v2/posts?per_page=100&")


def test_a_browsers_note_says_where_a_page_was_saved_from() -> None:
    body = b"<!-- saved from url=(0026)https://pond.example/notes -->\n<p>Words of the pond."
    assert page_facts(body, "", AT).address == "https://pond.example/notes"
