"""Tells the process that started a spider what happens, and adds it up: see
`pipeline.run.spider_events`."""

from __future__ import annotations

import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TextIO

from pipeline.run.spider_events import Captured, CrawlEnded, LeftUnread, to_line

if TYPE_CHECKING:
    from pipeline.run.spider_events import Event

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Progress:
    """Writes events and adds them up."""

    stream: TextIO
    counts: Counter[str] = field(default_factory=Counter)
    put_off: Counter[str] = field(default_factory=Counter)
    heard: bool = True

    def tell(self, event: Event) -> None:
        """Say what happened."""
        if isinstance(event, Captured):
            self.counts[event.outcome] += 1
            self.counts["captures"] += 1
        elif isinstance(event, LeftUnread):
            self.counts["unread"] += 1
        self._say(to_line(event))

    def left(self, host: str) -> None:
        """One page was not asked for, because its host makes us wait; it is due in the next run."""
        self.put_off[host] += 1

    def done(self, *, network: bool, reason: str, error: str | None = None) -> None:
        """The crawl has ended; see `CrawlEnded`."""
        left = dict(self.put_off.most_common())
        self.tell(CrawlEnded(dict(self.counts), left, network, reason, error))

    def _say(self, line: str) -> None:
        if not self.heard:
            return
        try:
            self.stream.write(line)
            self.stream.flush()
        except (BrokenPipeError, ValueError):
            # Whoever listened is gone. The captures matter more: go on without telling.
            self.heard = False
            logger.warning("nobody reads the progress any more")
