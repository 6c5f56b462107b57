"""A calendar of OpenTimestamps of our own on loopback, and a chain of blocks of its own."""

from __future__ import annotations

import hashlib
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
from opentimestamps.core.op import OpAppend, OpPrepend, OpSHA256
from opentimestamps.core.serialize import BytesSerializationContext
from opentimestamps.core.timestamp import Timestamp

HEIGHT = 812_345
MINED_AT = 1_773_700_000  # 2026-03-16T22:26:40Z
EASIEST = 0x207FFFFF
"""The work that a header has to show on a chain for tests: every second one has it."""


def mined(root: bytes, at: int = MINED_AT) -> bytes:
    """A header with this Merkle root that has its proof of work."""
    for nonce in range(1_000):
        raw = struct.pack("<i32s32sIII", 2, bytes(32), root, at, EASIEST, nonce)
        name = hashlib.sha256(hashlib.sha256(raw).digest()).digest()
        if name[31] < 0x7F:
            return raw
    raise AssertionError("no nonce")


class Calendar:
    """What promises, and keeps it once blocks were mined: each promise has one of its own.

    Attributes:
        url: Where it says that it is.
        height: Of the first block.
        commitments: What it promised, in turn.
    """

    def __init__(self, url: str = "http://127.0.0.1:1", height: int = HEIGHT) -> None:
        self.url, self.height = url, height
        self.commitments: list[bytes] = []
        self.blocks = 0

    def promise(self, digest: bytes) -> bytes:
        """The answer to a digest."""
        stamp = Timestamp(digest)
        under = stamp.ops.add(OpAppend(b"calendar's own")).ops.add(OpSHA256())
        under.attestations.add(PendingAttestation(self.url))
        self.commitments.append(under.msg)
        return written(stamp)

    def mine(self) -> str:
        """Blocks over all that was promised; their lines for --block-headers."""
        self.blocks = len(self.commitments)
        roots = [_led(Timestamp(one)).msg for one in self.commitments]
        return "\n".join(f"{n} {mined(root).hex()}" for n, root in enumerate(roots, self.height))

    def keep(self, commitment: bytes) -> bytes | None:
        """The way from a promise into its block; None as long as there is none."""
        if commitment not in self.commitments[: self.blocks]:
            return None
        stamp = Timestamp(commitment)
        height = self.height + self.commitments.index(commitment)
        _led(stamp).attestations.add(BitcoinBlockHeaderAttestation(height))
        return written(stamp)

    def answer(self, path: str, body: bytes | None) -> tuple[int, bytes]:
        """Status and body."""
        if body is not None and path == "/digest":
            return 200, self.promise(body)
        found = self.keep(bytes.fromhex(path.removeprefix("/timestamp/")))
        return (200, found) if found else (404, b"Pending confirmation in Bitcoin blockchain")


def _led(stamp: Timestamp) -> Timestamp:
    """From a promise to the root of a block: beside other work, hashed twice, as Bitcoin does."""
    return stamp.ops.add(OpPrepend(b"other work")).ops.add(OpSHA256()).ops.add(OpSHA256())


def written(stamp: Timestamp) -> bytes:
    context = BytesSerializationContext()
    stamp.serialize(context)
    raw: bytes = context.getbytes()
    return raw


class _Handler(BaseHTTPRequestHandler):
    server: CalendarServer

    def log_message(self, *_: object) -> None:
        pass

    def do_POST(self) -> None:
        self._say(self.rfile.read(int(self.headers["Content-Length"])))

    def do_GET(self) -> None:
        self._say(None)

    def _say(self, asked: bytes | None) -> None:
        status, body = self.server.calendar.answer(self.path, asked)
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class CalendarServer(ThreadingHTTPServer):
    """A calendar that answers over HTTP."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.calendar = Calendar(f"http://127.0.0.1:{self.server_port}")


@contextmanager
def served() -> Iterator[Calendar]:
    server = CalendarServer()
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.calendar
    finally:
        server.shutdown()
        server.server_close()
