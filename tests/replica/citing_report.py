"""A report that cites what a test gives it, alone on ISW's site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.replica.isw_wp import IswWordPress
from tests.replica.sites import Site, Web
from tests.replica.timeline import PLANS, make_reports

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.replica.reports import Report


def report_citing(urls: Sequence[str]) -> Report:
    """The world's first report, with these addresses in its notes."""
    others = ["https://never-cited-replica.net/"] * len(urls) * (len(PLANS) - 1)
    return make_reports([*urls, *others])[0]


def web_citing(urls: Sequence[str], *sites: Site) -> tuple[Web, Report]:
    """A web of `sites` and of ISW with one report that cites `urls`."""
    report = report_citing(urls)
    web = Web()
    web.add(Site(("understandingwar.org",), IswWordPress((report,))), *sites)
    return web, report
