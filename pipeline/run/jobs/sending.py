"""Asking timestamp authorities and calendars: one request behind the guard of the crawl."""

from __future__ import annotations

import base64
import hashlib
import json
import subprocess
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pipeline.run.crawler_module import run_crawler_module

if TYPE_CHECKING:
    from archive.config import Settings

WAIT_S = 60.0


def send_timestamp_request(url: str, body: bytes, settings: Settings) -> bytes | str:
    """Send a request of RFC 3161; the answer, or what was wrong."""
    forms = ("application/timestamp-query", "application/timestamp-reply")
    return send(url, settings, forms, body)


def send(
    url: str, settings: Settings, forms: tuple[str, str], body: bytes | None = None
) -> bytes | str:
    """Send a request behind the guard of the crawl, in a process of its own.

    Args:
        url: Where to.
        settings: Say who asks, and what may be asked.
        forms: Media types of what is sent, and of what is wanted.
        body: What is sent; None: nothing is, the address is asked for.

    Returns:
        The answer, or what was wrong.
    """
    words = {
        "url": url,
        "body": None if body is None else base64.b64encode(body).decode(),
        "content_type": forms[0],
        "accept": forms[1],
        "user_agent": settings.user_agent,
        "allow_networks": settings.allow_networks,
    }
    try:
        done = run_crawler_module("crawler.send_request", words, WAIT_S)
    except subprocess.TimeoutExpired:
        return f"no answer within {WAIT_S:.0f} seconds"
    if done.returncode:
        return f"the sender ended with code {done.returncode}"
    answer = json.loads(done.stdout)
    return str(answer["said"]) if "said" in answer else base64.b64decode(answer["body"])


def name_of(url: str) -> str:
    """An authority's or a calendar's, as part of a file's: its host, and what tells two at one host
    apart."""
    host = urlsplit(url).hostname or ""
    plain = "".join(c if c.isascii() and (c.isalnum() or c in ".-") else "_" for c in host)[:100]
    return f"{plain}-{hashlib.sha256(url.encode()).hexdigest()[:8]}"
