"""The smallest pieces that the lexer reads: URL beginnings, dots written as words, other words,
breaks."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.references.hosts import (
    Scheme,
    bare_scheme_length,
    find_scheme,
    holds_next,
    host_of,
    is_host,
    is_host_start,
    refanged,
)
from pipeline.read.references.tape import BREAK, WIDE_PUNCTUATION

if TYPE_CHECKING:
    from collections.abc import Iterator

# Words between blanks; a break stands alone; a scheme with blanks in it is one word with what
# follows. Every repeat but the last is bounded and the last is one character class: linear.
_WORD = re.compile(
    rf"""
      {BREAK}
    | (?P<spaced> h\s?t\s?t\s?p\s?s?\s?[:;]?\s?[:;]?\s?/\s?/ ) [^\s{BREAK}]*
    | [^\s{BREAK}]+
    """,
    re.VERBOSE | re.IGNORECASE,
)

DOT_WORDS = frozenset(
    {"dot", "[dot]", "(dot)", "{dot}", "<dot>", "[.]", "(.)", "{.}", ".", "dot.", ".dot", "-dot-"}
)

_SEPARATOR = re.compile(r"[;,]")

# How far ahead a host is looked for: hosts have at most 253 characters (RFC 1035).
_LOOK = 260

_DOT_LENGTH = max(map(len, DOT_WORDS))

# A host with a defanged dot and a path, without any scheme: `t[.]me/…`.
_DEFANGED = re.compile(r"[\w-]{1,63}(?:[\[({](?:\.|dot)[\])}][\w.-]{1,63}){1,4}/", re.IGNORECASE)

OPENERS = "([{<\"'“‘«„‹‚¿¡†‡*•·–—-:;,.|"

# Characters that never stand in a URL; what follows is another word. Punctuation of Chinese and
# Japanese has no blank behind it; in an address that a link names whole it is none (see
# `tape.sheltered`).
_STOPS = re.compile(rf"[<>\"“”«»„|{WIDE_PUNCTUATION}]|\[\d{{1,4}}\](?=$|[;,.\s])")

# Most words are one whole URL: what has only these characters and one scheme needs no closer look.
_SIMPLE = re.compile(r"(?!/)(?:[\w.?=&%#~+@()-]++|/(?!/))++[;,]?")
# No mark of a scheme and no dot but at its end: neither an address nor a host.
_PLAIN_WORD = re.compile(r"[A-Za-z]+[,.)]?")
_SCHEMES = {mark: Scheme(0, len(mark), mark, True, True) for mark in ("https://", "http://")}


class AtomKind(StrEnum):
    """What an atom is."""

    URL = "url"
    HOST = "host"
    DOT = "dot"
    WORD = "word"
    BREAK = "break"


class Atom(NamedTuple):
    """One piece.

    Attributes:
        text: Its characters; of a URL, what follows the scheme.
        start, end: Its place on the tape, the scheme included.
        scheme: Of a URL.
    """

    kind: AtomKind
    text: str
    start: int
    end: int
    scheme: Scheme | None = None


def atoms(text: str) -> Iterator[Atom]:
    """The atoms of a tape, in order."""
    for found in _WORD.finditer(text):
        word, at = found.group(), found.start()
        scheme = _SCHEMES.get(word[:8]) or _SCHEMES.get(word[:7])
        if scheme is not None and _SIMPLE.fullmatch(word, scheme.end) and "ttp" not in word[8:]:
            yield Atom(AtomKind.URL, word[scheme.end :], at, at + len(word), scheme)
        elif word == BREAK:
            yield Atom(AtomKind.BREAK, word, at, at + 1)
        elif len(word) <= _DOT_LENGTH and word.lower() in DOT_WORDS:
            yield Atom(AtomKind.DOT, word, at, at + len(word))
        elif _PLAIN_WORD.fullmatch(word):
            yield Atom(AtomKind.WORD, word, at, at + len(word))
        elif found["spaced"] and len(found["spaced"].split()) > 1:
            mark = "".join(found["spaced"].split())
            word = mark + word[len(found["spaced"]) :]
            yield from _of_word(word, found.end() - len(word))
        else:
            yield from _of_word(word, at)


def _of_word(word: str, at: int) -> Iterator[Atom]:
    since = 0
    for stop in _STOPS.finditer(word):
        if stop.group() == "|" and _is_in_query(word, since, stop.start()):
            continue
        yield from _of_piece(word[since : stop.start()], at + since)
        yield Atom(AtomKind.WORD, stop.group(), at + stop.start(), at + stop.end())
        since = stop.end()
    yield from _of_piece(word[since:], at + since)


def _is_in_query(word: str, since: int, at: int) -> bool:
    """True for the bar between a parameter's values: `?titles=A|B`; False where a URL or nothing
    follows it."""
    after = word[at + 1 : at + 1 + _LOOK]
    if not after[:1].isalnum() or word.rfind("?", since, at) < 0:
        return False
    return not (bare_scheme_length(after) or is_host_start(after))


def _of_piece(piece: str, at: int) -> Iterator[Atom]:
    """Divides a piece without stops where URLs begin in it."""
    cuts = _cuts(piece)
    for (start, scheme), (end, _) in zip(cuts, [*cuts[1:], (len(piece), None)], strict=True):
        body = start if scheme is None else scheme.end
        head, *others = _by_separators(piece[body:end])
        if scheme is not None:
            yield Atom(AtomKind.URL, head, at + start, at + body + len(head), scheme)
        elif head:
            yield from _host_or_word(head, at + body)
        body += len(head)
        for text in others:
            yield from _host_or_word(text, at + body)
            body += len(text)


def _cuts(piece: str) -> list[tuple[int, Scheme | None]]:
    """The places at which a piece is cut: its beginning, and each scheme that begins a URL."""
    cuts: list[tuple[int, Scheme | None]] = [(0, None)]
    scheme = find_scheme(piece)
    while scheme is not None:
        if _begins_url(piece, scheme, cuts[-1][0]):
            cuts.append((scheme.start, scheme))
        if piece.find("/", scheme.end) < 0 and piece.find(":", scheme.end) < 0:
            break
        scheme = find_scheme(piece, scheme.end)
    return cuts


def _begins_url(piece: str, scheme: Scheme, since: int) -> bool:
    """False for a scheme that belongs to the URL it stands in: its parameter, or the inner address
    of an archive."""
    after = piece[scheme.end : scheme.end + _LOOK]
    if scheme.start == 0:
        return True
    if holds_next(piece[since : scheme.start].lstrip(OPENERS)):
        return False
    return scheme.whole or (scheme.slashed and is_host(host_of(after)))


def _by_separators(piece: str) -> list[str]:
    """Cuts before a host that follows a separator: `…/123;t.me/rybar/1`."""
    parts: list[str] = []
    since = 0
    for found in _SEPARATOR.finditer(piece):
        if is_host_start(piece[found.end() : found.end() + _LOOK]):
            parts.append(piece[since : found.end()])
            since = found.end()
    parts.append(piece[since:])
    return parts


def _host_or_word(text: str, at: int) -> Iterator[Atom]:
    """A word without scheme: a host with a path, maybe behind a bracket or quote, or just a
    word."""
    core = text.lstrip(OPENERS)
    if _DEFANGED.match(core) and is_host_start(refanged(core[:_LOOK])):
        lead = len(text) - len(core)
        yield Atom(AtomKind.HOST, core, at + lead, at + len(text))
        return
    if core.startswith("//") and not is_host_start(core):
        core = text
    if not is_host_start(core):
        yield Atom(AtomKind.WORD, text, at, at + len(text))
        return
    lead = len(text) - len(core)
    if lead:
        yield Atom(AtomKind.WORD, text[:lead], at, at + lead)
    yield Atom(AtomKind.HOST, core, at + lead, at + len(text))
