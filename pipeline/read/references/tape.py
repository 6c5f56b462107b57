"""A note's text with its links laid in: one string that the lexer reads from left to right.

A link's text and its address say the same thing in different ways: the text may be cut, the address
may hold several URLs, or end in the middle of one. For every link this module decides which of the
two is the whole one.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from pipeline.read.references.hosts import bare_scheme_length, holds_next, is_host_start

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pipeline.read.blocks import Run

BREAK = "\ue000"
"""A private-use character: nothing is joined across it."""

WIDE_PUNCTUATION = "（）［］｛｝【】〔〕〖〗「」『』《》〈〉｢｣、。，；：！？←→⇒➡"
"""Brackets, commas, stops and arrows of Chinese and Japanese text, with no blank around them."""

# The same inside an address that a link names whole: private-use characters until the address is
# read.
_SHELTER = {ord(sign): 0xE100 + at for at, sign in enumerate(WIDE_PUNCTUATION)}
_WIDE = re.compile(f"[{WIDE_PUNCTUATION}]")
_UNSHELTER = {private: chr(sign) for sign, private in _SHELTER.items()}
_PRIVATE = re.compile(f"[{''.join(map(chr, _UNSHELTER))}]")

ELLIPSES = ("...", "…")

# Zero-width characters, marks of direction and the soft hyphen: invisible, so never meant as part
# of an address; but between two letters of Arabic script one divides words of Persian.
_INVISIBLE = re.compile(f"[\u00ad\u200b\u200d-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff{BREAK}]")
_DIVIDER = "\u200c"
_LOOSE_DIVIDER = re.compile("\u200c(?![\u0620-\u06d3])|(?<![\u0620-\u06d3])\u200c")

# Words in the names of anchors between notes and their markers, as word processors, publishing
# systems and plug-ins write them: `_edn12`, `sdfootnote3sym`, `ftnt_ref3`, `footnote1_k3`,
# `easy-footnote-bottom-1-20`, `cite_note-a-3`.
_NOTE_WORDS = frozenset(
    [
        *("edn", "ednref", "ftn", "ftnref", "ftnt", "fn", "fnref", "en", "enref", "sdfootnote"),
        *("sdendnote", "note", "notes", "noteref", "endnote", "endnotes", "endnoteref", "footnote"),
        *("footnotes", "footnoteref", "footnotedef", "footnotereference", "ref", "reference"),
        *("references", "cite", "citation"),
    ]
)
_WORDS = re.compile(r"[a-z]+")
_MAX_ANCHOR = 80  # a longer fragment is a quotation or a state of a script
_NUMERAL = re.compile(r"\d|(?:^|[-_:.])[ivxlc]+$|(?<=_edn)[ivxlc]+$|(?<=_ednref)[ivxlc]+$")


# Those that no page uses for anything else: an address with one of them is a way back, wherever it
# leads.
_OWN_ANCHORS = (
    *("_edn", "_ftn", "_sdfootnote", "_sdendnote", "sdfootnote", "sdendnote", "fnref", "cite_note"),
    *("cite_ref", "footnoteref", "footnote_plugin", "easy-footnote"),
)


class Origin(StrEnum):
    """Where a stretch of the tape comes from."""

    TEXT = "text"
    HREF = "href"
    SAME = "same"
    WHOLE_TEXT = "whole-text"


class Span(NamedTuple):
    """A stretch of the tape, from `start` up to `end`, and its origin."""

    start: int
    end: int
    origin: Origin


class Tape(NamedTuple):
    """The laid-in text, and where its stretches come from, in order and without gaps."""

    text: str
    spans: tuple[Span, ...]


def lay(runs: Sequence[Run]) -> Tape:
    """Lays each link's address into the text where the address is the whole one."""
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for printed, href in _merged(runs):
        if href is None:
            laid: Iterable[tuple[str, Origin]] = ((printed, Origin.TEXT),)
        elif href == printed and is_citation(href):
            laid = ((sheltered(printed), Origin.SAME),)
        else:
            laid = _laid(printed, href)
        for text, origin in laid:
            if text:
                parts.append(text)
                end = at + len(text)
                spans.append(Span(at, end, origin))
                at = end
    return Tape("".join(parts), tuple(spans))


def sheltered(address: str) -> str:
    """An address that is whole as it stands.

    So that no sign in it is taken for punctuation around it.
    """
    if address.isascii() or _WIDE.search(address) is None:  # as below
        return address
    return address.translate(_SHELTER)


def unsheltered(text: str) -> str:
    """What `sheltered` changed as it was."""
    if text.isascii() or _PRIVATE.search(text) is None:  # five times as fast as exchanging none
        return text
    return text.translate(_UNSHELTER)


def is_citation(href: str) -> bool:
    """True for an address that can be cited; False for anchors of notes, files, mail and
    scripts."""
    if href.startswith(("https://", "http://")) and "#" not in href:
        return "/cdn-cgi/l/email-protection" not in href
    link = href.strip().lower()
    if link.startswith(("#", "file:", "mailto:", "javascript:", "tel:", "data:", "about:")):
        return False
    if "/cdn-cgi/l/email-protection" in link:
        return False
    fragment = link.rpartition("#")[2] if "#" in link else ""
    if fragment.startswith(_OWN_ANCHORS):
        return False
    return bare_scheme_length(link) > 0 or is_host_start(link)


def is_note_anchor(href: str) -> bool:
    """True for `…docx#_ednref12`, `https://site/page#fn3`: the way between a note and its
    marker."""
    _, hash_, name = href.strip().lower().rpartition("#")
    if not hash_ or len(name) > _MAX_ANCHOR or _NUMERAL.search(name) is None:
        return False
    return name.startswith(("_edn", "_ftn")) or not _NOTE_WORDS.isdisjoint(_WORDS.findall(name))


def _merged(runs: Sequence[Run]) -> list[tuple[str, str | None]]:
    """Text and address of runs, those with equal address in a row as one: word processors break one
    link into several."""
    merged: list[tuple[list[str], str | None]] = []
    for run in runs:
        text = _visible(run.text)
        if merged and merged[-1][1] == run.href:
            merged[-1][0].append(text)
        else:
            merged.append(([text], run.href))
    return [("".join(texts), address) for texts, address in merged]


def _visible(text: str) -> str:
    if text.isascii():
        return text
    if _DIVIDER in text:
        text = _LOOSE_DIVIDER.sub("", text)
    return _INVISIBLE.sub("", text)


def _laid(printed: str, address: str) -> Iterator[tuple[str, Origin]]:
    if not is_citation(address):
        yield printed, Origin.TEXT
        return
    href = sheltered(_spaced(_visible(address)))
    shown, target = "".join(printed.split()), "".join(href.split())
    lead = printed[: len(printed) - len(printed.lstrip())]
    tail = printed[len(printed.rstrip()) :] if shown else ""
    origin = _whole(shown, target)
    if not shown:
        # A link without text goes on in the text behind it when it ends in a defanged host.
        yield BREAK, Origin.TEXT
        yield f"{href} ", Origin.HREF
    elif origin is None:
        yield printed, Origin.TEXT
        yield BREAK, Origin.TEXT
        yield href, Origin.HREF
        yield BREAK, Origin.TEXT
    elif origin is Origin.WHOLE_TEXT:
        yield printed, origin
    else:
        if shown and not bare_scheme_length(shown):
            href = href[bare_scheme_length(href) :]  # the site's, not the authors'
        yield lead, Origin.TEXT
        yield href, origin
        yield tail, Origin.TEXT


def _spaced(href: str) -> str:
    """Blanks that a browser encoded around a defanged dot, and backslashes for slashes, as they
    were typed."""
    if "dot" not in href.lower() or "%" not in href:
        return href
    for blank in ("%20", "%C2%A0", "%c2%a0"):
        for dot in ("dot", "Dot", "DOT"):
            href = href.replace(f"{blank}{dot}{blank}", f" {dot} ").replace(
                f"{blank}{dot}", f" {dot} "
            )
    return href


def _whole(shown: str, target: str) -> Origin | None:
    """Which of a link's text and address holds all of what was cited.

    None when the text is words of its own.
    """
    if shown == target:
        return Origin.SAME
    if target == shown + "/" or shown == target + "/" or target.partition("://")[2] == shown:
        # Browsers end a bare host with a slash, link filters put a scheme before it; in
        # `https://t/` + ` dot me/…` the slash would stand in the way, and a scheme that nobody
        # printed is not the authors'.
        return Origin.WHOLE_TEXT
    if _uncut(shown) != shown and target.startswith(_uncut(shown)):
        return Origin.HREF
    if not (bare_scheme_length(shown) or is_host_start(shown)):
        return None
    if shown.startswith(target) or _is_put_behind(shown, target):
        return Origin.WHOLE_TEXT
    return Origin.HREF if target.startswith(shown) else _whole_by_meaning(shown, target)


def _is_put_behind(shown: str, target: str) -> bool:
    """Whether an editor took the printed address for a path on its own site:
    `https://report.org/here/https://site.org/a`; not an archive's copy of it, nor a wrapper."""
    before = target.removesuffix(shown)
    return 0 < len(before) < len(target) and not holds_next(before)


def _whole_by_meaning(shown: str, target: str) -> Origin:
    """As `_whole`, for texts that are URLs and differ in spelling: encoding, or a scheme that the
    site added."""
    if not bare_scheme_length(shown):
        _, _, rest = target.partition("://")
        if unquote(rest).rstrip("/").startswith(unquote(_uncut(shown)).rstrip("/")):
            return Origin.WHOLE_TEXT if _uncut(shown) == shown else Origin.HREF
    return Origin.HREF


def _uncut(shown: str) -> str:
    for ellipsis in ELLIPSES:
        shown = shown.removesuffix(ellipsis)
    return shown
