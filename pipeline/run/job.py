"""What a spider is told to do, and what it says while doing it."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path


NAMED = "named"
"""Why a report is captured that the command line names."""


@dataclass(frozen=True, slots=True)
class SpiderJob:
    """One crawl, handed to a spider's process as a JSON file.

    Attributes:
        data: The data folder.
        config: The configuration file given on the command line, or None.
        run: Id of the run, kept with each capture.
        series: Only reports of this series (slug).
        publisher: Only the discovery of this publisher's site; what is due is taken of all.
        since, until: Only reports dated in this range, `YYYY-MM-DD`, both ends included.
        urls: Capture exactly these, now; empty: discover, and take what is due.
        reason: Why, for captures on demand.
        discover: False: no discovery, only what is due or named.
        limit: At most so many checks.
        all_due: Every check that is due, whatever the day's budget.
        early: Only the early looks that are due.
        media: Only what `urls` show, of all kinds and whatever the budgets.
        in_turn: Another archive is asked about sources whose pages are there, too, as far as the
            day's budget goes.
        sources: What the reports cite is captured next, by the same process.
        order: File with an order of a cluster's queue (`pipeline.run.cluster.order`): what it names
            is captured, into WARC files alone.
    """

    data: str
    run: str
    config: str | None = None
    series: str | None = None
    publisher: str | None = None
    since: str | None = None
    until: str | None = None
    urls: tuple[str, ...] = ()
    reason: str | None = None
    discover: bool = True
    limit: int | None = None
    all_due: bool = False
    in_turn: bool = False
    early: bool = False
    sources: bool = False
    media: bool = False
    order: str | None = None

    def write(self, path: Path) -> None:
        """Keep it as JSON."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> SpiderJob:
        """The job that `write` kept."""
        fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{**fields, "urls": tuple(fields["urls"])})
