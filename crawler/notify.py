"""`python -m crawler.notify`: send one notice through Apprise, behind the guard.

Reads one JSON object from standard input (`urls`, `title`, `body`, `allow_networks`) and prints one
JSON line an address. What Apprise logs may hold parts of an address, so none of it is passed on.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from archive.urls.addresses import Allowed, literal_host
from crawler.download.guard import proxy_addresses, stand_guard
from pipeline.run.notices import NO_APPRISE, kind_of

UNKNOWN = "not understood: Apprise knows no such address (see its list of services)"
NOT_SENT = (
    "not sent: the service refused it, could not be reached, "
    "or has an address that is not public (alarm_networks allows those)"
)


def main() -> int:
    """Send; the exit code says whether it could be tried."""
    asked: dict[str, Any] = json.load(sys.stdin)
    try:
        import apprise
    except ImportError:
        return NO_APPRISE
    logging.disable()
    allowed = Allowed.of(tuple(asked["allow_networks"]))
    stand_guard(allowed, proxy_addresses(getproxies()))
    for number, url in enumerate(asked["urls"], 1):
        service = apprise.Apprise()
        if not service.add(url):
            said = UNKNOWN
        elif shows_local(url, allowed):
            said = NOT_SENT
        else:
            said = "" if service.notify(title=asked["title"], body=asked["body"]) else NOT_SENT
        answer = {"number": number, "kind": kind_of(url), "said": said}
        sys.stdout.write(json.dumps(answer) + "\n")
    return 0


def shows_local(url: str, allowed: Allowed) -> bool:
    """Whether an address itself names a host that is not public, which a proxy would reach behind
    the guard.

    Where other services have their host, many have a token: what has no dot and is no number is
    none.
    """
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return False
    if host != "localhost" and "." not in host and literal_host(host) is None:
        return False
    return allowed.why_host_refused(host, proxied=bool(getproxies())) is not None


if __name__ == "__main__":
    sys.exit(main())
