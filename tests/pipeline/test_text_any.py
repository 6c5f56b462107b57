"""Whatever bytes arrive: a text and an outcome, never an error."""

from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.fetch import FetchContext
from archive.model.understood import FetchedPage
from archive.model.vocabulary import Kind, Outcome
from pipeline.read.outcomes import judge_capture
from pipeline.read.page_text import page_text

AT = datetime(2026, 3, 20, 12, 0, tzinfo=UTC)
URLS = [
    "https://example.com/a/b-c-d",
    "https://t.me/abc/1",
    "https://x.com/a/status/1281836879789404160",
    "https://youtu.be/abcdefghijk",
    "https://vk.com/wall-1_2",
    "no address",
]
PIECES = [
    b"<html>", b"<title>", b"</title>", b"404", b"<h1>", b"<script>", b"</script>",
    b"<p>words of a page", b"<!--", b"-->",
    b'<div class="tgme_widget_message" data-post="abc/1">', b'<div class="js-message_text">',
    b'<div class="tgme_widget_message_error">',
    b"Post not found</div>", b'<time datetime="2026-03-01">',
    b'<meta property="og:title" content="', b'">', b"\xff", b"\x00", b"&#1114112;",
    b'<script type="application/ld+json">{"@type":"Article","author":[1,{"name":2}],"articleBody":7}</script>', b"%PDF-1.4\n", b"PK\x03\x04",  # noqa: E501
    b'{"type":"rich","provider_name":"X","html":"<p', b'"}', b"[[", b"\xd8\xa7\xd9\x84",
    b"\xcf\xe0\xf0\xee\xec", b"videoDetails\":{",
    b'"playabilityStatus":{"status":"ERROR","reason":"', b'<input type="password">',
    b"\xed\xa0\xbd",
]  # fmt: skip
BODIES = st.lists(st.sampled_from(PIECES) | st.binary(max_size=8), max_size=12).map(b"".join)
TYPES = st.sampled_from([None, "", "text/html", "text/html; charset=nonsense", "application/json",
    "application/pdf", "text/plain; charset=utf-16", "application/xml"])  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(BODIES, st.sampled_from(URLS), TYPES, st.sampled_from([200, 403, 404, 302, 503]))
def test_any_bytes_get_a_text_and_an_outcome(body, url, content_type, status):
    text = page_text(body, url, content_type, AT)
    text.text.encode("utf-8")  # no lone surrogates: SQLite would refuse them
    assert "\x00" not in text.text + (text.title or "") + (text.author or "")
    assert text.published is None or text.published <= "2026-03-20"
    headers = {} if content_type is None else {"content-type": content_type}
    page = FetchedPage(FetchContext(1, Kind.SOURCE, url), url, AT, status, headers, body)
    for read in (text, None):
        found = judge_capture(page, read, body)
        assert found.outcome in set(Outcome)
        assert found.evidence["rule"]
