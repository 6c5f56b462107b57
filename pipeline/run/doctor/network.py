"""Whether the network leads to the publishers: by the proxy where one is set, and through the
guard."""

from __future__ import annotations

import json
import socket
from typing import TYPE_CHECKING
from urllib.parse import urlsplit
from urllib.request import getproxies

from archive.config import lacks_contact
from archive.urls.publishers.registry import PUBLISHERS
from pipeline.run.crawler_module import run_crawler_module
from pipeline.run.doctor.finding import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.run.doctor.finding import Examined

ASKED = tuple(f"https://{one.home}/robots.txt" for one in PUBLISHERS if one.home)
"""What anybody may ask for, of the sites that are collected from."""

PROBE_S = 10.0
ALL_S = 60.0

_MEND = "check the connection, the resolver, and http_proxy/https_proxy"


def proxy() -> Finding:
    """Whether the proxies of the environment take a connection."""
    proxies = {s: url for s, url in getproxies().items() if s in {"http", "https"}}
    if not proxies:
        return Finding("proxy", Severity.OK, "none is set; sites are asked directly")
    shown = []
    for scheme, url in sorted(proxies.items()):
        try:
            parts = urlsplit(url if "://" in url else f"http://{url}")
            at = (parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80))
            with socket.create_connection(at, PROBE_S):
                shown.append(f"{scheme} by {at[0]}:{at[1]}")
        except (OSError, ValueError) as error:
            # never the address itself: it may hold a password
            said = f"{scheme}_proxy: no connection ({error})"
            return Finding("proxy", Severity.BAD, said, f"mend or unset {scheme}_proxy")
    return Finding("proxy", Severity.OK, ", ".join(shown))


def sites(asked: Examined) -> Iterator[tuple[Finding, str | None]]:
    """Ask each site once; yields what was found, and the time that the server told."""
    settings = asked.settings
    if lack := lacks_contact(settings):
        # what to do about it stands at the configuration
        yield Finding("network", Severity.NOTE, f"not tried: {lack}"), None
        return
    words = {
        "urls": ASKED,
        "user_agent": settings.user_agent,
        "allow_networks": settings.allow_networks,
        "timeout_s": min(settings.timeout_s, PROBE_S),
    }
    done = run_crawler_module("crawler.probe", words, ALL_S)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no word"])[-1]
        yield Finding("network", Severity.BAD, f"could not be tried: {last}", _MEND), None
    for line in done.stdout.splitlines():
        answer = json.loads(line)
        host = urlsplit(answer["url"]).hostname or ""
        said, mend = f"{host}: {answer['said']}", "" if answer["ok"] else _MEND
        yield (
            Finding("network", Severity.OK if answer["ok"] else Severity.BAD, said, mend),
            answer["date"],
        )
