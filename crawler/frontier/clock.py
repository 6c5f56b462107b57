"""Whether our clock is right, before anything is kept under it: a machine without a battery clock
starts in 1970.

Each answer states its server's time. The first that agrees with ours proves our clock right for the
whole run. An answer that disagrees may be wrong itself: then other hosts are asked for their
robots.txt, and nothing is kept until they have answered.
"""

from __future__ import annotations

import asyncio
import contextlib
from functools import partial
from typing import TYPE_CHECKING

from archive.clock import now
from archive.model.times import format_time
from pipeline.read.clocks import is_apart, skew_s

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Sequence
    from datetime import datetime

    from scrapy.http import Response

DAY_S = 86_400
SOON_S = 0.5
"""While a run is under way some host answers within this time, and nobody has to be asked."""
NAMED = 3
ASKED = 6
"""Other hosts that are asked at once; that all of them have wrong clocks, and the same, is no
accident."""


class ClockGate:
    """Lets nothing be kept as long as it is not known whether our clock is right."""

    def __init__(
        self,
        hosts: Callable[[], Awaitable[Sequence[str]]],
        ask: Callable[[str], Awaitable[object]],
        clock: Callable[[], datetime] = now,
    ) -> None:
        """For one crawl.

        Args:
            hosts: Gives those that may be asked, the likeliest to answer first.
            ask: Fetches something small from a host; its answer comes to `heard` like all others.
            clock: Ours.
        """
        self._hosts = hosts
        self._ask = ask
        self._clock = clock
        self._right = False
        self._against: dict[str, int] = {}
        self._waited_for: set[str] = set()
        self._decided = asyncio.Event()
        self._asking: asyncio.Task[None] | None = None

    def heard(self, host: str, response: Response) -> None:
        """Take account of what an answer says of our clock; only a site's own answer counts."""
        if self._right:
            return
        skew = _skew(response, self._clock())
        if skew is not None and not is_apart(skew):
            self._right = True
            self._decided.set()
        elif skew is not None:
            if not self._against:
                self._decided.clear()  # as long as nobody had spoken there was nothing to decide
            self._against.setdefault(host, skew)
            self._begin_asking()
        self._no_more_from(host)

    def silent(self, host: str) -> None:
        """Note that a host did not answer."""
        self._no_more_from(host)

    async def objection(self, *, failed: bool) -> str | None:
        """Why nothing may be kept, once that is known; None when all is well, or nobody says
        anything.

        Args:
            failed: What is to be kept is that nobody answered, which says nothing of a clock: so
                others are heard first.
        """
        if failed and not self._right and not self._against:
            await self._others_heard()
        if self._right or not self._against:
            return None
        await self._decided.wait()
        return None if self._right else self._objection()

    async def _others_heard(self) -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._decided.wait(), SOON_S)  # from what is under way
            return
        # an answer that came in the moment in which the time was over has decided it
        if not self._right:
            self._begin_asking()
            await self._decided.wait()

    def _objection(self) -> str:
        middle = sorted(self._against.values())[len(self._against) // 2]
        named = ", ".join(sorted(self._against)[:NAMED])
        return (
            f"our clock says {format_time(self._clock())}, {abs(middle) / DAY_S:.1f} days apart "
            f"from the clock of every server that said its time ({named}); set the machine's "
            "clock and run again; nothing was kept"
        )

    def _begin_asking(self) -> None:
        """Ask other hosts, once for each doubt."""
        if self._asking is None or (self._asking.done() and not self._waited_for):
            self._decided.clear()
            self._asking = asyncio.ensure_future(self._ask_others())

    async def _ask_others(self) -> None:
        others = [host for host in await self._hosts() if host not in self._against][:ASKED]
        if self._right:
            self._decided.set()
            return
        self._waited_for = set(others)
        for host in others:
            # whatever becomes of it; what it says is noted before
            asyncio.ensure_future(self._ask(host)).add_done_callback(partial(self._ended, host))
        if not others:
            self._decided.set()

    def _ended(self, host: str, done: asyncio.Future[object]) -> None:
        if not done.cancelled():
            done.exception()  # asked for, so that nobody warns of it
        self.silent(host)

    def _no_more_from(self, host: str) -> None:
        if host in self._waited_for:
            self._waited_for.discard(host)
            if not self._waited_for:
                self._decided.set()


def _skew(response: Response, at: datetime) -> int | None:
    """Seconds that our clock is ahead of the server's; an answer from a cache has grown old there
    (`Age`)."""
    told, age = ((response.headers.get(name) or b"").decode("latin-1") for name in ("Date", "Age"))
    skew = skew_s(told, at)
    aged = int(age[:9]) if age.isascii() and age.isdigit() else 0
    return None if skew is None else skew - aged
