"""Looks again at sources that were captured before, and asks hosts what they answer to addresses that cannot exist."""

from __future__ import annotations

import asyncio
import secrets
from typing import TYPE_CHECKING

from archive.clock import now
from archive.errors import ArchiveError
from archive.model.records import Outcome
from crawler.frontier.targets import Fetch
from crawler.spiders.base import CaptureSpider
from pipeline.decide.verdicts.sight import MAX_CLOCK_SKEW_S
from pipeline.run.choose import control_for, probe_for

if TYPE_CHECKING:
    from archive.model.records import Target
    from crawler.handle import Settled

FIRST_LOOK = 10
"""Checks whose answers are waited for before the others: they tell whether our clock is right."""

CONTROLS = 2
"""A page known to be good, and where that says nothing the host's front page."""
DAY_S = 86_400


class ChecksSpider(CaptureSpider):
    """Makes the checks that are planned, each once."""

    name = "checks"

    async def feed(self) -> None:
        """Check what is due; stop before the most of it where our clock and the servers' disagree."""
        context = self.context
        due = await context.ask(context.archive.checks_due, now(), context.job)
        skews = await asyncio.gather(*(self._check(target) for target in due[:FIRST_LOOK]))
        told = sorted(skew for skew in skews if skew is not None)
        middle = told[len(told) // 2] if told else 0
        if abs(middle) > MAX_CLOCK_SKEW_S:
            raise ArchiveError(
                f"our clock and the servers' are {middle / DAY_S:.1f} days apart; "
                "set the machine's clock and run again; no verdict was changed"
            )
        if self.network:
            await asyncio.gather(*(self._check(target) for target in due[FIRST_LOOK:]))

    async def _check(self, target: Target) -> int | None:
        """Check one source, and probe its host where that may change the verdict; gives the clocks' distance in seconds."""
        settled = await self._settled(target)
        if settled is None:
            return None
        if settled.outcome in {Outcome.OK, Outcome.NOT_MODIFIED}:
            await self._ask_host(target.subject or target.url)
        return settled.committed.clock_skew_s

    async def _ask_host(self, cited: str) -> None:
        """Ask a source's host what it answers elsewhere, as far as that may change the verdict."""
        db = self.context.archive.db
        probe = await self.context.ask(probe_for, db, cited, secrets.token_hex(8))
        if probe is not None and await self._settled(probe) is None:
            return
        for _ in range(CONTROLS):
            control = await self.context.ask(control_for, db, cited)
            if control is None or await self._settled(control) is None:
                return

    async def _settled(self, target: Target) -> Settled | None:
        """The end of one fetch; None when it was asked for before in this run, or lost."""
        fetch = Fetch(target)
        fetch.waiter = asyncio.get_running_loop().create_future()
        return await fetch.waiter if self.network and self.queue(fetch) else None
