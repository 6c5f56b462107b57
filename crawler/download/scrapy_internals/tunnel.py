"""What a proxy says when it refuses a tunnel: Scrapy drops it, and with it whether the name or the
host is dead."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from scrapy.core.downloader.handlers import http11

from crawler.download.proxies import WANTS_LOGIN, ProxyError, proxy_failure, wants_login

if TYPE_CHECKING:
    from twisted.python.failure import Failure

_SQUID_ERROR = re.compile(rb"^x-squid-error:[ \t]*([^\r\n]*)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(rb"HTTP/1\.. (\d{3})")


class TellingEndpoint(http11._TunnelingTCP4ClientEndpoint):  # noqa: SLF001 - see install
    """Scrapy's endpoint for tunnels, whose error says what the proxy said."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._tunnelReadyDeferred.addErrback(self._explained)

    def _explained(self, failure: Failure) -> Failure:
        answer = bytes(self._connectBuffer)
        status, said = _STATUS.match(answer), _SQUID_ERROR.search(answer)
        if status is None:
            return failure
        if int(status[1]) == WANTS_LOGIN:
            raise wants_login(f"{self._host}:{self._port}") from failure.value
        mark = {"X-Squid-Error": said[1].decode("latin-1") if said else ""}
        named = proxy_failure(int(status[1]), mark, tunnelled=True, proxy="")
        if isinstance(named, ProxyError):
            raise named from failure.value
        return failure


def install() -> None:
    """Have Scrapy use `TellingEndpoint`.

    HACK: `_TunnelingAgent` names its endpoint's class in the middle of a method, and nothing public
    leads there (Scrapy 2.19, `scrapy/core/downloader/handlers/http11.py`). Without this, every
    https site that is gone would be a connection failure behind a proxy, which proves nothing. To
    be removed when `TunnelError` carries the headers.
    """
    http11._TunnelingTCP4ClientEndpoint = TellingEndpoint  # type: ignore[misc]  # noqa: SLF001
