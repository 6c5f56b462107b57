"""A captured page made fit to be looked at: its words, its form, what we hold of its pictures, and
nothing that runs or reaches out. Pure.

A new tree is built of what is known to be harmless; whatever is not known is left out. The frame in
which it is shown forbids scripts and network besides (`archive.web.headers.REPLAY_POLICY`).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from lxml import etree
from lxml import html as lxml_html

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_NAMES_OF_TEXT = """
a abbr address article aside b bdi bdo blockquote body br caption center cite code col colgroup
data dd del dfn details div dl dt em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hgroup
hr i img ins kbd li main mark menu nav ol p pre q rp rt ruby s samp section small span strike strong
sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr
"""
_NAMES_DROPPED = """
script style template head title iframe frame frameset noframes applet svg math canvas video audio
textarea select datalist xmp plaintext listing
"""
_NAMES_PLAIN = """
class id dir lang title alt width height colspan rowspan span scope start reversed align valign
bgcolor color border cellpadding cellspacing datetime open hidden style type value
"""
_TEXT = frozenset(_NAMES_OF_TEXT.split())
_DROPPED = frozenset(_NAMES_DROPPED.split())
"""These go with all that is in them; of other elements that are not known, the content stays."""
_PLAIN = frozenset(_NAMES_PLAIN.split())
"""Attributes that say how something looks or reads, and lead nowhere."""
_REACHES = re.compile(r"url\s*\(|image-set|@import|expression\s*\(|src\s*\(|\\|<", re.IGNORECASE)
"""In a stylesheet: what fetches, what old browsers ran, and what hides either."""
_RULE_END = re.compile(r"[;{}]")
_META = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE
)
_META_BYTES = 4096
_MOST_LINKS = 5_000
"""Addresses on a page that are looked up; more stand on no page that is read."""
MOST_DEPTH = 200
"""Elements within one another; deeper ones are flattened."""


@dataclass(frozen=True, slots=True)
class Held:
    """What we hold of what a page refers to.

    Attributes:
        links: Where a held page is shown, by its address.
        pictures: `data:` addresses of held pictures, by address.
        styles: Held stylesheets, by address.
    """

    links: dict[str, str]
    pictures: dict[str, str]
    styles: dict[str, str]


@dataclass(frozen=True, slots=True)
class Referred:
    """Addresses that a page refers to."""

    links: tuple[str, ...]
    pictures: tuple[str, ...]
    styles: tuple[str, ...]


def decoded(body: bytes, content_type: str) -> str:
    """The text of a page: by its byte order mark, its header, its own word, else as UTF-8, else as
    Western European."""
    for mark, name in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"),
                       (codecs.BOM_UTF16_BE, "utf-16")):  # fmt: skip
        if body.startswith(mark):
            return body.decode(name, "replace")
    stated = content_type.lower().partition("charset=")[2].strip(" \"';").split(";")[0]
    found = _META.search(body[:_META_BYTES])
    for name in (stated, found[1].decode("ascii") if found else "", "utf-8"):
        try:
            return body.decode(name or "utf-8", "strict" if name in {"", "utf-8"} else "replace")
        except (LookupError, UnicodeDecodeError, ValueError):
            continue
    return body.decode("cp1252", "replace")


def parsed(text: str) -> lxml_html.HtmlElement | None:
    """The tree of a page; None where there is none."""
    parser = lxml_html.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, huge_tree=True
    )
    try:
        return lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return None


def base_of(tree: lxml_html.HtmlElement, url: str) -> str:
    """What addresses on a page are relative to."""
    stated = next(iter(tree.xpath("//base/@href")), "")
    return _absolute(url, str(stated)) or url


def wanted(tree: lxml_html.HtmlElement, url: str) -> Referred:
    """The addresses of pictures, styles and pages that a page refers to."""
    base = base_of(tree, url)

    def absolute(found: list[str]) -> tuple[str, ...]:
        urls = (_absolute(base, str(one)) for one in found[:_MOST_LINKS])
        return tuple(dict.fromkeys(one for one in urls if one))

    return Referred(
        absolute(tree.xpath("//a/@href")),
        absolute(tree.xpath("//img/@src")),
        absolute(tree.xpath("//link[contains(@rel, 'stylesheet')]/@href")),
    )


def rewritten(tree: lxml_html.HtmlElement, url: str, held: Held) -> str:
    """The page as it may be shown, as HTML.

    Args:
        tree: As `parsed` gave it.
        url: Where it was captured.
        held: What we hold of what it refers to.
    """
    making = _Making(base_of(tree, url), held)
    page = lxml_html.Element("html")
    head = etree.SubElement(page, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    etree.SubElement(head, "meta", {"name": "color-scheme", "content": "light"})
    if lang := tree.get("lang"):
        page.set("lang", _clean(lang))
    for css in making.styles(tree):
        style = etree.SubElement(head, "style")
        style.text = css
    body = etree.SubElement(page, "body")
    source = tree.find("body")
    if source is not None:
        making.fill(body, source)
    return "<!DOCTYPE html>\n" + lxml_html.tostring(page, encoding="unicode")


def as_text(text: str) -> str:
    """A page that is plain text, as HTML."""
    page = lxml_html.Element("html")
    etree.SubElement(etree.SubElement(page, "head"), "meta", {"charset": "utf-8"})
    pre = etree.SubElement(etree.SubElement(page, "body"), "pre", {"style": "white-space:pre-wrap"})
    pre.text = _clean(text)
    return "<!DOCTYPE html>\n" + lxml_html.tostring(page, encoding="unicode")


class _Making:
    """A page under way."""

    def __init__(self, base: str, held: Held) -> None:
        self._base = base
        self._held = held
        self._special: dict[str, Callable[[etree._Element, etree._Element], None]] = {
            "a": self._link,
            "img": self._picture,
        }

    def styles(self, tree: lxml_html.HtmlElement) -> Iterator[str]:
        """The page's stylesheets in their order, without what reaches out."""
        for one in tree.iter("style", "link"):
            if one.tag == "style":
                yield safe_css(one.text or "")
            elif "stylesheet" in (one.get("rel") or "").lower():
                css = self._held.styles.get(_absolute(self._base, one.get("href") or "") or "")
                if css is not None:
                    yield safe_css(css)

    def fill(self, target: etree._Element, source: etree._Element) -> None:
        """Copy what may be copied of `source`'s content into `target`."""
        waiting = [(target, source, 0)]
        while waiting:
            into, of, depth = waiting.pop()
            _add(into, of.text)
            flat: list[tuple[etree._Element, etree._Element]] = [(into, one) for one in of]
            self._children(flat, depth, waiting)

    def _children(
        self,
        flat: list[tuple[etree._Element, etree._Element]],
        depth: int,
        waiting: list[tuple[etree._Element, etree._Element, int]],
    ) -> None:
        flat.reverse()
        while flat:
            into, child = flat.pop()
            tag = child.tag if isinstance(child.tag, str) else ""  # no comments, nothing nameless
            if tag in _TEXT and tag != "body" and depth < MOST_DEPTH:
                made = etree.SubElement(into, tag)
                self._attributes(made, child)
                waiting.append((made, child, depth + 1))
            elif tag and tag not in _DROPPED:
                _add(into, child.text)
                tail = _Tail(child.tail)
                flat.append((into, tail.element))
                flat.extend((into, one) for one in reversed(child))
                continue
            _add(into, child.tail)

    def _attributes(self, made: etree._Element, child: etree._Element) -> None:
        for name, value in child.attrib.items():
            if name not in _PLAIN:
                continue
            if name == "style" and _REACHES.search(value):
                continue
            made.set(name, _clean(value))
        special = self._special.get(str(child.tag))
        if special is not None:
            special(made, child)

    def _link(self, made: etree._Element, child: etree._Element) -> None:
        href = child.get("href") or ""
        if href.startswith("#"):
            made.set("href", _clean(href))
            return
        url = _absolute(self._base, href)
        place = self._held.links.get((url or "").partition("#")[0])
        if place is not None:
            made.set("href", place)
            made.set("target", "_top")
        elif url is not None:
            made.set("title", f"not held: {_clean(url)}")

    def _picture(self, made: etree._Element, child: etree._Element) -> None:
        url = _absolute(self._base, child.get("src") or "")
        content = self._held.pictures.get(url or "")
        if content is not None:
            made.set("src", content)


class _Tail:
    """Words that stood behind an element whose content alone stays."""

    def __init__(self, words: str | None) -> None:
        self.element = etree.Element("script")
        self.element.tail = words


def safe_css(css: str) -> str:
    """A stylesheet without the declarations that fetch anything."""
    kept, start = [], 0
    for end in _RULE_END.finditer(css):
        part = css[start : end.start()]
        kept.append(("" if _REACHES.search(part) else part) + end[0])
        start = end.end()
    return _clean("".join(kept))


def _add(into: etree._Element, words: str | None) -> None:
    """Words behind what is there."""
    if not words:
        return
    if len(into):
        into[-1].tail = (into[-1].tail or "") + words
    else:
        into.text = (into.text or "") + words


def _absolute(base: str, url: str) -> str | None:
    """A web address as a whole; None for anything else."""
    try:
        found = urljoin(base, url.strip())
    except ValueError:
        return None
    return found if found.lower().startswith(("http://", "https://")) else None


def _clean(text: str) -> str:
    """Without the characters that no XML tree takes."""
    return "".join(one for one in text if one in "\t\n\r" or one >= " ")
