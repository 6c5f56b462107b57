"""Sites whose robots.txt is the point: each serves one good page that may or may not be fetched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome
from tests.replica import trouble_scripts as scripts
from tests.replica.facts import SourceFact, fails
from tests.replica.messages import Reply, html, redirect, typed
from tests.replica.sites import Site
from tests.replica.trouble import good_page

if TYPE_CHECKING:
    from tests.replica.messages import Handler, Request

DOMAIN = "-robots-replica.net"
PATH = "/private/report-9"
LIMIT = 500 * 1024  # RFC 9309 section 2.5: at least so much is parsed
CLOSED = "User-agent: *\nDisallow: /\n"
PARTLY = "User-agent: *\nDisallow: /private/\n"


@dataclass(frozen=True, slots=True)
class Rules:
    """One host `<name>-robots-replica.net`, its robots.txt, and whether its page may be fetched."""

    name: str
    robots: Handler
    allowed: bool
    also: tuple[Outcome, ...] = ()
    scheme: str = "https"
    port: str = ""

    @property
    def host(self) -> str:
        """The host's name."""
        return self.name + DOMAIN

    @property
    def url(self) -> str:
        """The cited URL."""
        return f"{self.scheme}://{self.host}{self.port}{PATH}"

    @property
    def fact(self) -> SourceFact:
        """What a capture finds."""
        outcome = Outcome.OK if self.allowed else Outcome.ROBOTS_DISALLOWED
        return fails(self.url, outcome, f"robots: {self.name}", *self.also)

    @property
    def site(self) -> Site:
        """The host as a site."""
        return Site((self.host,), self._answer)

    def _answer(self, request: Request) -> Reply:
        if request.bare_path.startswith(("/robots.txt", "/rules")):
            return self.robots(request)
        return html(good_page(request.host, f"A page behind rules: {self.name}"))


def _text(text: str, status: int = 200, kind: str = "text/plain") -> Handler:
    return lambda _request: typed(text, kind, status)


def _status(status: int) -> Handler:
    return _text(CLOSED, status)  # the body would close all: it is not rules at such a status


def _hops(count: int) -> Handler:
    """Redirects before the rules are there."""

    def answer(request: Request) -> Reply:
        number = int(request.query.get("n", "0"))
        if number < count:
            return redirect(f"https://{request.host}/rules?n={number + 1}", 301)
        return typed(PARTLY, "text/plain")

    return answer


def _huge(rule_at_end: bool) -> Handler:
    filler = "# a comment that says nothing at all about anything\n"
    body = filler * (2 * LIMIT // len(filler))
    text = f"User-agent: *\nAllow: /\n{body}{CLOSED}" if rule_at_end else f"{PARTLY}{body}"
    return _text(text)


def _slow_but_there(request: Request) -> Reply:
    return typed("", "text/plain", 503) if request.nth == 0 else typed(PARTLY, "text/plain")


def _by_port(request: Request) -> Reply:
    return typed("" if request.host.endswith(":8443") else CLOSED, "text/plain")


def _by_scheme(request: Request) -> Reply:
    return typed(CLOSED if request.scheme == "https" else "", "text/plain")


TABLE = (
    Rules("closed", _text(CLOSED), allowed=False),
    Rules("partly", _text(PARTLY), allowed=False),
    Rules("other-part", _text("User-agent: *\nDisallow: /drafts/\n"), allowed=True),
    Rules("exception", _text("User-agent: *\nDisallow: /private/\nAllow: /private/report-\n"),
        allowed=True),
    Rules("for-us", _text("User-agent: *\nDisallow: /\n\nUser-agent: isw-archive\nAllow: /\n"),
        allowed=True),
    Rules("against-us", _text("User-agent: *\nAllow: /\n\nUser-agent: isw-archive\nDisallow: /\n"),
        allowed=False),
    Rules("missing", _status(404), allowed=True),
    Rules("gone", _status(410), allowed=True),
    Rules("forbidden", _status(403), allowed=True),
    Rules("needs-login", _status(401), allowed=True),
    Rules("error-500", _status(500), allowed=False),
    Rules("error-503", _status(503), allowed=False),
    Rules("too-many", _status(429), allowed=True,
        also=(Outcome.ROBOTS_DISALLOWED, Outcome.RATE_LIMITED)),
    Rules("never", scripts.never, allowed=False, also=(Outcome.TIMEOUT,)),
    Rules("hang-up", scripts.hang_up, allowed=False, also=(Outcome.CONNECTION_FAILURE,)),
    Rules("redirecting", _hops(1), allowed=False),
    Rules("five-hops", _hops(5), allowed=False),
    Rules("ring", _hops(10**6), allowed=True, also=(Outcome.ROBOTS_DISALLOWED,)),
    Rules("huge", _huge(rule_at_end=False), allowed=False),
    Rules("huge-end", _huge(rule_at_end=True), allowed=True, also=(Outcome.ROBOTS_DISALLOWED,)),
    Rules("a-page", _text("<!DOCTYPE html><html><body>Disallow: nothing</body></html>",
        kind="text/html"), allowed=True),
    Rules("empty", _text(""), allowed=True),
    Rules("bom-crlf", _text("\ufeffUser-Agent: *\r\nDISALLOW: /private/\r\n"), allowed=False),
    Rules("wildcards", _text("User-agent: *\nDisallow: /*/report-*$\n"), allowed=False),
    Rules("crawl-delay", _text("User-agent: *\nCrawl-delay: 1\nDisallow: /drafts/\n"),
        allowed=True),
    Rules("by-port", _by_port, allowed=True, port=":8443"),
    Rules("by-scheme", _by_scheme, allowed=True, scheme="http"),
    Rules("recovers", _slow_but_there, allowed=False),
)  # fmt: skip


def facts() -> list[SourceFact]:
    """The label of each."""
    return [rules.fact for rules in TABLE]


def sites() -> list[Site]:
    """All of them."""
    return [rules.site for rules in TABLE]
