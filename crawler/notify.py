"""`python -m crawler.notify`: send one notice through Apprise, behind the guard.

Reads one JSON object from standard input (`urls`, `title`, `body`, `allow_networks`) and prints one JSON line an
address. What Apprise logs may hold parts of an address, so none of it is passed on.
"""

from __future__ import annotations

import json
import logging
import sys
from typing import Any
from urllib.request import getproxies

from archive.urls.addresses import Allowed
from crawler.download.guard import SocketGuard, install, prove_live, proxy_addresses
from pipeline.run.notices import NO_APPRISE, kind_of

UNKNOWN = "not understood: Apprise knows no such address (see its list of services)"
NOT_SENT = (
    "not sent: the service refused it, could not be reached, or has an address that is not public "
    "(alarm_networks allows those)"
)


def main() -> int:
    """Send; the exit code says whether it could be tried."""
    asked: dict[str, Any] = json.load(sys.stdin)
    try:
        import apprise
    except ImportError:
        return NO_APPRISE
    logging.disable()
    guard = SocketGuard(Allowed.of(tuple(asked["allow_networks"])), proxy_addresses(getproxies()))
    install(guard)
    prove_live(guard)
    for number, url in enumerate(asked["urls"], 1):
        service = apprise.Apprise()
        if not service.add(url):
            said = UNKNOWN
        else:
            said = "" if service.notify(title=asked["title"], body=asked["body"]) else NOT_SENT
        answer = {"number": number, "kind": kind_of(url), "said": said}
        sys.stdout.write(json.dumps(answer) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
