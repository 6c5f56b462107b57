"""Through which of the operator's proxies a request goes: Scrapy's middleware, with a memory.

Whether a host is to be asked without a proxy (`no_proxy`) Scrapy reads from all of the environment
for each request, which takes as long as a tenth of an unchanged page; the proxies themselves it
reads once, and so is this.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from scrapy.downloadermiddlewares.httpproxy import HttpProxyMiddleware
from scrapy.utils.httpobj import urlparse_cached

from crawler.download.proxies import bypassed

if TYPE_CHECKING:
    from scrapy import Request, Spider


class ProxyMiddleware(HttpProxyMiddleware):
    """Scrapy's, but that it asks once for each host what `no_proxy` says."""

    def __init__(self, auth_encoding: str | None = "latin-1") -> None:
        super().__init__(auth_encoding)
        self._is_bypassed = bypassed()

    def process_request(self, request: Request, spider: Spider | None = None) -> None:
        """Send a request through the proxy of its scheme, or through none."""
        if "proxy" in request.meta:
            super().process_request(request)
            return
        parts = urlparse_cached(request)
        proxied = parts.scheme in self.proxies and parts.hostname
        scheme = parts.scheme if proxied and not self._is_bypassed(str(parts.hostname)) else None
        credentials, url = self.proxies[scheme] if scheme else (None, None)
        self._set_proxy_and_creds(request, url, credentials, scheme)
