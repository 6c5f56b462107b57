"""Feeds in JSON as a reader of them sees them."""

import json
from datetime import UTC, datetime

import pytest

from pipeline.read.page_text import page_text

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
FEED = {
    "version": "https://jsonfeed.org/version/1.1",
    "title": "Quay notes",
    "authors": [{"name": "Ana Brook"}, {"name": "Harbour desk"}, "nobody"],
    "items": [
        {"id": "3", "title": "The lamps",
            "content_html": "<p>Lit an hour earlier.</p><p>By the <b>old</b> keeper.</p>",
            "date_published": "2026-03-18T07:00:00Z"},
        {"id": "2", "content_text": "The crane was painted.\n\nIt is green now.",
            "date_published": "2027-01-01T00:00:00Z"},
        {"id": "1", "title": "The ferry", "summary": "It goes again.",
            "date_published": "2026-03-02T10:00:00+02:00"},
    ],
}  # fmt: skip


def read(value, content_type="application/feed+json"):
    return page_text(json.dumps(value).encode(), "https://quay.example/feed.json", content_type, AT)


def test_a_feed_is_its_entries():
    found = read(FEED)
    assert found.text == (
        "The lamps\n\nLit an hour earlier.\n\nBy the old keeper.\n\nThe crane was painted.\n\nIt "
        "is green now.\n\nThe ferry\n\nIt goes again."
    )
    assert (found.title, found.author, found.language) == (
        "Quay notes",
        "Ana Brook; Harbour desk",
        "en",
    )
    assert found.flags == ()


def test_a_feed_has_no_day_but_its_newest_entry_has_one_that_is_past():
    found = read(FEED)
    assert found.published is None
    assert dict(found.facts) == {"newest_post_at": "2026-03-18"}


def test_the_first_version_names_one_author():
    old = {
        "version": "https://jsonfeed.org/version/1",
        "title": "Quay",
        "author": {"name": "Ana"},
        "items": [],
    }
    found = read(old, "application/json")
    assert (found.title, found.author, found.flags) == ("Quay", "Ana", ("thin",))


@pytest.mark.parametrize(
    "broken",
    [
        {"items": None},
        {"items": [None, 3, {"content_html": "<p><"}, {"content_html": ""}, {"title": 7}]},
        {"title": ["a"], "authors": {"name": "b"}, "items": {"a": 1}},
    ],
)
def test_a_broken_feed_is_no_error(broken):
    assert read({"version": "https://jsonfeed.org/version/1.1", **broken}).title is None


def test_other_json_is_not_taken_for_a_feed():
    assert "version: 1.1" in read({"version": "1.1", "items": ["Ferry"]}).text
