"""Short links and the chains they begin."""

from __future__ import annotations

from archive.model.vocabulary import Outcome
from tests.replica.facts import SourceFact, fails
from tests.replica.messages import Handler, Reply, html, redirect, typed
from tests.replica.sites import Site, by_path

MISSING = (
    '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Bitly | Page Not '
    'Found | 404</title></head><body><div class="content-block"><h1 class="headline">There is '
    "nothing behind this link.</h1></div></body></html>"
)
SENT_ON = (
    '<head><noscript><META http-equiv="refresh" '
    'content="0;URL={0}"></noscript><title>{0}</title></head><script>location.replace("{0}")</script>'
)
"""How t.co answers browsers."""
BASE = "https://www.understandingwar.org/backgrounder/russian-offensive-campaign-assessment-"


def sites(targets: list[str]) -> tuple[list[Site], list[SourceFact]]:
    """Shorteners, and the facts of their links; `targets` are good pages, three at least."""
    first, second, third = targets[:3]
    robots = typed("User-agent: *\nDisallow:\n", "text/plain")
    new = "https://understandingwar.org/research/russia-ukraine/russian-offensive-campaign-assessment-march-10-2026/"
    isw: dict[str, Handler | Reply] = {
        "/UkrWar071122": redirect(f"{BASE}april-8", 301),
        "/UkrWar031926": redirect(new, 301),
    }  # fmt: skip
    hosts: dict[str, dict[str, Handler | Reply]] = {
        "t.co": {
            "/aRiver1": redirect(first, 301),
            "/bRiver2": redirect("https://bit.ly/3River", 301),
            "/cRiver3": html(SENT_ON.format(first)),
            "/dRiver4": html(SENT_ON.format("https://t.co/eRiver5")),
            "/eRiver5": html(SENT_ON.format("https://t.co/dRiver4")),
        },
        "bit.ly": {"/3River": redirect("https://tinyurl.com/river4"),
            "/4River": redirect(third, 307)},
        "tinyurl.com": {"/river4": redirect(second, 308)},
        "isw.pub": isw,
    }  # fmt: skip
    made = [
        Site(
            (host,), by_path({"/robots.txt": robots, **links}, lambda _request: html(MISSING, 404))
        )
        for host, links in hosts.items()
    ]
    return made, [
        _leads("https://t.co/aRiver1", first, "t.co, one hop"),
        _leads("https://t.co/bRiver2", second, "t.co, three shorteners"),
        _leads("https://t.co/cRiver3", first, "t.co for browsers, sent on by the page"),
        fails(
            "https://t.co/dRiver4",
            Outcome.REDIRECT_LOOP,
            "t.co, sent on by the page in a circle",
            platform="shortlink",
        ),
        _leads("https://bit.ly/4River", third, "bit.ly, 307"),
        _leads("https://isw.pub/UkrWar071122", f"{BASE}april-8", "isw.pub to an old report"),
        _leads("https://isw.pub/UkrWar031926", new, "isw.pub"),
        fails(
            "https://isw.pub/RusCampaignApr11",
            Outcome.GONE,
            "a dead isw.pub link",
            platform="shortlink",
        ),
    ]


def _leads(url: str, target: str, about: str) -> SourceFact:
    return SourceFact(url, final_url=target, platform="shortlink", about=about)
