"""Scrapy's settings for this project, each with its reason. `scrapy list` and every spider start
from here.

What the operator may change is in `archive.config.Settings`; `from_settings` turns that into
Scrapy's terms, and the spider lays it over these once it has read its job.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.config import Settings

BOT_NAME = "isw-archive"
SPIDER_MODULES = ["crawler.spiders"]
NEWSPIDER_MODULE = "crawler.spiders"

# --- what may be fetched --------------------------------------------------------------------------

# Cited URLs are written by strangers: nothing but http and https is ever opened.
DOWNLOAD_HANDLERS = {
    "http": "crawler.download.handler.DownloadHandler",  # limits, address guard, certificates
    "https": "crawler.download.handler.DownloadHandler",
    "file": None,
    "ftp": None,
    "s3": None,
    "data": None,
}
DOWNLOAD_VERIFY_CERTIFICATES = True  # Scrapy's default is False; evidence needs to know its source
COOKIES_ENABLED = False  # nothing we learn on one site goes to another, or into the next visit
REFERER_ENABLED = False  # the sites need not learn who cites them
URLLENGTH_LIMIT = 0  # a cited URL is fetched as cited; Scrapy would silently drop long ones
DUPEFILTER_CLASS = (
    "scrapy.dupefilters.BaseDupeFilter"  # the frontier knows what was asked; Scrapy's
)
# filter folds URLs that differ in the order of their parameters, and would silently drop some
HTTPERROR_ALLOW_ALL = True  # a 404 or a 503 is a capture too, and goes to the spider
COMPRESSION_ENABLED = False  # pages stay as sent: the process pool unpacks them, within limits
HTTPCACHE_ENABLED = False  # it would answer our conditional requests itself and hide the 304
RETRY_ENABLED = False  # the spiders retry, so that every attempt becomes a capture of its own
METAREFRESH_ENABLED = (
    False  # crawler.frontier.refresh: Scrapy's would also leave pages with something to read
)
ROBOTSTXT_OBEY = False  # obeyed by crawler.middlewares.robots, as RFC 9309 asks
DEFAULT_REQUEST_HEADERS = {
    "Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "Accept-Language": "en,*;q=0.5",
    # No br: warcio cannot read it with brotli 1.2.1. No zstd: few replay tools can.
    "Accept-Encoding": "gzip, deflate",
}

# --- limits ---------------------------------------------------------------------------------------

# Our download handler cuts a body that grows too large and keeps the part; Scrapy would throw it
# away.
DOWNLOAD_MAXSIZE = 0
DOWNLOAD_WARNSIZE = 0
DOWNLOAD_FAIL_ON_DATALOSS = False  # what arrived before the connection broke is kept and flagged
# Results of one response handled side by side. A page gives one or none, and Scrapy starts this
# many tasks for each response: its default of 100 takes more time than TLS.
CONCURRENT_ITEMS = 1
# Both kinds of addresses: Scrapy's default asks for IPv4 only, and so finds no name of a site that
# has IPv6 alone. A look-up that never ends is a timeout of its request, which proves nothing; the
# default's own time ends as if there were no name.
TWISTED_DNS_RESOLVER = "scrapy.resolver.CachingHostnameResolver"
CONCURRENT_REQUESTS_PER_DOMAIN = 2  # one may be slow; the politeness middleware spaces them anyway
# Bytes of pages waiting for the process pool; above it Scrapy stops downloading. Two of the largest
# pages kept.
SCRAPER_SLOT_MAX_ACTIVE_SIZE = 60_000_000
AUTOTHROTTLE_START_DELAY = (
    0.0  # the politeness middleware holds the least delay; this only adds to it
)
AUTOTHROTTLE_MAX_DELAY = 60.0  # Scrapy's default: a host this slow gets one request a minute
AUTOTHROTTLE_TARGET_CONCURRENCY = 1.0  # the next request waits as long as the last one took

# --- no doors, no noise ---------------------------------------------------------------------------

TELNETCONSOLE_ENABLED = False  # a console that executes Python
REMOTE_CONTROL_ENABLED = False  # on by default in 2.19: a local HTTP server that executes Python
STATS_DUMP = False  # what happened is told by crawler.progress
LOG_LEVEL = "WARNING"
LOG_VERSIONS: list[str] = []
LOGSTATS_INTERVAL = 0
# Scrapy looks at each callback, of each response, for a mistake that mypy finds.
WARN_ON_GENERATOR_RETURN_VALUE = False
LOG_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"

# --- the way of a request -------------------------------------------------------------------------

# Scrapy loads what it has by default before it looks whether a setting turns it off (a server for
# remote control, exports of feeds): so nothing is there by default, and what is wanted is named.
DOWNLOADER_MIDDLEWARES_BASE: dict[str, int] = {}
SPIDER_MIDDLEWARES_BASE: dict[str, int] = {}
EXTENSIONS_BASE: dict[str, int] = {}
DOWNLOADER_MIDDLEWARES = {
    # no request for a forbidden address goes further
    "crawler.middlewares.guard.GuardMiddleware": 50,
    "crawler.middlewares.robots.RobotsMiddleware": 100,  # where Scrapy has its own
    "scrapy.downloadermiddlewares.downloadtimeout.DownloadTimeoutMiddleware": 350,
    "scrapy.downloadermiddlewares.defaultheaders.DefaultHeadersMiddleware": 400,
    "scrapy.downloadermiddlewares.useragent.UserAgentMiddleware": 500,
    "crawler.middlewares.capture.RedirectMiddleware": 600,  # where Scrapy has its own
    "crawler.download.scrapy_internals.proxied.ProxyMiddleware": 750,  # where Scrapy has its own
    "crawler.middlewares.politeness.PolitenessMiddleware": 800,  # each hop waits for its own host
    # Nearest the network: it sees each hop, robots.txt, 304 and error before anything else does.
    "crawler.middlewares.capture.CaptureMiddleware": 950,
}
SPIDER_MIDDLEWARES: dict[str, int] = {}
"""None: what spiders give are requests that stand for themselves, and no items."""
EXTENSIONS = {
    "scrapy.extensions.throttle.AutoThrottle": 0,
    "crawler.download.stopping.Watch": 0,
}
STATS_CLASS = "scrapy.statscollectors.DummyStatsCollector"  # crawler.progress counts


def from_settings(settings: Settings) -> dict[str, Any]:
    """The operator's settings as Scrapy's."""
    return {
        "ISW_SETTINGS": settings,
        "USER_AGENT": settings.user_agent,
        "CONCURRENT_REQUESTS": max(1, settings.concurrency),
        "DOWNLOAD_TIMEOUT": settings.timeout_s,
        "REDIRECT_MAX_TIMES": settings.max_redirects,
        "RETRY_TIMES": settings.retries,
        "AUTOTHROTTLE_ENABLED": settings.host_delay_s > 0,
    }
