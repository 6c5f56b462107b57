"""What is requested for a URL: mended as browsers mend it, and parsed once.

Parsing is ada's (the WHATWG URL standard, as browsers do it).
"""

from __future__ import annotations

import functools
import re
from typing import NamedTuple

from ada_url import URL

from archive.errors import BadUrlError

# Blanks that copying leaves at the ends: also those str.strip() does not know (zero width,
# directions, BOM).
BLANKS = " \t\r\n\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
BLANKS += "\u200b\u200c\u200d\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u202f\u205f"
BLANKS += "\u2060\u2066\u2067\u2068\u2069\u3000\ufeff\u00ad"
# The same, percent-encoded at the end of a URL: ISW's own notes have addresses that end in %C2%A0.
ENCODED_BLANKS = re.compile(
    r"(?:%20|%09|%0[ad]|%c2%a[0d]|%e2%80%(?:8[0-9a-f]|a[89a-f])|%e2%81%(?:9f|a0|a[6-9])|%e3%80%80|%ef%bb%bf)+$",
    re.IGNORECASE,
)
# Characters that browsers send bare and RFC 3986 forbids; Scrapy escapes them, so the key of what
# was asked does too.
_BARE = re.compile(r"""["<>\[\]\\^`{|}]""")
_LONE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# Longer than any real address (servers refuse above 8,000 to 16,000), short enough for every index.
MAX_URL_LENGTH = 8_000


def fetchable(url: str) -> str:
    """The absolute http(s) URL to request.

    Blanks at both ends are dropped, also percent-encoded ones; the host is in lower case and IDNA;
    fragment and credentials are dropped; a `%` that escapes nothing becomes `%25`.

    Raises:
        BadUrlError: It is none; the message says what is wrong.
    """
    return parse(url).href


class Parsed(NamedTuple):
    """A URL's parts."""

    href: str
    hostname: str
    port: str
    pathname: str
    search: str


def _divided(href: str) -> Parsed:
    """The parts of an http(s) URL as ada writes it.

    Its attributes would each cost as much as parsing.
    """
    authority, slash, rest = href[href.index("//") + 2 :].partition("/")
    path, mark, search = rest.partition("#")[0].partition("?")
    host = authority.rpartition("@")[2]
    bracket = host.find("]")  # of an IPv6 address
    name, _, port = host[bracket + 1 :].partition(":")
    return Parsed(
        href, host[: bracket + 1] + name, port, slash + path, mark + search if search else ""
    )


# A host of letters with a path, nothing that any standard writes differently: no capitals, escapes,
# dot segments, punycode or numeric host, no port, no empty query, no fragment.
_SETTLED = re.compile(
    r"https?://(?![^/]*xn--)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){1,8}[a-z]{2,20}/(?!\.|[^?]*/\.)"
    r"[A-Za-z0-9/._~=&-]*(?:\?[A-Za-z0-9/._~=&?-]+)?",
    re.ASCII,
)


def is_settled(url: str) -> bool:
    """Whether the URL is in its one spelling already, so that the WHATWG parser would give it back
    as it is.

    Most cited addresses are, and telling so costs a tenth of parsing; False says nothing.
    """
    return len(url) <= MAX_URL_LENGTH and _SETTLED.fullmatch(url) is not None


# One citation asks for the same few strings about eight times; a report has some hundred citations.
@functools.lru_cache(maxsize=4096)
def parse(url: str) -> Parsed:
    """`url` as ada reads it, mended as `fetchable` says.

    Raises:
        BadUrlError: It is no address of the web.
    """
    if is_settled(url):
        return _divided(url)
    text = url.strip(BLANKS)
    shown = repr(text[:200])
    if len(text) > MAX_URL_LENGTH:
        raise BadUrlError(f"{shown}…: longer than {MAX_URL_LENGTH} characters; not an address")
    text = ENCODED_BLANKS.sub("", text).strip(BLANKS)
    scheme = SCHEME.match(text)
    if not scheme:
        raise BadUrlError(f"{shown}: has no scheme; write it with https://")
    if scheme.group(1).lower() not in {"http", "https"}:
        raise BadUrlError(f"{shown}: scheme {scheme.group(1)!r}; only http and https are fetched")
    try:
        found = _divided(URL(text).href)
        tail = _LONE_PERCENT.sub("%25", found.pathname + found.search)
        tail = _BARE.sub(lambda match: f"%{ord(match.group()):02X}", tail)
        # Put together and parsed again: credentials and fragment go, and the result is a fixed
        # point.
        start = found.href[: found.href.index("//") + 2] + found.hostname
        port = f":{found.port}" if found.port else ""
        mended = _without_empty_query(ENCODED_BLANKS.sub("", start + port + tail))
        if mended != found.href:
            found = _divided(URL(mended).href)
    except ValueError:  # ada's "Invalid input", or lone surrogates
        raise BadUrlError(f"{shown}: no host, or one that cannot exist; mend the address") from None
    if "%" in found.hostname or ".." in f".{found.hostname}":  # DNS knows no empty label
        raise BadUrlError(f"{shown}: no host that can exist; mend the address")
    return found


def _without_empty_query(url: str) -> str:
    """`url` without the lone `?` that stays when all of a query were blanks."""
    before, _, query = url.partition("?")
    return url if query else before


def host(url: str) -> str:
    """Host of an http(s) URL: lower case, IDNA, without port.

    Raises:
        BadUrlError: It is none.
    """
    return parse(url).hostname
