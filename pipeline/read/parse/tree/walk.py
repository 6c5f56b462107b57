"""The walk over a tree that lays text and links out as blocks: no recursion, linear in the tree's
size."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lxml import etree

from pipeline.read.blocks import Block, BlockKind, Run
from pipeline.read.numerals import roman
from pipeline.read.parse.tree.addresses import image_address, link_address

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


# Never content, with all that is inside.
SKIPPED = frozenset({
    "script", "style", "noscript", "template", "button", "select", "textarea", "input", "svg",
    "canvas", "iframe", "object", "embed", "audio", "video", "map", "head", "nav", "dialog",
    "xml",
})  # fmt: skip
# A block's text ends where one of these begins or ends.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "details", "div", "dl",
    "fieldset", "figure", "figcaption", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "tfoot", "thead", "tr", "ul", "caption", "dt", "dd",
})  # fmt: skip
HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Text for screen readers and RDF metadata: in the page twice, seen by nobody.
UNSEEN = frozenset({
    "screen-reader-text", "element-invisible", "element-hidden", "visually-hidden", "sr-only",
    "rdf-meta", "visuallyhidden",
    # ways to edit a wiki's section, and back from a note to its markers
    "mw-editsection", "mw-cite-backlink", "mw-jump-link", "easy-footnote-to-top",
})  # fmt: skip
CAPTION_CLASSES = frozenset(["wp-caption-text", "image-caption", "caption", "figcaption"])
# The Wayback's bar, inserted into pages it replays.
WAYBACK_IDS = frozenset({"wm-ipp-base", "wm-ipp", "wm-ipp-print", "donato"})

_SPACE = re.compile(r"[ \t\r\n\f]+")
_BOLD_STYLE = re.compile(r"font-weight:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_LABEL_MAX_CHARS = 8  # "[cxxviii" and shorter: the label's cell in a table of notes
_PIXEL_SIZES = frozenset({"0", "1", "0px", "1px"})  # trackers, not pictures


def blocks_of(element: Element, base_url: str) -> tuple[Block, ...]:
    """The element's content as blocks, in document order.

    White space of the source is one blank; a newline in a run is a `<br>` (or stands in `<pre>`).
    Cells of a table row are divided by tabs. An e-mail address that Cloudflare hid is text again.

    Args:
        element: The body of a report; the text after its end tag is not read.
        base_url: What the addresses of pictures, and those links that are plainly relative, are
            resolved against.
    """
    walker = _Walker(base_url)
    skipped: Element | None = None
    walk = etree.iterwalk(element, events=("start", "end"))
    for event, node in walk:
        if event == "start":
            named = node.keys()  # a third has none: each question to lxml costs as much as this
            if node is not element and _may_be_skipped(node.tag, named) and is_skipped(node):
                skipped = node
                walk.skip_subtree()
            else:
                walker.start(node, named)
            continue
        if node is not skipped:
            walker.end(node)
        if node is not element and (tail := node.tail):
            walker.text(tail)
    walker.flush()
    return tuple(walker.blocks)


def decode_cfemail(encoded: str) -> str | None:
    """The address that Cloudflare hid as hex, each byte XORed with the first; None when it is no
    such code."""
    try:
        data = bytes.fromhex(encoded)
    except ValueError:
        return None
    if len(data) < 2:
        return None
    return bytes(byte ^ data[0] for byte in data[1:]).decode("utf-8", "replace")


def _may_be_skipped(tag: object, named: list[str]) -> bool:
    """Whether `is_skipped` has to be asked about an element with these attributes."""
    return (
        tag in SKIPPED
        or tag == "form"
        or not isinstance(tag, str)
        or (bool(named) and ("class" in named or "id" in named))
    )


def is_skipped(node: Element) -> bool:
    """Whether nothing in this element is content."""
    tag = node.tag
    if tag in SKIPPED or not isinstance(tag, str):
        return True
    if tag == "form":
        # Some sites wrap their whole page in a form: it then holds headings or an article.
        return next(node.iter("h1", "article", "main"), None) is None
    names = node.get("class")
    if names and not UNSEEN.isdisjoint(names.split()):
        return True
    return node.get("id") in WAYBACK_IDS


@dataclass(slots=True)
class _List:
    """An open list, and the label of its next item."""

    ordered: bool
    style: str = "1"
    next_number: int = 1
    step: int = 1

    @classmethod
    def of(cls, node: Element) -> _List:
        """The list that this `<ul>` or `<ol>` opens."""
        if node.tag == "ul":
            return cls(ordered=False)
        step = -1 if node.get("reversed") is not None else 1
        return cls(True, node.get("type") or "1", _number(node.get("start"), 1), step)

    def label(self, item: Element) -> str | None:
        """What the browser prints before this `<li>`, without the dot."""
        if not self.ordered:
            return None
        number = _number(item.get("value"), self.next_number)
        self.next_number = number + self.step
        if self.style in {"i", "I"} and 0 < number < 4000:
            numeral = roman(number)
            return numeral if self.style == "I" else numeral.lower()
        if self.style in {"a", "A"} and 0 < number <= 26:
            return chr(ord(self.style) + number - 1)
        return str(number)


def _number(text: str | None, default: int) -> int:
    digits = (text or "").strip()
    return int(digits) if digits.isdecimal() and len(digits) < 7 else default


# Text, address, number of the `<sup>` (0: none), bold: a run before it is merged with its
# neighbours.
_Piece = tuple[str, str | None, int, bool]


@dataclass(slots=True)
class _Link:
    """An open `<a>`."""

    href: str | None
    filled: bool = False


@dataclass(slots=True)
class _Item:
    """The `<li>` whose first text is still to come."""

    level: int
    ordered: bool
    label: str | None


@dataclass(slots=True)
class _Walker:
    """What is open while the tree is walked, and the blocks made so far."""

    base_url: str
    blocks: list[Block] = field(default_factory=list)
    pieces: list[_Piece] = field(default_factory=list)
    chars: int = 0
    anchors: list[str] = field(default_factory=list)
    kinds: list[tuple[BlockKind, int]] = field(default_factory=list)
    lists: list[_List] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    titled: list[bool] = field(default_factory=list)  # of each open block: it began a section
    links: list[_Link] = field(default_factory=list)
    spans: list[bool] = field(default_factory=list)  # of each open `<span>`: it is bold
    bold: int = 0
    sup: int = 0
    raised: int = 0
    pre: int = 0
    item: _Item | None = None
    # The text so far is a label (`<dt>`, first cell of a row) that the next block continues.
    held: bool = False

    def start(self, node: Element, named: list[str]) -> None:
        tag = str(node.tag)
        if tag in BLOCKS:
            self._start_block(node, tag, named)
        elif tag == "br":
            self._add("\n")
        elif tag == "hr":
            self.flush()
            self.blocks.append(Block(BlockKind.RULE, section=self._section()))
        elif tag == "img":
            self._image(node)
        else:
            self._start_inline(node, tag, named)
        if "id" in named or (tag == "a" and "name" in named):
            name = node.get("id") or (node.get("name") if tag == "a" else None)
            if name:
                self.anchors.append(name)
        text = node.text
        if text:
            hidden = node.get("data-cfemail") if "data-cfemail" in named else None
            hidden = hidden if tag in {"a", "span"} else None
            self.text((decode_cfemail(hidden) or text) if hidden else text)

    def end(self, node: Element) -> None:
        tag = str(node.tag)
        if tag in BLOCKS:
            self._end_block(tag)
        elif tag == "a":
            self._end_link()
        elif tag in {"b", "strong"} or (tag == "span" and self.spans.pop()):
            self.bold -= 1
        elif tag == "sup":
            self.sup -= 1
        elif tag in {"td", "th"} and 0 < self.chars <= _LABEL_MAX_CHARS:
            self._hold()

    def text(self, raw: str) -> None:
        if not self.pre and ("\n" in raw or "  " in raw or "\t" in raw or "\r" in raw):
            raw = _SPACE.sub(" ", raw)
        self._add(raw)

    def flush(self) -> None:
        """End the block whose text was gathered, if there is any."""
        self.held = False
        if not self.pieces:
            return
        runs = _merge(self.pieces)
        self.pieces, self.chars = [], 0
        first = runs[0]  # nearly always enough
        if not (first.href or not first.text.isspace()) and not any(
            run.href or not run.text.isspace() for run in runs
        ):
            return
        kind, level = self.kinds[-1] if self.kinds else (BlockKind.PARAGRAPH, 0)
        ordered, label = False, None
        if self.item is not None and kind is BlockKind.PARAGRAPH:
            kind, level = BlockKind.ITEM, self.item.level
            ordered, label = self.item.ordered, self.item.label
            self.item = None
        anchors = tuple(dict.fromkeys(self.anchors)) if self.anchors else ()
        self.anchors = []
        self.blocks.append(
            Block(kind, runs, level, ordered, self._section(), label=label, anchors=anchors)
        )

    def _section(self) -> str | None:
        return self.sections[-1] if self.sections else None

    def _start_block(self, node: Element, tag: str, named: list[str]) -> None:
        if tag in {"p", "div"} and 0 < self.chars <= _LABEL_MAX_CHARS and self._leads_back():
            self._hold()
        if self.pieces and not (tag == "dd" or (self.held and tag in {"p", "div"})):
            self.flush()
        titled = False
        if tag in {"ul", "ol"}:
            self.lists.append(_List.of(node))
        elif tag == "li":
            open_list = self.lists[-1] if self.lists else _List(ordered=False)
            self.item = _Item(max(len(self.lists), 1), open_list.ordered, open_list.label(node))
        elif tag == "pre":
            self.pre += 1
        elif "data-id" in named and (title := node.get("title")):
            self.sections.append(title)
            titled = True
        self.titled.append(titled)
        captioned = bool(self.kinds) and self.kinds[-1][0] is BlockKind.CAPTION
        self.kinds.append(self.kinds[-1] if captioned else _kind(node, tag))

    def _leads_back(self) -> bool:
        """`<a href="#ref1">1</a><div>…`: the text so far is a label linked to its marker."""
        hrefs = [href for text, href, _, _ in self.pieces if text.strip()]
        return all(href and href.startswith("#") for href in hrefs)

    def _end_block(self, tag: str) -> None:
        if tag == "dt":
            self._hold()
        elif self.pieces:
            self.flush()
        self.kinds.pop()
        if self.titled.pop():
            self.sections.pop()
        if tag in {"ul", "ol"}:
            self.lists.pop()
        elif tag == "li":
            self.item = None
        elif tag == "pre":
            self.pre -= 1

    def _start_inline(self, node: Element, tag: str, named: list[str]) -> None:
        if tag == "a":
            self.links.append(_Link(link_address(node, self.base_url)))
        elif tag == "span":
            is_bold = "style" in named and _is_bold(node.get("style") or "")
            self.spans.append(is_bold)
            self.bold += is_bold
        elif tag in {"b", "strong"}:
            self.bold += 1
        elif tag == "sup":
            self.sup += 1
            self.raised += 1
        elif tag in {"td", "th"} and self.pieces and not self.held:
            self._add("\t")

    def _end_link(self) -> None:
        link = self.links.pop()
        if link.href and not link.filled:
            # A link without text still cites what its address says.
            self.pieces.append(("", link.href, 0, False))

    def _image(self, node: Element) -> None:
        if "emoji" in (node.get("class") or "") and node.get("alt"):
            self._add(node.get("alt") or "")
            return
        address = image_address(node, self.base_url)
        if address is None or {node.get("width"), node.get("height")} & _PIXEL_SIZES:
            return
        if self.links:
            self.links[-1].filled = True
        self.blocks.append(Block(BlockKind.FIGURE, section=self._section(), image=address))

    def _hold(self) -> None:
        if self.chars:
            self._add("\t")
            self.held = True

    def _add(self, text: str) -> None:
        if not self.pieces and text in {" ", "\n"}:
            return
        link = self.links[-1] if self.links else None
        if text and not text.isspace():
            self.chars += len(text) if len(text) > _LABEL_MAX_CHARS * 2 else len(text.strip())
            self.held = False
            if link is not None:
                link.filled = True
        href = link.href if link is not None else None
        self.pieces.append((text, href, self.raised if self.sup else 0, self.bold > 0))


def _kind(node: Element, tag: str) -> tuple[BlockKind, int]:
    level = HEADINGS.get(tag)
    if level is not None:
        return BlockKind.HEADING, level
    names = node.get("class")
    if tag in {"figcaption", "caption"} or (
        names and not CAPTION_CLASSES.isdisjoint(names.split())
    ):
        return BlockKind.CAPTION, 0
    return BlockKind.PARAGRAPH, 0


def _merge(pieces: list[_Piece]) -> tuple[Run, ...]:
    """Pieces of the same link and style as one run; two raised numbers side by side stay two."""
    runs: list[Run] = []
    texts: list[str] = []
    style: tuple[str | None, int, bool, bool] | None = None
    for text, href, sup, bold in pieces:
        own = (href, sup, bold, not text)
        if own != style:
            if style is not None:
                runs.append(Run("".join(texts), style[0], style[1] > 0, style[2]))
            texts, style = [], own
        texts.append(text)
    if style is not None:
        runs.append(Run("".join(texts), style[0], style[1] > 0, style[2]))
    return tuple(runs)


@functools.lru_cache(maxsize=256)  # a page has a handful of styles, as one template writes them
def _is_bold(style: str) -> bool:
    return _BOLD_STYLE.search(style) is not None
