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
from pipeline.run.choose import probe_for

if TYPE_CHECKING:
    from archive.model.records import Target

FIRST_LOOK = 10
"""Checks whose answers are waited for before the others: they tell whether our clock is right."""


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
        if not self.network:
            return None
        fetch = Fetch(target)
        fetch.waiter = asyncio.get_running_loop().create_future()
        if not self.queue(fetch):
            return None
        settled = await fetch.waiter
        if settled is None:
            return None
        if settled.outcome is Outcome.OK:
            probe = await self.context.ask(
                probe_for,
                self.context.archive.db,
                target.subject or target.url,
                secrets.token_hex(8),
            )
            if probe is not None:
                self.queue(Fetch(probe))
        return settled.committed.clock_skew_s
