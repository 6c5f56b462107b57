"""What a module of this package declares: `SITE`, data alone. How to add one: CONTRIBUTING.md."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from archive.urls.publishers.registry import named

MAX_SHARDS = 40
"""Sitemap files followed. ISW had six of 1,000 posts in 2026; Yoast makes one for each thousand."""

MAX_LIST_PAGES = 200
"""Pages of one list followed; ISW's longest, /publications, had 179 in 2025."""


@dataclass(frozen=True, slots=True)
class StartPage:
    """One page that a step begins with.

    Attributes:
        url: Where it is.
        series: The only series that it lists, or None.
    """

    url: str
    series: str | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One way to find reports.

    Attributes:
        name: `sitemap`, `listing`, `feed`, `rest`, `pattern` or `wayback`: how its pages are read,
            and what health is kept under.
        pages: Where it begins; none for `pattern` and `wayback`, which are made of the days asked
            for.
        depth: How many further pages it may follow from each of them.
        follow: Only pages whose URL this expression finds are followed, unless it finds none.
    """

    name: str
    pages: tuple[StartPage, ...] = ()
    depth: int = 0
    follow: str = ""


@dataclass(frozen=True, slots=True)
class Guess:
    """An address that reports of a series would have, in a time.

    Attributes:
        address: With `{long}` for a day such as `march-9-2026`, `{short}` for `march-9`.
        series: Its slug.
        since: The first day that has it.
        until: The first day that no longer has it.
    """

    address: str
    series: str
    since: date = date.min
    until: date = date.max

    def is_of(self, day: date) -> bool:
        """Whether reports of a day would stand there."""
        return self.since <= day < self.until


@dataclass(frozen=True, slots=True)
class Site:
    """How the reports of a publisher are found on its own site.

    Attributes:
        name: As `archive/urls/publishers/` has it.
        steps: In the order in which they are tried, most telling first.
        archived: Prefixes under which a Wayback is asked for its reports.
        guesses: Addresses that follow from the day, most likely first.
        looks: Times of day, New York's, HH:MM, at which the site is looked at; none in the hours (1
            to 3) that a change of the clock doubles or leaps over.
        hosts_of: Under which it answers, where that is not its domain with and without `www.`
    """

    name: str
    steps: tuple[Step, ...]
    archived: tuple[str, ...] = ()
    guesses: tuple[Guess, ...] = ()
    looks: tuple[str, ...] = ()
    hosts_of: frozenset[str] = frozenset()

    @property
    def hosts(self) -> frozenset[str]:
        """The hosts under which the site answers."""
        if self.hosts_of:
            return self.hosts_of
        domain = named(self.name).domain
        return frozenset({f"{domain}", f"www.{domain}"})
