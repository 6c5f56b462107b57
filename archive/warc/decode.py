"""Content decoding with a limit: gzip, deflate, br and zstd, also one inside another."""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

from archive.errors import WarcError
from archive.warc.http import is_all_chunks, without_chunks
from archive.warc.packing.zstd import zstd_module

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.model.fetch import Headers

# RFC 9110 section 8.4.1; names with x- are the same (section 8.4.1.3).
_ALIASES = {"x-gzip": "gzip", "x-compress": "compress"}
# More layers than this no server sends; each costs a whole pass.
_MAX_LAYERS = 5
# Fed and taken at once: of a damaged stream, the step it breaks in is lost.
_STEP_BYTES = 16 * 1024
# What servers name as content coding that encodes nothing: transfer encodings of mail, S3's own,
# charsets.
_NO_CODING = re.compile(r"binary|[78]bit|aws-chunked|text|html|(utf|iso|windows|koi|cp|us-ascii).*")
# What begins like this is a file as it is, whatever a server calls its coding.
_FILES = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF")
_GZIP = b"\x1f\x8b"
# No page begins like a stream of gzip; crawlers that keep the body drop the header that names it.
_PAGES = ("text/html", "text/plain", "application/xhtml+xml")
_LOOKED_AT_BYTES = 4096
# Control characters that texts have: tab, line ends, form feed, and escape of ISO-2022 charsets. Of
# the bytes of a compressed stream one in nine is another.
_TEXT_CONTROLS = frozenset(b"\t\n\x0b\f\r\x1b")


class UndecodableBodyError(WarcError):
    """A body that its Content-Encoding does not undo.

    Attributes:
        partial: What could be decoded.
    """

    def __init__(self, message: str, partial: bytes = b"") -> None:
        super().__init__(message)
        self.partial = partial


class BrokenEncodingError(UndecodableBodyError):
    """The compressed stream is damaged or ends early."""


class BodyTooLargeError(UndecodableBodyError):
    """The body unpacks to more than the limit; `partial` holds the limit's worth."""


class UnknownEncodingError(UndecodableBodyError):
    """A Content-Encoding that cannot be undone here; `partial` holds the body as it is."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """A body without content coding.

    Attributes:
        body: What could be decoded, at most the limit.
        flag: None when that is all, else `broken`, `too-large`, `unknown-encoding`, or `untrue`:
            the body is whole and not in the coding that its headers name.
    """

    body: bytes
    flag: str | None = None


class _StreamError(Exception):
    """A compressed stream that is damaged."""


class _Unpacker(Protocol):
    """One decompressor: feed it, and take at most so many bytes."""

    def decompress(self, packed: bytes, limit: int, /) -> bytes:
        """Next bytes; what was fed and not used is kept for a call with `b""`.

        Raises:
            _StreamError: The stream is damaged.
        """

    @property
    def eof(self) -> bool:
        """Whether the stream came to its own end."""


class _Zlib:
    """zlib's decompressor with an input buffer of its own; further gzip members follow on."""

    def __init__(self, window: int) -> None:
        self._window = window
        self._inner = zlib.decompressobj(window)
        self._left = b""

    @property
    def eof(self) -> bool:
        return self._inner.eof and not self._left

    def decompress(self, packed: bytes, limit: int, /) -> bytes:
        packed = self._left + packed
        if self._inner.eof:
            # RFC 1952: members may follow each other. Anything else after the end is padding.
            if not packed.startswith(b"\x1f\x8b"):
                self._left = b""
                return b""
            self._inner = zlib.decompressobj(self._window)
        try:
            unpacked = self._inner.decompress(packed, limit)
        except zlib.error as error:
            raise _StreamError(str(error)) from error
        self._left = self._inner.unused_data if self._inner.eof else self._inner.unconsumed_tail
        return unpacked


class _Brotli:
    def __init__(self) -> None:
        self._module: Any = import_module("brotli")
        self._inner: Any = self._module.Decompressor()
        self._left = b""

    @property
    def eof(self) -> bool:
        return bool(self._inner.is_finished())

    def decompress(self, packed: bytes, limit: int, /) -> bytes:
        self._left += packed
        if self.eof:
            return b""
        given = b""
        if self._inner.can_accept_more_data():
            given, self._left = self._left, b""
        try:
            unpacked: bytes = self._inner.process(given, output_buffer_limit=limit)
        except self._module.error as error:
            raise _StreamError(str(error)) from error
        return unpacked


class _Zstd:
    def __init__(self) -> None:
        self._module = zstd_module()
        self._inner: Any = self._module.ZstdDecompressor()

    @property
    def eof(self) -> bool:
        return bool(self._inner.eof)

    def decompress(self, packed: bytes, limit: int, /) -> bytes:
        if self.eof:
            return b""
        try:
            unpacked: bytes = self._inner.decompress(packed, max_length=limit)
        except self._module.ZstdError as error:
            raise _StreamError(str(error)) from error
        return unpacked


def _deflate(body: bytes) -> _Unpacker:
    """RFC 9110 means zlib's format; many servers send bare deflate instead. The first two bytes
    tell."""
    is_zlib = len(body) >= 2 and body[0] & 0x0F == 8 and (body[0] << 8 | body[1]) % 31 == 0
    return _Zlib(zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS)


_UNPACKERS: dict[str, Callable[[bytes], _Unpacker]] = {
    "gzip": lambda _: _Zlib(16 + zlib.MAX_WBITS),
    "deflate": _deflate,
    "br": lambda _: _Brotli(),
    "zstd": lambda _: _Zstd(),
}


def encodings(headers: Headers | Mapping[str, str]) -> tuple[str, ...]:
    """The content codings in the order they were applied, lower case, without `identity`."""
    if isinstance(headers, Mapping):
        headers = tuple(headers.items())
    text = ",".join(value for name, value in headers if name.lower() == "content-encoding")
    names = (_ALIASES.get(part, part) for part in text.lower().replace(" ", "").split(","))
    return tuple(name for name in names if name not in {"", "identity", "none", "utf-8"})


def decoded_body(payload: bytes, headers: Headers | Mapping[str, str], max_bytes: int) -> bytes:
    """The body with its content coding undone.

    A body that plainly is in no coding is given as it is: servers and tools label such bodies as
    gzip, as `deflate`, by a charset's name.

    Args:
        payload: Bytes as sent.
        headers: The response's headers; `Content-Encoding` counts, in any case.
        max_bytes: Most bytes to unpack to.

    Raises:
        BrokenEncodingError: The stream is damaged or ends early; `partial` has what could be read.
        BodyTooLargeError: It unpacks to more than `max_bytes`.
        UnknownEncodingError: A coding that cannot be undone here.
    """
    layers = encodings(headers)
    if len(layers) > _MAX_LAYERS:
        raise UnknownEncodingError(
            f"{len(layers)} content codings; at most {_MAX_LAYERS} are undone", payload
        )
    is_page = _is_of_a_page(headers)
    body = without_chunks(payload) if is_page and is_all_chunks(payload) else payload
    for name in reversed(layers):
        body = _without(name, body, max_bytes)
    if is_page:
        body = _unsaid(body, max_bytes)
    if len(body) > max_bytes:
        raise BodyTooLargeError(f"the body has more than {max_bytes} bytes", body[:max_bytes])
    return body


def _is_of_a_page(headers: Headers | Mapping[str, str]) -> bool:
    named = headers.items() if isinstance(headers, Mapping) else headers
    return any(
        name.lower() == "content-type" and value.strip().lower().startswith(_PAGES)
        for name, value in named
    )


def _unsaid(body: bytes, max_bytes: int) -> bytes:
    """A page without gzip that no header names, or that it was put in once more; as it is where
    that does not end well."""
    layers = 0
    while body.startswith(_GZIP) and layers < _MAX_LAYERS:
        try:
            body = _unpacked("gzip", _Zlib(16 + zlib.MAX_WBITS), body, max_bytes)
        except BrokenEncodingError:
            break
        layers += 1
    return body


def is_plain(body: bytes) -> bool:
    """Whether a body is text or a known file rather than a compressed stream, as far as its
    beginning tells."""
    head = body[:_LOOKED_AT_BYTES]
    if head.startswith(_FILES):
        return True
    strange = sum(byte < 0x20 and byte not in _TEXT_CONTROLS for byte in head)
    return bool(head) and strange * 200 < len(head)


def decode_body(payload: bytes, headers: Headers | Mapping[str, str], max_bytes: int) -> Decoded:
    """As `decoded_body`, but what goes wrong becomes a flag beside what could be decoded."""
    try:
        body = decoded_body(payload, headers, max_bytes)
        untrue = body == payload and bool(body) and bool(encodings(headers))
        return Decoded(body, "untrue" if untrue else None)
    except BrokenEncodingError as error:
        return Decoded(error.partial, "broken")
    except BodyTooLargeError as error:
        return Decoded(error.partial, "too-large")
    except UnknownEncodingError as error:
        return Decoded(error.partial[:max_bytes], "unknown-encoding")


def _without(name: str, body: bytes, max_bytes: int) -> bytes:
    """`body` with one coding undone."""
    if not body or (name == "gzip" and not body.startswith(_GZIP)):
        return body
    if name == "deflate" and body.startswith(_GZIP):
        name = "gzip"  # two bytes that begin neither kind of deflate
    unpacker = _unpacker(name, body)
    if unpacker is None:
        if is_plain(body) or _NO_CODING.fullmatch(name):
            return body
        raise UnknownEncodingError(f"content coding {name!r} cannot be undone here", body)
    try:
        return _unpacked(name, unpacker, body, max_bytes)
    except BrokenEncodingError:
        if is_plain(body):
            return body
        raise


def _unpacker(name: str, body: bytes) -> _Unpacker | None:
    try:
        return _UNPACKERS[name](body)
    except (KeyError, ImportError):
        return None


def _unpacked(name: str, unpacker: _Unpacker, body: bytes, max_bytes: int) -> bytes:
    parts: list[bytes] = []
    size = position = 0
    while not unpacker.eof:
        given = body[position : position + _STEP_BYTES]
        position += len(given)
        try:
            part = unpacker.decompress(given, min(_STEP_BYTES, max_bytes + 1 - size))
        except _StreamError as error:
            raise BrokenEncodingError(
                f"the {name} body is damaged: {error}", b"".join(parts)
            ) from error
        parts.append(part)
        size += len(part)
        if size > max_bytes:
            raise BodyTooLargeError(
                f"the {name} body unpacks to more than {max_bytes} bytes",
                b"".join(parts)[:max_bytes],
            )
        if not given and not part and not unpacker.eof:
            raise BrokenEncodingError(f"the {name} body ends early", b"".join(parts))
    return b"".join(parts)
