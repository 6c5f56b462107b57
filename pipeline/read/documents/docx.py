"""Word files: body, footnotes and endnotes, with links as relations and as fields.

Python-docx reads neither notes nor fields, so that the package is read here (ECMA-376).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.errors import BadInputError
from archive.model.reports import Note
from pipeline.read.blanks import collapsed
from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.documents.record import Laid
from pipeline.read.documents.unpacking import attribute, local, member, opened
from pipeline.read.references.lexer import cited_urls

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator

    from lxml.etree import _Element as Element

_HYPERLINK = re.compile(r'\bHYPERLINK\s+(?:\\[a-z]\s+)*(?:"([^"]*)"|(\S+))', re.IGNORECASE)
_FRAGMENT = re.compile(r'\\l\s+"([^"]*)"')
# Never read: taken out by a reviser, or the same once more for older programs.
_SKIPPED = frozenset({"del", "moveFrom", "Fallback", "delText", "pPr", "rPr", "instrText"})
_NOTES = (("footnotes", "footnote"), ("endnotes", "endnote"))


def docx_laid(body: bytes, name: str) -> Laid:
    """A Word file, laid out; its notes in the order in which the text refers to them.

    Raises:
        BadInputError: It is none, or cannot be read.
    """
    with opened(body, name) as package:
        main = _main(package, name)
        tree = member(package, main, name)
        if tree is None:
            raise BadInputError(f"{name}: a package without a Word document; save it as .docx")
        reader = _Reader(_links(package, main, name))
        blocks = tuple(reader.blocks(tree))
        folder = main.rpartition("/")[0]
        notes = [
            note
            for part, kind in _NOTES
            for note in _notes(package, f"{folder}/{part}.xml", name, reader.referred[kind])
        ]
        return Laid(blocks, tuple(notes), title=_title(package, name))


def _main(package: zipfile.ZipFile, name: str) -> str:
    """Where the document's body stands in the package."""
    relations = member(package, "_rels/.rels", name)
    for one in relations if relations is not None else ():
        if (attribute(one, "Type") or "").endswith("/officeDocument"):
            return (attribute(one, "Target") or "").lstrip("/")
    return "word/document.xml"


def _title(package: zipfile.ZipFile, name: str) -> str:
    core = member(package, "docProps/core.xml", name)
    nodes = core.iter() if core is not None else ()
    return next((collapsed(one.text or "") for one in nodes if local(one) == "title"), "")


def _links(package: zipfile.ZipFile, part: str, name: str) -> dict[str, str]:
    """Addresses by the ids that links of a part name them by."""
    folder, _, file = part.rpartition("/")
    relations = member(package, f"{folder}/_rels/{file}.rels".lstrip("/"), name)
    found = relations if relations is not None else ()
    return {
        attribute(one, "Id") or "": attribute(one, "Target") or ""
        for one in found
        if (attribute(one, "Type") or "").endswith("/hyperlink")
    }


def _notes(package: zipfile.ZipFile, part: str, name: str, referred: list[str]) -> Iterator[Note]:
    """The notes of one kind, labelled as they are numbered: in the order referred to."""
    tree = member(package, part, name)
    if tree is None:
        return
    reader = _Reader(_links(package, part, name))
    held = {
        attribute(node, "id") or "": node
        for node in tree
        if attribute(node, "type")
        not in {"separator", "continuationSeparator", "continuationNotice"}
    }
    order = [one for one in dict.fromkeys(referred) if one in held]
    for label, number in enumerate([*order, *(one for one in held if one not in order)], 1):
        runs: list[Run] = []
        for block in reader.blocks(held[number]):
            runs += [Run("\n"), *block.runs] if runs else block.runs
        text = collapsed("".join(run.text for run in runs))
        if text or any(run.href for run in runs):
            yield Note(str(label), text, cited_urls(runs))


@dataclass(slots=True)
class _Field:
    """A field being read: its instruction, then what it shows."""

    instruction: str = ""
    shows: bool = False
    href: str | None = None


@dataclass(slots=True)
class _Reader:
    """Reads one part of a package, paragraph by paragraph.

    Attributes:
        links: Addresses by their ids.
        referred: Ids of notes in the order in which they are referred to, by kind.
    """

    links: dict[str, str]
    referred: dict[str, list[str]] = field(
        default_factory=lambda: {"footnote": [], "endnote": []}
    )  # fmt: skip
    fields: list[_Field] = field(default_factory=list)

    def blocks(self, tree: Element) -> Iterator[Block]:
        """The paragraphs of a tree; one within another (a text box) stands behind it."""
        stack = list(reversed(list(tree)))
        while stack:
            node = stack.pop()
            if local(node) in _SKIPPED:
                continue
            if local(node) != "p":
                stack.extend(reversed(list(node)))
                continue
            inner: list[Element] = []
            runs = tuple(self._runs(node, None, inner))
            stack.extend(reversed(inner))
            if any(run.text.strip() or run.href for run in runs):
                yield Block(_kind(node), runs, level=1 if _kind(node) is BlockKind.HEADING else 0)

    def _runs(self, node: Element, href: str | None, inner: list[Element]) -> Iterator[Run]:
        """The runs below a node; paragraphs met on the way are put aside."""
        stack: list[tuple[Element, str | None]] = [(one, href) for one in reversed(list(node))]
        while stack:
            one, link = stack.pop()
            tag = local(one)
            if tag == "instrText":
                self._instruct(one.text or "")
            if tag in _SKIPPED:
                continue
            if tag == "p":
                inner.append(one)
                continue
            if tag in {"hyperlink", "fldSimple"}:
                link = self._linked(one, tag) or link
            text = self._text(one, tag)
            if text:
                yield Run(text, link or self._of_field())
            stack.extend((below, link) for below in reversed(list(one)))

    def _text(self, node: Element, tag: str) -> str:
        if tag == "t":
            return node.text or ""
        if tag in {"footnoteReference", "endnoteReference"}:
            self.referred[tag.removesuffix("Reference")].append(attribute(node, "id") or "")
        elif tag == "fldChar":
            self._turn(attribute(node, "fldCharType"))
        return {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}.get(tag, "")

    def _linked(self, node: Element, tag: str) -> str | None:
        if tag == "fldSimple":
            return _target(attribute(node, "instr") or "")
        target = self.links.get(attribute(node, "id") or "", "")
        place = attribute(node, "anchor")
        return f"{target}#{place}" if place and "#" not in target else target or None

    def _turn(self, kind: str | None) -> None:
        """The beginning, middle or end of a field."""
        if kind == "begin":
            self.fields.append(_Field())
        elif kind == "separate" and self.fields:
            self.fields[-1].shows = True
            self.fields[-1].href = _target(self.fields[-1].instruction)
        elif kind == "end" and self.fields:
            self.fields.pop()

    def _instruct(self, text: str) -> None:
        if self.fields and not self.fields[-1].shows:
            self.fields[-1].instruction += text

    def _of_field(self) -> str | None:
        return next((one.href for one in reversed(self.fields) if one.href), None)


def _target(instruction: str) -> str | None:
    """Where a field leads; None for one that is no link."""
    found = _HYPERLINK.search(instruction)
    place = _FRAGMENT.search(instruction)
    address = (found[1] or found[2] or "") if found else ""
    if not found or address.startswith("\\"):
        address = ""
    tail = f"#{place[1]}" if found and place and "#" not in address else ""
    return f"{address}{tail}" or None


def _kind(paragraph: Element) -> BlockKind:
    """A heading by its style; else a paragraph."""
    style = next((one for one in paragraph.iter() if local(one) == "pStyle"), None)
    named = (attribute(style, "val") or "").lower() if style is not None else ""
    return BlockKind.HEADING if named.startswith(("heading", "title")) else BlockKind.PARAGRAPH
