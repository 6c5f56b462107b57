"""Bytes to characters: BOM, header, `<meta>`, and what the bytes themselves say, since pages lie."""

from __future__ import annotations

import re

from w3lib.encoding import (
    html_body_declared_encoding,
    http_content_type_encoding,
    read_bom,
    resolve_encoding,
)

# Declared for want of anything better by servers and templates; real only if the bytes are no UTF-8.
_DEFAULT_CLAIMS = frozenset({"cp1252", "iso8859-1", "latin-1", "ascii"})
# Undeclared single-byte pages of the sites that are cited: each encoding with the letters that make up most of its
# language's text. The right one turns the most high bytes into them.
_FREQUENT = {
    "cp1251": "оеаинтсрвлкмдпуяіийь",
    "koi8-r": "оеаинтсрвлкмдпуяий",
    "cp866": "оеаинтсрвлкмдпуяий",
    "cp1256": "اليمنوترهبعدسكةیکپگچ",
    "cp1255": "יוהלאתמרשבנכדעחפ",
    "cp1254": "ığşçöüİ",
    "cp1250": "ąćęłńóśźżřěščžýáíéůťď",
    "cp1252": "éèàçêôûîäöüßñáíóúâ’“”–",
}
# High bytes to look at; enough for frequencies, and bounded.
_SAMPLE = 4_000
_HIGH = re.compile(rb"[\x80-\xff]+")


def decode_text(body: bytes, content_type: str | None = None) -> str:
    """`body` as text; bytes that its encoding does not know become U+FFFD.

    Args:
        body: Content-decoded bytes.
        content_type: The header as sent.
    """
    bom, mark = read_bom(body)
    if bom and mark:
        return body[len(mark) :].decode(bom, "replace")
    for claim in _claims(body, content_type):
        if claim in _DEFAULT_CLAIMS and _decoded(body, "utf-8") is not None:
            break
        text = _decoded(body, claim)
        if text is not None:
            return text
    return _decoded(body, "utf-8") or _guessed(body)


def _claims(body: bytes, content_type: str | None) -> list[str]:
    """What header and page claim, in the order in which browsers believe them."""
    claims = [http_content_type_encoding(content_type), html_body_declared_encoding(body)]
    return [claim for claim in (resolve_encoding(c) for c in claims if c) if claim]


def _decoded(body: bytes, encoding: str) -> str | None:
    """`body` in `encoding`, or None when more than a stray byte or two does not fit.

    A page cut in the middle of a character, or with one foreign quotation, is still in its encoding.
    """
    try:
        return body.decode(encoding)
    except LookupError:
        return None
    except UnicodeDecodeError:
        text = body.decode(encoding, "replace")
        high = sum(len(run) for run in _HIGH.findall(body[: _SAMPLE * 100]))
        return text if text.count("\ufffd") * 50 <= high else None


def _guessed(body: bytes) -> str:
    """By letter frequencies, for pages that declare nothing or something false."""
    sample = b" ".join(_HIGH.findall(body)[:_SAMPLE])
    best, most = "cp1252", -1.0
    for encoding, frequent in _FREQUENT.items():
        decoded = sample.decode(encoding, "replace")
        hits = sum(decoded.count(letter) for letter in frequent)
        # Sets of many letters catch more by chance.
        score = hits - 0.02 * len(frequent) * len(decoded) - 5 * decoded.count("\ufffd")
        if score > most:
            best, most = encoding, score
    return body.decode(best, "replace")
