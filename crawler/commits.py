"""Captures that have been read are committed to the database together: all that came within a
moment."""

from __future__ import annotations

import asyncio
from collections import deque
from concurrent.futures import Future
from contextlib import suppress
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pipeline.run.ingest import Archive, Committed, Understood

    Ask = Callable[..., Awaitable[Any]]

MOST = 50
"""In one transaction: enough that a slow disk is waited for seldom, few enough for SQLite's
cache."""
PAUSE_S = 0.03
"""Between two transactions while more captures are on their way: half of what one costs that is
committed alone is the transaction."""
FEW = 4
"""With fewer fetches under way than this nothing is put off, since they would wait for it:
discovery goes step by step."""


class Commits:
    """The captures that wait to be committed. The disk is waited for once for all of them; the
    slower it is, the more have come meanwhile."""

    def __init__(self, pause_s: float = PAUSE_S) -> None:
        self._pause_s = pause_s
        self._waiting: deque[tuple[Understood, Future[Committed | None]]] = deque()
        self._under_way: asyncio.Future[None] | None = None
        self._all_here = asyncio.Event()
        self._next = 0.0

    async def take_in(
        self, ask: Ask, archive: Archive, capture: Understood, coming: Callable[[], int] = int
    ) -> Committed | None:
        """Take a capture in as `Archive.take_in` does, together with others that wait.

        Args:
            ask: Has the archive's thread call something, and raises what that raises.
            archive: Where it goes.
            capture: Its record is written.
            coming: Tells how many fetches are under way, this one among them: their captures may be
                worth waiting for.
        """
        done: Future[Committed | None] = Future()
        self._waiting.append((capture, done))
        if coming() < max(FEW, len(self._waiting) + 1):
            self._all_here.set()
        while not done.done():
            if self._under_way is None:
                await self._take_all(ask, archive)
            else:
                await asyncio.shield(self._under_way)
        if done.exception() is None:
            return done.result()
        found: Committed | None = await ask(done.result)
        return found

    async def _take_all(self, ask: Ask, archive: Archive) -> None:
        """Have all that waits taken in, at its time; whoever comes meanwhile waits for this one."""
        loop = asyncio.get_running_loop()
        self._under_way = loop.create_future()
        try:
            if (pause_s := self._next - loop.time()) > 0:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._all_here.wait(), pause_s)
            self._all_here.clear()
            await ask(self._taken_in, archive)
        finally:
            self._next = loop.time() + self._pause_s
            self._under_way.set_result(None)
            self._under_way = None

    def _taken_in(self, archive: Archive) -> None:
        while self._waiting:
            self._take_some(archive)

    def _take_some(self, archive: Archive) -> None:
        """Commit what waits; where one fails, each by itself, so that none is lost to another."""
        some = [self._waiting.popleft() for _ in range(min(MOST, len(self._waiting)))]
        results = archive.take_in_all([one for one, _ in some]) if len(some) > 1 else None
        if results is not None:
            for (_, done), result in zip(some, results, strict=True):
                done.set_result(result)
            return
        for one, done in some:
            try:
                done.set_result(archive.take_in(*one))
            except BaseException as error:  # noqa: BLE001 - whoever waits for it must hear of it
                done.set_exception(error)
