"""The whole world put together, and what is true in it."""

from __future__ import annotations

from functools import cache
from math import gcd
from typing import TYPE_CHECKING

from tests.replica import news
from tests.replica.facts import Expected, ReportFact, SourceFact
from tests.replica.isw_wp import IswWordPress
from tests.replica.sites import Site, Web
from tests.replica.timeline import make_reports

if TYPE_CHECKING:
    from datetime import datetime

    from tests.replica.reports import Report

ARTICLES = 3  # of each outlet


@cache
def _parts() -> tuple[tuple[Site, ...], tuple[SourceFact, ...]]:
    sites, facts = news.sites(ARTICLES)
    return tuple(sites), tuple(facts)


def sources() -> tuple[SourceFact, ...]:
    """Every source that the reports cite."""
    return _parts()[1]


@cache
def reports() -> tuple[Report, ...]:
    """Every report of the world, in the order they appear."""
    return make_reports([fact.url for fact in _spread(sources())])


def expected(at: datetime) -> Expected:
    """What is true at a time."""
    there = tuple(ReportFact(r, state) for r in reports() if (state := r.at(at)))
    cited = {url for fact in there for url in fact.urls}
    return Expected(at, there, {fact.url: fact for fact in sources() if fact.url in cited})


def build_world() -> Web:
    """Every site of the world."""
    web = Web()
    web.add(Site(("understandingwar.org", "www.understandingwar.org"), IswWordPress(reports())))
    web.add(*_parts()[0])
    return web


def _spread(facts: tuple[SourceFact, ...]) -> list[SourceFact]:
    """The sources in an order in which neighbours are of different sites, the same every time."""
    size = len(facts)
    stride = next(s for s in range(7, size + 8) if gcd(s, size) == 1)  # so that each comes once
    return [facts[i * stride % size] for i in range(size)]
