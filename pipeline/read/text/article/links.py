"""Where a text leads: the links in its paragraphs, as evidence of what it relies on."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from archive.model.understood import TextLink
from pipeline.read.text.limits import inner_text, one_line, without_stand_ins

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pipeline.read.text.article.blocks import Block

# Longer lists are catalogues; the most in a news article seen is about 150.
_MAX_LINKS = 1_000
# Longest address kept, as for sources.
_MAX_CHARS = 4_000


def links_of(blocks: Iterable[Block], url: str) -> tuple[TextLink, ...]:
    """Each link to another web page within the text, in its order, the same address and words once.

    Args:
        blocks: The blocks that the text holds.
        url: The page's address, against which relative ones are read.
    """
    found: dict[TextLink, None] = {}
    for block in blocks:
        for link in block.element.iter("a"):
            address = _address(link.get("href"), url)
            words = without_stand_ins(one_line(inner_text(link)))
            if address and words:
                found[TextLink(address, words)] = None
                if len(found) >= _MAX_LINKS:
                    return tuple(found)
    return tuple(found)


def _address(href: str | None, url: str) -> str | None:
    """The whole address, or None where it leads to no other page."""
    href = one_line(without_stand_ins(href or ""))
    if not href or href.startswith("#"):
        return None
    try:
        whole = urljoin(url, href)
    except ValueError:
        return None
    web = whole.lower().startswith(("http://", "https://"))
    return whole if web and len(whole) <= _MAX_CHARS else None
