"""What a spider tells the process that started it: one JSON object a line, on standard output.

    {"event": "capture", "kind", "url", "outcome", "status", "detail"}
    {"event": "unread", "kind", "url"}
    {"event": "discovery", "step", "site", "ok", "count", "detail"}
    {"event": "submissions", "handed_in", "saved", "failed", "pending", "detail", "problem"}
    {"event": "mementos", "asked", "held", "listed", "none", "detail"}
    {"event": "done", "counts": {...}, "left": {host: n}, "network": bool, "reason": str, "error": str | null}

Logs go to standard error. `counts` holds one number for each outcome, and `captures`, `versions` (new ones),
`incomplete`, `failures` (pages kept but not understood).
"""

from __future__ import annotations

import json
import logging
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from archive.model.vocabulary import Kind, Outcome

logger = logging.getLogger(__name__)


@dataclass(slots=True)
class Progress:
    """Writes events and adds them up."""

    stream: TextIO
    counts: Counter[str] = field(default_factory=Counter)
    put_off: Counter[str] = field(default_factory=Counter)
    heard: bool = True

    def capture(
        self,
        kind: Kind | str,
        url: str,
        outcome: Outcome | str,
        status: int | None,
        detail: str | None,
    ) -> None:
        """One capture is kept and understood.

        Args:
            kind: What it was for.
            url: The URL asked for.
            outcome: How the fetch ended.
            status: HTTP status; None when nothing answered.
            detail: One line for a person, or None when there is nothing to add.
        """
        self.counts[str(outcome)] += 1
        self.counts["captures"] += 1
        fields = {"kind": str(kind), "url": url, "outcome": str(outcome), "status": status}
        self._say({"event": "capture", **fields, "detail": detail})

    def unread(self, kind: Kind | str, url: str) -> None:
        """One capture is kept, and no worker lived to read it."""
        self.counts["unread"] += 1
        self._say({"event": "unread", "kind": str(kind), "url": url})

    def discovery(self, step: str, site: str, *, ok: bool, count: int, detail: str | None) -> None:
        """One discovery step has ended."""
        self._say(
            {
                "event": "discovery",
                "step": step,
                "site": site,
                "ok": ok,
                "count": count,
                "detail": detail,
            }
        )

    def mementos(
        self, *, asked: int, held: int, listed: int, none: int, detail: str | None
    ) -> None:
        """Another archive was asked for copies of sources.

        Args:
            asked: About how many sources.
            held: Of how many a copy is kept now.
            listed: Of how many whose page is there it names one.
            none: Of how many it holds none.
            detail: Why it was left alone before all was asked, or None.
        """
        numbers = {"asked": asked, "held": held, "listed": listed, "none": none}
        self._say({"event": "mementos", **numbers, "detail": detail})

    def submissions(
        self,
        *,
        handed_in: int,
        saved: int,
        failed: int,
        pending: int,
        detail: str | None,
        problem: bool,
    ) -> None:
        """Pages were handed to another archive to be saved.

        Args:
            handed_in: How many.
            saved: Of how many it is known now that they were saved, of earlier runs, too.
            failed: Of how many, that they were not.
            pending: How many jobs go on.
            detail: Why it was left alone before all was handed in, or None.
            problem: That needs a person.
        """
        numbers = {"handed_in": handed_in, "saved": saved, "failed": failed, "pending": pending}
        self._say({"event": "submissions", **numbers, "detail": detail, "problem": problem})

    def left(self, host: str) -> None:
        """One page was not asked for, because its host makes us wait; it is due in the next run."""
        self.put_off[host] += 1

    def done(self, *, network: bool, reason: str, error: str | None = None) -> None:
        """The crawl has ended; nothing follows.

        Args:
            network: False when no discovery step of any site could connect.
            reason: Scrapy's closing reason; `finished` when all was done.
            error: What ended it early, for a person, or None.
        """
        self._say(
            {
                "event": "done",
                "counts": dict(self.counts),
                "left": dict(self.put_off.most_common()),
                "network": network,
                "reason": reason,
                "error": error,
            }
        )

    def _say(self, event: dict[str, Any]) -> None:
        if not self.heard:
            return
        try:
            self.stream.write(json.dumps(event, ensure_ascii=False) + "\n")
            self.stream.flush()
        except (BrokenPipeError, ValueError):
            # Whoever listened is gone. The captures matter more: go on without telling.
            self.heard = False
            logger.warning("nobody reads the progress any more")
