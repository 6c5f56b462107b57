"""What publishers edited as an Atom feed (RFC 4287). Pure."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode
from xml.etree.ElementTree import Element, SubElement, indent, register_namespace, tostring

from markupsafe import Markup

from archive.show.atom import ATOM, Feed, put_link, put_text
from archive.show.corrections import ADMITTED, TOLD, stood_told

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.show.corrections import EditsAsked
    from archive.show.reading import Row

NEWEST = 200
"""Edits in a feed."""
_TITLE_CHARS = 100


def corrections_feed(found: Sequence[Row], asked: EditsAsked, root: str) -> Feed:
    """The newest edits, an entry each.

    Args:
        found: From `archive.show.corrections.edits`, with `record_id` of the newer version.
        asked: Which edits they are.
        root: The address of the archive's pages, without a slash at its end; empty: entries lead to
            the originals.
    """
    register_namespace("", ATOM)
    element = Element(f"{{{ATOM}}}feed")
    named = "".join(f":{name}:{quote(value)}" for name, value in asked.given.items())
    put_text(element, "id", f"tag:isw-archive,2026:corrections{named}")
    about = ", ".join(asked.given.values())
    title = "What ISW and CTP edited in their reports"
    put_text(element, "title", f"{title}: {about}" if about else title)
    updated = found[0]["at"] if found else None
    put_text(element, "updated", updated or "1970-01-01T00:00:00Z")
    SubElement(SubElement(element, f"{{{ATOM}}}author"), f"{{{ATOM}}}name").text = "isw-archive"
    if root:
        query = f"?{urlencode(asked.given)}" if asked.given else ""
        kind = "application/atom+xml"
        put_link(element, "self", f"{root}/-/corrections.atom{query}", kind)
        put_link(element, "alternate", f"{root}/-/corrections{query}", "text/html")
    for row in found:
        _entry(element, row, root)
    indent(element)
    text = '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(element, encoding="unicode")
    return Feed(text, updated)


def _entry(parent: Element, row: Row, root: str) -> None:
    entry = SubElement(parent, f"{{{ATOM}}}entry")
    put_text(entry, "id", f"tag:isw-archive,2026:edit:{_key(row)}")
    kinds = ", ".join(TOLD[kind] for kind in row["kinds"])
    words = str(row["after"] or row["before"])
    short = words if len(words) <= _TITLE_CHARS else f"{words[: _TITLE_CHARS - 1]}…"
    put_text(
        entry, "title", f"{row['title'] or row['report']}: {kinds} ({row['admission']}): {short}"
    )
    put_text(entry, "updated", row["at"])
    for kind in row["kinds"]:
        SubElement(entry, f"{{{ATOM}}}category", term=kind)
    url = str(row["url"] or "")
    original = url if url.startswith(("http://", "https://")) else None
    if root:
        put_link(entry, "alternate", f"{root}{changes_path(row)}", "text/html")
        card = f"{root}/-/card/edit/{row['version_id']}/{row['position']}.png"
        put_link(entry, "enclosure", card, "image/png")
    if original:
        put_link(entry, "related" if root else "alternate", original)
    put_text(entry, "content", str(_content(row))).set("type", "html")


def changes_path(row: Row) -> str:
    """The page of ours that compares the two versions of an edit."""
    place = row["publication_id"]
    asked = {"from": f"{place}:{row['earlier_version']}", "to": f"{place}:{row['version']}"}
    return f"/-/report/{quote(str(row['report']))}/changes?{urlencode(asked)}"


def _key(row: Row) -> str:
    """What an entry is known by: it stays after a rebuild, and under other rules for kinds."""
    record = str(row["record_id"]).strip("<>").removeprefix("urn:uuid:")
    words = f"{row['part']}\n{row['before']}\n{row['after']}\n{row['labels_after']}"
    return f"{record}:{sha256(words.encode()).hexdigest()[:16]}"


def _content(row: Row) -> Markup:
    told = []
    if row["before"]:
        told.append(Markup("<p><del>{}</del></p>").format(row["before"]))
    if row["after"]:
        told.append(Markup("<p><ins>{}</ins></p>").format(row["after"]))
    for name, words in (("sources_added", "Cites now"), ("sources_dropped", "Cites no more")):
        told += [Markup("<p>{}: {}</p>").format(words, url) for url in row[name]]
    stood = stood_told(row)
    facts = [ADMITTED[row["admission"]], *([stood] if stood else [])]
    told += [Markup("<p>{}.</p>").format("; ".join(facts).capitalize())]
    told += [Markup("<blockquote>{}</blockquote>").format(line) for line in row["said"]]
    return Markup("\n").join(told)
