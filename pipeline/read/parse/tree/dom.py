"""From bytes to a tree: the right encoding, and no page too broken or too deep to read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from pipeline.read.parse.tree.walk import blocks_of, decode_cfemail
from pipeline.read.text.decode import decode_text
from pipeline.read.text.limits import BOX_TAGS

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

__all__ = ["blocks_of", "classes", "decode", "decode_cfemail", "parse", "text_of"]


def decode(body: bytes, content_type: str | None = None) -> str:
    """The text of a page as `decode_text` reads it, without zero bytes."""
    text = decode_text(body, content_type)
    return text.replace("\0", "") if "\0" in text else text


def parse(body: bytes, content_type: str | None = None) -> Element | None:
    """The page's tree, or None when nothing in it is an element. Comments are dropped."""
    text = decode(body, content_type)
    if not text.strip():
        return None
    data = text.encode("utf-8", "replace")
    root, too_deep = _tree(data)
    if too_deep:
        # libxml2 stops at 2,048 open elements and drops the rest: flatten, rather than lose notes.
        root, _ = _tree(BOX_TAGS.sub(b" ", data))
    return root


def _tree(data: bytes) -> tuple[Element | None, bool]:
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True, no_network=True
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        return None, False
    fatal = parser.error_log.filter_from_fatals()
    return root, any("depth" in entry.message.lower() for entry in fatal)


def classes(element: Element) -> list[str]:
    """The element's class names."""
    return (element.get("class") or "").split()


def text_of(element: Element) -> str:
    """All text inside, white space (no-break spaces too) collapsed."""
    return " ".join("".join(element.itertext()).split())
