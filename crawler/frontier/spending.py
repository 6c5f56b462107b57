"""What was spent of a budget of bytes."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from typing import Self


@dataclass(slots=True, kw_only=True)
class Spending:
    """Bytes of WARC records.

    Attributes:
        domain: The registered domain of a URL.
        spent: Of today (UTC), before this run and by it.
        held: In all.
        hosts: Of today, by domain.
    """

    domain: Callable[[str], str]
    spent: int = 0
    held: int = 0
    hosts: Counter[str] = field(default_factory=Counter)

    def begun(self, today: Iterable[tuple[str, int]], held: int) -> Self:
        """This, once it has counted what was spent before this run.

        Args:
            today: URL and bytes of each capture of this day.
            held: Bytes in all, this day's among them.
        """
        for url, length in today:
            self.add(url, length)
        self.held = held
        return self

    def add(self, url: str, length: int) -> None:
        """Note that a record was written."""
        self.spent += length
        self.held += length
        self.hosts[self.domain(url)] += length
