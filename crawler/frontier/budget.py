"""Budgets of bytes: of a day, of one host's day, and of the archive in all.

What a budget leaves out is not recorded as anything: it is due as it was.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.model.vocabulary import Kind, Via
from crawler.frontier.spending import Spending

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from archive.config import Settings
    from crawler.frontier.fetches import Fetch

OF_HOSTS = frozenset({Kind.SOURCE, Kind.FILE, Kind.MEDIA, Kind.PROBE})
"""What a host's budget holds back. Reports are what the archive is for, and small; lists and
questions lead to them."""


@dataclass(slots=True, kw_only=True)
class Budget(Spending):
    """What may still be written. A limit of 0 is none.

    Attributes:
        per_day: Bytes of WARC records a day (UTC).
        per_host: The same for one registered domain.
        in_all: Bytes of all WARC files.
        left: Pages left out for their host's budget, by domain.
        first: The first of them.
    """

    per_day: int
    per_host: int
    in_all: int
    left: Counter[str] = field(default_factory=Counter)
    first: str | None = None

    @classmethod
    def of(
        cls, settings: Settings, domain: Callable[[str], str], today: Iterable[tuple[str, int]],
        held: int,
    ) -> Budget:  # fmt: skip
        """The budgets of the settings, with what is spent of them.

        Args:
            settings: Name the limits.
            domain: The registered domain of a URL.
            today: URL and bytes of each capture of this day.
            held: Bytes of all WARC files.
        """
        return cls(
            per_day=settings.max_bytes_per_day,
            per_host=settings.max_bytes_per_host_per_day,
            in_all=settings.max_bytes_in_all,
            domain=domain,
        ).begun(today, held)

    def over(self) -> tuple[str, str] | None:
        """Which budget is spent, so that nothing more may be fetched, and until when what waits is
        due; None: all is well."""
        if 0 < self.in_all <= self.held:
            return (
                f"the archive's budget of {self.in_all:,} bytes (max_bytes_in_all) is spent",
                "stay due until it is raised",
            )
        if 0 < self.per_day <= self.spent:
            return (
                f"the day's budget of {self.per_day:,} bytes (max_bytes_per_day) is spent",
                "are due tomorrow",
            )
        return None

    def leaves_out(self, fetch: Fetch) -> bool:
        """Whether a fetch has to wait until tomorrow for what its host has used up; then it is
        counted.

        A further try of what was begun, and what goes to another archive, are none.
        """
        url = fetch.target.url
        begun = fetch.tries or fetch.capture_id is not None
        of_host = fetch.target.kind in OF_HOSTS and fetch.via is Via.LIVE and not begun
        if not (0 < self.per_host <= self.hosts[self.domain(url)] and of_host):
            return False
        self.left[self.domain(url)] += 1
        self.first = self.first or url
        return True
