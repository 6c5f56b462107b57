"""HTTP messages as bytes: written so that no header can break out, read however they were
written."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model.fetch import Headers

# RFC 9110 section 5.6.2: what a header name may be made of.
_NOT_TOKEN = re.compile(r"[^!#$%&'*+\-.^_`|~0-9A-Za-z]")
# What would end a header line early, or end the text for C programs.
_LINE_BREAKS = re.compile(r"[\r\n\x00]+")
# Old servers and tools write the status line with tabs, no-break spaces, in lower case or without a
# version.
_STATUS_LINE = re.compile(
    r"HTTP/?(?:\d{1,3}(?:\.\d{1,3})?)?[\s\xc2]+(?P<status>\d{3})(?!\d)[\s\xc2]*(?P<reason>.*)",
    re.IGNORECASE | re.DOTALL,
)
_BLANKS = b" \t\r\n"
_LINE_ENDS = re.compile(rb"[\r\n]+")
# What a proxy says of a tunnel before the site says anything; some tools keep it in front of the
# response.
_TUNNEL = "connection established"
_LAST_CHUNK = b"\r\n0\r\n\r\n"
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;[^\r\n]*)?\r?\n")


@functools.lru_cache(maxsize=1_000)  # messages have the same headers
def safe_name(name: str) -> str:
    """`name` with `_` for every character that RFC 9110 does not allow in a header name."""
    return _NOT_TOKEN.sub("_", name) or "_"


def safe_value(value: str) -> str:
    """`value` on one line, without the blanks around it that no reader keeps."""
    if "\n" in value or "\r" in value or "\0" in value:  # quicker than a pattern
        value = _LINE_BREAKS.sub(" ", value)
    return value.strip(" \t")


def encode_latin1(text: str) -> bytes:
    """The bytes that were read as latin-1; UTF-8 for text that never was bytes of a header."""
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode("utf-8", "backslashreplace")


def head_bytes(start_line: str, headers: Headers) -> bytes:
    """Start line, header lines and the empty line that ends them."""
    lines = [encode_latin1(safe_value(start_line))]
    lines += [encode_latin1(f"{safe_name(name)}: {safe_value(value)}") for name, value in headers]
    return b"\r\n".join(lines) + b"\r\n\r\n"


def head_end(data: bytes, start: int = 0) -> tuple[int, int] | None:
    """The end of a block of lines, and the beginning of what follows; None when it has no end.

    Bare line feeds are taken too: old crawlers wrote them.
    """
    crlf = data.find(b"\r\n\r\n", start)
    # Not beyond: most of what follows is the body, and it is long.
    lf = data.find(b"\n\n", start, crlf if crlf >= 0 else len(data))
    if lf >= 0:
        return lf, lf + 2
    return (crlf, crlf + 4) if crlf >= 0 else None


def parse_lines(head: bytes, encoding: str = "latin-1") -> tuple[str, Headers]:
    """The first line, and the header lines with folded ones joined.

    Args:
        head: Without the empty line at its end.
        encoding: Tried first; bytes that do not fit are read as latin-1, which always does.
    """
    try:
        text = head.decode(encoding)
    except UnicodeDecodeError:
        text = head.decode("latin-1")
    first, *rest = text.split("\n")
    found: list[tuple[str, list[str]]] = []
    for line in rest:
        if line[:1] in {" ", "\t"} and found:
            found[-1][1].append(line.strip())
            continue
        name, colon, value = line.partition(":")
        if colon:
            found.append((name.strip(" \t\r"), [value.strip(" \t\r")]))
    return first.rstrip("\r"), tuple((name, " ".join(parts).strip(" \t")) for name, parts in found)


def status_of(start_line: str) -> tuple[int, str] | None:
    """Status and reason of a response's first line, however it is written; None where it is
    none."""
    match = _STATUS_LINE.fullmatch(start_line.strip())
    return (int(match["status"]), match["reason"].strip()) if match else None


def is_http(block: bytes) -> bool:
    """Whether a block begins as an HTTP response does."""
    return block[:8].lstrip(_BLANKS)[:4].upper() == b"HTTP"


def response_start(block: bytes) -> int:
    """Where the final response of a block begins: behind interim ones (RFC 9110 section 15.2) and
    blank lines.

    Args:
        block: That begins with a status line. 101 is final: what follows it is another protocol.
    """
    start = _blanks_before(block, 0)
    while end := head_end(block, start):
        first = block[start : block.find(b"\n", start)].decode("latin-1")
        said = status_of(first)
        follows = _blanks_before(block, end[1])
        if said is None or not is_http(block[follows : follows + 8]):
            return start
        if not (100 <= said[0] < 200 and said[0] != 101) and said[1].lower() != _TUNNEL:
            return start
        start = follows
    return start


def _blanks_before(block: bytes, start: int) -> int:
    found = _LINE_ENDS.match(block, start)
    return found.end() if found else start


def first_header(headers: Headers, name: str) -> str | None:
    """The value of the first header called `name` (lower case), or None."""
    return next((value for key, value in headers if key.lower() == name), None)


def without_chunks(body: bytes) -> bytes:
    """The body that chunked transfer coding holds (RFC 9112 section 7.1).

    A body that says it is chunked and is not comes back unchanged, since many tools remove the
    coding and leave the header; of a body cut within a chunk, what is there.
    """
    parts: list[bytes] = []
    position = 0
    while match := _CHUNK_SIZE.match(body, position):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(parts)
        parts.append(body[match.end() : match.end() + size])
        position = match.end() + size
        if body.startswith(b"\r\n", position):
            position += 2
        elif body.startswith(b"\n", position):
            position += 1
        elif position < len(body):
            return body if len(parts) == 1 else b"".join(parts)
    return b"".join(parts) if parts else body


def is_all_chunks(body: bytes) -> bool:
    """Whether a body is chunks from end to end, whatever its headers say: some tools drop the
    header of the coding and leave the coding."""
    if not body.endswith(_LAST_CHUNK) or body.startswith(b"0"):
        return False
    return _CHUNK_SIZE.match(body) is not None and _has_last_chunk(body)


def body_is_short(headers: Headers, body: bytes) -> bool:
    """Whether a body is certainly cut: it has fewer bytes than its length, or its last chunk is
    missing.

    Args:
        headers: As they stand.
        body: As it stands in the record, chunks and all. One that says it is chunked and is not
            counts as whole.
    """
    if "chunked" in (first_header(headers, "transfer-encoding") or "").lower():
        return _CHUNK_SIZE.match(body) is not None and not _has_last_chunk(body)
    length = (first_header(headers, "content-length") or "").strip()
    stated = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else 0
    return bool(body) and stated > len(body)


def _has_last_chunk(body: bytes) -> bool:
    position = 0
    while match := _CHUNK_SIZE.match(body, position):
        size = int(match[1], 16)
        if size == 0:
            return True
        position = match.end() + size
        position += 2 if body.startswith(b"\r\n", position) else 1
    return False
