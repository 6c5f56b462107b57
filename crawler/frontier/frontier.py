"""Which fetch comes next."""

from __future__ import annotations

import heapq
import itertools
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from archive.model.vocabulary import Kind
    from crawler.frontier.fetches import Fetch


class Frontier:
    """Which fetch comes next: spread over hosts, at most a few of one host under way.

    Each host has a queue; hosts take turns, and a host that has enough under way is passed over.

    Why not Scrapy's own (`DownloaderAwarePriorityQueue`, its default): it prefers the site with the
    fewest requests in the downloader, but passes none over. Once the quick sites are done it fills
    all places (`CONCURRENT_REQUESTS`) with requests that wait for the same slow one, and a source
    of a quick site that is cited only then waits behind them. Nor can it hold a further try until
    its time, put one fetch before the others of its host, know that an address was asked for before
    for the same purpose, or give back what waits when a run ends and leaves it for the next.
    """

    def __init__(self, host_of: Callable[[str], str], per_host: int) -> None:
        """An empty frontier.

        Args:
            host_of: The key under which URLs share their politeness, for example the registered
                domain.
            per_host: How many fetches of one host may be under way.
        """
        self._host_of = host_of
        self._per_host = per_host
        self._queues: dict[str, deque[Fetch]] = {}
        self._turns: deque[str] = deque()
        self._active: dict[str, int] = {}
        self._seen: set[tuple[Kind, str, str]] = set()
        self._later: list[tuple[float, int, Fetch]] = []
        self._order = itertools.count()

    def __len__(self) -> int:
        """How many fetches wait, now or for their time."""
        return self.ready + len(self._later)

    @property
    def ready(self) -> int:
        """How many fetches wait for nothing but their turn."""
        return sum(map(len, self._queues.values()))

    def queued(self) -> Iterator[Fetch]:
        """The fetches that wait for nothing but their turn."""
        return itertools.chain.from_iterable(self._queues.values())

    @property
    def under_way(self) -> int:
        """How many fetches were taken and are not done."""
        return sum(self._active.values())

    def add(self, fetch: Fetch, *, first: bool = False) -> bool:
        """Queue it, unless it was asked for before in this run, for the same purpose; says whether.

        Args:
            fetch: What to fetch.
            first: Before everything else of its host.
        """
        purpose = fetch.purpose
        if purpose in self._seen:
            return False
        self._seen.add(purpose)
        self._push(fetch, first=first)
        return True

    def knows(self, fetch: Fetch) -> bool:
        """Whether it was asked for before in this run, for the same purpose."""
        return fetch.purpose in self._seen

    def drop_all(self) -> list[Fetch]:
        """Empty it of all that waits, and give that back."""
        waiting = [fetch for queue in self._queues.values() for fetch in queue]
        waiting += [fetch for _, _, fetch in self._later]
        self._queues.clear()
        self._turns.clear()
        self._later.clear()
        return waiting

    def add_later(self, fetch: Fetch, at: float) -> None:
        """Queue a further try for the moment `at`, of the clock that `take` is told."""
        heapq.heappush(self._later, (at, next(self._order), fetch))

    def take(self, now: float) -> Fetch | None:
        """The next fetch that may start, or None when none may at this moment."""
        while self._later and self._later[0][0] <= now:
            self._push(heapq.heappop(self._later)[2])
        for _ in range(len(self._turns)):
            host = self._turns[0]
            if self._active.get(host, 0) < self._per_host:
                return self._pop()
            self._turns.rotate(-1)
        return None

    def next_time(self) -> float | None:
        """When the earliest further try is due; None when there is none."""
        return self._later[0][0] if self._later else None

    def done(self, fetch: Fetch) -> None:
        """A fetch that was taken has ended."""
        host = self._host_of(fetch.target.url)
        self._active[host] -= 1
        if not self._active[host]:
            del self._active[host]

    def _push(self, fetch: Fetch, *, first: bool = False) -> None:
        host = self._host_of(fetch.target.url)
        if host not in self._queues:
            self._queues[host] = deque()
            self._turns.append(host)
        if first:
            self._queues[host].appendleft(fetch)
        else:
            self._queues[host].append(fetch)

    def _pop(self) -> Fetch:
        """The next of the host whose turn it is; its next turn is the last."""
        host = self._turns.popleft()
        queue = self._queues[host]
        fetch = queue.popleft()
        if queue:
            self._turns.append(host)
        else:
            del self._queues[host]
        self._active[host] = self._active.get(host, 0) + 1
        return fetch
