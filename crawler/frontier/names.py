"""The names under which addresses share a pace and a budget."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit

from archive.urls.normal import registered_domain

_domain = lru_cache(maxsize=10_000)(registered_domain)


def slot_of(url: str) -> str:
    """The name under which a URL shares its pace: the registered domain (`bbc.co.uk`), else the
    host."""
    return _domain(host_of(url))


@lru_cache(maxsize=1_000)  # each layer asks it of the addresses that are under way
def host_of(url: str) -> str:
    """The host of a URL, lower case; empty when it has none."""
    try:
        return (urlsplit(url).hostname or "").removesuffix(".")
    except ValueError:
        return ""
