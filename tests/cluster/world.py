"""A web of many small domains, of which some lead to each other: what more than one worker asks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.replica.citing_report import web_citing
from tests.replica.messages import Handler, Reply, html, redirect, typed
from tests.replica.sites import Site, Web, by_path

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.replica.reports import Report

ROBOTS = typed("User-agent: *\nDisallow:\n", "text/plain")


def web(hosts: int, pages: int, led: int, more: Sequence[Site] = ()) -> tuple[Web, Report]:
    """A web, and the report that cites each of its pages.

    Args:
        hosts: Domains with pages.
        pages: Of each.
        led: Short links, each to a page of another of the domains that is cited, too.
        more: Further sites; nothing of them is cited.
    """
    names = [f"paper{number:03d}-shared.net" for number in range(hosts)]
    cited = [f"http://{name}/{page}" for page in range(pages) for name in names]
    short = [f"http://go-shared.net/{number}" for number in range(led)]
    links: dict[str, Handler | Reply] = {
        f"/{number}": redirect(f"http://{names[number % hosts]}/led-{number}")
        for number in range(led)
    }
    sites = [Site((name,), _paper(name)) for name in names]
    go = Site(("go-shared.net",), by_path({"/robots.txt": ROBOTS, **links}))
    return web_citing([*cited, *short], *sites, *([go] if led else []), *more)


def _paper(name: str) -> Handler:
    def answer(request: object) -> Reply:
        path = getattr(request, "path", "/")
        return ROBOTS if path == "/robots.txt" else html(page(f"{name}{path}"))

    return answer


def page(name: str) -> str:
    """An article of its own, of some words."""
    number = sum(map(ord, name)) * 7919
    words = " ".join(f"word{(number * (place + 3)) % 9973}" for place in range(120))
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{name}</title></head><body><article>"
        f"<h1>{name}</h1><p>{words}.</p></article></body></html>"
    )
