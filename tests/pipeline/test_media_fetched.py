"""What became of a fetched picture: by its bytes, whatever its headers say."""

from __future__ import annotations

import gzip
import io
import tracemalloc
import zipfile
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from archive.model.understood import Processed
from archive.model.vocabulary import Kind, Outcome
from pipeline.read.media.expiry import has_expired
from pipeline.read.process import Limits, process
from tests.factories import at, page
from tests.replica import pictures

URL = "https://cdn.ilma.example/a.jpg"
SIGNED = f"{URL}?X-Amz-Date=20260303T000000Z&X-Amz-Expires=3600&X-Amz-Signature=ab"
PNG = pictures.encoded(pictures.scene("weir"))


def fetched(body: bytes, content_type: str = "image/jpeg", **changes: Any) -> Processed:
    context = {"kind": Kind.MEDIA, "uri_r": URL, "subject": "https://t.me/ilma/7", "step": "p 1"}
    made = page(1, **{**context, **changes}, headers={"content-type": content_type}, body=body)
    return process(made, Limits())


def zipped() -> bytes:
    """An archive of a few kB that unpacks to 20 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(zipfile.ZipInfo("a"), bytes(20_000_000), zipfile.ZIP_DEFLATED)
    return out.getvalue()


@pytest.mark.parametrize(
    ("body", "content_type", "outcome", "form"),
    [
        (PNG, "image/png", Outcome.OK, "png"),
        (PNG, "text/html", Outcome.OK, "png"),
        (pictures.encoded(pictures.scene("weir"), "JPEG"), "application/x", Outcome.OK, "jpeg"),
        (pictures.encoded(pictures.scene("weir"), "WEBP"), "image/webp", Outcome.OK, "webp"),
        (pictures.polyglot("weir"), "text/html", Outcome.OK, "gif"),
        (pictures.MP4, "video/mp4", Outcome.OK, "mp4"),
        ((b"G" + bytes(187)) * 3, "video/mp4", Outcome.OK, "mp2t"),
        ((b"G" + bytes(187)) * 2, "video/mp4", Outcome.UNSUPPORTED, None),
        (b"GGG and more words, G" * 40, "text/plain", Outcome.UNSUPPORTED, None),
        (PNG[:400], "image/png", Outcome.TRUNCATED, None),
        (PNG[:16], "image/png", Outcome.UNSUPPORTED, None),
        (pictures.bomb(), "image/png", Outcome.TOO_LARGE, None),
        (pictures.SVG.encode(), "image/svg+xml", Outcome.UNSUPPORTED, None),
        (pictures.SVG.encode(), "image/png", Outcome.UNSUPPORTED, None),
        (b"<html><body>No such picture</body></html>", "image/jpeg", Outcome.UNSUPPORTED, None),
        (b"PK\x03\x04" + bytes(500), "image/jpeg", Outcome.UNSUPPORTED, None),
        (zipped(), "image/png", Outcome.UNSUPPORTED, None),
        (PNG + zipped(), "application/zip", Outcome.OK, "png"),
        (
            pictures.encoded(pictures.scene("weir"), "JPEG") + b"<script>",
            "text/html",
            Outcome.OK,
            "jpeg",
        ),
    ],
    ids=lambda value: f"{len(value)}-bytes" if isinstance(value, bytes) else str(value),
)
def test_a_body_is_what_its_bytes_say(
    body: bytes, content_type: str, outcome: Outcome, form: str | None
) -> None:
    found = fetched(body, content_type)
    assert found.verdict.outcome == outcome
    assert (found.media_facts.form if found.media_facts else None) == form


def test_a_picture_tells_its_size_and_what_it_looks_like() -> None:
    facts = fetched(PNG).media_facts
    assert facts is not None
    assert (facts.width, facts.height) == pictures.SIZE
    assert facts.phash is not None
    assert len(facts.phash) == 64


def in_coding(body: bytes) -> Processed:
    made = page(
        1, kind=Kind.MEDIA, uri_r=URL, subject="https://t.me/ilma/7", step="p 1", body=body,
        headers={"content-type": "image/png", "content-encoding": "gzip"},
    )  # fmt: skip
    return process(made, Limits(max_bytes=1_000_000))


@pytest.mark.parametrize(
    ("read", "body", "outcome"),
    [
        (fetched, pictures.bomb(), Outcome.TOO_LARGE),
        (fetched, zipped(), Outcome.UNSUPPORTED),
        (in_coding, gzip.compress(bytes(20_000_000), 1), Outcome.TOO_LARGE),
        (in_coding, gzip.compress(PNG[:40] + bytes(20_000_000), 1), Outcome.TOO_LARGE),
    ],
    ids=["points", "zip", "gzip", "gzip-png"],
)
def test_a_bomb_costs_no_memory(
    read: Callable[[bytes], Processed], body: bytes, outcome: Outcome
) -> None:
    read(body)  # its library is loaded by then
    tracemalloc.start()
    found = read(body)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.verdict.outcome == outcome
    assert peak < 5_000_000


def test_a_part_that_nobody_asked_for_is_no_whole_picture() -> None:
    found = fetched(PNG, "image/png", http_status=206)
    assert (found.verdict.outcome, found.media_facts) == (Outcome.TRUNCATED, None)


@pytest.mark.parametrize(
    ("status", "url", "rule"),
    [(403, SIGNED, "expired-address"), (403, URL, "status-403"), (404, URL, "status-404")],
)
def test_a_refusal_after_a_signatures_time_is_said_to_be_one(
    status: int, url: str, rule: str
) -> None:
    found = fetched(b"<html>no</html>", "text/html", http_status=status, uri_r=url)
    assert found.verdict.evidence["rule"] == rule


@pytest.mark.parametrize(
    ("url", "expired"),
    [
        (SIGNED, True),
        (SIGNED.replace("=3600", "=360000"), False),
        ("https://s.fbcdn.net/p.jpg?oe=65000000&oh=1", True),
        ("https://s.fbcdn.net/p.jpg?oe=75000000&oh=1", False),
        ("https://p16.tiktokcdn.example/p.jpg?x-expires=1700000000&x-signature=a", True),
        ("https://b.example/p.jpg?se=2026-01-01T00:00:00Z&sig=abc", True),
        ("https://b.example/p.jpg?Expires=1700000000&Signature=a&Key-Pair-Id=K", True),
        ("https://b.example/p.jpg?expires=1700000000", False),
        ("https://b.example/p.jpg?oe=65000000", False),
        ("https://b.example/p.jpg?X-Amz-Date=nonsense&X-Amz-Expires=1", False),
        ("https://[b.example/p.jpg", False),
    ],
)
def test_an_address_says_until_when_it_is_good(url: str, expired: bool) -> None:
    assert has_expired(url, at(0)) is expired


def test_a_platforms_words_about_posts_are_not_said_of_pictures() -> None:
    context = {"kind": Kind.MEDIA, "uri_r": URL, "subject": "https://x.com/a/status/2031000000000"}
    made = page(1, **context, headers={"content-type": "application/json"}, body=b"{}")
    found = process(replace(made, http_status=404), Limits())
    assert found.verdict.outcome == Outcome.GONE


def test_a_cited_picture_shows_itself() -> None:
    made = page(
        1, kind=Kind.SOURCE, uri_r=URL, headers={"content-type": "image/png"}, body=PNG
    )  # fmt: skip
    found = process(made, Limits())
    assert [one.url for one in found.media] == [URL]
    assert found.media_facts is not None
