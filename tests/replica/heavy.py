"""Bodies that are well sent and hard to read: deep, long, self-expanding."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.replica.messages import Reply, html, typed

if TYPE_CHECKING:
    from tests.replica.messages import Request

DEPTH = 60_000  # elements inside each other; browsers stop at 512
HUGE_BYTES = 6_000_000  # beyond what text is taken from, within what is kept
WORD = 400_000  # letters without a blank: what slow patterns choke on
PARAGRAPH = (
    "<p>The keeper of the lock counts barges, and writes the number on the wall of his hut.</p>\n"
)
TEXT = PARAGRAPH * 12
_AT_THE_BOTTOM = (
    "<p>The divers found the anchor of the ferry in the mud, and marked it with a red buoy.</p>\n"
)


def deep(_request: Request) -> Reply:
    """Text at the bottom of very many elements."""
    bottom = _AT_THE_BOTTOM * 12
    return html(
        f"<html><title>Deep</title><body>{'<div>' * DEPTH}{bottom}{'</div>' * DEPTH}</body></html>"
    )


def unclosed(_request: Request) -> Reply:
    """Very many formatting elements that nobody closes, which a browser would open again and
    again."""
    return html(
        f"<html><title>Unclosed</title><body>{TEXT}{'<p><b><i><font>' * 8_000}</body></html>"
    )


@cache
def _huge() -> Reply:
    return html(
        f"<html><title>Huge</title><body>{PARAGRAPH * (HUGE_BYTES // len(PARAGRAPH))}</body></html>"
    )


def huge(_request: Request) -> Reply:
    """An honest page of six megabytes."""
    return _huge()


def long_word(_request: Request) -> Reply:
    """One word without end, and blanks without end."""
    return html(
        f"<html><title>Long</title><body>{TEXT}<p>{'a' * WORD}!</p><p>x{' ' * WORD}y</p></body></html>"  # noqa: E501
    )


def entities(_request: Request) -> Reply:
    """XML entities that name each other: a billion words if a parser believes them."""
    rows = "".join(f'<!ENTITY e{i} "{f"&e{i - 1};" * 10}">' for i in range(1, 10))
    text = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY e0 "word">{rows}]><r>&e9;</r>'
    return typed(text, "application/xml")


def outside_entity(_request: Request) -> Reply:
    """XML that wants a file of the reader's machine."""
    text = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY f SYSTEM "file:///etc/hostname">]><r>&f;</r>'
    return typed(text, "application/xml")


def binary(_request: Request) -> Reply:
    """Bytes of no kind that say they are a page."""
    return Reply(200, (("Content-Type", "text/html; charset=utf-8"),), bytes(range(256)) * 40)
