"""What the operator's own proxy says: never a site's word, so never kept as one.

Proxies mark their own answers in different ways, some in none. Inside a tunnel (https) it is the
site that speaks, unless a mark says otherwise; a plain answer 502 to 504 is the site's where the
proxy says that it passed one on (`Via`, RFC 9110 section 7.6.3), or where it asks for a pause.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import (  # type: ignore[attr-defined]
    getproxies_environment,
    proxy_bypass,
    proxy_bypass_environment,
)

from archive.model.vocabulary import Outcome

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from scrapy import Request
    from scrapy.http import Response

WANTS_LOGIN = 407
"""Proxy Authentication Required: always a proxy's own (RFC 9110, section 15.5.8)."""

_GATEWAY = frozenset({502, 503, 504})
_NETWORK_LOGIN = 511  # RFC 6585, section 6: a network between us and all sites wants a login

# Programs that are proxies and nothing else: an answer of theirs that is an error comes from no
# site.
_PROXIES = re.compile(
    r"squid|tinyproxy|privoxy|mitmproxy|polipo|3proxy|ccproxy|charles|wwwoffle|bluecoat|zscaler",
    re.IGNORECASE,
)
_SQUID = {
    "ERR_DNS_FAIL": Outcome.DNS_FAILURE,
    "ERR_READ_TIMEOUT": Outcome.TIMEOUT,
    "ERR_SECURE_CONNECT_FAIL": Outcome.TLS_FAILURE,
}


_HOSTS = 10_000
"""Of which we know at once whether they have a proxy."""


def bypassed() -> Callable[[str], bool]:
    """What tells whether the operator has a host asked without a proxy (`no_proxy`).

    The environment is read once, and not for each request: that took a tenth of the time of an
    unchanged page. Where a system has settings of its own besides, it is asked once for each host.
    """
    said = getproxies_environment()

    def ask(host: str) -> bool:
        if proxy_bypass is proxy_bypass_environment:
            return bool(proxy_bypass_environment(host, said))
        return bool(proxy_bypass(host))

    return lru_cache(maxsize=_HOSTS)(ask)


class ProxyError(Exception):
    """The operator's proxy answered in the place of a site that it could not reach."""

    def __init__(self, outcome: Outcome, message: str) -> None:
        super().__init__(message)
        self.outcome = outcome


class ProxyLoginError(Exception):
    """The operator's proxy wants another user name and password: nothing can be fetched through
    it."""


def failure_of(request: Request, response: Response) -> ProxyError | ProxyLoginError | None:
    """The failure that an answer stands for when no site gave it, or None when it is the site's."""
    proxy = request.meta.get("proxy")
    if response.status == _NETWORK_LOGIN:
        return ProxyError(Outcome.CONNECTION_FAILURE, "the network wants a login (511)")
    if not proxy or (response.status < 500 and response.status != WANTS_LOGIN):
        return None
    names = ("X-Squid-Error", "Proxy-Status", "Server", "Via", "Retry-After")
    headers = {name: (response.headers.get(name) or b"").decode("latin-1") for name in names}
    return proxy_failure(
        response.status, headers, tunnelled=request.url.startswith("https:"), proxy=str(proxy)
    )


def proxy_failure(
    status: int, headers: Mapping[str, str], *, tunnelled: bool, proxy: str
) -> ProxyError | ProxyLoginError | None:
    """The failure that an answer through a proxy stands for, or None when it is the site's answer.

    Args:
        status: HTTP status.
        headers: At least `X-Squid-Error`, `Proxy-Status`, `Server`, `Via` and `Retry-After`; empty
            where missing.
        tunnelled: It came from inside a tunnel that the proxy had opened.
        proxy: Its address.
    """
    if status == WANTS_LOGIN and not tunnelled:
        return wants_login(proxy)
    if status < 500:
        return None
    said = headers.get("X-Squid-Error", "").strip()
    usual = Outcome.TIMEOUT if status == 504 else Outcome.CONNECTION_FAILURE
    if said:
        return ProxyError(_SQUID.get(said.split()[0], usual), f"the proxy answered {status} {said}")
    named = _PROXIES.search(headers.get("Server", ""))
    if named or (not tunnelled and "error=" in headers.get("Proxy-Status", "")):
        return ProxyError(usual, f"the proxy answered {status}")
    passed_on = headers.get("Via") or headers.get("Retry-After")
    if status in _GATEWAY and not tunnelled and not passed_on:
        return ProxyError(usual, f"the proxy answered {status}, or a site that it does not name")
    return None


def wants_login(proxy: str) -> ProxyLoginError:
    """What a person is told when the proxy does not take the password that it was given; never the
    password itself."""
    parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    return ProxyLoginError(
        f"the proxy {parts.hostname}:{parts.port or 80} wants another user name or password (407); "
        "correct http_proxy and https_proxy and run again"
    )
