"""Refuses what the URL itself shows to be no public address, and puts the guard of the sockets in
place.

Order **50**, first of all: before robots.txt is asked for. What is refused, and why twice:
`crawler.download.guard`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.request import getproxies

from archive.config import Settings
from archive.urls.addresses import Allowed
from crawler.download.guard import check_url, proxy_addresses, stand_guard, without_userinfo
from crawler.download.proxies import bypassed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from scrapy import Request
    from scrapy.crawler import Crawler


class GuardMiddleware:
    """Refuses what a URL shows, and installs the hook. Order 50: before robots.txt is asked for.

    A request with a user name or password is sent without them (`meta["isw_userinfo_stripped"]` is
    then True): they were never meant for us, and a page that needs them says so itself.
    """

    def __init__(self, allowed: Allowed, proxies: Mapping[str, str] | None = None) -> None:
        self._allowed = allowed
        self._proxies = proxies
        self._is_bypassed = bypassed()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> GuardMiddleware:
        """Install the guard of `ISW_SETTINGS` and prove it live; a crawl does not start without.

        Raises:
            GuardNotLiveError, BadInputError: As `prove_live`.
        """
        settings = crawler.settings.get("ISW_SETTINGS") or Settings()
        allowed = Allowed.of(settings.allow_networks)
        proxies = getproxies()
        stand_guard(allowed, proxy_addresses(proxies))
        return cls(allowed, proxies)

    def process_request(self, request: Request) -> Request | None:
        """Let a request pass, or refuse it.

        Raises:
            UnsupportedScheme, AddressRefused: As `check_url`.
        """
        check_url(request.url, self._allowed, self._proxies, self._is_bypassed)
        plain = without_userinfo(request.url)
        if plain == request.url:
            return None
        meta = {**request.meta, "isw_userinfo_stripped": True}
        return request.replace(url=plain, meta=meta, dont_filter=True)
