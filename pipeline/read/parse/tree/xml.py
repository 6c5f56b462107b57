"""XML from outside: no entities, no network, no bombs."""

from __future__ import annotations

import re
import zlib
from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Largest sitemap that the protocol allows, unpacked (sitemaps.org/protocol.html, 2016).
MAX_BYTES = 52_428_800
_GZIP = b"\x1f\x8b"
_HTML = re.compile(rb"<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_SPACE = b"\xef\xbb\xbf \t\r\n"


def open_xml(body: bytes) -> Element | str:
    """The root element, or what the body is instead, in words. Gzip is unpacked."""
    if body.startswith(_GZIP):
        try:
            body = zlib.decompressobj(wbits=31).decompress(body, MAX_BYTES + 1)
        except zlib.error as error:
            return f"broken gzip ({error})"
    body = body.lstrip(_SPACE)
    if not body:
        return "an empty page"
    if _HTML.match(body):
        return "an HTML page"
    if len(body) > MAX_BYTES:
        return f"more than {MAX_BYTES} bytes"
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, recover=True, remove_comments=True
    )
    try:
        root = etree.fromstring(body, parser)
    except (etree.XMLSyntaxError, ValueError):
        root = None
    return "nothing that is XML" if root is None else root


def local_name(node: Element) -> str:
    """The element's name in lower case without its namespace; "" for what is no element."""
    return str(node.tag).rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def child_texts(node: Element) -> dict[str, str]:
    """Texts of the element's children by local name; of several, the first that is not empty."""
    found: dict[str, str] = {}
    for child in node:
        text = "".join(child.itertext()).strip()
        if text:
            found.setdefault(local_name(child), text)
    return found
