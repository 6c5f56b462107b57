"""What a watch found as an Atom feed (RFC 4287). Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from markupsafe import Markup

from archive.show.atom import ATOM, Feed, put_link, put_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.watches import Watch
    from archive.show.watching import Find


def watch_feed(watch: Watch, found: Sequence[Find], root: str) -> Feed:
    """The feed of a watch.

    Args:
        watch: What was asked.
        found: What it found, the newest first.
        root: The address of the archive's pages, without a slash at its end; empty: entries lead to
            the originals.
    """
    register_namespace("", ATOM)
    element = Element(f"{{{ATOM}}}feed")
    put_text(element, "id", f"tag:isw-archive,2026:watch:{quote(watch.name)}")
    put_text(element, "title", f"Watch {watch.name}: {watch.told()}")
    updated = found[0].at if found else watch.made_at
    put_text(element, "updated", updated)
    SubElement(SubElement(element, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = "isw-archive"
    if root:
        own = f"{root}/-/watch/{quote(watch.name)}.atom"
        put_link(element, "self", own, "application/atom+xml")
        put_link(element, "alternate", f"{root}/-/watches", "text/html")
    for one in found:
        _entry(element, one, root)
    indent(element)
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(element, encoding="unicode")
    return Feed(text, updated or None)


def _entry(parent: Element, one: Find, root: str) -> None:
    entry = SubElement(parent, f"{{{ATOM}}}entry")
    put_text(entry, "id", f"tag:isw-archive,2026:found:{one.key}")
    put_text(entry, "title", one.title)
    put_text(entry, "updated", one.at)
    SubElement(entry, f"{{{ATOM}}}category", term=one.kind)
    original = one.original if (one.original or "").startswith(("http://", "https://")) else None
    target = f"{root}{quote(one.where)}" if root else original
    if target:
        put_link(entry, "alternate", target, "text/html" if root else None)
    if root and original:
        put_link(entry, "related", original)
    told = Markup("\n").join(Markup("<p>{}</p>").format(line) for line in one.told)
    put_text(entry, "content", str(told)).set("type", "html")
