"""The addresses that links and pictures of a page name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# What cannot be an address whose scheme was lost: `/node/5`, `../a`, `?page=2`, `news/2024/`; not
# `t.me/a`, `//t.me/a`.
_RELATIVE = re.compile(
    r"/(?!/)|\.\.?/|\?|[\w-]+(?:/[\w.%~-]+)*/?(?:\.(?:html?|php|aspx?|pdf)\b|/[\w.%~-]*(?:[?#]|$))",
    re.ASCII,
)
_IMAGE_ATTRIBUTES = ("data-src", "data-lazy-src", "data-original", "src")


def link_address(node: Element, base_url: str) -> str | None:
    """The link's address, absolute where it is plainly relative; None for mail, whose text alone
    says what the page shows."""
    href = node.get("href")
    if href is None or not href.strip():
        return None
    if href.startswith(("https://", "http://")) and "#" not in href and "/cdn-cgi/" not in href:
        return href  # nearly all: nothing to resolve, to hide or to shorten
    folded = href.lstrip()[:40].lower()
    if folded.startswith("mailto:") or "/cdn-cgi/l/email-protection" in href:
        return None
    address = _resolved(href.strip(), base_url) if _RELATIVE.match(folded) else href
    own, hash_, name = address.partition("#")
    return f"#{name.strip()}" if hash_ and own.strip() == base_url else address


def image_address(node: Element, base_url: str) -> str | None:
    """The absolute address of an `<img>`, also of one that scripts load later; None without any."""
    named = ((node.get(name) or "").strip() for name in _IMAGE_ATTRIBUTES)
    address = next((n for n in named if n and not n.startswith("data:")), "")
    if not address:
        candidates = (node.get("srcset") or node.get("data-srcset") or "").split()
        address = candidates[0].rstrip(",") if candidates else ""
    try:
        return urljoin(base_url, address) if address else None
    except ValueError:
        return None


def _resolved(href: str, base_url: str) -> str:
    try:
        return urljoin(base_url, href)
    except ValueError:
        return href
