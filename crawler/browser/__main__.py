"""`python -m crawler.browser`: looks at pages that standard input names, a line each, and tells on
standard output what became of each.

A process of its own: Chromium and its driver hold much memory, may hang, and are ended with it. It
ends when its standard input does. The guard of the sockets is in place here, too, though all that
connects anywhere is the proxy.
"""

from __future__ import annotations

import asyncio
import json
import signal
import sys
from urllib.request import getproxies

from archive.urls.addresses import Allowed
from crawler.browser.chromium import BrowserGoneError, Chromium
from crawler.browser.proxy import GuardProxy
from crawler.browser.visit import began, line_of, order
from crawler.download.guard import SocketGuard, install, prove_live, proxy_addresses


def main() -> None:
    """Until standard input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us ends us, in good order
    asyncio.run(_serve())


async def _serve() -> None:
    told = began(await _line())
    allowed, proxies = Allowed.of(told.networks), getproxies()
    guard = SocketGuard(allowed, proxy_addresses(proxies))
    install(guard)
    prove_live(guard)
    try:
        async with GuardProxy(allowed, proxies) as proxy, Chromium(told, proxy, allowed) as browser:
            _say(json.dumps({"browser": browser.name}) + "\n")
            while line := await _line():
                _say(line_of(await browser.visit(order(line))))
    except BrowserGoneError as error:
        _say(json.dumps({"gone": str(error)}) + "\n")


async def _line() -> str:
    return await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


def _say(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
