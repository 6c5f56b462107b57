"""Captures that are understood go into the database together: all that wait while the archive's
thread is at something else."""

from __future__ import annotations

from collections import deque
from concurrent.futures import Future
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from pipeline.run.ingest import Archive, Committed, Understood

    Ask = Callable[..., Awaitable[Any]]

MOST = 50
"""In one transaction: enough that a slow disk is waited for seldom, few enough for SQLite's
cache."""


class Commits:
    """What waits to be committed. The disk is waited for once for all of it: the slower it is, the
    more have come meanwhile."""

    def __init__(self) -> None:
        self._waiting: deque[tuple[Understood, Future[Committed | None]]] = deque()

    async def take_in(self, ask: Ask, archive: Archive, capture: Understood) -> Committed | None:
        """As the archive's own.

        Args:
            ask: Has the archive's thread do something, and raises what that raises.
            archive: Where it goes.
            capture: Its record stands.
        """
        done: Future[Committed | None] = Future()
        self._waiting.append((capture, done))
        found: Committed | None = await ask(self._taken_in, archive, done)
        return found

    def _taken_in(self, archive: Archive, done: Future[Committed | None]) -> Committed | None:
        while not done.done():
            self._take_some(archive)
        return done.result()

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
