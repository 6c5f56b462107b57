"""What we use of Scrapy and Twisted that they do not promise, and what breaks without it.

Read by people who raise Scrapy's ceiling, and by `tests/crawler/test_scrapy_internals.py`, which
looks whether each part is still there.
"""

from __future__ import annotations

_HTTP11 = "scrapy.core.downloader.handlers.http11"
_CLIENT, _AGENT = f"{_HTTP11}.HTTP11DownloadHandler", f"{_HTTP11}._ScrapyAgent"
_ENDPOINT = f"{_HTTP11}._TunnelingTCP4ClientEndpoint"
_DOWNLOADER, _SLOT = "scrapy.core.downloader.Downloader", "scrapy.core.downloader.Slot"
_ENGINE = "scrapy.core.engine.ExecutionEngine"
_PROXY = "scrapy.downloadermiddlewares.httpproxy.HttpProxyMiddleware"
_NEW_CLIENT, _TLS = "twisted.web._newclient", "twisted.internet._sslverify"

PARTS: dict[str, str] = {
    f"{_CLIENT}._pool": (
        "connections are asked again at once, without a pause, and heads are unlimited"
    ),
    f"{_CLIENT}._contextFactory": "certificates are not verified",
    f"{_CLIENT}._bind_address": "requests leave by another address than the operator's",
    f"{_AGENT}.download_request": "nothing is fetched",
    f"{_AGENT}._timeout_cl": "what arrived before time was up is thrown away",
    f"{_AGENT}._txresponse": "what arrived before time was up is thrown away",
    f"{_AGENT}._cb_bodyready": "neither the server's certificates nor the request's time are kept",
    f"{_HTTP11}._ResponseReader._bodybuf": "large bodies are in memory while they come",
    f"{_NEW_CLIENT}.Response._bodyProtocol": "large bodies are in memory while they come",
    f"{_AGENT}._cb_timeout": "a page cut by time ends as a timeout without a body",
    f"{_HTTP11}.TunnelError": "a name that a proxy cannot resolve is a connection failure",
    f"{_HTTP11}._LenientHTTP11ClientFactory._quiescentCallback": "connections are not kept",
    f"{_HTTP11}._LenientHTTP11ClientProtocol._parser": "a head without end fills the memory",
    f"{_HTTP11}._LenientHTTPClientParser.lineReceived": "a head without end fills the memory",
    f"{_HTTP11}._LenientHTTPClientParser.lineLengthExceeded": "a line without end has no outcome",
    f"{_ENDPOINT}._tunnelReadyDeferred": (
        "a site that is gone is a connection failure behind a proxy"
    ),
    f"{_ENDPOINT}._connectBuffer": "a site that is gone is a connection failure behind a proxy",
    f"{_ENDPOINT}._host": "a proxy that wants a password is not named",
    f"{_ENDPOINT}._port": "a proxy that wants a password is not named",
    "scrapy.utils._download_handlers.wrap_twisted_exceptions": (
        "failures have no outcome of their own"
    ),
    f"{_NEW_CLIENT}.RequestNotSent": "a stale connection costs a source its capture",
    f"{_NEW_CLIENT}.RequestTransmissionFailed": "a stale connection costs a source its capture",
    f"{_NEW_CLIENT}.ResponseNeverReceived": "a stale connection costs a source its capture",
    f"{_NEW_CLIENT}.Response._transport": "what arrived before time was up is thrown away",
    f"{_NEW_CLIENT}.TransportProxyProducer._producer": (
        "what arrived before time was up is thrown away"
    ),
    "twisted.web.client.HTTPConnectionPool._factory": "heads are unlimited",
    "twisted.web.client.HTTPConnectionPool.retryAutomatically": (
        "a host is asked again without a pause"
    ),
    f"{_TLS}.ClientTLSOptions._hostnameASCII": "certificates are not held against the host's name",
    f"{_TLS}.ClientTLSOptions._hostnameIsDnsName": "certificates for addresses are not verified",
    f"{_TLS}.ClientTLSOptions.clientConnectionForTLS": "certificates are not verified by our rules",
    "twisted.internet.ssl.CertificateOptions._makeTLSConnection": "no https at all",
    f"{_PROXY}.proxies": "the operator's proxy is not used",
    f"{_PROXY}._set_proxy_and_creds": "the operator's proxy is not used",
    "scrapy.core.downloader.contextfactory": "a crawl starts later, by 0.15 s",
    f"{_DOWNLOADER}.slots": "no pace is kept: Crawl-delay and Retry-After go unheard",
    f"{_DOWNLOADER}._get_slot": "a spider does not know when the one before asked a site",
    f"{_DOWNLOADER}.per_slot_settings": "a new slot begins without its site's pace",
    f"{_SLOT}.delay": "no pace is kept",
    f"{_SLOT}.jitter": "half of each delay is taken away as often as it is added",
    f"{_SLOT}.concurrency": "a host that never answers has two requests waiting",
    f"{_SLOT}.lastseen": "a host that asked for a pause gets none",
    f"{_SLOT}.queue": "what waits for a host that is down waits on; a crawl does not end",
    f"{_ENGINE}._slot": "a fetch that nobody carries out keeps its crawl going for ever",
    f"{_SLOT}.active": "a run waits for hosts that never answer",
}
"""By full name: the module, the class, the attribute."""
