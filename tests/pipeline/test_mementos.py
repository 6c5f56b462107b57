"""Reading what another archive answers: which copies it names, and what a copy says."""

from __future__ import annotations

import gzip
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.errors import ParseError
from archive.model.understood import Memento
from archive.model.vocabulary import Kind, Outcome, Via
from pipeline.read import mementos
from pipeline.read.process import Limits, process
from tests.factories import page

AT = datetime(2026, 3, 10, 12, tzinfo=UTC)
WAYBACK = "https://web.archive.org"
CITED = "https://paper.example/a?b=c&d=1"
ASKED = mementos.question_url(WAYBACK, CITED, AT)
HEAD = ["timestamp", "original", "statuscode", "digest"]
PARAGRAPH = (
    "<p>The old bridge over the river was closed to lorries on Monday, the ministry said.</p>"
)
ARTICLE = (
    "<html><title>Bridge closed</title><body><article><h1>Bridge "
    f"closed</h1>{PARAGRAPH * 12}</article></body></html>"
)


def cdx(*rows: tuple[str, str, str]) -> bytes:
    """An answer; each row with time stamp, status and digest."""
    return json.dumps([HEAD, *([at, CITED, status, digest] for at, status,
        digest in rows)]).encode()  # fmt: skip


def asked_page(body: bytes, status: int | None = 200, **changes: Any) -> Any:
    """What came for the question, ten days after the citing date."""
    came = page(
        1, kind=Kind.DISCOVERY, uri_r=ASKED, step=mementos.STEP, subject=CITED, body=body,
        captured_at=AT + timedelta(days=10),
    )  # fmt: skip
    return replace(came, http_status=status, **changes)


def answer(body: bytes, status: int | None = 200, **changes: Any) -> tuple[Memento, ...]:
    return mementos.read_answer(asked_page(body, status, **changes), body)


def times(found: tuple[Memento, ...]) -> list[str]:
    return [memento.at[:10] for memento in found]


def copy_page(url: str, body: bytes = ARTICLE.encode(), **changes: Any) -> Any:
    return page(
        1,
        kind=Kind.SOURCE,
        via=Via.WAYBACK,
        uri_r=f"{WAYBACK}/web/20260301000000id_/{CITED}",
        subject=CITED,
        memento_at="2026-03-01T00:00:00Z",
        final_url=url,
        body=body,
        **changes,
    )


def test_the_question_names_the_address_whole_and_the_moment() -> None:
    query = parse_qs(urlsplit(mementos.question_url(WAYBACK + "/", CITED + "#top", AT)).query)
    assert query["url"] == [CITED]
    assert query["closest"] == ["20260310120000"]
    assert mementos.wanted_at(ASKED) == AT


def test_the_copy_nearest_to_the_citing_date_comes_first_not_the_newest() -> None:
    body = cdx(
        ("20240101000000", "200", "A"), ("20260308000000", "200", "B"),
        ("20260320000000", "200", "C"), ("20260318000000", "200", "D"),
    )  # fmt: skip
    found = answer(body)
    assert times(found) == ["2026-03-08", "2026-03-18", "2026-03-20"]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        # a page further away before a redirect nearby
        ([("20260310000000", "302", "R"), ("20260201000000", "200", "A")],
            ["2026-02-01", "2026-03-10"]),
        # a redirect where there is nothing else
        ([("20260310000000", "301", "R")], ["2026-03-10"]),
        # "nothing has changed" is as good as a page
        ([("20260309000000", "-", "A"), ("20250101000000", "200", "B")],
            ["2026-03-09", "2025-01-01"]),
        # the same content once, from the nearest time
        ([("20260101000000", "200", "A"), ("20260309000000", "200", "A")], ["2026-03-09"]),
        # copies of error pages are none
        ([("20260310000000", "404", "E"), ("20260310000000", "503", "F")], []),
        # as near before as after: before
        ([("20260311120000", "200", "A"), ("20260309120000", "200", "B")],
            ["2026-03-09", "2026-03-11"]),
        # what is no time
        ([("2026", "200", "A"), ("20261341000000", "200", "B"), ("٢٠٢٦٠٣١٠٠٠٠٠٠٠", "200", "C")],
            []),
    ],
)  # fmt: skip
def test_copies_are_ranked(rows: list[tuple[str, str, str]], expected: list[str]) -> None:
    assert times(answer(cdx(*rows))) == expected


def test_no_rows_mean_that_there_are_no_copies() -> None:
    assert answer(b"[]") == ()
    assert answer(cdx()) == ()


def test_a_page_that_its_owner_withdrew_has_no_copies() -> None:
    body = b"org.archive.util.io.RuntimeIOException: AdministrativeAccessControlException: Blocked"
    assert answer(body, 403) == ()


@pytest.mark.parametrize(
    ("status", "body"),
    [
        (200, b""), (200, b"<html>Be right back</html>"), (200, b'{"a": 1}'), (200, b"[1, 2]"),
        (200, b'[["x"]]'),
        (200, b"[" * 100_000), (200, b"\xff\xfe\x00"), (403, b"<title>Just a moment</title>"),
        (429, b"Slow down"),
        (503, b"[]"), (404, b"[]"), (None, b""),
    ],
)  # fmt: skip
def test_what_is_no_answer_says_nothing(status: int | None, body: bytes) -> None:
    with pytest.raises(ParseError, match="no CDX answer"):
        answer(body, status)


def test_nonsense_in_place_of_an_answer_is_a_failure_and_an_error_page_is_none() -> None:
    def came(body: bytes, status: int = 200) -> Any:
        return process(asked_page(body, status), Limits())

    nonsense = came(b"<html>Be right back</html>")
    assert nonsense.mementos is None
    assert nonsense.failure is not None
    assert "asked again" in nonsense.failure
    busy = came(b"busy", 503)
    assert (busy.mementos, busy.failure, busy.verdict.outcome) == (None, None, Outcome.SERVER_ERROR)
    assert came(b"[]").mementos == ()


def one_row(**fields: Any) -> bytes:
    """An answer of one row, usual but for what a test says; None leaves the rest of the row out."""
    row = {
        "timestamp": "20260308000000",
        "original": CITED,
        "statuscode": "200",
        "digest": "A",
        **fields,
    }
    values = list(row.values())
    return json.dumps([HEAD, values[: values.index(None)] if None in values else values]).encode()


@pytest.mark.parametrize(
    "original",
    [
        "https://other.example/a?b=c&d=1", "https://paper.example/b?b=c&d=1",
        "https://paper.example/a", "", "-",
        "mailto:desk@paper.example", "http://<<mailto:desk@paper.example>>/",
        "data:text/html;base64,PGI+", "warcinfo:x",
        "dns:paper.example", "https://paper.example.evil.example/a?b=c&d=1",
        "https://evil.example/https://paper.example/a",
    ],
)  # fmt: skip
def test_copies_of_other_addresses_are_none_of_ours(original: str) -> None:
    strange = one_row(original=original)
    right = json.loads(cdx(("20260309000000", "200", "B")))[1]
    beside = json.dumps([*json.loads(strange), right]).encode()
    assert times(answer(beside)) == ["2026-03-09"]
    if original:
        with pytest.raises(ParseError, match="no CDX answer but other addresses"):
            answer(strange)
    else:
        assert answer(strange) == ()


@pytest.mark.parametrize(
    "original",
    [
        CITED, "http://paper.example/a?b=c&d=1", "http://www.paper.example:80/a?d=1&b=c",
        "https://PAPER.example/A?b=c&d=1",
        "https://paper.example/a/?b=c&d=1#top",
    ],
)  # fmt: skip
def test_an_archive_has_its_own_spelling_of_an_address(original: str) -> None:
    assert times(answer(one_row(original=original))) == ["2026-03-08"]


@pytest.mark.parametrize(
    "stamp",
    ["20260322000000", "20990101000000", "99991231235959", "19910805235959", "19700101000000"],
)  # fmt: skip
def test_copies_of_times_that_cannot_be_are_none(stamp: str) -> None:
    with pytest.raises(ParseError, match="no CDX answer but other addresses or times"):
        answer(one_row(timestamp=stamp))


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # a month or day of 00 and other stamps that are no time: nothing that could be played
        ({"timestamp": "20260012170449"}, []), ({"timestamp": "20260800241623"}, []),
        ({"timestamp": "-"}, []),
        ({"timestamp": None}, []), ({"original": None}, []), ({"timestamp": "00010101000000"}, []),
        # a revisit: no status of its own; a row cut after its address
        ({"statuscode": "-"}, [("2026-03-08", None)]),
        ({"statuscode": None}, [("2026-03-08", None)]),
        ({"statuscode": ""}, [("2026-03-08", None)]),
        ({"statuscode": "20O"}, [("2026-03-08", None)]),
        ({"statuscode": 200}, [("2026-03-08", 200)]), ({"digest": None}, [("2026-03-08", 200)]),
        ({"statuscode": "302"}, [("2026-03-08", 302)]), ({"statuscode": "404"}, []),
        ({"statuscode": "500"}, []),
    ],
)  # fmt: skip
def test_odd_rows_of_an_index(
    fields: dict[str, Any], expected: list[tuple[str, int | None]]
) -> None:
    found = answer(one_row(**fields))
    assert [(memento.at[:10], memento.http_status) for memento in found] == expected


def test_a_list_of_millions_is_not_read() -> None:
    row = json.dumps(["20260308000000", CITED, "200", "A"]).encode()
    body = b"[" + json.dumps(HEAD).encode() + (b"," + row) * 100_000 + b"]"
    with pytest.raises(ParseError, match=f"no CDX answer but {len(body)} bytes"):
        answer(body)
    fewer = b"[" + json.dumps(HEAD).encode() + (b"," + row) * 10_000 + b"]"
    assert times(answer(fewer)) == ["2026-03-08"]


_CELLS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20),
    st.lists(st.text(max_size=5), max_size=2),
    st.sampled_from(["20260308000000", "99991231235959", CITED, "200", "-"]),
)  # fmt: skip
_ROWS = st.lists(st.lists(_CELLS, max_size=6), max_size=4)


@given(st.one_of(_ROWS, _ROWS.map(lambda rows: [HEAD, *rows]), st.dictionaries(st.text(), _CELLS)))
@settings(max_examples=300, deadline=None)
def test_whatever_json_comes_it_names_copies_of_the_page_or_is_no_answer(said: Any) -> None:
    try:
        found = answer(json.dumps(said).encode())
    except ParseError:
        return
    assert all(memento.url == CITED and memento.at[:4] == "2026" for memento in found)


@pytest.mark.parametrize("why", ["time", "disconnect", "length"])
def test_what_breaks_off_is_no_answer_even_when_it_can_be_read(why: str) -> None:
    with pytest.raises(ParseError, match="no CDX answer that is whole"):
        answer(b"[]", truncated=why)
    broken = asked_page(gzip.compress(b"[]")[:-4], headers={"content-encoding": "gzip"})
    assert process(broken, Limits()).mementos is None


def test_another_host_does_not_answer_for_the_archive() -> None:
    for url in (
        "https://login.hotel.example/cdx",
        "https://archive.org.evil.example/",
        "about:blank",
    ):
        for status in (200, 403):
            with pytest.raises(ParseError, match="no CDX answer but a page of"):
                answer(b"[]" if status == 200 else b"URLBlocked", status, final_url=url)
    assert answer(b"[]", final_url="https://wwwb-app.archive.org/cdx/search/cdx?url=x") == ()


# --- copies ---------------------------------------------------------------------------------------


def test_the_address_of_a_copy_is_taken_apart_and_shown_as_people_see_it() -> None:
    url = f"{WAYBACK}/web/20260308091500id_/{CITED}"
    assert mementos.replay_parts(url) == ("2026-03-08T09:15:00Z", CITED)
    assert mementos.page_url(url) == f"{WAYBACK}/web/20260308091500/{CITED}"
    inner = f"{WAYBACK}/web/20260308091500id_/{WAYBACK}/web/20200101000000/http://a.example/"
    assert mementos.replay_parts(inner) == (
        "2026-03-08T09:15:00Z",
        f"{WAYBACK}/web/20200101000000/http://a.example/",
    )
    assert mementos.replay_parts(CITED) is None
    assert mementos.page_url(CITED) == CITED


def test_a_copy_is_judged_and_read_as_the_page_it_is_a_copy_of() -> None:
    made = copy_page(f"{WAYBACK}/web/20260302111213id_/{CITED}")
    found = process(made, Limits())
    assert found.verdict.outcome is Outcome.OK
    assert found.text is not None
    assert found.text.title == "Bridge closed"
    assert found.page is made
    assert mementos.copied_at(made) == "2026-03-02T11:12:13Z"


def test_a_copy_that_leads_to_the_home_page_is_no_copy_of_the_article() -> None:
    made = copy_page(f"{WAYBACK}/web/20260302111213id_/https://paper.example/")
    assert process(made, Limits()).verdict.outcome is Outcome.REDIRECTED_AWAY


@pytest.mark.parametrize(
    "url",
    [
        CITED, f"{WAYBACK}/sorry", "https://archive.example/a?b=c&d=1",
        f"https://evil.example/web/20260302111213id_/{CITED}",
        f"{WAYBACK}/web/20990302111213id_/{CITED}",
        f"{WAYBACK}/web/19700302111213id_/{CITED}",
    ],
)  # fmt: skip
def test_what_comes_from_outside_the_other_archive_is_no_copy(url: str) -> None:
    found = process(copy_page(url), Limits())
    assert (found.verdict.outcome, found.text) == (Outcome.REDIRECTED_AWAY, None)
    assert mementos.copied_at(copy_page(url)) == "2026-03-01T00:00:00Z"


def test_a_copy_of_an_error_page_is_none() -> None:
    body = b"<title>404 Not Found</title><h1>Page not found</h1>"
    found = process(copy_page(f"{WAYBACK}/web/20260302111213id_/{CITED}", body), Limits())
    assert found.verdict.outcome is Outcome.SOFT_404


def test_a_copy_whose_coding_the_wayback_forgot_to_name_is_unpacked() -> None:
    url = f"{WAYBACK}/web/20260302111213id_/{CITED}"
    headers = {"content-type": "text/html", "content-encoding": ""}
    found = process(copy_page(url, gzip.compress(ARTICLE.encode()), headers=headers), Limits())
    assert found.text is not None
    assert found.text.title == "Bridge closed"
