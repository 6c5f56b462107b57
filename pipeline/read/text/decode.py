"""Bytes to characters, for every page, feed and file: bytes go before labels, since labels lie."""

from __future__ import annotations

import codecs
import functools
import re
from dataclasses import dataclass
from itertools import islice

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

from pipeline.read.text.charset import is_east_asian, likelier, likeliest, without_unshown

# High bytes for each that does not fit: a page that is cut, or quotes another, is still in its
# encoding.
_HIGH_FOR_ONE_BROKEN = 50
# Broken signs of UTF-8 for each valid one; Chinese in GBK, the worst, has ten. The second where
# UTF-8 is declared.
_BROKEN_FOR_ONE_SIGN = 0.05
_BROKEN_FOR_ONE_DECLARED_SIGN = 2
# A head may begin with long scripts; pages were met whose charset stands after 40 KB of them.
_HEAD_BYTES = 300_000
_HIGH = re.compile(rb"[\x80-\xff]+")
_BODY = re.compile(rb"<body[\s>]", re.IGNORECASE)
_DECLARATION = re.compile(rb"<\?xml[^<>]{0,200}encoding|<meta\b[^<>]{0,500}charset", re.IGNORECASE)
# Tags looked at, and bytes of each; the rest is hostile.
_DECLARATIONS = 10
_TAG_BYTES = 1_000
_JAPANESE_SHIFT = re.compile(rb"\x1b\$[@B]")
# A label of these that can be read as ASCII is false, and the page UTF-8
# (https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding).
_WIDE = frozenset({"utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"})
# Half of the bytes of mark-up in UTF-16 are zero, all on the same side.
_WIDE_SAMPLE = 2_000
# Larger pages are judged by their beginning alone, which is another body.
_KEPT_BYTES = 300_000


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body as text.

    Attributes:
        text: Its characters; bytes that the encoding does not know are U+FFFD.
        encoding: Name of the encoding, as Python knows it.
        guessed: Whether neither the bytes alone nor a label that fits them settled it.
    """

    text: str
    encoding: str
    guessed: bool = False


def decode_text(body: bytes, content_type: str | None = None) -> str:
    """`body` as text; see `decode`."""
    return decode(body, content_type).text


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """`body` as text: by its mark, UTF-16's zeros, valid UTF-8, a label that fits, or likelihood.

    Args:
        body: Content-decoded bytes.
        content_type: The header as sent.
    """
    read = _decoded_once if len(body) <= _KEPT_BYTES else _decoded
    return read(body, content_type)


def _decoded(body: bytes, content_type: str | None) -> Decoded:
    bom, mark = read_bom(body)
    if bom and mark:
        return Decoded(body[len(mark) :].decode(bom, "replace"), bom)
    wide = wide_encoding(body)
    if wide:
        return Decoded(body.decode(wide, "replace"), wide)
    text = _whole_utf8(body)
    if text is not None and not _may_shift(body):
        return Decoded(text, "utf-8")  # whatever the page and its header claim
    claims = _claims(body, content_type)
    seven_bit = _seven_bit(body, claims)
    if seven_bit:
        return Decoded(body.decode(seven_bit, "replace"), seven_bit, seven_bit not in claims)
    if text is None:
        text = _broken_utf8(body, declared="utf-8" in claims)
    if text is not None:
        return Decoded(text, "utf-8")
    return _by_label(body, claims) or _by_bytes(body)


# The reader of a page and the judge of it both ask, one after the other.
_decoded_once = functools.lru_cache(maxsize=1)(_decoded)


def wide_encoding(body: bytes) -> str | None:
    """UTF-16 in either order without a mark: half of the bytes of mark-up are zero then."""
    sample = body[: _WIDE_SAMPLE // 2 * 2]
    first, second = sample[::2].count(0), sample[1::2].count(0)
    if max(first, second) * 4 < len(sample) // 2 or min(first, second) * 50 > len(sample) // 2:
        return None
    return "utf-16-le" if second > first else "utf-16-be" if first else None


def _claims(body: bytes, content_type: str | None) -> list[str]:
    """What header and page claim, in the order in which browsers believe them."""
    header = resolve_encoding(http_content_type_encoding(content_type) or "")
    page = resolve_encoding(_declared(body) or "")
    claims = ("utf-8" if claim in _WIDE else claim for claim in (header, page))
    return list(dict.fromkeys(filter(None, claims)))


def _declared(body: bytes) -> str | None:
    """The page's own label, wherever it stands in the head; in scripts and comments it is none."""
    head = without_unshown(body[:_HEAD_BYTES])
    end = _BODY.search(head)
    head = head[: end.start()] if end else head
    found = islice(_DECLARATION.finditer(head), _DECLARATIONS)
    labels = (html_body_declared_encoding(head[m.start() :][:_TAG_BYTES]) for m in found)
    return next(filter(None, labels), None)


def _may_shift(body: bytes) -> bool:
    """Whether it may be in an encoding that passes for ASCII: the marks of one are in it."""
    # a single byte is found in a third of the time of two, and neither is in most pages
    hz = b"~" in body and b"~{" in body
    return hz or (b"\x1b" in body and _JAPANESE_SHIFT.search(body) is not None)


def _seven_bit(body: bytes, claims: list[str]) -> str | None:
    """Encodings that would pass for ASCII: ISO-2022-JP by its escapes, HZ where it is declared."""
    if _JAPANESE_SHIFT.search(body):
        return "iso2022_jp"
    return "hz" if "hz" in claims and b"~{" in body else None


def _whole_utf8(body: bytes) -> str | None:
    """`body` in UTF-8 without a fault, or None."""
    try:
        # An incomplete sign at the end is where the page was cut.
        return codecs.getincrementaldecoder("utf-8")().decode(body)
    except UnicodeDecodeError:
        return None


def _broken_utf8(body: bytes, *, declared: bool) -> str | None:
    """`body` in UTF-8, or None when it is not; a few broken signs among many are let by."""
    text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    signs = sum(1 for c in text if c > "\x7f") - broken
    allowed = _BROKEN_FOR_ONE_DECLARED_SIGN if declared else _BROKEN_FOR_ONE_SIGN
    if broken > signs * allowed:
        return None
    # bytes of East Asian encodings make some signs of UTF-8 by chance
    by_chance = broken > signs * _BROKEN_FOR_ONE_SIGN and is_east_asian(body)
    return None if by_chance else text


def _by_label(body: bytes, claims: list[str]) -> Decoded | None:
    """`body` as a label says that the bytes fit, and that they do not belie by far."""
    for claim in claims:
        text = _fitting(body, claim)
        if text is None:
            continue
        better = likelier(body, claim)
        if better:
            return Decoded(body.decode(better, "replace"), better, guessed=True)
        return Decoded(text, claim)
    return None


def _by_bytes(body: bytes) -> Decoded:
    """`body` in the encoding that its bytes are likeliest to be in."""
    encoding = likeliest(body)
    return Decoded(body.decode(encoding, "replace"), encoding, guessed=True)


def _fitting(body: bytes, encoding: str) -> str | None:
    """`body` in `encoding`, or None when more than a stray byte or two does not fit."""
    try:
        text = body.decode(encoding, "replace")
    except LookupError:
        return None
    high = sum(map(len, _HIGH.findall(body)))
    return text if text.count("\ufffd") * _HIGH_FOR_ONE_BROKEN <= high else None
