"""What a module of this package declares: `PUBLISHER`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import re
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher as its addresses show it.

    Hosts are in lower case and without `www.`; paths are decoded, in lower case, and begin with
    their slash.

    Attributes:
        name: As `publications.publisher` has it; of an own site also as `sources.platform` has it.
        title: Its name in print.
        rank: Whose publication stands for a report that several publish: the lowest.
        reports: For each host, the whole paths under which a report may stand.
        lists: Paths of that form that list reports.
        home: The host, with `www.` where it answers so, of a site of its own; None where its
            reports stand among pages of others.
        linked: For each host, further paths that a report links as its own or another's address.
    """

    name: str
    title: str
    rank: int
    reports: Mapping[str, re.Pattern[str]]
    lists: re.Pattern[str] | None = None
    home: str | None = None
    linked: Mapping[str, re.Pattern[str]] = field(default_factory=dict)

    @property
    def domain(self) -> str | None:
        """The domain of its own site: there it is asked gently, with and without `www.` alike."""
        return self.home.removeprefix("www.") if self.home else None

    @property
    def own_hosts(self) -> tuple[str, ...]:
        """All hosts of its reports, where those are its own."""
        return tuple(self.reports) if self.home else ()
