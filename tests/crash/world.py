"""A web small enough that a trial takes seconds, with every kind of page whose outcome comes from
reading it."""

from __future__ import annotations

import gzip
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING

from tests.replica import living, news, trouble
from tests.replica.ctp import CriticalThreats
from tests.replica.isw_wp import IswWordPress
from tests.replica.messages import Reply
from tests.replica.sites import Site, Web
from tests.replica.timeline import make_reports
from tests.replica.wayback import Wayback
from tests.replica.wayback import site as wayback_site
from tests.replica.world import ARCHIVED_AT, fetch

if TYPE_CHECKING:
    from pathlib import Path

    from tests.replica.reports import Report

AT = datetime(2026, 3, 20, 12, tzinfo=UTC)
"""When the archive is first collected."""
LATER = AT + timedelta(days=8)
"""When it is checked: everything is due, and the pages of `tests.replica.living` have changed,
moved or gone."""
COUNTING = ("https://frame-living.org/", "https://dies-410-living.org/")
"""Left out: their answers depend on how often they were asked, so that no two trials would be
alike."""
TROUBLES = (
    "gone-404",
    "gone-410",
    "forbidden-403",
    "challenge-200",
    "redirect-home",
    "empty",
    "js-shell",
    "paywall",
    "members-only",
    "parked",
    "soft-404",
    "soft-404-ru",
)
"""Misbehaviours that are answered at once; most of them show in the page's text alone, not in its
status."""


def _troubles() -> list[trouble.Trouble]:
    return [one for one in trouble.TABLE if one.name in TROUBLES]


@cache
def _papers() -> tuple[tuple[Site, ...], tuple[str, ...]]:
    sites, facts = news.sites(1)
    return tuple(sites[::4]), tuple(fact.url for fact in facts[::4])


def cited() -> tuple[str, ...]:
    """Every source of the web that a report cites."""
    changing = [fact.url for fact in living.facts() if not fact.url.startswith(COUNTING)]
    return (*changing, *(one.url for one in _troubles()), *_papers()[1])


@cache
def reports() -> tuple[Report, ...]:
    """The reports; they share what is cited, and are all of ISW's later site."""
    return make_reports(list(cited()))


def build() -> Web:
    """The web: ISW, CTP, what they cite, and a Wayback that holds most of it."""
    web = Web()
    web.add(
        Site(("understandingwar.org",), IswWordPress(reports())),
        Site(("www.criticalthreats.org", "criticalthreats.org"), CriticalThreats(reports())),
        *living.sites(),
        *_papers()[0],
        *(one.site for one in _troubles()),
    )
    held = [*(report.url for report in reports()), *cited()]
    web.add(wayback_site(Wayback(held, ARCHIVED_AT, lambda url, at: fetch(web, url, at))))
    return web


def saved_copies(path: Path) -> int:
    """Write the web as a WARC that some other tool saved: each state of each report, then each
    source.

    Returns:
        How many captures are in it, all of which an import has to keep.
    """
    web, number = build(), 0
    with path.open("wb") as file:
        for url, at in _visits():
            reply = fetch(web, url, at)
            number += 1
            file.write(_record(url, at, reply, number))
    return number


def _visits() -> list[tuple[str, datetime]]:
    states = [
        (report.url, state.since + timedelta(hours=1))
        for report in reports()
        for state in report.states
        if state.since < AT
    ]
    there = {url for report in reports() if report.at(AT) for url in _cited_by(report)}
    return [*states, *((url, AT - timedelta(hours=2)) for url in cited() if url in there)]


def _cited_by(report: Report) -> set[str]:
    return {url for state in report.states for note in state.notes for url in note.urls}


def _record(url: str, at: datetime, reply: Reply, number: int) -> bytes:
    block = reply.head(at) + reply.body
    lines = (
        "WARC/1.1",
        "WARC-Type: response",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:012d}>",
        f"WARC-Target-URI: {url}",
        f"WARC-Date: {at:%Y-%m-%dT%H:%M:%SZ}",
        "Content-Type: application/http; msgtype=response",
        f"Content-Length: {len(block)}",
    )
    head = "\r\n".join(lines).encode() + b"\r\n\r\n"
    return gzip.compress(head + block + b"\r\n\r\n", mtime=0)
