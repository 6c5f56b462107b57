"""The web of the demo's year: the publishers, the sources, another archive."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from tests.replica.ctp import CriticalThreats
from tests.replica.isw_drupal import IswDrupal
from tests.replica.isw_wp import IswWordPress
from tests.replica.lives_web import sites
from tests.replica.maps import map_png
from tests.replica.messages import not_found
from tests.replica.prose import rng_for
from tests.replica.sites import Site, Web
from tests.replica.wayback import Wayback
from tests.replica.wayback import site as wayback_site
from tests.replica.world import ISW, fetch

if TYPE_CHECKING:
    from datetime import datetime

    from tests.replica.messages import Reply
    from tests.replica.year import Year

COPIED_ON = (362, 272, 182, 92, 6)
"""Days before the end on which the other archive made its copies."""
COPIED_SHARE = 0.5
"""Of the newspapers' articles; of posts it has none, as is usual."""


def build(year: Year) -> Web:
    """Every site of the year."""
    web = Web()
    own = tuple(report for report in year.reports if report.site == "isw")
    web.add(Site((ISW,), IswWordPress(own, map_png)))
    web.add(Site((f"www.{ISW}",), IswDrupal((), {})))
    web.add(Site(("www.criticalthreats.org", "criticalthreats.org"), CriticalThreats(year.reports)))
    web.add(*sites(year.lives, talking=True))
    led = {life.url: life for life in year.lives}

    def visit(url: str, at: datetime) -> Reply:
        life = led[url]
        there = life.published <= at and not life.state(at).whole_host
        return fetch(web, url, at) if there else not_found()

    days = tuple(year.end - timedelta(days=days) for days in COPIED_ON)
    web.add(wayback_site(Wayback(_copied(year), days, visit)))
    return web


def _copied(year: Year) -> list[str]:
    articles = [life.url for life in year.lives if life.kind == "article"]
    return [url for url in articles if rng_for(f"copied {url}").random() < COPIED_SHARE]
