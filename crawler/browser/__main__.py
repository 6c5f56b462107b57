"""`python -m crawler.browser`: looks at pages that standard input names, a line each, and tells on
standard output what became of each.

A process of its own: Chromium and its driver hold much memory, may hang, and are ended with it. It
ends when its standard input does. The guard of the sockets is in place here, too, though all that
connects anywhere is the proxy.
"""

from __future__ import annotations

import asyncio
import json
import resource
import signal
import sys
from urllib.request import getproxies

from archive.urls.addresses import Allowed
from crawler.browser.chromium import BrowserGoneError, Chromium
from crawler.browser.proxy import GuardProxy
from crawler.browser.visit import line_of, order, read_began
from crawler.download.guard import proxy_addresses, stand_guard

RESERVED_BYTES = 16_000_000_000
"""Of private memory that each process of the browser may reserve: with 4 GB its pages crash, with 8
they do not; it used 0.5 in all."""


def main() -> None:
    """Carry out orders until standard input ends."""
    _make_room()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever started us ends us, in good order
    asyncio.run(_serve())


def _make_room() -> None:
    """Chromium reserves far more memory than it uses, and crashes where that is not to be had."""
    soft, hard = resource.getrlimit(resource.RLIMIT_DATA)
    if soft != resource.RLIM_INFINITY and soft < RESERVED_BYTES:
        most = RESERVED_BYTES if hard == resource.RLIM_INFINITY else min(RESERVED_BYTES, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (most, hard))


async def _serve() -> None:
    told = read_began(await _line())
    allowed, proxies = Allowed.of(told.networks), getproxies()
    stand_guard(allowed, proxy_addresses(proxies))
    try:
        async with GuardProxy(allowed, proxies) as proxy, Chromium(told, proxy, allowed) as browser:
            _say(json.dumps({"browser": browser.name}) + "\n")
            await _look(browser)
    except BrowserGoneError as error:
        _say(json.dumps({"gone": str(error)}) + "\n")


async def _look(browser: Chromium) -> None:
    """One page after the other; one that is under way when standard input ends is given up."""
    line = await _line()
    while line:
        looking = asyncio.ensure_future(browser.visit(order(line)))
        following = asyncio.ensure_future(_line())
        await asyncio.wait({looking, following}, return_when=asyncio.FIRST_COMPLETED)
        if not looking.done():
            looking.cancel()
            await asyncio.wait({looking})
            return
        _say(line_of(await looking))
        line = await following


async def _line() -> str:
    return await asyncio.get_running_loop().run_in_executor(None, sys.stdin.readline)


def _say(line: str) -> None:
    sys.stdout.write(line)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
