"""Any cited resource to text: what it is by its bytes and its header, then the reader for it."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from w3lib.encoding import read_bom

from archive.errors import BadUrlError
from archive.model.understood import PageText
from archive.urls.normal import SourceIdentity, identify
from pipeline.read.platforms.registry import (
    has_page_reader,
    is_framed,
    json_media,
    page_media,
    read_json,
    read_page,
)
from pipeline.read.text.decode import decode, wide_encoding
from pipeline.read.text.formats.feeds import is_json_feed, json_feed_text
from pipeline.read.text.formats.html import html_text, parse_html
from pipeline.read.text.formats.office import word_text
from pipeline.read.text.formats.pdf import pdf_text
from pipeline.read.text.json_of import json_of
from pipeline.read.text.language import detect
from pipeline.read.text.limits import TextLimits, one_line, paragraphs

if TYPE_CHECKING:
    from datetime import datetime

_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|div|script|p|table)[\s>]", re.IGNORECASE
)
_BINARY = re.compile(rb"[\x00-\x08\x0e-\x1a]")
_MAGIC = (
    (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"RIFF", "binary"),
    (b"PK\x03\x04", "binary"), (b"\xd0\xcf\x11\xe0", "binary"), (b"\x1f\x8b", "binary"),
    (b"Rar!", "binary"),
)  # fmt: skip
# Where a file's magic number may begin: PDF readers look through this many bytes (ISO 32000-1,
# annex H).
_HEAD_BYTES = 1_024
# Platforms' pages are mostly scripts, and their readers go through them once.
_PLATFORM_FACTOR = 10


GUESSED = "charset-guessed"
"""Flag of a text whose charset was neither declared nor certain: letters of it may be others."""


def kind_of(body: bytes, content_type: str | None) -> str:
    """`pdf`, `html`, `json`, `xml`, `text`, `image`, `binary` or `empty`: by the bytes, since
    headers are often wrong."""
    body = _narrow(body)
    head = body[:_HEAD_BYTES]
    declared = (content_type or "").partition(";")[0].strip().lower()
    if not body.strip():
        return "empty"
    if b"%PDF-" in head:
        return "pdf"
    for magic, kind in _MAGIC:
        if body.startswith(magic):
            return kind
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n")
    # a page of errors under the type of the picture that was asked for
    page = text[:14].lower().startswith((b"<!doctype html", b"<html"))
    if (
        not page
        and declared.startswith(("image/", "audio/", "video/", "font/"))
        and declared != "image/svg+xml"
    ):
        return "image" if declared.startswith("image/") else "binary"
    return _text_kind(body, text, declared)


def _narrow(body: bytes) -> bytes:
    """The beginning of a page in UTF-16 as UTF-8, so that its mark-up is seen; others as they
    are."""
    bom, _ = read_bom(body)
    wide = bom if bom and bom != "utf-8" else wide_encoding(body)
    return body[: 8 * _HEAD_BYTES].decode(wide, "replace").encode() if wide else body


def _text_kind(body: bytes, head: bytes, declared: str) -> str:
    start = body[: 4 * _HEAD_BYTES]
    # JSON holds mark-up in its texts, and so it is asked for first.
    if declared.endswith("json") or (head[:1] in (b"{", b"[") and "html" not in declared):
        return "json"
    if head.startswith(b"<?xml") and b"<html" not in start.lower():
        return "xml"
    if "html" in declared or _HTML.search(start):
        return "html"
    if declared.endswith("xml"):
        return "xml"
    # A stray control character is no binary file; a zero byte is, and so is one in twenty.
    strange = len(_BINARY.findall(head))
    return "binary" if b"\x00" in head or strange * 20 > len(head) else "text"


def page_text(
    body: bytes,
    url: str,
    content_type: str | None,
    captured_at: datetime,
    limits: TextLimits | None = None,
) -> PageText:
    """What a cited page says, cleaned. Never fails on what it is given; may take long, so run it
    where it can be ended.

    Args:
        body: Content-decoded bytes.
        url: The source's address, as cited where the fetched one differs.
        content_type: The header as sent.
        captured_at: When it was fetched; no date found is later.
        limits: Bounds; the defaults where None.
    """
    limits = limits or TextLimits()
    kind = kind_of(body, content_type)
    if kind == "pdf":
        return pdf_text(body, captured_at, limits)
    word = word_text(body, captured_at, limits) if body.startswith(b"PK\x03\x04") else None
    if word is not None:
        return word
    if kind in {"image", "binary"}:
        return PageText("", flags=("no-text", kind))
    if kind == "empty":
        return PageText("", flags=("thin",))
    decoded = decode(body, content_type)
    read = _text_of(kind, decoded.text, _identity(url), captured_at, limits)
    return replace(read, flags=tuple(sorted({*read.flags, GUESSED}))) if decoded.guessed else read


def _text_of(
    kind: str, text: str, source: SourceIdentity, captured_at: datetime, limits: TextLimits
) -> PageText:
    if kind == "html":
        return _html(text, source, captured_at, limits)
    if kind == "json":
        return _json(text, source, captured_at, limits)
    return _from_plain_text(text, limits, markup=kind == "xml")


def _identity(url: str) -> SourceIdentity:
    try:
        return identify(url)
    except BadUrlError:  # an imported record may have any name
        return SourceIdentity(url, "", "", "web", url=url)


def _html(text: str, source: SourceIdentity, captured_at: datetime, limits: TextLimits) -> PageText:
    own = has_page_reader(source.platform)
    if own and len(text) <= _PLATFORM_FACTOR * limits.extract_max_bytes:
        tree = parse_html(text)
        read = read_page(tree, text, source, captured_at) if tree is not None else None
        if read is not None and tree is not None:
            return replace(read, media=page_media(tree, source))
    framed = is_framed(source.platform)
    return html_text(text, source.url, captured_at, limits, framed=framed)


def _json(text: str, source: SourceIdentity, captured_at: datetime, limits: TextLimits) -> PageText:
    try:
        loaded = json_of(text)
    except (ValueError, RecursionError):
        return _from_plain_text(text, limits, markup=False)
    if isinstance(loaded, dict):
        read = read_json(loaded, source, captured_at)
        if read is not None:
            return replace(read, media=json_media(loaded, source))
        if is_json_feed(loaded):
            return json_feed_text(loaded, captured_at, limits.max_chars)
    lines = "\n".join(_strings(loaded, limits.max_chars))
    return _finished(lines[: limits.max_chars])


def _strings(loaded: Any, max_chars: int) -> list[str]:
    """Every text of a JSON value, in order, without recursion; each in a line, those of an object
    under their names."""
    found: list[str] = []
    length = 0
    stack: list[tuple[str, Any]] = [("", loaded)]
    while stack and length <= max_chars:
        name, value = stack.pop()
        if isinstance(value, dict):
            stack.extend((str(key), item) for key, item in reversed(value.items()))
        elif isinstance(value, list):
            stack.extend((name, item) for item in reversed(value))
        elif (isinstance(value, str) and value.strip()) or isinstance(value, (int, float)):
            found.append(f"{name}: {one_line(str(value))}" if name else one_line(str(value)))
            length += len(found[-1])
    return found


def _from_plain_text(text: str, limits: TextLimits, *, markup: bool) -> PageText:
    """Plain text; of feeds and other XML what stands between the tags."""
    if len(text) > limits.max_chars:
        text = text[: limits.max_chars]
    if markup:
        bare = re.sub(r"<[^<>]{1,1000}>", "\n", re.sub(r"<!\[CDATA\[|\]\]>", "\n", text))
        return _finished(paragraphs(re.sub(r"\n\s*", "\n\n", html.unescape(bare))))
    return _finished(paragraphs(text))


def _finished(text: str) -> PageText:
    return PageText(text, language=detect(text), flags=() if text else ("thin",))
