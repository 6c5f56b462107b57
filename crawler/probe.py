"""`python -m crawler.probe`: whether the network leads where a crawl would go, through the same
guard.

Reads one JSON object from standard input: `urls`, `user_agent`, `allow_networks`, `timeout_s`.
Prints one JSON line an address: `url`, `ok`, `said`, and `date` as the server's clock has it. An
answer of any status is an answer: whether a site likes us is not asked here.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any
from urllib.error import HTTPError
from urllib.request import Request, getproxies, urlopen

from archive.errors import ArchiveError
from archive.urls.addresses import Allowed
from crawler.download.guard import check_url, proxy_addresses, stand_guard

if TYPE_CHECKING:
    from collections.abc import Mapping


def main() -> None:
    """Ask each address once."""
    asked: dict[str, Any] = json.load(sys.stdin)
    allowed, proxies = Allowed.of(tuple(asked["allow_networks"])), getproxies()
    stand_guard(allowed, proxy_addresses(proxies))
    for url in asked["urls"]:
        answer = probe(url, asked["user_agent"], asked["timeout_s"], allowed, proxies)
        sys.stdout.write(json.dumps(answer) + "\n")
        sys.stdout.flush()


def probe(
    url: str, user_agent: str, timeout_s: float, allowed: Allowed, proxies: Mapping[str, str]
) -> dict[str, Any]:
    """Ask one address; see the module for what is answered."""
    try:
        check_url(url, allowed, proxies)
        request = Request(url, headers={"User-Agent": user_agent})  # noqa: S310 - http(s), checked
        with urlopen(request, timeout=timeout_s) as answer:  # noqa: S310
            status, date = answer.status, answer.headers.get("Date")
    except HTTPError as error:
        error.close()
        status, date = error.code, error.headers.get("Date")
    except (ArchiveError, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        return {"url": url, "ok": False, "said": str(reason), "date": None}
    return {"url": url, "ok": True, "said": f"answered {status}", "date": date}


if __name__ == "__main__":
    main()
