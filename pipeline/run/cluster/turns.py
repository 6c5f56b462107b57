"""One pace for all who ask: whoever is about to ask a domain takes its next turn in PostgreSQL.

The lock of a job keeps other jobs from its domain, but not what leads there from elsewhere: a
redirect, a robots.txt of its target, a host asked about our network. Nor does it hold where a
worker was cut off from the queue and its job was put back. A turn does: without PostgreSQL there is
none, and without a turn a worker asks nobody.

    isw_archive_turns   domain, when it may be asked next, and who asked it last

Whose turn came late (a machine that stood still, an answer that was long on its way) takes another,
for the next one's may be near; what others may be late by is kept free before a turn that follows
somebody else's. So no two requests are nearer than the pace, whatever the machines do between a
turn and its request but stand still.
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
    from collections.abc import Awaitable, Callable

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
"""
_MAKE = f"SELECT pg_advisory_xact_lock(8214550); {TABLE}"
_TAKE = """
INSERT INTO isw_archive_turns AS turn
VALUES (%(domain)s, clock_timestamp() + make_interval(secs => %(own)s + %(pace)s), %(holder)s)
ON CONFLICT (domain) DO UPDATE SET holder = excluded.holder, free_at = make_interval(
    secs => %(pace)s) + greatest(clock_timestamp() + make_interval(secs => %(own)s), turn.free_at
    + make_interval(secs => CASE WHEN turn.holder = excluded.holder THEN 0 ELSE %(late)s END))
RETURNING extract(epoch FROM free_at - clock_timestamp())::float8 - %(pace)s AS wait
"""
OLD = "DELETE FROM isw_archive_turns WHERE free_at < now() - interval '1 hour'"


class NoTurnError(ArchiveError):
    """PostgreSQL does not answer, so that nobody may be asked."""


class Desk(Protocol):
    """Where turns are taken."""

    async def ask(self, domain: str, pace_s: float, own_s: float) -> float:
        """Take the domain's next turn that comes in `own_s` seconds or later; seconds until it
        comes.

        Raises:
            NoTurnError: It does not answer.
        """

    async def close(self) -> None:
        """Let it go."""


def desk_at(conninfo: str) -> Desk:
    """The desk in a PostgreSQL database.

    Raises:
        BadInputError: The extra is not installed.
    """
    if find_spec("psycopg") is None:
        raise BadInputError(
            "the setting queue needs what is not installed: pip install 'isw-archive[cluster]'"
        )
    return PostgresDesk(conninfo)


@dataclass(slots=True)
class PostgresDesk:
    """The table of turns, over one connection that is made when it is needed, and again when it
    broke."""

    conninfo: str
    holder: str = field(default_factory=lambda: secrets.token_hex(8))
    _connection: Any = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def ask(self, domain: str, pace_s: float, own_s: float) -> float:
        """See `Desk`."""
        import psycopg

        values = {
            "domain": domain, "pace": pace_s, "own": own_s, "holder": self.holder, "late": LATE_S,
        }  # fmt: skip
        async with self._lock:
            try:
                async with asyncio.timeout(CONNECT_S):
                    connection = self._connection or await self._connected()
                    cursor = await connection.execute(_TAKE, values)
                    [wait] = await cursor.fetchone()
                    return float(wait)
            except (psycopg.Error, OSError, TimeoutError) as error:
                await self._dropped()
                said = str(error).strip().partition("\n")[0] or type(error).__name__
                raise NoTurnError(f"queue: {said}") from error

    async def close(self) -> None:
        """See `Desk`."""
        async with self._lock:
            await self._dropped()

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


@dataclass(slots=True)
class Turns:
    """The turns of one spider.

    Attributes:
        desk: Where they are taken.
        alone: True: where the desk does not answer, go on at our own pace: the archive's own
            commands, for no worker asks anybody then. False: a worker's, who asks nobody.
    """

    desk: Desk
    alone: bool = False
    now: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _away_until: float = float("-inf")
    _asked: dict[str, float] = field(default_factory=dict)
    _locks: dict[str, asyncio.Lock] = field(default_factory=dict)

    async def take(self, domain: str, pace_s: float) -> None:
        """Wait for the moment in which a domain may be asked.

        Args:
            domain: Its name for all who ask (`pipeline.decide.batches.shared_name`).
            pace_s: Least seconds between two requests to it.

        Raises:
            NoTurnError: There is none to be had.
        """
        async with self._locks.setdefault(domain, asyncio.Lock()):
            while True:
                began = self.now()
                wait = await self._turn(domain, pace_s)
                if wait is None:
                    return
                await self.sleep(max(0.0, wait))
                now = self.now()
                if now <= began + wait + LATE_S:
                    self._asked[domain] = now
                    return

    async def close(self) -> None:
        """Let the desk go."""
        await self.desk.close()

    async def _turn(self, domain: str, pace_s: float) -> float | None:
        """Seconds until ours; None where we go on alone."""
        until = self.now() + AWAY_S
        while self.now() >= self._away_until:
            try:
                # it may have been late, and so is the next
                own = self._asked.get(domain, float("-inf")) + pace_s - self.now()
                return await self.desk.ask(domain, pace_s, max(0.0, own))
            except NoTurnError:
                if self.alone:
                    self._away_until = self.now() + LOOK_S
                elif self.now() > until:
                    raise
                else:
                    await self.sleep(AGAIN_S)
        return None
