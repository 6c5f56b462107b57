"""What a robots.txt answer means, after RFC 9309. Pure: bytes and a status in, rules out; protego
reads the rules.

The rules of the RFC, and where they stand: a good answer is rules (2.3.1.1); a redirect is followed
(2.3.1.2); 4xx means there are none (2.3.1.3); 5xx means stay out (2.3.1.4); at least 500 KiB are
read (2.5); kept for a day at most (2.4).
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from protego import Protego

PRODUCT = "isw-archive"
"""Our product token (RFC 9309, section 2.2.1), as it starts our user agent."""

# RFC 9309, section 2.5: the least that a crawler must read, and what Google reads
MAX_BYTES = 500 * 1024
MAX_AGE_S = 24 * 3600.0  # RFC 9309, section 2.4
# A shorter life than this would fetch robots.txt before every page of a run. Ours; Google keeps to
# the day.
MIN_AGE_S = 600.0
# How long a robots.txt that a server could not give closes its host before it is asked for again.
# Ours.
UNREACHABLE_AGE_S = 600.0

_BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
# The spellings that protego knows, with or without the colon.
_AGENT = re.compile(r"\s*user[- ]?agent(?:\s*:|\s+|$)\s*([^#]*)", re.IGNORECASE)
_PRODUCT_TOKEN = re.compile(r"[a-z_-]*", re.IGNORECASE)
_PAGE_STARTS = ("<!doctype", "<?xml", "<html", "<head", "<body")
_MAX_AGE = re.compile(r"(?:^|[\s,])(?:s-maxage|max-age)\s*=\s*\"?(\d{1,9})", re.IGNORECASE)
_NO_CACHE = re.compile(r"(?:^|[\s,])(?:no-cache|no-store)\b", re.IGNORECASE)

# One line for every odd robots.txt of the web would drown our log.
logging.getLogger("protego").setLevel(logging.WARNING)


@dataclass(frozen=True, slots=True)
class Rules:
    """What one authority's robots.txt says to us.

    Attributes:
        why: For evidence: what the answer was.
        parsed: The rules; None when there are none.
        closed: True when nothing may be fetched, whatever the rules, because they cannot be had.
        crawl_delay_s: Seconds asked for between requests, or None. Not in the RFC, but widely used.
    """

    why: str
    parsed: Protego | None = None
    closed: bool = False
    crawl_delay_s: float | None = None

    def allows(self, url: str) -> bool:
        """Whether we may fetch `url`."""
        if self.closed:
            return False
        return self.parsed is None or self.parsed.can_fetch(url, PRODUCT)


def rules_from(status: int, body: bytes) -> Rules:
    """The rules in one answer.

    429 is read like 5xx, as Google does: a server that is busy has not said that it has no rules.

    Args:
        status: HTTP status after redirects.
        body: Decoded body (no content coding left); what is over `MAX_BYTES` is not read.
    """
    if 200 <= status < 300:
        text = text_of(body)
        return parse(text) if text is not None else Rules("robots.txt is no text of rules")
    if 300 <= status < 500 and status != 429:
        return Rules(f"no robots.txt: status {status}")
    return Rules(f"robots.txt cannot be had: status {status}", closed=True)


def parse(text: str) -> Rules:
    """The rules in a robots.txt."""
    parsed = Protego.parse("\n".join(map(_for_us, text.splitlines())))
    return Rules("robots.txt", parsed, crawl_delay_s=_delay(parsed))


def _for_us(line: str) -> str:
    """The line, with a user agent that is not ours made one and the same.

    Protego copies each rule for every agent of its group: 4,000 agents with 4,000 rules, 110 kB,
    cost 29 s and 1.4 GB. It also takes `isw` for a name of `isw-archive`, where RFC 9309 (2.2.1)
    compares whole product tokens.
    """
    agent = _AGENT.match(line)
    if agent is None:
        return line
    name = agent[1].strip().lower()
    if name in {"", "*"}:
        return f"User-agent: {name}"
    token = _PRODUCT_TOKEN.match(name)
    return f"User-agent: {PRODUCT if token and token[0] == PRODUCT else 'another'}"


def _delay(parsed: Protego) -> float | None:
    """`Crawl-delay`, or what `Request-rate` comes to; the longer where both are given."""
    delays = [parsed.crawl_delay(PRODUCT)]
    rate = parsed.request_rate(PRODUCT)
    if rate is not None and rate.requests > 0:
        delays.append(rate.seconds / rate.requests)
    return max((d for d in delays if d is not None and 0 < d < float("inf")), default=None)


def text_of(body: bytes) -> str | None:
    """The text of a robots.txt, or None for what is none: a page, a picture, an archive.

    Many sites answer 200 with their front page or an error page for every path. Its lines are not
    rules, even where one of them happens to look so.
    """
    encoding = next((name for bom, name in _BOMS if body.startswith(bom)), None)
    cut = body[:MAX_BYTES]
    if len(body) > MAX_BYTES:
        cut = cut[: cut.rfind(b"\n") + 1] or cut  # half a path is another path
    text = cut.decode(encoding or "utf-8", "replace").lstrip("\ufeff")
    if "\0" in text or _is_page(text):
        return None
    return text


def _is_page(text: str) -> bool:
    """Whether it is HTML or XML. A comment alone does not make it one: some sites begin good rules
    with it."""
    rest = text.lstrip()
    while rest.startswith("<!--"):
        _, ended, rest = rest.partition("-->")
        rest = rest.lstrip()
        if not ended:
            return True
    return rest[:9].lower().startswith(_PAGE_STARTS)


def age_s(cache_control: str | None) -> float:
    """Seconds for which an answer may be used: a day, or less where `Cache-Control` says so."""
    if not cache_control:
        return MAX_AGE_S
    if _NO_CACHE.search(cache_control):
        return MIN_AGE_S
    ages = [int(age) for age in _MAX_AGE.findall(cache_control)]
    return min(MAX_AGE_S, max(MIN_AGE_S, float(min(ages)))) if ages else MAX_AGE_S
