"""The whole world put together, and what is true in it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from math import gcd
from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome
from tests.replica import (
    documents,
    links,
    living,
    news,
    pictures,
    platforms,
    robots_sites,
    telegram,
    trouble,
)
from tests.replica.ctp import CriticalThreats, africa_reports
from tests.replica.facts import Expected, ReportFact, SourceFact
from tests.replica.isw_drupal import IswDrupal
from tests.replica.isw_wp import IswWordPress
from tests.replica.messages import Request, not_found
from tests.replica.past import past_reports
from tests.replica.reports import moment
from tests.replica.sites import Site, Web
from tests.replica.timeline import make_reports
from tests.replica.wayback import Wayback
from tests.replica.wayback import site as wayback_site

if TYPE_CHECKING:
    from datetime import datetime

    from tests.replica.messages import Reply
    from tests.replica.reports import Report

CITED_LONG_AGO = 160  # sources that the old reports cite as well
CITED_IN_AFRICA = 40
ISW = "understandingwar.org"
ARCHIVED_AT = (moment("2026-03-12T06:30"), moment("2026-03-19T18:00"))
"""When the archive made its copies: of every page that was there then."""


@dataclass(frozen=True, slots=True)
class Size:
    """How much of what repeats: articles of each newspaper, messages of each channel, posts of each
    account."""

    articles: int = 4
    messages: int = 7
    posts: int = 8


DEFAULT_SIZE = Size()
SMALL = Size(articles=1, messages=2, posts=1)
"""For quick runs; the misbehaving sites are all there."""


@cache
def _parts(size: Size) -> tuple[tuple[Site, ...], tuple[SourceFact, ...]]:
    papers, articles = news.sites(size.articles)
    short_sites, short_facts = links.sites([articles[5].url, articles[-4].url, articles[0].url])
    sites = [
        *papers,
        *short_sites,
        *telegram.sites(size.messages),
        *pictures.sites(),
        *platforms.sites(size.posts),
        *documents.sites(),
        *living.sites(),
        *robots_sites.sites(),
        *trouble.sites(),
    ]
    facts = [
        *articles,
        *news.variants(articles),
        *short_facts,
        *telegram.facts(size.messages),
        *platforms.facts(size.posts),
        *documents.facts(),
        *living.facts(),
        *robots_sites.facts(),
        *trouble.facts(),
    ]
    return tuple(sites), (*facts, *_archived_facts(articles))


def _archived_facts(articles: list[SourceFact]) -> list[SourceFact]:
    """Citations that go to the archive itself."""
    stamp = ARCHIVED_AT[0].strftime("%Y%m%d%H%M%S")
    held = next(a for a in articles if a.published and a.published < "2026-03-10")
    return [
        SourceFact(
            f"https://web.archive.org/web/{stamp}/{held.url}",
            title=held.title,
            language=held.language,
            platform="wayback",
            about="a memento of a newspaper",
        ),
        SourceFact(
            "https://web.archive.org/web/20260301000000/https://never-archived-replica.net/a",
            ((ARCHIVED_AT[0].replace(year=2000), Outcome.GONE),),
            platform="wayback",
            about="a memento that is not held",
        ),
    ]


def sources(size: Size = DEFAULT_SIZE) -> tuple[SourceFact, ...]:
    """Every source that the reports cite."""
    return _parts(size)[1]


@cache
def reports(size: Size = DEFAULT_SIZE) -> tuple[Report, ...]:
    """Every report of the world: ISW's new ones, the old ones, CTP's own."""
    urls = [fact.url for fact in _spread(sources(size))]
    whole = [url for url in urls if url.startswith("https") and " " not in url]
    old = past_reports(whole[:CITED_LONG_AGO])
    return (*make_reports(urls), *old, *africa_reports(urls[-CITED_IN_AFRICA:]))


def expected(at: datetime, size: Size = DEFAULT_SIZE) -> Expected:
    """What is true at a time."""
    there = tuple(ReportFact(r, state) for r in reports(size) if (state := r.at(at)))
    cited = {url for fact in there for url in fact.urls}
    return Expected(at, there, {fact.url: fact for fact in sources(size) if fact.url in cited})


def build_world(size: Size = DEFAULT_SIZE) -> Web:
    """Every site of the world."""
    every = reports(size)
    new = tuple(r for r in every if r.site == "isw")
    old = tuple(r for r in every if r.site == "drupal")
    moved = {
        "/" + alias.split("/", 3)[3]: report.url
        for report in new
        for alias in report.aliases
        if alias.startswith(f"https://www.{ISW}/")
    }
    web = Web()
    web.add(Site((ISW,), IswWordPress(new)))
    web.add(Site((f"www.{ISW}",), IswDrupal(old, moved)))
    web.add(Site(("www.criticalthreats.org", "criticalthreats.org"), CriticalThreats(every)))
    web.add(*_parts(size)[0])
    archivable = [*(r.url for r in every), *(f.url for f in sources(size) if _archivable(f))]
    wayback = Wayback(archivable, ARCHIVED_AT, lambda url, at: fetch(web, url, at))
    web.add(wayback_site(wayback))
    return web


def _archivable(fact: SourceFact) -> bool:
    return fact.outcomes[0][1] is Outcome.OK and fact.platform == "web"


def fetch(web: Web, url: str, at: datetime) -> Reply:
    """A site's answer without a network between: a plain GET."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    site = web.find(host)
    request = Request("GET", scheme, host, slash + path or "/", at=at)
    return site.handler(request) if site and site.network == "up" else not_found()


def _spread(facts: tuple[SourceFact, ...]) -> list[SourceFact]:
    """The sources in an order in which neighbours are of different sites, the same every time."""
    size = len(facts)
    stride = next(s for s in range(size // 3, 2 * size) if gcd(s, size) == 1)  # each comes once
    return [facts[i * stride % size] for i in range(size)]
