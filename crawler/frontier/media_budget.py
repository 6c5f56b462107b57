"""Budgets of bytes for what pages show: of a file, of a host's day, of a day, and of all.

What a budget leaves out is named in `media_left` with its reason, and is due as it was.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model.vocabulary import Kind
from crawler.frontier.spending import Spending
from pipeline.decide.media import AGAIN

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archive.config import Settings
    from crawler.frontier.fetches import Fetch


@dataclass(slots=True, kw_only=True)
class MediaBudget(Spending):
    """What may still be fetched of what pages show. A limit of 0 is none.

    Attributes:
        per_file: Bytes of one body.
        per_day: Bytes of WARC records a day (UTC).
        per_host: The same for one registered domain.
        in_all: Bytes of all such records.
    """

    per_file: int
    per_day: int
    per_host: int
    in_all: int

    @classmethod
    def of(
        cls, settings: Settings, domain: Callable[[str], str], today: Iterable[tuple[str, int]],
        held: int,
    ) -> MediaBudget:  # fmt: skip
        """The budgets of the settings, with what is spent of them.

        Args:
            settings: Name the limits.
            domain: The registered domain of a URL.
            today: URL and bytes of each such capture of this day.
            held: Bytes of all such captures, this day's among them.
        """
        return cls(
            per_file=min(settings.media_max_bytes, settings.max_bytes),
            per_day=settings.media_bytes_per_day,
            per_host=settings.media_bytes_per_host_per_day,
            in_all=settings.media_bytes_in_all,
            domain=domain,
        ).begun(today, held)

    def why_left(self, fetch: Fetch) -> str | None:
        """Which budget leaves a fetch out, in words; None: it may be made.

        A further try of what was begun is none.
        """
        if fetch.target.kind is not Kind.MEDIA or fetch.tries or fetch.capture_id is not None:
            return None
        host = self.domain(fetch.target.url)
        if 0 < self.in_all <= self.held:
            return f"the budget of {self.in_all:,} bytes (media_bytes_in_all) is spent; {AGAIN}"
        if 0 < self.per_day <= self.spent:
            return f"the day's budget of {self.per_day:,} bytes (media_bytes_per_day) was spent"
        if 0 < self.per_host <= self.hosts[host]:
            return (
                f"the day's budget of {host}, {self.per_host:,} bytes "
                "(media_bytes_per_host_per_day), was spent"
            )
        return None
