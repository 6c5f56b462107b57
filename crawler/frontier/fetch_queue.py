"""The frontier, with those who wait for it: whoever fills it, whoever takes from it, and whoever
waits for the end of a fetch."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

from crawler.frontier.fetches import Fetch

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.model.fetch import Target
    from crawler.frontier.fetches import Settled
    from crawler.frontier.frontier import Frontier


class FetchQueue:
    """What a crawl is to fetch. Every fetch that is taken is given back, once: released, or put
    back for a further try.

    Attributes:
        frontier: What waits, and how many are under way.
        settling: How many of those under way have come, and are being read or committed.
    """

    def __init__(self, frontier: Frontier, most_under_way: int) -> None:
        """A queue over an empty frontier.

        Args:
            frontier: What says which fetch comes next.
            most_under_way: Of all hosts together; one at least is always let go.
        """
        self.frontier = frontier
        self.settling = 0
        self._most_under_way = max(1, most_under_way)
        self._changed = asyncio.Event()
        self._taken = asyncio.Event()

    # --- for whoever fills it ---------------------------------------------------------------------

    def add(self, targets: Iterable[Target]) -> int:
        """Queue what was not queued before in this run. Returns how many."""
        return sum(self.put(Fetch(target)) for target in targets)

    def put(self, fetch: Fetch) -> bool:
        """Queue one fetch, unless it was asked for before in this run; says whether."""
        self._changed.set()
        return self.frontier.add(fetch)

    async def fetched(self, fetch: Fetch, *, first: bool = False) -> Settled | None:
        """Queue one fetch, and wait for its last try.

        Args:
            fetch: What to fetch.
            first: Before all else of its host.

        Returns:
            None when it was asked for before in this run, or when it was lost to an error of ours.
        """
        fetch.waiter = asyncio.get_running_loop().create_future()
        is_new = self.frontier.add(fetch, first=first)
        self._changed.set()
        return await fetch.waiter if is_new else None

    async def fetched_even_if_again(self, fetch: Fetch) -> Settled | None:
        """Queue one fetch, also where it was asked for before in this run, and wait for its last
        try.

        Returns:
            None when it was lost to an error of ours.
        """
        fetch.waiter = asyncio.get_running_loop().create_future()
        self.frontier.add_later(fetch, time.monotonic())
        self._changed.set()
        return await fetch.waiter

    async def wait_taken(self) -> None:
        """Wait until somebody looked for the next fetch: there may be room for more."""
        await self._taken.wait()
        self._taken.clear()

    # --- for whoever takes from it ----------------------------------------------------------------

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits, and nothing is under way."""
        return not len(self.frontier) and not self.frontier.under_way

    @property
    def is_full(self) -> bool:
        """Whether as many fetches are under way as may be."""
        return self.frontier.under_way >= self._most_under_way

    def take(self) -> Fetch | None:
        """The next fetch that may start, or None when none may at this moment."""
        if self.is_full:
            return None
        self._taken.set()
        return self.frontier.take(time.monotonic())

    async def wait(self, most_s: float) -> None:
        """Wait until something changes or the next further try is due, so many seconds at most."""
        # while as many are under way as may be, a try that is due cannot begin either
        due = None if self.is_full else self.frontier.next_time()
        timeout = most_s if due is None else min(most_s, max(0.0, due - time.monotonic()))
        # From Python 3.12 on, `wait_for` lets nobody else run where something has changed already:
        # a crawl that puts off what is under way would wait for ever for it to end.
        await asyncio.sleep(0)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._changed.wait(), timeout)
        self._changed.clear()

    def wake(self) -> None:
        """End what `wait` waits for: something changed."""
        self._changed.set()

    @contextlib.contextmanager
    def being_settled(self) -> Iterator[None]:
        """One fetch has come, and is read and committed inside the block."""
        self.settling += 1
        try:
            yield
        finally:
            self.settling -= 1

    def release(self, fetch: Fetch, settled: Settled | None) -> None:
        """End a fetch that was taken: no further try follows. Whoever waits for it is told how it
        ended; None: it was not settled."""
        self.frontier.done(fetch)
        _tell_waiter(fetch, settled)
        self._changed.set()

    def put_back(self, fetch: Fetch, following: Fetch, at: float) -> None:
        """End one try of a fetch, and queue the one that follows it.

        Args:
            fetch: The try that was taken.
            following: The next one.
            at: When it may begin, of `time.monotonic`.
        """
        self.frontier.done(fetch)
        self.frontier.add_later(following, at)
        self._changed.set()

    def drop_waiting(self) -> list[Fetch]:
        """Begin nothing more, and give back what waited."""
        dropped = self.frontier.drop_all()
        for fetch in dropped:
            _tell_waiter(fetch, None)
        self._changed.set()
        return dropped


def _tell_waiter(fetch: Fetch, settled: Settled | None) -> None:
    if fetch.waiter is not None and not fetch.waiter.done():
        fetch.waiter.set_result(settled)
