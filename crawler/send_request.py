"""`python -m crawler.send_request`: send one request, behind the guard; hand back the answer.

Reads one JSON object from standard input (`url`, `body` in base64 or null for a GET,
`content_type`, `accept`, `user_agent`, `allow_networks`) and prints one: `status` and `body` in
base64, or what was `said`.
No redirect is followed: who is asked for a signature does not send on.
"""

from __future__ import annotations

import base64
import json
import sys
from http.client import HTTPException
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, ProxyHandler, Request, build_opener, getproxies

from archive.errors import ArchiveError
from archive.urls.addresses import Allowed
from crawler.download.guard import check_url, is_refusal, proxy_addresses, stand_guard
from crawler.download.refusals import RefusedError

WAIT_S = 30.0
MAX_BYTES = 1_000_000
"""Answers of authorities with their certificates take some thousand bytes."""


class _NoRedirect(HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """Do not follow a redirect: it is the answer."""


def main() -> int:
    """Send; the exit code says whether it could be tried."""
    asked: dict[str, Any] = json.load(sys.stdin)
    allowed, proxies = Allowed.of(tuple(asked["allow_networks"])), getproxies()
    stand_guard(allowed, proxy_addresses(proxies))
    sys.stdout.write(json.dumps(answer(asked, allowed, proxies)) + "\n")
    return 0


def answer(asked: dict[str, Any], allowed: Allowed, proxies: dict[str, str]) -> dict[str, Any]:
    """Send the request that was asked for; what came of it, for JSON."""
    try:
        check_url(asked["url"], allowed, proxies)
        return _sent(asked, proxies)
    except HTTPError as error:
        return {"said": f"HTTP status {error.code}"}
    except (ArchiveError, RefusedError) as error:
        return {"said": str(error)}
    except (URLError, HTTPException, OSError, ValueError) as error:
        refused = is_refusal(error) or is_refusal(getattr(error, "reason", error))
        return {"said": "an address that is not public" if refused else f"no answer: {error}"}


def _sent(asked: dict[str, Any], proxies: dict[str, str]) -> dict[str, Any]:
    headers = {"Accept": asked["accept"], "User-Agent": asked["user_agent"]}
    body = None if asked["body"] is None else base64.b64decode(asked["body"])
    if body is not None:
        headers["Content-Type"] = asked["content_type"]
    request = Request(asked["url"], data=body, headers=headers)  # noqa: S310 - checked before
    opener = build_opener(ProxyHandler(proxies), _NoRedirect())
    with opener.open(request, timeout=WAIT_S) as response:
        content = response.read(MAX_BYTES + 1)
        if len(content) > MAX_BYTES:
            return {"said": f"an answer of more than {MAX_BYTES} bytes"}
        return {"status": response.status, "body": base64.b64encode(content).decode()}


if __name__ == "__main__":
    sys.exit(main())
