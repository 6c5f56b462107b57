"""A web of many small domains, of which some lead to each other: what more than one worker asks."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.replica import telegram
from tests.replica.citing_report import web_citing
from tests.replica.messages import Handler, Reply, Request, html, redirect, typed
from tests.replica.sites import Site, Web, by_path

if TYPE_CHECKING:
    from asyncio import StreamWriter
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
    def answer(request: Request) -> Reply:
        path = request.path
        return ROBOTS if path == "/robots.txt" else html(page(f"{name}{path}"))

    return answer


def slow_web(hosts: int, messages: int, wait_s: float) -> tuple[Web, Report]:
    """Domains with a page each that take their time and nobody's processor; and Telegram, which
    answers at once.

    Args:
        hosts: Domains.
        messages: Messages that are cited.
        wait_s: How long each of the domains takes to answer.
    """
    names = [f"slow{number:03d}-shared.net" for number in range(hosts)]
    sites = [Site((name,), _waits(_paper(name), wait_s)) for name in names]
    each = -(-messages // len(telegram.CHANNELS))
    posts = [f"https://t.me/{post.channel}/{post.number}" for post in telegram.posts(each)][
        :messages
    ]
    urls = [*(f"http://{name}/1" for name in names), *posts]
    return web_citing(urls, *sites, *telegram.sites(each))


def _waits(handler: Handler, wait_s: float) -> Handler:
    def answer(request: Request) -> Reply:
        reply = handler(request)
        reply = replace(reply, headers=(*reply.headers, ("Connection", "close")))

        async def script(writer: StreamWriter) -> None:
            await asyncio.sleep(wait_s)
            writer.write(reply.head(request.at) + reply.body)

        return Reply(script=script)

    return answer


def page(name: str) -> str:
    """An article of its own, of some words."""
    number = sum(map(ord, name)) * 7919
    words = " ".join(f"word{(number * (place + 3)) % 9973}" for place in range(120))
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>{name}</title></head><body><article>"
        f"<h1>{name}</h1><p>{words}.</p></article></body></html>"
    )
