"""An address as people paste it is understood; what is none is not."""

from __future__ import annotations

import pytest

from archive.show.held.asked import QueryKind, asked_for
from archive.urls.pasted import pasted_address

HEX = "3cca90d7f41799a500aaf60cd1cf5548405edc4571a108cf23e8652e1d95a893"


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("https://harbour.example/a", "https://harbour.example/a"),
        ("hxxps://t[.]me/portwatch/12", "https://t.me/portwatch/12"),
        ("hXXp[:]//harbour(.)org/a", "http://harbour.org/a"),
        ("hxxp[://]harbour{dot}org/a", "http://harbour.org/a"),
        ("harbour dot co dot uk/a", "https://harbour.co.uk/a"),
        ("harbour[точка]org/a", "https://harbour.org/a"),
        ("harbour\\.org/a", "https://harbour.org/a"),
        ("https:// t.me/portwatch/12", "https://t.me/portwatch/12"),
        ("t.me/portwatch/12", "https://t.me/portwatch/12"),
        ("<https://harbour.org/a>.", "https://harbour.org/a"),
        ("(https://harbour.org/a_(b))", "https://harbour.org/a_(b)"),
        ("«https://harbour.org/a»,", "https://harbour.org/a"),
        ('[what they said](https://harbour.org/a "title")', "https://harbour.org/a"),
        ("https%3A%2F%2Fharbour.org%2Fa", "https://harbour.org/a"),
        ("https://harbour.org/?q=a&amp;b=1", "https://harbour.org/?q=a&b=1"),
        ("порт.рф/a", "https://порт.рф/a"),
        ("192.0.2.7/a", "https://192.0.2.7/a"),
    ],
)
def test_an_address_is_understood_however_it_was_pasted(text: str, meant: str) -> None:
    assert pasted_address(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "", "a port", "and/or", "Node.js", "3.5", "e.g.", "report.docx", "ana@harbour.org",
        "See https://harbour.org/a for more.", "javascript:alert(1)", "file:///etc/hosts",
        "C:\\ports\\a.txt", "https://", "mailto:ana@harbour.org", "Это порт. Он закрыт.",
    ],
)  # fmt: skip
def test_what_is_no_address_is_not_taken_for_one(text: str) -> None:
    assert pasted_address(text) is None


@pytest.mark.parametrize(
    ("given", "what", "value"),
    [
        (HEX.upper(), QueryKind.DIGEST, HEX),
        (f"sha256:{HEX}", QueryKind.DIGEST, HEX),
        (f"{HEX}  port.pdf", QueryKind.DIGEST, HEX),
        ("HTFJBV7UC6M2KAFK6YGNDT2VJBAF5XCFOGQQRTZD5BSS4HMVVCJQ====", QueryKind.DIGEST, HEX),
        (HEX[:40], QueryKind.NOTHING, HEX[:40]),
        (f"<urn:uuid:{'0' * 8}-0000-4000-8000-{'0' * 12}>", QueryKind.RECORD,
         f"urn:uuid:{'0' * 8}-0000-4000-8000-{'0' * 12}"),
        ("iran-update/2026-03-03", QueryKind.REPORT, "iran-update/2026-03-03"),
        (" \0 ", QueryKind.NOTHING, ""),
        ("A depot burned near the port.", QueryKind.WORDS, "A depot burned near the port."),
    ],
)  # fmt: skip
def test_what_was_given_is_told_apart(given: str, what: QueryKind, value: str) -> None:
    asked = asked_for(given)
    assert (asked.what, asked.value) == (what, value)
    assert asked.told
