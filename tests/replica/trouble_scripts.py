"""Connections that misbehave: each a script that takes the connection over."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from functools import cache
from typing import TYPE_CHECKING

from tests.replica.messages import Reply, typed

if TYPE_CHECKING:
    from asyncio import StreamWriter

    from tests.replica.messages import Request

DRIP_S = 0.25  # a byte now and then: no read times out, and the whole never ends
MEGABYTE = 1_000_000
BOMB_BYTES = 256 * MEGABYTE  # unpacked; eight times the default limit of a body
HEADER_LINES = (
    4_000  # about 400 KB of headers; many clients give up at 16 to 64 KB, Twisted does not
)
PROSE = b"<p>The ferry at Dorn goes twice a day, and nobody knows why it goes at all.</p>\n"
HTML_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"


async def _drained(writer: StreamWriter) -> None:
    """Wait for the client, and let the loop see that it has left: `drain` alone may never yield."""
    await writer.drain()
    await asyncio.sleep(0)


def drip(_request: Request) -> Reply:
    """A good head, then one byte at a time for ever."""

    async def script(writer: StreamWriter) -> None:
        writer.write(HTML_HEAD + b"Content-Length: 5000000\r\n\r\n" + PROSE)
        while True:
            writer.write(b".")
            await writer.drain()
            await asyncio.sleep(DRIP_S)

    return Reply(script=script)


def endless(_request: Request) -> Reply:
    """A body that never ends, as fast as the client reads."""

    async def script(writer: StreamWriter) -> None:
        writer.write(HTML_HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        block = PROSE * 800
        while True:
            writer.write(b"%x\r\n%s\r\n" % (len(block), block))
            await _drained(writer)

    return Reply(script=script)


def reset_in_body(_request: Request) -> Reply:
    """Half a chunked body, then the connection is gone."""

    async def script(writer: StreamWriter) -> None:
        writer.write(HTML_HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        writer.write(b"%x\r\n%s" % (len(PROSE) * 9, PROSE))
        await writer.drain()
        writer.transport.abort()

    return Reply(script=script)


def hang_up(_request: Request) -> Reply:
    """Not a byte of an answer."""

    async def script(writer: StreamWriter) -> None:
        writer.transport.abort()

    return Reply(script=script)


def never(_request: Request) -> Reply:
    """The request is taken, and nothing comes."""

    async def script(_writer: StreamWriter) -> None:
        await asyncio.Event().wait()

    return Reply(script=script)


def cut_short(_request: Request) -> Reply:
    """Content-Length promises more than there is."""

    async def script(writer: StreamWriter) -> None:
        writer.write(HTML_HEAD + b"Content-Length: 99999\r\nConnection: close\r\n\r\n" + PROSE * 40)
        await writer.drain()
        writer.close()
        await writer.wait_closed()

    return Reply(script=script)


def broken_chunks(_request: Request) -> Reply:
    """A chunk size that is no number."""

    async def script(writer: StreamWriter) -> None:
        writer.write(HTML_HEAD + b"Transfer-Encoding: chunked\r\n\r\n")
        writer.write(b"10\r\n<p>sixteen....x\r\nzz\r\n" + PROSE)
        await writer.drain()

    return Reply(script=script)


def header_flood(_request: Request) -> Reply:
    """Thousands of header lines."""

    async def script(writer: StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(HEADER_LINES):
            writer.write(b"X-Flood-%d: %s\r\n" % (number, b"y" * 90))
            await writer.drain()
        writer.write(b"Content-Length: 2\r\n\r\nok")

    return Reply(script=script)


def header_endless(_request: Request) -> Reply:
    """Header lines without end."""

    async def script(writer: StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-Flood: " + b"y" * 90 + b"\r\n")
            await _drained(writer)

    return Reply(script=script)


def header_long(_request: Request) -> Reply:
    """One header line of a megabyte."""

    async def script(writer: StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nX-Long: " + b"z" * MEGABYTE)
        writer.write(b"\r\nContent-Length: 2\r\n\r\nok")
        await writer.drain()

    return Reply(script=script)


def not_http(_request: Request) -> Reply:
    """A server of something else."""

    async def script(writer: StreamWriter) -> None:
        writer.write(b"220 mail.example ESMTP ready\r\n")
        await writer.drain()

    return Reply(script=script)


@cache
def _gzip_bomb() -> bytes:
    """Gzip members one after the other: each small, together more than any limit."""
    member = gzip.compress(b" " * 8 * MEGABYTE, mtime=0)
    return gzip.compress(b"<html><body><p>small at first</p>", mtime=0) + member * (
        BOMB_BYTES // (8 * MEGABYTE)
    )


@cache
def _deflate_bomb() -> bytes:
    packer = zlib.compressobj(9)
    block = b" " * MEGABYTE
    return b"".join(packer.compress(block) for _ in range(64)) + packer.flush()


def _encoded(body: bytes, coding: str) -> Reply:
    return typed(body, "text/html; charset=utf-8", headers=(("Content-Encoding", coding),))


def gzip_bomb(_request: Request) -> Reply:
    """256 MB of blanks in about 260 KB."""
    return _encoded(_gzip_bomb(), "gzip")


def deflate_bomb(_request: Request) -> Reply:
    """64 MB of blanks in about 64 KB, zlib format."""
    return _encoded(_deflate_bomb(), "deflate")


def nested_bomb(_request: Request) -> Reply:
    """The gzip bomb, packed twice more."""
    return _encoded(
        gzip.compress(gzip.compress(_gzip_bomb(), mtime=0), mtime=0), "gzip, gzip, gzip"
    )


def false_gzip(_request: Request) -> Reply:
    """Says gzip, is plain."""
    return _encoded(b"<html><body>" + PROSE * 40 + b"</body></html>", "gzip")
