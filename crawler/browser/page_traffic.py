"""What one page may do on the network, and what it did."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

WORD_S = 3.0
"""Seconds that a connection waits for the word that the page asks for it; mostly some
milliseconds."""

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.model.vocabulary import Outcome


@dataclass(frozen=True, slots=True)
class PageLimits:
    """Bounds of one page.

    Attributes:
        seconds: From its first request until it is kept.
        requests: That it makes, of any kind.
        size: Bytes over all its connections, as they went over the network.
    """

    seconds: float = 60.0
    requests: int = 400
    size: int = 60_000_000


@dataclass(slots=True, eq=False)
class PageTraffic:
    """One page's dealings with the network; closed for good when a limit is reached.

    Attributes:
        size: Bytes received and sent so far.
        addresses: By `host:port` the address that was connected to; none behind a further proxy.
        refused: By `host:port` why nothing was sent there.
        failed: How it went wrong where nobody could be connected to, and in which words; in order.
        over: Which limit ended it, for a person; None while all is well.
        is_trusted: Whether all connections are the page's: who makes them makes no requests of its
            own.
    """

    limits: PageLimits
    is_trusted: bool = False
    size: int = 0
    requests: int = 0
    connections: int = 0
    addresses: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    failed: list[tuple[Outcome, str]] = field(default_factory=list)
    over: str | None = None
    closed: bool = False
    _talks: set[asyncio.Task[None]] = field(default_factory=set)
    _known: set[str] = field(default_factory=set)
    _awaited: dict[str, asyncio.Event] = field(default_factory=dict)

    def asked(self, place: str) -> None:
        """Count a request that the page makes, to a `host:port`."""
        self.requests += 1
        self._known.add(place)
        if place in self._awaited:
            self._awaited.pop(place).set()
        if self.requests > self.limits.requests:
            self.end(f"more than {self.limits.requests} requests")

    def connected(self) -> None:
        """Count a connection: a page that opens more than it may ask for has other things in
        mind."""
        self.connections += 1
        if self.connections > self.limits.requests:
            self.end(f"more than {self.limits.requests} connections")

    async def knows(self, place: str) -> bool:
        """Whether the page asks for something there.

        A connection may come before the word on it. A browser makes requests of its own, of which
        there never is a word.
        """
        if self.is_trusted or place in self._known:
            return True
        coming = self._awaited.setdefault(place, asyncio.Event())
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(coming.wait(), WORD_S)
        return place in self._known

    def moved(self, size: int) -> None:
        """Count bytes."""
        self.size += size
        if self.size > self.limits.size:
            self.end(f"more than {self.limits.size:,} bytes")

    def out_of_time(self) -> None:
        """Its time is up."""
        self.end(f"more than {self.limits.seconds:g} seconds")

    def end(self, why: str | None = None) -> None:
        """Cut all connections, and let no further one be made.

        Args:
            why: The limit that was reached; None: the page is done.
        """
        if self.closed:
            return
        self.closed, self.over = True, why
        current = asyncio.current_task()
        for talk in self._talks:
            if talk is not current:
                talk.cancel()

    def holds(self, talk: asyncio.Task[None], done: Callable[[], None]) -> None:
        """Keep a connection's task, to be cut with the page."""
        self._talks.add(talk)

        def over(task: asyncio.Task[None]) -> None:
            self._talks.discard(task)
            done()

        talk.add_done_callback(over)
