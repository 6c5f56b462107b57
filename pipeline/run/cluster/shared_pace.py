"""One pace for all who ask: whoever is about to ask a domain takes its next turn in PostgreSQL.

The lock of a job keeps other jobs from its domain, but not what leads there from elsewhere: a
redirect, a robots.txt of its target, a host asked about our network. Nor does it hold where a
worker was cut off from the queue and its job was put back. A turn does: without PostgreSQL there is
none, and without a turn a worker asks nobody.

    isw_archive_turns   domain, when it may be asked next, and who asked it last
    isw_archive_rests   host, and until when it asked to be left alone

Whose turn came late (a machine that stood still, an answer that was long on its way) takes another,
for the next one's may be near; what others may be late by is kept free before a turn that follows
somebody else's. So no two requests are nearer than the pace, whatever the machines do between a
turn and its request but stand still.

What a host asks one of us (`Retry-After`) it asks all: nobody has a turn with it before it may be
asked again, and where that is longer than a request waits, nobody asks.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import time
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Protocol

from archive.errors import ArchiveError, BadInputError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

LATE_S = 0.25
"""A turn that comes later than that is let go. Several times what a busy machine needs between two
lines of a program, and an eighth of the usual pace."""

AWAY_S = 30.0
"""So long a worker waits for a PostgreSQL that does not answer: it starts again within seconds."""
AGAIN_S = 0.5
LOOK_S = 60.0
"""So long the archive's own commands go on alone before they ask again: where nothing answers, not
even with a refusal, each question takes seconds."""
CONNECT_S = 5

TABLE = """
CREATE TABLE IF NOT EXISTS isw_archive_turns (
    domain text PRIMARY KEY, free_at timestamptz NOT NULL, holder text NOT NULL);
CREATE TABLE IF NOT EXISTS isw_archive_rests (host text PRIMARY KEY, until timestamptz NOT NULL);
"""
_MAKE = f"SELECT pg_advisory_xact_lock(8214550); {TABLE}"
_TAKE = """
WITH rest AS (
    SELECT coalesce(max(extract(epoch FROM until - clock_timestamp())), 0)::float8 AS seconds
    FROM isw_archive_rests WHERE host = %(host)s)
INSERT INTO isw_archive_turns AS turn (domain, holder, free_at)
SELECT %(domain)s, %(holder)s, clock_timestamp() + make_interval(
    secs => greatest(%(own)s, rest.seconds) + %(pace)s)
FROM rest WHERE rest.seconds <= %(most)s
ON CONFLICT (domain) DO UPDATE SET holder = excluded.holder, free_at = greatest(
    excluded.free_at, turn.free_at + make_interval(
        secs => %(pace)s + CASE WHEN turn.holder = excluded.holder THEN 0 ELSE %(late)s END))
RETURNING extract(epoch FROM free_at - clock_timestamp())::float8 - %(pace)s AS wait
"""
_RESTING = """
SELECT extract(epoch FROM until - clock_timestamp())::float8 FROM isw_archive_rests
WHERE host = %(host)s
"""
_REST = """
INSERT INTO isw_archive_rests AS rest
VALUES (%(host)s, clock_timestamp() + make_interval(secs => %(seconds)s))
ON CONFLICT (host) DO UPDATE SET until = greatest(rest.until, excluded.until)
"""
OLD = """
DELETE FROM isw_archive_turns WHERE free_at < now() - interval '1 hour';
DELETE FROM isw_archive_rests WHERE until < now() - interval '1 hour';
"""


class NoTurnError(ArchiveError):
    """PostgreSQL does not answer, so that nobody may be asked."""


class RestingError(ArchiveError):
    """A host asked one of us to stay away for longer than a request waits.

    Attributes:
        seconds: For how long from now.
    """

    def __init__(self, seconds: float) -> None:
        super().__init__(f"it asked to be left alone for {seconds:.0f} s more")
        self.seconds = seconds


@dataclass(frozen=True, slots=True)
class TurnRequest:
    """A turn that is wanted.

    Attributes:
        domain: The site's name for all who ask (`pipeline.decide.batches.shared_name`).
        host: Which of its hosts is to be asked.
        pace_s: Least seconds between two requests to the domain.
        own_s: The turn comes in so many seconds or later.
        most_s: How long the host may have asked us to wait.
    """

    domain: str
    host: str
    pace_s: float
    own_s: float
    most_s: float


class TurnStore(Protocol):
    """Where turns are taken."""

    async def ask(self, request: TurnRequest) -> float:
        """Take the domain's next turn; seconds until it comes.

        Raises:
            NoTurnError: It does not answer.
            RestingError: The host is to be left alone.
        """

    async def rest(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long, whoever would ask it.

        Raises:
            NoTurnError: It does not answer.
        """

    async def close(self) -> None:
        """Let it go."""


def turn_store_at(conninfo: str) -> TurnStore:
    """The store in a PostgreSQL database.

    Raises:
        BadInputError: The extra is not installed.
    """
    if find_spec("psycopg") is None:
        raise BadInputError(
            "the setting queue needs what is not installed: pip install 'isw-archive[cluster]'"
        )
    return PostgresTurnStore(conninfo)


@dataclass(slots=True)
class PostgresTurnStore:
    """The table of turns, over one connection that is made when it is needed, and again when it
    broke."""

    conninfo: str
    holder: str = field(default_factory=lambda: secrets.token_hex(8))
    _connection: Any = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, request: TurnRequest) -> float:
        """See `TurnStore`."""
        values = {
            "domain": request.domain, "host": request.host, "pace": request.pace_s,
            "own": request.own_s, "most": request.most_s, "holder": self.holder, "late": LATE_S,
        }  # fmt: skip
        async with self._answering() as connection:
            wait = await _first(connection, _TAKE, values)
            resting = await _first(connection, _RESTING, values) if wait is None else None
        if wait is None:
            raise RestingError(resting or 0.0)
        return wait

    async def rest(self, host: str, seconds: float) -> None:
        """See `TurnStore`."""
        async with self._answering() as connection:
            await connection.execute(_REST, {"host": host, "seconds": seconds})

    async def close(self) -> None:
        """See `TurnStore`."""
        async with self._lock:
            await self._dropped()

    @contextlib.asynccontextmanager
    async def _answering(self) -> AsyncIterator[Any]:
        """The connection, for one question; it is let go where that fails."""
        import psycopg

        async with self._lock:
            try:
                async with asyncio.timeout(CONNECT_S):
                    yield self._connection or await self._connected()
            except (psycopg.Error, OSError, TimeoutError) as error:
                await self._dropped()
                said = str(error).strip().partition("\n")[0] or type(error).__name__
                raise NoTurnError(f"queue: {said}") from error

    async def _connected(self) -> Any:
        import psycopg

        self._connection = await psycopg.AsyncConnection.connect(
            self.conninfo, connect_timeout=CONNECT_S, autocommit=True
        )
        async with self._connection.transaction():
            await self._connection.execute(_MAKE)
        return self._connection

    async def _dropped(self) -> None:
        connection, self._connection = self._connection, None
        if connection is not None:
            # nothing may hold up who is told that there is no turn
            with contextlib.suppress(Exception):
                await asyncio.wait_for(connection.close(), 1)


async def _first(connection: Any, sql: str, values: dict[str, Any]) -> float | None:
    row = await (await connection.execute(sql, values)).fetchone()
    return None if row is None else float(row[0])


@dataclass(slots=True)
class Turns:
    """The turns of one spider.

    Attributes:
        store: Where they are taken.
        most_s: How long a request waits where a host asked for that.
        alone: True: where the store does not answer, go on at our own pace: the archive's own
            commands, for no worker asks anybody then. False: a worker's, who asks nobody.
    """

    store: TurnStore
    most_s: float
    alone: bool = False
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _away_until: float = float("-inf")
    _asked: dict[str, float] = field(default_factory=dict)
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def take(self, domain: str, host: str, pace_s: float) -> None:
        """Wait for the moment in which a host of a domain may be asked.

        Args:
            domain: Its name for all who ask (`pipeline.decide.batches.shared_name`).
            host: Which of its hosts.
            pace_s: Least seconds between two requests to the domain.

        Raises:
            NoTurnError: There is none to be had.
            RestingError: The host asked somebody to stay away for longer than `most_s`.
        """
        async with self._locks.setdefault(domain, asyncio.Lock()):
            while True:
                began = self.now()
                wait = await self._turn(domain, host, pace_s)
                if wait is None:
                    return
                await self.sleep(max(0.0, wait))
                now = self.now()
                if now <= began + wait + LATE_S:
                    self._asked[domain] = now
                    return

    async def rest(self, host: str, seconds: float) -> None:
        """Tell all who ask that a host wants to be left alone for so long. Where that cannot be
        told, nobody else gets a turn either, or each hears it for himself."""
        with contextlib.suppress(NoTurnError):
            if self.now() >= self._away_until:
                await self.store.rest(host, seconds)

    async def close(self) -> None:
        """Let the store go."""
        await self.store.close()

    async def _turn(self, domain: str, host: str, pace_s: float) -> float | None:
        """Seconds until ours; None where we go on alone."""
        until = self.now() + AWAY_S
        while self.now() >= self._away_until:
            try:
                # it may have been late, and so is the next
                own = self._asked.get(domain, float("-inf")) + pace_s - self.now()
                return await self.store.ask(
                    TurnRequest(domain, host, pace_s, max(0.0, own), self.most_s)
                )
            except NoTurnError:
                if self.alone:
                    self._away_until = self.now() + LOOK_S
                elif self.now() > until:
                    raise
                else:
                    await self.sleep(AGAIN_S)
        return None
