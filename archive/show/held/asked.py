"""What a person gave, understood: an address, a digest, a record, a report, or words. Pure."""

from __future__ import annotations

import base64
import binascii
import re
from dataclasses import dataclass
from enum import StrEnum

from archive.errors import BadUrlError
from archive.urls.normal import copied_address, identify
from archive.urls.pasted import pasted_address
from archive.writable import writable

MOST_CHARS = 20_000
"""Of what was given, read: some three thousand words."""

_HEX = re.compile(r"(?:urn:)?(?:sha-?256[:=])?([0-9a-f]{64})", re.IGNORECASE)
_BASE32 = re.compile(r"(?:urn:)?(?:sha-?256[:=])?([A-Z2-7]{52})(?:={0,4})", re.IGNORECASE)
# What sha256sum and openssl print beside it.
_PRINTED = re.compile(
    r"(?:([0-9a-fA-F]{64})[ \t]+\*?\S.*|SHA2?-?256\s?\(.*\)\s?=\s?([0-9a-fA-F]{64}))"
)
_OTHER_DIGEST = re.compile(
    r"(?:urn:)?(?:(?P<name>sha-?1|md5|sha-?512|sha-?384)[:=])?"
    r"(?P<value>[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{96}|[0-9a-f]{128}|[A-Z2-7]{32})",
    re.IGNORECASE,
)
_LENGTHS = {32: "MD5 or SHA-1", 40: "SHA-1", 96: "SHA-384", 128: "SHA-512"}
_RECORD = re.compile(r"<?(urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})>?", re.IGNORECASE)
_REPORT = re.compile(r"[a-z0-9-]+/(?:newest|\d{4}-\d\d-\d\d(?:/[a-z0-9-]+)?)")


class QueryKind(StrEnum):
    """What something that was given is."""

    ADDRESS = "address"
    DIGEST = "digest"
    RECORD = "record"
    REPORT = "report"
    WORDS = "words"
    FILE = "file"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class HeldQuery:
    """What is asked for.

    Attributes:
        what: Which of them.
        value: In its normal form: an address whole, a digest as 64 hexadecimal digits.
        told: What was understood, in words.
    """

    what: QueryKind
    value: str
    told: str


def asked_for(given: str) -> HeldQuery:
    """What is meant; whatever was given, an answer."""
    text = writable(given).replace("\0", " ").strip()
    if not text:
        return HeldQuery(QueryKind.NOTHING, "", "nothing: it is empty")
    return _digest(text) or _record_or_report(text) or _address(text) or _words(text)


def _digest(text: str) -> HeldQuery | None:
    found = _HEX.fullmatch(text) or _PRINTED.fullmatch(text)
    value = next(filter(None, found.groups())).lower() if found else _from_base32(text)
    if value:
        return HeldQuery(QueryKind.DIGEST, value, f"the SHA-256 {value}")
    other = _OTHER_DIGEST.fullmatch(text)
    if other is None or not any(sign.isdigit() for sign in text):
        return None
    name = other["name"] or _LENGTHS[len(other["value"])]
    return HeldQuery(
        QueryKind.NOTHING,
        text,
        f"a digest by {name.upper()}; here things are known by their SHA-256",
    )


def _from_base32(text: str) -> str | None:
    found = _BASE32.fullmatch(text)
    if found is None:
        return None
    try:
        return base64.b32decode(f"{found[1].upper()}====").hex()
    except binascii.Error:
        return None


def _record_or_report(text: str) -> HeldQuery | None:
    record = _RECORD.fullmatch(text)
    if record:
        return HeldQuery(
            QueryKind.RECORD, record[1].lower(), f"the WARC record {record[1].lower()}"
        )
    if _REPORT.fullmatch(text):
        return HeldQuery(QueryKind.REPORT, text, f"the report {text}")
    return None


def _address(text: str) -> HeldQuery | None:
    address = pasted_address(text)
    if address is None:
        return None
    return HeldQuery(QueryKind.ADDRESS, address, f"the address {address}{_further(address)}")


def _further(address: str) -> str:
    """What an address is beside itself."""
    try:
        identity = identify(address)
        inner = copied_address(address)
    except BadUrlError:
        return ""
    parts = [f"looked for as {identity.key}"] if identity.key != address else []
    parts += [f"a copy of {inner}"] if inner else []
    return f" ({'; '.join(parts)})" if parts else ""


def _words(text: str) -> HeldQuery:
    cut = text[:MOST_CHARS]
    count = len(cut.split())
    told = f"{count} words" if count != 1 else "one word"
    if len(text) > len(cut):
        told += f", the first of more: at most {MOST_CHARS:,} characters are read"
    return HeldQuery(QueryKind.WORDS, cut, told)
