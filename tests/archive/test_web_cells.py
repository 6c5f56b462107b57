from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.model.vocabulary import Outcome, Status
from archive.show.badge_words import badge_words
from archive.web import cells
from archive.web.cells import cell, is_web_address, listing, outer_link, short_address
from archive.web.links import Links

LINKS = Links(
    report=lambda name: f"/r/{name}",
    version=lambda number: f"/v/{number}",
    capture=lambda number: f"/c/{number}",
    source=lambda number: f"/s/{number}",
    search="/-/search",
    card=lambda what, form: f"/card/{what}.{form}",
    runs="/runs",
    alarms="/alarms",
    run=lambda name: f"/run/{name}",
    account=lambda platform, name: f"/a/{platform}/{name}",
    host=lambda name: f"/h/{name}",
    series=lambda name: f"/series/{name}",
    rot="/rot",
    support="/support",
    row=lambda table, key: f"/{table}/{key}",
)


def look(
    value: Any, column: str, table: str | None = None, *, full: bool = False, **row: Any
) -> str:
    shown = cell(value, column, LINKS, {column: value, **row}, table, full=full)
    return "" if shown is None else str(shown)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\nscript:alert(1)",
        "data:text/html,x",
     "vbscript:x", "file:///etc/passwd", "//evil.example", "https:evil", "http://a b",
     "https://a\"onclick=x",
     "https://a\\b", "https://a<b>", "ftp://a/b", "blob:https://a/b", "https://"],
)  # fmt: skip
def test_what_is_no_web_address_is_never_a_link(url: str) -> None:
    assert "href" not in outer_link(url)
    assert "href" not in look(url, "url")


@pytest.mark.parametrize(
    ("table", "row", "leads"),
    [
        (None, {"platform": "telegram"}, True),
        ("sources", {"platform": "telegram", "report_count": 2}, True),
        ("sources", {"platform": "telegram", "report_count": 0}, False),
        ("account_looks", {"platform": "telegram"}, False),
        (None, {}, False),
    ],
)
def test_an_account_that_is_cited_leads_to_its_page(
    table: str | None, row: dict, leads: bool
) -> None:
    assert ('href="/a/telegram/depot_news"' in look("depot_news", "account", table, **row)) is leads


def test_a_web_address_is_a_link_that_tells_nobody() -> None:
    shown = look("https://t.me/a/1?b=1&c=2", "url")
    assert 'href="https://t.me/a/1?b=1&amp;c=2"' in shown
    assert 'rel="noopener noreferrer nofollow external"' in shown
    assert is_web_address("HTTPS://A.example/x")


def test_a_long_address_is_shortened_in_tables_and_whole_in_its_row() -> None:
    url = "https://news.example/" + "a" * 200
    assert url + "</bdi>" not in look(url, "url")
    assert f'href="{url}"' in look(url, "url")
    assert url + "</bdi>" in look(url, "url", full=True)


@pytest.mark.parametrize(
    ("column", "value", "table", "row", "path"),
    [
        ("report", "iran-update/2026-03-03", None, {}, "/r/iran-update/2026-03-03"),
        ("cites", "a/b", "report_links", {}, "/r/a/b"),
        ("title", "T", "reports", {"id": "a/b"}, "/r/a/b"),
        ("title", "T", "versions", {"id": 7}, "/v/7"),
        ("title", "T", "latest_versions", {"report": "a/b"}, "/r/a/b"),
        ("version_id", 7, None, {}, "/v/7"),
        ("captured_at", "2026-03-03T00:00:00Z", "captures", {"id": 9}, "/c/9"),
        ("capture_id", 9, "hops", {}, "/c/9"),
        ("source_id", 5, "citations", {}, "/s/5"),
        ("other_source_id", 5, "same_texts", {}, "/s/5"),
        ("text_id", 5, "captures", {}, "/texts/5"),
        ("status", "dead", "sources", {"id": 5}, "/s/5"),
        ("status", "dead", "verdicts", {"source_id": {"value": 5, "label": "u"}}, "/s/5"),
        ("status", "dead", None, {"source_id": 5}, "/s/5"),
    ],
)  # fmt: skip
def test_cells_lead_to_what_they_name(
    column: str, value: Any, table: str | None, row: dict[str, Any], path: str
) -> None:
    assert f'href="{path}"' in look(value, column, table, **row)


def test_a_foreign_key_leads_on_under_its_label() -> None:
    shown = look({"value": 5, "label": "<b>"}, "source_id", "citations")
    assert 'href="/s/5"' in shown
    assert "&lt;b&gt;" in shown


@pytest.mark.parametrize(
    ("word", "kind"),
    [("ok", "good"), ("dead", "gone"), ("challenge", "unsure"), ("not-modified", "neutral")],
)
def test_outcomes_are_badges_that_still_say_the_word(word: str, kind: str) -> None:
    badge = look(word, "outcome")
    assert badge.startswith(f'<span class="isw-badge isw-{kind}"')
    assert badge.endswith(f">{word}</span>")


def test_a_word_of_the_tables_says_in_its_title_what_it_means() -> None:
    assert 'title="behind a bot wall"' in look("challenge", "outcome")
    assert 'title="in doubt"' in look("suspect", "status")


@pytest.mark.parametrize("word", [*Status, *Outcome])
def test_on_a_page_every_status_and_outcome_is_said_in_words(word: str) -> None:
    shown = cells.told_badge(word)
    assert f">{badge_words(word)}</span>" in shown
    assert f"isw-{cells.tone(word)}" in shown
    assert word in {"alive", "dead", "moved", "removed"} or f">{word}<" not in shown


@pytest.mark.parametrize(
    "text", ["https://t[dot]example/a", "https://[nothing]/", "https://", "https:///path"]
)
def test_what_no_browser_can_open_is_no_link(text: str) -> None:
    assert "<a " not in outer_link(text)


@pytest.mark.parametrize(
    "text", ["https://[2001:db8::1]/a", "http://[::1]:80", "https://a.example?q"]
)
def test_an_address_of_any_form_is_a_link(text: str) -> None:
    assert "<a " in outer_link(text)


def test_a_status_without_its_source_is_only_a_word() -> None:
    assert look("dead", "status") == '<span class="isw-badge isw-gone">dead</span>'


def test_lists_read_as_lists() -> None:
    assert "prose, notes" in look('["prose", "notes"]', "kinds")
    assert look('["First takeaway here.", "Second takeaway here."]', "takeaways").count("<li>") == 2
    assert "rule: content" in look('{"rule": "content", "empty": null}', "evidence")
    assert "<b>" not in look('["<b>"]', "authors")
    assert "[broken" in look("[broken", "authors")


def test_the_evidence_of_a_verdict_and_what_an_event_holds_are_told_in_sentences() -> None:
    strike = {"at": "2026-03-10T02:00:00Z", "capture": 3, "outcome": "gone", "marker": "<b>"}
    found = {"because": "Proved absent.", "strikes": [strike], "days": 0.0}
    shown = look(json.dumps(found), "evidence", "verdicts")
    assert "Proved absent." in shown
    assert "2026-03-10 02:00: the server said that there is no such page: &lt;b&gt;" in shown
    assert "It was gone, and is there again." in look("{}", "detail", "events", kind="came-back")
    assert "rule: content" in look('{"rule": "content"}', "evidence", "captures")
    assert "{broken" in look("{broken", "evidence", "verdicts")


def test_long_text_is_shortened_in_tables_and_keeps_its_lines_and_direction() -> None:
    shown = look("one\ntwo", "text")
    assert shown == '<bdi class="isw-prose">one<br>two</bdi>'
    assert len(look("word " * 1000, "text")) < 500
    assert len(look("word " * 1000, "text", full=True)) > 4000


def test_digests_are_short_in_tables_and_whole_in_their_title() -> None:
    whole = "sha256:" + "ab" * 32
    shown = look(whole, "payload_digest")
    assert f'title="{whole}"' in shown
    assert ">sha256:abababababab\N{HORIZONTAL ELLIPSIS}<" in shown


def test_truth_reads_as_words_and_numbers_stay() -> None:
    assert ">no<" in look(0, "complete")
    assert ">yes<" in look(1, "tls_verified")
    assert look(7, "captures") == ""
    assert look(None, "url") == ""


@given(
    st.text(),
    st.sampled_from(
        [
            "url",
            "title",
            "text",
            "outcome",
            "repairs",
            "digest",
            "seen_at",
            "host",
            "label",
            "kinds",
        ]
    ),
    st.booleans(),
)
def test_no_value_becomes_mark_up(value: str, column: str, full: bool) -> None:
    shown = look(value + "<i x='1'>\"&", column, full=full)
    assert "<i " not in shown
    assert "'1'>" not in shown


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://www.t.me/portwatch/12/", "t.me/portwatch/12"),
        ("https://understandingwar.org/backgrounder/russian-offensive-march-11-2026",
            "understandingwar.org/…ffensive-march-11-2026"),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://x.example/\u202egpj.exe", "x.example/\N{WHITE SQUARE}202Egpj.exe"),
    ],
)  # fmt: skip
def test_an_address_in_a_margin_keeps_its_host_and_its_end(url: str, shown: str) -> None:
    assert short_address(url) == shown


def test_numbers_of_ours_are_links_with_words_in_answers_and_times_are_short() -> None:
    assert look(5, "source_id") == '<a href="/s/5"><bdi>about it</bdi></a>'
    assert look(7, "capture_id") == '<a href="/c/7"><bdi>our copy</bdi></a>'
    assert look("r1", "run", "captures") == '<a href="/run/r1"><bdi>r1</bdi></a>'
    shown = look("2026-03-04T05:06:07Z", "captured_at", "captures", id=3)
    assert shown == '<a href="/c/3"><bdi>2026-03-04 05:06</bdi></a>'


@pytest.mark.parametrize("column", ["captured_at", "dead_since"])
def test_a_time_is_short_whatever_its_column_is_called(column: str) -> None:
    assert ">2026-03-16 05:06</time>" in str(look("2026-03-16T05:06:07Z", column))


def test_names_of_what_a_platform_says_are_read_as_words() -> None:
    assert "posted at: 2026" in str(listing('{"posted_at": "2026"}', words=True))


def test_a_list_of_addresses_is_a_list_of_links_also_where_it_is_cut() -> None:
    long = "https://a.example/" + "x" * 400
    shown = look(json.dumps(["https://b.example/1", long]), "sources_added")
    assert shown.count("<a ") == 2
    assert f'href="{long}"' in shown


def test_json_is_never_shown_as_such_in_whichever_column() -> None:
    assert "[" not in look('["one thing", "another thing"]', "found")
    assert "[1] a note" in look("[1] a note", "before")


def test_times_are_short_by_what_they_are() -> None:
    assert ">2026-03-04 05:06</time>" in look("2026-03-04T05:06:07Z", "at")
    assert ">2026-03-04 05:06</time>" in look("2026-03-04T05:06:07.123Z", "stood_from")


@pytest.mark.parametrize(
    ("column", "table", "words"),
    [("source_id", "post_latency", "about it"), ("own_id", "two_observers", "our copy"),
     ("copy_id", "two_observers", "their copy"), ("version_id", "claim_support", "read it")],
)  # fmt: skip
def test_a_number_of_ours_without_a_name_is_a_link_with_words(
    column: str, table: str, words: str
) -> None:
    assert f"<bdi>{words}</bdi>" in look(5, column, table)


def test_what_a_key_leads_to_and_has_no_name_is_not_called_none() -> None:
    assert "None" not in look({"value": 5, "label": None}, "text_id", "captures")


def test_a_report_is_called_by_its_title_and_not_twice_in_a_row() -> None:
    shown = cell("a/b", "report", LINKS, {"report": "a/b"}, "edits", title="The <title>")
    assert str(shown) == '<a href="/r/a/b" title="a/b"><bdi>The &lt;title&gt;</bdi></a>'
    again = cell("a/b", "report", LINKS, {"report": "a/b", "title": "T"}, None, title="T")
    assert "<bdi>the report</bdi>" in str(again)


def test_a_series_is_called_by_its_name_and_leads_to_its_page() -> None:
    shown = look("iran-update", "series", "reports")
    assert shown == '<a href="/series/iran-update" title="iran-update"><bdi>Iran Update</bdi></a>'


def test_a_captured_text_says_in_which_language_it_is() -> None:
    row = {"id": 1, "text": "words", "language": "fa"}
    assert 'lang="fa"' in str(cell("words", "text", LINKS, row, "texts"))
    assert "lang=" not in str(cell("words", "text", LINKS, {**row, "language": None}, "texts"))
    assert "lang=" not in str(cell("words", "text", LINKS, {"id": 1, "text": "words"}, "notes"))
    assert 'lang="&#34;&gt;"' in str(cell("a", "title", LINKS, {**row, "language": '">'}, "texts"))
