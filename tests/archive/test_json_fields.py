"""What a record says of itself, when a stranger wrote it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from archive.model.browser import BrowserNote
from archive.model.fetch import FetchContext, Location
from archive.model.player import PlayerNote
from archive.model.times import format_time, parse_time
from archive.warc.record import CONTEXT_HEADER, WarcRecord, build_record
from tests.warc_samples import CONTEXT

WHOLE = {
    "WARC-Type": "response",
    "WARC-Target-URI": "https://news.example/",
    "WARC-Date": "2026-03-16T22:05:13Z",
    "WARC-Record-ID": "<urn:uuid:1>",
    CONTEXT_HEADER: json.dumps(CONTEXT.to_json()),
}


def read(**changes: str | None) -> WarcRecord:
    lines = {**WHOLE, **{name.replace("_", "-"): value for name, value in changes.items()}}
    headers = tuple((name, value) for name, value in lines.items() if value is not None)
    return build_record(headers, b"", Location("x", 0, 0), cut=False)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("capture_id", "7"), ("capture_id", True), ("capture_id", -1), ("capture_id", 1 << 63),
        ("capture_id", 7.0), ("capture_id", None), ("uri_r", None), ("uri_r", ["https://a.example"]),
        ("final", 1), ("run", {}), ("kind", "nothing"),
        ("via", 3), ("hop", [1]), ("tls_verified", "yes"), ("error", 5), ("browser", []),
        ("browser", {"requests": "many"}), ("player", {"width": -1}),
        ("player", {"duration_s": "x"}),
    ],
)  # fmt: skip
def test_a_context_with_a_value_of_another_type_is_none_of_ours(name: str, value: Any) -> None:
    told = {**CONTEXT.to_json(), name: value}
    assert read(**{CONTEXT_HEADER: json.dumps(told)}).context is None


def test_half_a_character_is_read_as_a_question_mark() -> None:
    told = {**CONTEXT.to_json(), "reason": "half \ud83d a character"}
    context = read(**{CONTEXT_HEADER: json.dumps(told)}).context
    assert context is not None
    assert context.reason == "half ? a character"


def test_a_context_with_all_its_fields_is_read_as_it_was_written() -> None:
    whole = FetchContext(
        7, CONTEXT.kind, "https://a.example/ü", tls_verified=False, error=("timeout", "ß"), run="r",
        browser=BrowserNote("urn:uuid:2", http_status=200, size=5, refused=(("a", "b"),)),
        player=PlayerNote("yt-dlp", width=3, duration_s=4, refused=(("c", "d"),)),
    )  # fmt: skip
    told = json.loads(json.dumps(whole.to_json()))
    assert FetchContext.from_json({**told, "of a newer version": [1]}) == whole


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("WARC_Date", None), ("WARC_Date", "never"), ("WARC_Date", "0001-01-01T00:00:00Z"),
        ("WARC_Date", "9999-12-31T23:59:59Z"), ("WARC_Target_URI", None), ("WARC_Record_ID", None),
    ],
)  # fmt: skip
def test_a_record_without_time_address_or_id_is_none_of_ours(name: str, value: str | None) -> None:
    assert read().context is not None
    assert read(**{name: value}).context is None


def test_every_year_is_written_with_four_digits() -> None:
    first = datetime(1, 2, 3, tzinfo=UTC)
    assert format_time(first) == "0001-02-03T00:00:00Z"
    assert parse_time(format_time(first)) == first


def test_the_types_that_are_held_against_are_those_of_the_fields() -> None:
    from archive.model.json_fields import plain_types

    apart = {name for name, types in plain_types(FetchContext).items() if types is None}
    assert apart == {"kind", "via", "error", "browser", "player"}
    assert {name for name, types in plain_types(BrowserNote).items() if types is None} == {
        "refused"
    }
