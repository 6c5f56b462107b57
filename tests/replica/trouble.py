"""Sites that misbehave, each in one way: what it does, and what an honest capture calls it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome
from tests.replica import heavy
from tests.replica import trouble_scripts as scripts
from tests.replica.facts import SourceFact, fails
from tests.replica.messages import Reply, html, http_date, redirect, typed
from tests.replica.prose import ENGLISH, rng_for
from tests.replica.sites import Network, Site
from tests.replica.templating import render

if TYPE_CHECKING:
    from tests.replica.certificates import TlsKind
    from tests.replica.messages import Handler, Headers, Request

DOMAIN = "-replica.net"
PATH = "/news/crossing-17"
CLOUDFLARE: Headers = (("Server", "cloudflare"), ("CF-RAY", "8f00replica-XXX"))


@dataclass(frozen=True, slots=True)
class Trouble:
    """One misbehaving host: `<name>-replica.net`.

    Attributes:
        also: Other outcomes that an honest judge may give.
        scheme: Of the cited URL.
        path: Of the cited URL.
    """

    name: str
    handler: Handler
    outcome: Outcome
    also: tuple[Outcome, ...] = ()
    flag: str | None = None
    scheme: str = "https"
    path: str = PATH
    tls: TlsKind = "good"
    network: Network = "up"

    @property
    def host(self) -> str:
        """The host's name."""
        return self.name + DOMAIN

    @property
    def url(self) -> str:
        """The cited URL."""
        return f"{self.scheme}://{self.host}{self.path}"

    @property
    def fact(self) -> SourceFact:
        """What a capture finds."""
        return fails(self.url, self.outcome, self.name, *self.also, flag=self.flag)

    @property
    def site(self) -> Site:
        """The host as a site: it answers robots.txt like anybody."""
        return Site((self.host,), self._answer, self.tls, self.network)

    def _answer(self, request: Request) -> Reply:
        if request.path == "/robots.txt":
            return typed("User-agent: *\nDisallow: /private/\n", "text/plain")
        return self.handler(request)


def good_page(seed: str, title: str = "The ferry at Dorn") -> str:
    """A page with enough text to be one."""
    paragraphs = ENGLISH.paragraphs(rng_for(seed))
    return render("simple.html", title=title, paragraphs=paragraphs, head="")


def _good(request: Request) -> Reply:
    return html(good_page(request.host))


def _status(status: int, *headers: tuple[str, str]) -> Handler:
    body = f"<html><head><title>{status}</title></head><body><h1>{status}</h1></body></html>"
    return lambda _request: html(body, status, headers=headers)


def _template(name: str, status: int = 200, headers: Headers = ()) -> Handler:
    return lambda _request: html(render(f"trouble/{name}.html"), status, headers=headers)


def _to(location: str, status: int = 302) -> Handler:
    return lambda _request: redirect(location, status)


def _once(first: Reply) -> Handler:
    return lambda request: first if request.nth == 0 else _good(request)


def _retry_date(request: Request) -> Reply:
    when = http_date(request.at + timedelta(minutes=30))
    return html("<h1>Slow down</h1>", 429, headers=(("Retry-After", when),))


def _home(request: Request) -> Reply:
    if request.path != "/":
        return redirect(f"https://{request.host}/", 301)
    return html(good_page("home", "A newspaper's first page"))


def _chain(request: Request) -> Reply:
    number = int(request.query.get("n", "0"))
    return redirect(f"https://{request.host}{PATH}?n={number + 1}")


def _loop(request: Request) -> Reply:
    return redirect(f"https://{request.host}{'/b' if request.path != '/b' else PATH}", 301)


def _cookie(request: Request) -> Reply:
    """Sends everybody round until they bring the cookie back."""
    if "visited=1" in (request.header("cookie") or ""):
        return _good(request)
    return redirect(request.url, 302, (("Set-Cookie", "visited=1; Path=/; Secure"),))


def _consent(request: Request) -> Reply:
    if request.path.startswith("/consent"):
        return html(render("trouble/consent.html"))
    return redirect(f"https://{request.host}/consent?return={request.path}")


O = Outcome
TABLE = (
    Trouble("gone-404", _status(404), O.GONE),
    Trouble("gone-410", _status(410), O.GONE),
    Trouble("gone-451", _status(451), O.FORBIDDEN, (O.GONE,)),
    Trouble("needs-401", _status(401, ("WWW-Authenticate", 'Basic realm="members"')), O.FORBIDDEN,
        (O.LOGIN_WALL,)),
    Trouble("forbidden-403", _status(403), O.FORBIDDEN),
    Trouble("challenge-403", _template("challenge", 403, (*CLOUDFLARE, ("cf-mitigated",
        "challenge"))), O.CHALLENGE),
    Trouble("challenge-503", _template("challenge", 503, CLOUDFLARE), O.CHALLENGE),
    Trouble("challenge-200", _template("guard", 200), O.CHALLENGE),
    Trouble("too-many-429", _status(429, ("Retry-After", "3600")), O.RATE_LIMITED),
    Trouble("too-many-date", _retry_date, O.RATE_LIMITED),
    Trouble("too-many-once", _once(html("<h1>Slow down</h1>", 429, headers=(("Retry-After",
        "1"),))), O.OK, (O.RATE_LIMITED,)),
    Trouble("error-500", _status(500), O.SERVER_ERROR),
    Trouble("error-502", _status(502), O.SERVER_ERROR),
    Trouble("error-503-once", _once(html("<h1>Busy</h1>", 503)), O.OK),
    Trouble("drip", scripts.drip, O.TIMEOUT, (O.TRUNCATED,), flag="truncated"),
    Trouble("endless", scripts.endless, O.TOO_LARGE, (O.TRUNCATED,), flag="truncated"),
    Trouble("reset-in-body", scripts.reset_in_body, O.TRUNCATED, (O.CONNECTION_FAILURE,)),
    Trouble("hang-up", scripts.hang_up, O.CONNECTION_FAILURE),
    Trouble("never-answers", scripts.never, O.TIMEOUT),
    Trouble("cut-short", scripts.cut_short, O.TRUNCATED, (O.CONNECTION_FAILURE,), flag="truncated"),
    Trouble("broken-chunks", scripts.broken_chunks, O.TRUNCATED, (O.CONNECTION_FAILURE,)),
    Trouble("header-flood", scripts.header_flood, O.CONNECTION_FAILURE,
        (O.TOO_LARGE, O.TRUNCATED, O.OK, O.THIN)),
    Trouble("header-endless", scripts.header_endless, O.TIMEOUT,
        (O.TOO_LARGE, O.CONNECTION_FAILURE, O.TRUNCATED)),
    Trouble("header-long", scripts.header_long, O.CONNECTION_FAILURE, (O.TOO_LARGE, O.TRUNCATED)),
    Trouble("not-http", scripts.not_http, O.CONNECTION_FAILURE, (O.TRUNCATED,)),
    Trouble("gzip-bomb", scripts.gzip_bomb, O.TOO_LARGE),
    Trouble("deflate-bomb", scripts.deflate_bomb, O.TOO_LARGE),
    Trouble("nested-bomb", scripts.nested_bomb, O.TOO_LARGE, (O.UNSUPPORTED, O.THIN)),
    Trouble("false-gzip", scripts.false_gzip, O.OK, (O.TRUNCATED, O.CONNECTION_FAILURE, O.THIN)),
    Trouble("redirect-loop", _loop, O.REDIRECT_LOOP),
    Trouble("redirect-chain", _chain, O.REDIRECT_LOOP),
    Trouble("redirect-home", _home, O.REDIRECTED_AWAY),
    Trouble("redirect-file", _to("file:///etc/hostname"), O.UNSUPPORTED, (O.ADDRESS_REFUSED,)),
    Trouble("redirect-script", _to("javascript:alert(1)"), O.UNSUPPORTED),
    Trouble("redirect-nowhere", _to(""), O.SERVER_ERROR,
        (O.UNSUPPORTED, O.THIN, O.REDIRECT_LOOP, O.REDIRECTED_AWAY)),
    Trouble("redirect-loopback", _to("http://127.0.0.2/admin"), O.ADDRESS_REFUSED),
    Trouble("redirect-hex", _to("http://0x7f000002/admin"), O.ADDRESS_REFUSED),
    Trouble("redirect-metadata", _to("http://169.254.169.254/latest/meta-data/"),
        O.ADDRESS_REFUSED),
    Trouble("redirect-mapped", _to("http://[::ffff:127.0.0.2]/admin"), O.ADDRESS_REFUSED),
    Trouble("redirect-private", _to("http://10.0.0.1/admin"), O.ADDRESS_REFUSED),
    Trouble("redirect-credentials", _to("https://user:secret@no-type-replica.net/news/crossing-17"),
        O.OK, (O.UNSUPPORTED, O.ADDRESS_REFUSED)),
    Trouble("needs-cookie", _cookie, O.OK, (O.REDIRECT_LOOP,)),
    Trouble("deep-html", heavy.deep, O.OK, (O.THIN,)),
    Trouble("unclosed-html", heavy.unclosed, O.OK, (O.THIN,)),
    Trouble("huge-html", heavy.huge, O.OK, (O.TOO_LARGE, O.THIN)),
    Trouble("long-word", heavy.long_word, O.OK, (O.THIN,)),
    Trouble("xml-entities", heavy.entities, O.OK, (O.THIN, O.UNSUPPORTED)),
    Trouble("xml-outside", heavy.outside_entity, O.OK, (O.THIN, O.UNSUPPORTED)),
    Trouble("binary-html", heavy.binary, O.OK, (O.THIN, O.UNSUPPORTED)),
    Trouble("empty", lambda _r: html(""), O.THIN),
    Trouble("js-shell", _template("shell"), O.THIN),
    Trouble("consent-inline", _template("consent"), O.CONSENT_WALL),
    Trouble("consent-redirect", _consent, O.CONSENT_WALL, (O.REDIRECTED_AWAY,)),
    Trouble("paywall", _template("paywall"), O.PAYWALL),
    Trouble("members-only", _template("members"), O.LOGIN_WALL),
    Trouble("parked", _template("parked"), O.PARKED),
    Trouble("for-sale", _template("for_sale"), O.PARKED),
    Trouble("soft-404", _template("soft_404"), O.SOFT_404),
    Trouble("soft-404-ru", _template("soft_404_ru"), O.SOFT_404),
    Trouble("wrong-type", lambda r: typed(good_page(r.host), "application/octet-stream"), O.OK,
        (O.UNSUPPORTED,)),
    Trouble("no-type", lambda r: Reply(body=good_page(r.host).encode()), O.OK),
    Trouble("plain-http", _good, O.OK, scheme="http"),
    Trouble("self-signed", _good, O.OK, flag="tls-unverified", tls="self-signed"),
    Trouble("expired", _good, O.OK, flag="tls-unverified", tls="expired"),
    Trouble("wrong-host", _good, O.OK, flag="tls-unverified", tls="wrong-host"),
    Trouble("untrusted", _good, O.OK, flag="tls-unverified", tls="untrusted"),
    Trouble("refuses", _good, O.CONNECTION_FAILURE, network="refuse"),
    Trouble("resets", _good, O.CONNECTION_FAILURE, (O.TLS_FAILURE,), network="reset"),
    Trouble("silent", _good, O.TIMEOUT, network="silent"),
    Trouble("no-such-name", _good, O.DNS_FAILURE, network="dns"),
)  # fmt: skip
FORBIDDEN = (
    "127.0.0.2",
    "0x7f000002",
    "169.254.169.254",
    "::ffff:127.0.0.2",
    "10.0.0.1",
    "localhost",
)
"""Hosts that nobody may ask; the proxy answers for them so that it is seen who did."""


def facts() -> list[SourceFact]:
    """The label of each misbehaving source."""
    return [trouble.fact for trouble in TABLE]


def sites() -> list[Site]:
    """Each misbehaving host, and the addresses that nobody may ask."""
    secret = Site(FORBIDDEN, lambda _r: html("<h1>Nobody should see this</h1>"), forbidden=True)
    return [*(trouble.site for trouble in TABLE), secret]
