"""Hosts that show one page to everybody, in words that no list knows, from `WALL` on; and what such
pages only look like."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from tests.replica.isw_wp import IswWordPress
from tests.replica.lives import BEGIN
from tests.replica.lives_web import report_of
from tests.replica.messages import html, not_found, redirect, typed
from tests.replica.prose import ENGLISH, rng_for
from tests.replica.sites import Site, Web
from tests.replica.templating import render

if TYPE_CHECKING:
    from tests.replica.messages import Reply, Request

WALL = BEGIN + timedelta(days=6)
FIRST_WALL_ENDS = BEGIN + timedelta(days=9)
PATHS = ("/world/7001-the-ferry", "/city/7002-the-bridge", "/sport/7003-the-regatta")
WORDS = (
    "Zorb marl tessel. Quandle the frim before you brisk. Grobnar: {number}. Hork nim at "
    "12:{minute:02}."
)
LONGER = "Mirva colt besk the dranel, or plim it. " * 14


@dataclass(frozen=True, slots=True)
class Walled:
    """One host.

    Attributes:
        truth: What each of its sources is in the end: `blocked`, `alive` or `dead`.
        paths: Which addresses are cited.
        way: What it does: see `answer`.
    """

    name: str
    truth: tuple[str, ...]
    paths: tuple[str, ...]
    way: str

    @property
    def host(self) -> str:
        """Its host."""
        return f"www.{self.name}-walled.org"

    @property
    def urls(self) -> tuple[str, ...]:
        """What is cited of it."""
        return tuple(f"https://{self.host}{path}" for path in self.paths)

    def answer(self, request: Request) -> Reply:
        """What it says to one request."""
        if request.bare_path == "/robots.txt":
            return typed("User-agent: *\nDisallow: /admin/\n", "text/plain")
        begins, ends = (BEGIN, FIRST_WALL_ENDS) if self.way == "first" else (WALL, None)
        walled = request.at >= begins and (ends is None or request.at < ends)
        return self._walled(request) if walled else self._page(request)

    def _walled(self, request: Request) -> Reply:
        ways = {"gate": self._gate, "consent": self._consent}
        if self.way in ways:
            return ways[self.way](request)
        open_front = self.way == "all-but-front" and request.bare_path == "/"
        others = self.way == "gone" and request.path != PATHS[0]
        return self._page(request) if open_front or others else self._wall(request)

    def _gate(self, request: Request) -> Reply:
        at_gate = request.bare_path == "/action/gate"
        return self._wall(request) if at_gate else redirect(f"https://{self.host}/action/gate", 302)

    def _consent(self, request: Request) -> Reply:
        if request.bare_path.startswith("/consent/"):
            return html(_simple("Brell", LONGER))
        return redirect(f"https://{self.host}/consent/tcf?to={request.bare_path}", 302)

    def _page(self, request: Request) -> Reply:
        if request.path not in {"/", *self.paths}:
            return self._wall(request) if self.way == "gone" else not_found()
        text = ENGLISH.paragraphs(rng_for(f"{self.host}{request.path}"), 5)
        title = ENGLISH.headline(rng_for(f"{self.host}{request.path}"))
        return html(render("simple.html", title=title, paragraphs=text, head=""))

    def _wall(self, request: Request) -> Reply:
        return html(self._notice(request))

    def _notice(self, request: Request) -> str:
        number = 10**12 + 7919 * request.nth + len(request.path)
        return _simple("Tessel", WORDS.format(number=number, minute=request.nth % 60))


def _simple(title: str, words: str) -> str:
    return (
        "<!DOCTYPE "
        f"html><html><head><title>{title}</title></head><body><h1>{title}</h1><p>{words}</p></body></html>"
    )


HOSTS = (
    Walled("one", ("blocked",), PATHS[:1], "everybody"),
    Walled("two", ("blocked",) * 2, PATHS[:2], "everybody"),
    Walled("gate", ("blocked",) * 2, PATHS[:2], "gate"),
    Walled("consent", ("blocked",), PATHS[:1], "consent"),
    Walled("but-front", ("blocked",) * 2, PATHS[:2], "all-but-front"),
    Walled("first", ("alive",), PATHS[:1], "first"),
    Walled("gone", ("dead", "alive", "alive"), PATHS, "gone"),
    Walled("gone-alone", ("dead",), PATHS[:1], "gone"),
)

TELEGRAM = {
    "https://t.me/walled_river/12": "This channel is private and can be joined by its members.",
    "https://t.me/walled_river/13": "Zorb marl tessel, quandle the frim.",
    "https://t.me/walled_river/14": "Post not found",
}
"""Posts, and what Telegram shows in their place from `WALL` on."""
PRIVATE = (
    "https://t.me/c/1234567890/4",
    "https://t.me/+AbCdEfGhIjK",
    "https://t.me/joinchat/AbCdEfGh",
)
CUT = "https://www.one-walled.org/world/7009-the-long-sto…"


@dataclass(frozen=True, slots=True)
class _Post:
    channel: str
    number: str
    views: str = "1.2K"
    name: str = "River"
    kind: str = "text"
    posted: object = BEGIN - timedelta(days=2, hours=6)


def _telegram(request: Request) -> Reply:
    pieces = [piece for piece in request.bare_path.split("/") if piece]
    said = TELEGRAM.get(f"https://t.me/{'/'.join(pieces)}")
    if said is None or "embed" not in request.query:
        return not_found()
    error = said if request.at >= WALL else None
    body = "The ferry went again on Monday, and a hundred people waited at the pier."
    return html(render("telegram_widget.html", post=_Post(*pieces[-2:]), error=error, body=body))


def cited() -> tuple[str, ...]:
    """All that the report cites."""
    return (*(url for host in HOSTS for url in host.urls), *TELEGRAM, *PRIVATE, CUT)


def build() -> Web:
    """Their web, with the report that cites them."""
    web = Web()
    web.add(Site(("understandingwar.org",), IswWordPress((report_of(0, list(cited())),))))
    web.add(*(Site((host.host,), host.answer) for host in HOSTS))
    web.add(Site(("t.me", "telegram.me"), _telegram))
    return web
