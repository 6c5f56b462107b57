"""Markdown and entities in a line of text: what a reader would see, with the links laid in as on a
page.

People hold reports as Markdown because scrapers for language models make it. What is no markup
stays as it is.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from pipeline.read.blocks import Run
from pipeline.read.references.tape import is_note_anchor

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_SIGNS = re.compile(r"\]\(|\*\*|^[ ]{0,3}#{1,6}[ ]\S", re.MULTILINE)
_ENTITY = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{1,6}|#x[0-9a-fA-F]{1,5});")
_MAX_ENCODED = 3  # "&amp;amp;" was encoded twice; more often has not been seen
_AUTOLINK = re.compile(r"<((?:https?:|ftp:|www\.|//)[^<>\s]*)>")
_TAG = re.compile(
    r"</?(?:sup|sub|b|strong|i|em|u|span|p|div|font|mark|center|small|wbr)\b[^<>]{0,200}>",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|<>~-])")
_MASK = 0xE200  # private use: escaped signs until the emphasis is read
_UNMASKED = {_MASK + ord(sign): sign for sign in "\\`*_{}[]()#+.!|<>~-"}
_EMPHASIS = re.compile(
    r"""
    ~~ | (?P<bold> \*{2,} | (?<![\w]) __ (?=[^\s_]) | (?<=[^\s_]) __ (?!\w) )
  | (?<![\w*]) \*(?=[^\s*]) | (?<!\w) _(?=\S) | (?<=[^\s*]) \* (?![\w*]) | (?<=\S) _ (?!\w)
    """,
    re.VERBOSE,
)
_ADDRESS = re.compile(r"(?:\b[a-z]{2,6}:/{1,2}|\bwww\.|\bt\.me/)[^\s<>]*", re.IGNORECASE)
# The end of an emphasis behind an address, with what stands behind both.
_CLOSING = re.compile(r"(?P<signs>[*_]+|~~)[.,;:!?)]*$")
_BARE_LABEL = re.compile(r"\s*\[?(?P<label>\d{1,4}|[ivxlcdm]{1,12})\]?\s*")
_MAX_LINK = 3_000  # characters of a link's text, and of its address


class Printed(NamedTuple):
    """A line as a reader sees it.

    Attributes:
        runs: Its text with its links; `text` in pieces.
        images: Addresses of the pictures that stand in it.
    """

    text: str
    runs: tuple[Run, ...]
    images: tuple[str, ...] = ()


def read_markup(lines: Sequence[str], base_url: str = "") -> list[Printed]:
    """The lines without their markup.

    Args:
        lines: Of one text.
        base_url: What relative addresses are resolved against.
    """
    marked = any(map(_SIGNS.search, lines))
    return [_line_printed(line, base_url, marked=marked) for line in lines]


def _line_printed(line: str, base_url: str, *, marked: bool) -> Printed:
    line = decoded(line)
    if not marked and "<" not in line:
        return Printed(line, (Run(line),) if line else ())
    inline = _Inline(marked)
    for text, address in _links(_ESCAPED.sub(_masked, line)) if marked else ((line, None),):
        if address is None:
            inline.add(text)
        elif text.startswith("!"):
            inline.images.append(_target(address, base_url) or "")
        else:
            inline.link(text, _target(address, base_url))
    runs = tuple(run for run in inline.runs if run.text or run.href)
    images = tuple(image for image in inline.images if image)
    return Printed("".join(run.text for run in runs), runs, images)


def decoded(text: str) -> str:
    """The text with its entities undone.

    A sign without its semicolon is a parameter's (`&copy=2`) and stays.
    """
    for _ in range(_MAX_ENCODED):
        if "&" not in text or not _ENTITY.search(text):
            break
        text = _ENTITY.sub(lambda found: html.unescape(found.group()), text)
    return text


def _masked(found: re.Match[str]) -> str:
    return chr(_MASK + ord(found[1]))


@dataclass(slots=True)
class _Inline:
    """Makes runs of the pieces of one line; bold text may begin in one piece and end in another."""

    marked: bool
    runs: list[Run] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    bold: bool = False

    def add(self, text: str) -> None:
        """A piece of text that is no link."""
        text = _AUTOLINK.sub(r"\1", text)
        if not self.marked:
            self._put(text, None)
            return
        text = _BREAK.sub("\n", _TAG.sub("", text))
        since = 0
        for found in _ADDRESS.finditer(text):
            before, address = text[since : found.start()], found.group()
            closing = _CLOSING.search(address)
            bare = address[: closing.start()] if closing else address
            signs = closing["signs"] if closing else ""
            opened = bool(signs) and text.count(_opening(signs), 0, found.start()) % 2 > 0
            if opened and len(signs) == 1:
                before = before.removesuffix(signs)  # what opens at an address has no letter here
            self._put_without_emphasis(before, None)
            if signs and not (self.bold or opened):
                bare = address  # nothing before it is closed by them: they are its own
            self._put(bare, None)
            since = found.start() + len(bare)
        self._put_without_emphasis(text[since:], None)

    def link(self, text: str, address: str | None) -> None:
        """A link; the way between a marker and its note is none."""
        label = _BARE_LABEL.fullmatch(text.translate(_UNMASKED))
        if address is None or address.startswith("#") or is_note_anchor(address):
            self._put(f"[{label['label']}]" if label else text, None)
        elif _ADDRESS.match(text):
            self._put(text, address)
        else:
            self._put_without_emphasis(text, address)

    def _put_without_emphasis(self, text: str, address: str | None) -> None:
        since = 0
        for found in _EMPHASIS.finditer(text):
            self._put(text[since : found.start()], address)
            since = found.end()
            if found["bold"]:
                turns = len(found["bold"]) // 2
                if turns > 1 and _needs_blank(self.runs, text[since : since + 1]):
                    self._put(" ", None)
                self.bold ^= bool(turns % 2)
        self._put(text[since:], address)

    def _put(self, text: str, address: str | None) -> None:
        if text or address:
            self.runs.append(Run(text.translate(_UNMASKED), address, bold=self.bold))


def _opening(signs: str) -> str:
    """What opened the emphasis that these signs close."""
    return signs if signs == "~~" else signs[:1]


def _needs_blank(runs: list[Run], after: str) -> bool:
    """Whether a blank was lost where one emphasis ends and the next begins: `Click****here`."""
    before = runs[-1].text[-1:] if runs else ""
    return bool(before) and not before.isspace() and (after.isalnum() or after in {"(", "_"})


def _links(line: str) -> Iterator[tuple[str, str | None]]:
    """Pieces of text, each with the address that it links to, or None.

    The text of a picture is `!` and its words.
    """
    since = at = 0
    while (at := line.find("[", at)) >= 0:
        close = _matching(line, at, "[", "]")
        end = _matching(line, close + 1, "(", ")") if line[close + 1 : close + 2] == "(" else 0
        if close <= at or end <= 0:
            at += 1
            continue
        start = at - 1 if line[at - 1 : at] == "!" else at
        yield line[since:start], None
        text, address = line[at + 1 : close], line[close + 2 : end]
        if start < at:
            yield f"!{text}", address
        elif text.startswith("!["):
            yield from _links(text)  # a picture that is a link
        else:
            yield text, address
        since = at = end + 1
    yield line[since:], None


def _matching(line: str, at: int, opened: str, closed: str) -> int:
    """The place where the bracket that opens at `at` is closed; -1 where it is not."""
    depth = 0
    for place in range(at, min(len(line), at + _MAX_LINK)):
        depth += (line[place] == opened) - (line[place] == closed)
        if depth == 0:
            return place
    return -1


def _target(address: str, base_url: str) -> str | None:
    """The address of a link without its title.

    Some scrapers resolve it wrongly: `https://host/path/<#note1>`.
    """
    address = address.translate(_UNMASKED).strip()
    inner = re.search(r"<([^<>]*)>$", address.partition(' "')[0])
    if inner:
        address = inner[1]
    address = re.split(r"\s+[\"'(]", address, maxsplit=1)[0].strip()
    if not address or address.lower().startswith("javascript:"):
        return None
    return urljoin(base_url, address) if address.startswith("/") and base_url else address
