"""Tells the process that started a spider what happens, and adds it up
(`pipeline.run.spider_events`)."""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from pipeline.run.spider_events import Captured, CrawlEnded, LeftUnread, to_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.run.spider_events import Event

logger = logging.getLogger(__name__)

SOON_S = 0.05
"""Captures within so many seconds are sent together: each write wakes up the process that listens,
and no person reads twenty lines a second."""


@dataclass(slots=True)
class Progress:
    """Writes events and adds them up."""

    stream: TextIO
    counts: Counter[str] = field(default_factory=Counter)
    put_off: Counter[str] = field(default_factory=Counter)
    heard: bool = True
    _unsaid: list[str] = field(default_factory=list)

    def tell(self, event: Event) -> None:
        """Say what happened."""
        if isinstance(event, Captured):
            self.counts[event.outcome] += 1
            self.counts["captures"] += 1
        elif isinstance(event, LeftUnread):
            self.counts["unread"] += 1
        self._unsaid.append(to_line(event))
        # of several the first has it called
        if isinstance(event, Captured) and (len(self._unsaid) > 1 or _soon(self._say)):
            return
        self._say()

    def left(self, host: str) -> None:
        """One page was not asked for, because its host makes us wait; it is due in the next run."""
        self.put_off[host] += 1

    def done(self, *, network: bool, reason: str, error: str | None = None) -> None:
        """The crawl has ended; see `CrawlEnded`."""
        left = dict(self.put_off.most_common())
        self.tell(CrawlEnded(dict(self.counts), left, network, reason, error))

    def _say(self) -> None:
        lines, self._unsaid = "".join(self._unsaid), []
        if not (self.heard and lines):
            return
        try:
            self.stream.write(lines)
            self.stream.flush()
        except (BrokenPipeError, ValueError):
            # Whoever listened is gone. The captures matter more: go on without telling.
            self.heard = False
            logger.warning("nobody reads the progress any more")


def _soon(call: Callable[[], None]) -> bool:
    """Have the running event loop call something soon; False where no loop is running."""
    try:
        asyncio.get_running_loop().call_later(SOON_S, call)
    except RuntimeError:
        return False
    return True
