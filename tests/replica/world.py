"""The whole world put together, and what is true in it."""

from __future__ import annotations

from functools import cache
from math import gcd
from typing import TYPE_CHECKING

from tests.replica import news
from tests.replica.ctp import CriticalThreats, africa_reports
from tests.replica.facts import Expected, ReportFact, SourceFact
from tests.replica.isw_drupal import IswDrupal
from tests.replica.isw_wp import IswWordPress
from tests.replica.past import past_reports
from tests.replica.sites import Site, Web
from tests.replica.timeline import make_reports

if TYPE_CHECKING:
    from datetime import datetime

    from tests.replica.reports import Report

ARTICLES = 3  # of each outlet
CITED_LONG_AGO = 24  # sources that the old reports cite as well
CITED_IN_AFRICA = 16
ISW = "understandingwar.org"


@cache
def _parts() -> tuple[tuple[Site, ...], tuple[SourceFact, ...]]:
    sites, facts = news.sites(ARTICLES)
    return tuple(sites), tuple(facts)


def sources() -> tuple[SourceFact, ...]:
    """Every source that the reports cite."""
    return _parts()[1]


@cache
def reports() -> tuple[Report, ...]:
    """Every report of the world: ISW's new ones, the old ones, CTP's own."""
    urls = [fact.url for fact in _spread(sources())]
    old = past_reports([url for url in urls if url.startswith("https")][:CITED_LONG_AGO])
    return (*make_reports(urls), *old, *africa_reports(urls[-CITED_IN_AFRICA:]))


def expected(at: datetime) -> Expected:
    """What is true at a time."""
    there = tuple(ReportFact(r, state) for r in reports() if (state := r.at(at)))
    cited = {url for fact in there for url in fact.urls}
    return Expected(at, there, {fact.url: fact for fact in sources() if fact.url in cited})


def build_world() -> Web:
    """Every site of the world."""
    new = tuple(r for r in reports() if r.site == "isw")
    old = tuple(r for r in reports() if r.site == "drupal")
    moved = {
        "/" + alias.split("/", 3)[3]: report.url
        for report in new
        for alias in report.aliases
        if alias.startswith(f"https://www.{ISW}/")
    }
    web = Web()
    web.add(Site((ISW,), IswWordPress(new)))
    web.add(Site((f"www.{ISW}",), IswDrupal(old, moved)))
    web.add(Site(("www.criticalthreats.org", "criticalthreats.org"), CriticalThreats(reports())))
    web.add(*_parts()[0])
    return web


def _spread(facts: tuple[SourceFact, ...]) -> list[SourceFact]:
    """The sources in an order in which neighbours are of different sites, the same every time."""
    size = len(facts)
    stride = next(s for s in range(7, size + 8) if gcd(s, size) == 1)  # so that each comes once
    return [facts[i * stride % size] for i in range(size)]
