"""Addresses that only lead on to another: mail filters, ways out of platforms, hiders of referrers,
AMP caches.

Where they lead stands in them, so that nobody needs to be asked; most of these services end before
what they lead to.
"""

from __future__ import annotations

import binascii
import functools
import re
from base64 import urlsafe_b64decode
from urllib.parse import unquote

from archive.urls.copies import with_whole_scheme
from archive.urls.platforms.registry import EXITS, GATES

# Hosts whose only service it is, with the parameters that hold the target; "": the whole query is
# the target.
_SERVICES = {
    **GATES,
    "href.li": ("",),
    "anonym.to": ("",),
    "anon.to": ("",),
    "nullrefer.com": ("",),
    "dereferer.me": ("",),
    "slack-redir.net": ("url",),
    "t.umblr.com": ("z",),
    "exit.sc": ("url",),
    "disq.us": ("url",),
    "l.messenger.com": ("u",),
    "l.wl.co": ("u",),
    "linkprotect.cudasvc.com": ("a",),
    "clicktime.symantec.com": ("u",),
    "statics.teams.cdn.office.net": ("url",),
}
# Pages of sites that lead out of them, by registered domain and path.
_WAYS_OUT = {
    **EXITS,
    ("steamcommunity.com", "linkfilter"): ("url", "u"),
    ("medium.com", "r"): ("url",),
    ("duckduckgo.com", "l"): ("uddg",),
}
# Readers and ways round paywalls: what stands behind their host is the page that they show.
_READERS = frozenset(
    ["12ft.io", "1ft.io", "r.jina.ai", "outline.com", "removepaywall.com", "smry.ai", "txtify.it"]
)
_CACHE = "webcache.googleusercontent.com"
_CACHED = re.compile(r"cache:(?:[\w-]*:)?(?P<inner>\S+)")
_PROOFPOINT = frozenset(["urldefense.com", "urldefense.us", "urldefense.proofpoint.com"])
_GOOGLE = re.compile(r"(?:[\w-]+\.)?google(?:\.com?)?\.[a-z]{2,3}", re.ASCII)
_SAFELINKS = re.compile(
    r"(?:[\w-]+\.)?safelinks\.protection\.(?:outlook|office365)\.(?:com|us)", re.ASCII
)
_AMP_CACHES = ".cdn.ampproject.org"
_AMP_CACHE = re.compile(r"/[civ]/(?P<secure>s/)?(?P<inner>[\w.-]+\.\w+(?:/.*)?)", re.DOTALL)
# What Proofpoint's third form takes out of an address: one character, or a row of them and a letter
# for how many.
_TAKEN_OUT = re.compile(r"\*(?:\*(?P<count>[A-Za-z0-9_-]))?")
_COUNTS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_HTTP = re.compile(r"https?://[^/]", re.IGNORECASE)
_HTTP_SLASHED = re.compile(r"https?:/", re.IGNORECASE)


_LEADING_DOMAINS = frozenset(domain for domain, _ in _WAYS_OUT)


@functools.lru_cache(maxsize=8192)  # few hosts stand in many addresses; 0.2 kB each
def may_lead(host: str, domain: str, asked: bool) -> bool:
    """Whether `target_of` has a rule for a host at all: it has none for nearly every one.

    Args:
        host: As there.
        domain: As there.
        asked: Whether the address has a query; without one only a path can hold the target.
    """
    name = host.partition(":")[0]
    if (
        name in _PROOFPOINT
        or name in _READERS
        or name.endswith(_AMP_CACHES)
        or _GOOGLE.fullmatch(name) is not None
    ):
        return True
    return asked and (
        name == _CACHE
        or name in _SERVICES
        or domain in _LEADING_DOMAINS
        or _SAFELINKS.fullmatch(name) is not None
    )


def target_of(host: str, domain: str, path: str, query: str) -> str | None:
    """The http(s) address that a wrapper leads to; None for an address that is no wrapper.

    Args:
        host: Lower case, without `www.` and mobile prefixes.
        domain: Its registered domain.
        path: As written.
        query: As written, without its question mark.
    """
    found = _target(host.partition(":")[0], domain, path, query)
    return found if found and _HTTP.match(found) else None


def holds_next(host: str, path: str) -> bool:
    """Whether a wrapper's address goes on with the address that follows it directly.

    Args:
        host: Lower case, without `www.` and port.
        path: All between the host and the scheme of the second address.
    """
    if host in _PROOFPOINT:
        return path.endswith("__")
    if host == _CACHE:
        return path.endswith(":")
    return path.endswith(("=", "?")) or (host in _READERS and path == "/")


def _target(host: str, domain: str, path: str, query: str) -> str | None:
    if host in _PROOFPOINT:
        return _defended(path, query)
    if host.endswith(_AMP_CACHES):
        return _from_amp_cache(path, query)
    if host in _READERS:
        inner = f"{path[1:]}?{query}".rstrip("?")
        return (
            with_whole_scheme(inner)
            if _HTTP_SLASHED.match(inner)
            else _parameter(query, ("q", "url"))
        )
    if host == _CACHE:
        cached = _CACHED.search(unquote(query))
        return with_whole_scheme(cached["inner"].partition("&")[0]) if cached else None
    if _SAFELINKS.fullmatch(host):
        return _parameter(query, ("url",))
    if _GOOGLE.fullmatch(host):
        return _from_google(path, query)
    return _parameter(query, _SERVICES.get(host) or _WAYS_OUT.get((domain, path.strip("/")), ()))


def _parameter(query: str, names: tuple[str, ...]) -> str | None:
    """The decoded value of the first of these parameters that is an address."""
    if "" in names:
        return query if _HTTP.match(query) else unquote(query)
    for item in query.split("&") if names else ():
        name, _, value = item.partition("=")
        if unquote(name) in names and _HTTP.match(unquote(value)):
            return unquote(value)
    return None


def _from_google(path: str, query: str) -> str | None:
    """Google's redirector and its AMP viewer."""
    if path.strip("/") == "url":
        return _parameter(query, ("q", "url"))
    page = path.removeprefix("/amp/s/")
    return f"https://{page}?{query}".rstrip("?") if page != path and page else None


def _from_amp_cache(path: str, query: str) -> str | None:
    found = _AMP_CACHE.fullmatch(path)
    if found is None:
        return None
    scheme = "https" if found["secure"] else "http"
    return f"{scheme}://{found['inner']}?{query}".rstrip("?")


def _defended(path: str, query: str) -> str | None:
    """The target of each of Proofpoint's three forms.

    Source: Proofpoint's own decoder (URLDefenseDecode3).
    """
    if path.startswith("/v1/"):
        return _parameter(query, ("u",))
    if path.startswith("/v2/"):
        coded = next((item[2:] for item in query.split("&") if item.startswith("u=")), "")
        return unquote(coded.replace("-", "%").replace("_", "/"))
    address = f"{path}?{query}".rstrip("?")
    begin, end = address.find("__"), address.rfind("__;")
    if not 0 <= begin < end:
        return None
    return with_whole_scheme(
        _put_back(address[begin + 2 : end], address[end + 3 :].partition("!")[0])
    )


def _put_back(coded: str, taken_out: str) -> str:
    """An address with the characters that Proofpoint took out of it."""
    try:
        letters = urlsafe_b64decode(taken_out + "=" * (-len(taken_out) % 4)).decode()
    except (binascii.Error, ValueError):
        return coded
    at = 0

    def original(found: re.Match[str]) -> str:
        nonlocal at
        at += (count := _COUNTS.index(found["count"]) + 2 if found["count"] else 1)
        return letters[at - count : at] or found.group()

    return _TAKEN_OUT.sub(original, coded) if letters else coded
