"""Whether our own network works: that a source cannot be reached means something only if somebody
else can.

A machine without a network sees every name gone and every host refuse. So a failed check counts
only once another host has answered after it, if only for its robots.txt.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.http.request import NO_CALLBACK

from archive.errors import ArchiveError
from archive.model.fetch import Target
from archive.model.vocabulary import Kind
from crawler.download.stopping import StoppingError
from crawler.frontier.robots_rules import MAX_BYTES

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence

    from scrapy.crawler import Crawler

SOON_S = 0.5
"""While checks are under way another host answers within that time; then nobody has to be asked."""
AT_ONCE = 4
ROUNDS = 3
"""Twelve hosts that were all there of late do not all fail at once."""


class OwnNetwork:
    """Asks hosts that answered of late, where no other answer comes by itself."""

    def __init__(
        self,
        hosts: Callable[[], Awaitable[Sequence[str]]],
        ask: Callable[[str], Awaitable[bool]],
        clock: Callable[[], float] = time.monotonic,
        soon_s: float = SOON_S,
    ) -> None:
        """For one crawl.

        Args:
            hosts: Gives those that may be asked, the likeliest to answer first; called once, when
                somebody has to be asked.
            ask: Whether a host answered.
            clock: Seconds that only grow.
            soon_s: How long an answer is waited for.
        """
        self._hosts = hosts
        self._ask = ask
        self._clock = clock
        self._soon_s = soon_s
        self._heard_at = float("-inf")
        self._answer = asyncio.Event()
        self._lock = asyncio.Lock()
        self._down = False

    def heard(self) -> None:
        """Some host answered."""
        self._heard_at = self._clock()
        self._answer.set()

    async def network_works(self) -> bool:
        """Whether a host answers from now on. Once none did, the network counts as down and is not
        tried again."""
        since = self._clock()
        self._answer.clear()
        if await self._comes_by_itself(since):
            return not self._down
        async with self._lock:
            if self._heard_at >= since or self._down:
                return not self._down
            self._down = not await self._any_answers(since)
            return not self._down

    async def _comes_by_itself(self, since: float) -> bool:
        """Whether an answer to something that was asked anyway came after `since`, or soon
        comes."""
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._answer.wait(), self._soon_s)
        return self._heard_at >= since

    async def _any_answers(self, since: float) -> bool:
        in_turn = itertools.cycle(dict.fromkeys(await self._hosts()))
        for _ in range(ROUNDS):
            hosts = set(itertools.islice(in_turn, AT_ONCE))
            if any(await asyncio.gather(*(self._ask(host) for host in hosts))):
                self.heard()
                return True
            # those asked may be refused at once, while others are only slow
            if await self._comes_by_itself(since):
                return True
        return False


async def answers(crawler: Crawler, host: str) -> bool:
    """Whether a host answers for its robots.txt, whatever it says; kept like any other.

    Raises:
        ArchiveError: The archive cannot be written.
        StoppingError: The crawl is being ended.
    """
    url = f"https://{host}/robots.txt"
    target = Target(url=url, kind=Kind.ROBOTS, reason="is there a network")
    meta = {"isw_robots": True, "isw_target": target, "isw_max_bytes": MAX_BYTES}
    request = Request(url, callback=NO_CALLBACK, dont_filter=True, meta=meta)
    if crawler.engine is None:
        raise AssertionError("a request before the engine started")
    try:
        await crawler.engine.download_async(request)
    except (ArchiveError, StoppingError):
        raise
    except Exception:  # noqa: BLE001 - whatever failed, it is no answer
        return False
    return True
