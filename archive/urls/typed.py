"""Addresses as people and programs put them at the end of an address of ours."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

# `https:/x` is what proxies leave of `https://x`; `https%3A%2F%2Fx` what encoders make of it.
_WEB = re.compile(r"(https?)(:|%3a)(?:/|%2f)*", re.IGNORECASE)
_OTHER = re.compile(r"([a-z][a-z0-9+.-]*)(?::|%3a)(?:/|%2f)+", re.IGNORECASE)
# A host cannot hold an escaped slash: it was escaped with all the rest.
_ENCODED_PATH = re.compile(r"[^/]*?%(?:2f|3f)", re.IGNORECASE)
_PLAIN = re.compile(r"[!$-;=?-\[\]_a-z~]+")
"""Of characters that stand for themselves in a path and in a header: none of `"#<>\\^`{|}`."""


def typed_address(path: str, query: str = "") -> str:
    """The address meant by what follows `/web/…/` and its like; it may still be no address.

    Args:
        path: As sent, escapes and all: with or without scheme, with slashes lost, escaped whole or
            not.
        query: What stood behind the `?` of the request; it belongs to the address.
    """
    found = _WEB.match(path) or _OTHER.match(path)
    rest = path[found.end() :] if found else path.lstrip("/")
    if "%" in found[0] if found else _ENCODED_PATH.match(rest):
        rest = unquote(rest)
    scheme = found[1].lower() if found else "https"
    mark = ("&" if "?" in rest else "?") if query else ""
    return f"{scheme}://{rest}{mark}{query}"


def escaped_for_path(url: str) -> str:
    """`url` as `typed_address` takes it: as it is, or escaped whole where a path or a header could
    not hold it."""
    return url if _PLAIN.fullmatch(url) else quote(url, safe="")
