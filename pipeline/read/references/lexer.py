"""Reads the URLs out of a note: atoms from left to right, one URL being built at a time.

What a URL is: the one that the authors cited, whole, as they wrote it. What a page or a person did
to it is undone, and each undoing is named in `CitedUrl.repairs`:

- `from-href`: the link's address was whole, its text was cut or other words
- `from-text`: the text was whole, the link's address was not
- `refanged`: a dot written as a word became a dot
- `joined`: blanks or line breaks inside were removed
- `split`: it stood together with another URL, without blank or in one address
- `scheme`: the scheme was missing or broken
- `trailing`: punctuation behind it was removed
- `cut`: it ends in an ellipsis, so it is not whole
- `resolved` (see `notes`): a path that only the report's own address makes whole
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, NamedTuple

from archive.model.reports import CitedUrl
from pipeline.read.references.atoms import Atom, AtomKind, atoms
from pipeline.read.references.endings import TRAILING, without_tail
from pipeline.read.references.hosts import (
    begins_with_domain,
    host_of,
    is_host,
    is_whole_host,
    refanged,
)
from pipeline.read.references.joins import EXTENSIONS, MISSPELT_DOTS, is_torn
from pipeline.read.references.tape import Origin, Tape, lay, unsheltered

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pipeline.read.blocks import Run

_REPAIRS = ("from-href", "from-text", "split", "scheme", "refanged", "joined", "cut", "trailing")

# A host and what follows it with nothing at the end that may not belong to it: nothing to mend.
_PLAIN_REST = re.compile(r"[^;,%\s]*[A-Za-z0-9]")
# A note of nothing but whole addresses and what divides them: words as `atoms` knows them for
# simple, without brackets.
_ADDRESSES_ALONE = re.compile(
    r"\s*+(?:https?://(?!/)(?:[\w.?=&%#~+@-]++|/(?!/))++[;,]?+(?:\s++|\Z)(?:[;,](?:\s++|\Z))?+)++"
)
_ADDRESS = re.compile(r"(?P<scheme>https?://)(?P<rest>\S+)")
_ORIGIN_NAMES = {
    Origin.TEXT: frozenset[str](),
    Origin.SAME: frozenset[str](),
    Origin.HREF: frozenset({"from-href"}),
    Origin.WHOLE_TEXT: frozenset({"from-text"}),
}
_SCRAPS = frozenset({"htt", "http", "https", "ttps", "dot"})


# A URL in more pieces has not been seen; the bound keeps the work linear.
_MAX_PIECES = 30


class _Way(Enum):
    """How a URL goes on with the next word."""

    JOIN = auto()
    DOT = auto()
    MISSPELT = auto()


class LexedNote(NamedTuple):
    """What a note cites, and its words besides: empty when it holds nothing but URLs and what
    divides them."""

    urls: tuple[CitedUrl, ...]
    words: str


@dataclass(slots=True)
class _Building:
    """A URL being built."""

    scheme: str
    rest: str
    start: int
    end: int
    repairs: set[str]
    dotted: bool = False
    tentative: bool = False
    bare: bool = False
    pieces: int = 0

    @property
    def host(self) -> str:
        """The host being built; of an archive's URL, the inner one."""
        return host_of(self.rest[self.rest.rfind("//") + 2 :] if "//" in self.rest else self.rest)

    @property
    def in_host(self) -> bool:
        """True while no path has begun; a slash behind half a host is a browser's."""
        host = self.host
        return self.rest.endswith(host) or (
            self.rest.endswith(f"{host}/") and not is_whole_host(host)
        )

    @property
    def is_stutter(self) -> bool:
        """True for `https://` and `https://www dot`: when a URL follows, its beginning was printed
        twice."""
        return not self.rest or (self.dotted and self.in_host and "." not in self.host)

    @property
    def closed(self) -> bool:
        """True when a separator ended it."""
        return self.rest.endswith((";", ","))


@dataclass(slots=True)
class _Reader:
    """Takes atoms, gives URLs and the words left over."""

    tape: Tape
    done: list[_Building] = field(default_factory=list)
    words: list[str] = field(default_factory=list)
    building: _Building | None = None
    held: Atom | None = None  # a word that may be the first part of a defanged host

    def read(self, atom: Atom) -> None:
        """Takes the next atom."""
        if atom.kind is AtomKind.URL:
            self._url(atom)
        elif atom.kind is AtomKind.DOT:
            self._dot(atom)
        else:
            way = self._way_on(self.building, atom) if self.building is not None else None
            if way is not None and self.building is not None:
                self._append(self.building, atom, way)
            else:
                self._begin(atom)

    def _begin(self, atom: Atom) -> None:
        self.finish()
        if atom.kind is AtomKind.HOST:
            rest = atom.text.lstrip("/")
            self.building = _Building("https://", rest, atom.start, atom.end, {"scheme"})
        elif atom.kind is AtomKind.WORD:
            self.held = atom

    def finish(self) -> None:
        """Ends the URL being built, and lets go of a held word."""
        building, self.building = self.building, None
        if building is not None:
            if not building.tentative or _is_plausible(building):
                self.done.append(building)
            else:
                self.words.append(unsheltered(self.tape.text[building.start : building.end]))
        if self.held is not None:
            self.words.append(self.held.text)
            self.held = None

    def _url(self, atom: Atom) -> None:
        assert atom.scheme is not None
        before = self.building
        repairs = set() if atom.scheme.whole else {"scheme"}
        if before is not None and before.end == atom.start:
            before.repairs.add("split")
            repairs.add("split")
        if before is not None and before.is_stutter:
            self.building = None
        self.finish()
        self.building = _Building(atom.scheme.repaired, atom.text, atom.start, atom.end, repairs)
        self.building.tentative = not atom.scheme.slashed
        self._take_glued_dot(self.building)

    def _dot(self, atom: Atom) -> None:
        building = self.building
        if building is not None and not building.closed and building.rest:
            building.dotted = True
            building.end = atom.end
        elif self.held is not None and _is_host_part(self.held.text):
            word, self.held = self.held, None
            self.finish()
            self.building = _Building(
                "https://", word.text, word.start, atom.end, {"scheme"}, True, True, True
            )
        else:
            self.finish()

    def _way_on(self, building: _Building, atom: Atom) -> _Way | None:
        """How the URL goes on with a word; None when it does not."""
        text = atom.text
        if atom.kind is AtomKind.BREAK or building.closed or building.pieces > _MAX_PIECES:
            return None
        if building.dotted:
            if building.in_host and text[0] == "/" and text[1:2].isalnum():
                return _Way.JOIN  # a stray "dot" behind a whole host: the path goes on
            return _Way.DOT if _continues_dot(building, text) else None
        if not building.rest:
            return _Way.JOIN if text[0].isalnum() else None
        if building.in_host:
            if begins_with_domain(text) or _is_rest_of_host(text):
                return _Way.DOT
            if not is_whole_host(building.host):
                return _half_host_way(building.host, atom)
        torn = atom.kind is AtomKind.WORD and is_torn(building.rest, text, in_host=building.in_host)
        return _Way.JOIN if torn else None

    def _append(self, building: _Building, atom: Atom, way: _Way) -> None:
        building.end = atom.end
        building.pieces += 1
        if way is _Way.MISSPELT:
            building.dotted = True
        elif way is _Way.JOIN:
            # `https:// and http://` names two schemes; behind one of an address stands a host
            building.tentative = building.tentative or not building.rest
            building.rest += atom.text
            building.dotted = False
            building.repairs.add("joined")
        else:
            if not building.dotted and not is_whole_host(building.host):
                building.rest = building.rest.removesuffix("dot")
            text = atom.text.lstrip(".`'")
            if not building.dotted and text.lower().startswith("dot"):
                text = text[3:]
            building.rest = building.rest.rstrip("./") + "." + text
            building.dotted = False
            building.repairs.add("refanged")
            self._take_glued_dot(building)

    def _take_glued_dot(self, building: _Building) -> None:
        """`https://meduza(dot)` and a blank: the dot that the next word goes on behind."""
        if building.rest[-1:] not in {")", "]"}:
            return
        for mark in ("(dot)", "[dot]"):
            if building.rest.lower().endswith(mark) and building.in_host:
                building.rest = building.rest[: -len(mark)]
                building.dotted = True


def cited_urls(runs: Sequence[Run]) -> tuple[CitedUrl, ...]:
    """Every URL that a note cites, in order, without repeats."""
    return lex(runs).urls


def lex(runs: Sequence[Run]) -> LexedNote:
    """Reads a note: its URLs, and the words that are none."""
    return read_tape(lay(runs))


def read_tape(tape: Tape) -> LexedNote:
    """As `lex`, for a note whose links are laid in."""
    if is_addresses_alone(tape.text):
        return LexedNote(_plain_urls(tape), "")
    return read_atoms(tape)


def read_atoms(tape: Tape) -> LexedNote:
    """As `read_tape`, for any note."""
    reader = _Reader(tape)
    for atom in atoms(tape.text):
        reader.read(atom)
    reader.finish()
    origins = _origins([building.start for building in reader.done], tape)
    found: dict[str, CitedUrl] = {}
    for building, origin in zip(reader.done, origins, strict=True):
        building.repairs |= origin
        printed = unsheltered(tape.text[building.start : building.end])
        cited = _cited(building.scheme, building.rest, printed, building.repairs)
        if cited is not None:
            found.setdefault(cited.url, cited)
    words = " ".join(reader.words) if any(map(_is_word, reader.words)) else ""
    return LexedNote(tuple(found.values()), words)


def is_addresses_alone(text: str) -> bool:
    """Whether each word is one whole address, with nothing to mend but its end.

    Three of four notes are so: none of their words needs a look at what stands beside it.
    """
    return (
        _ADDRESSES_ALONE.fullmatch(text) is not None
        # no second scheme inside an address
        and text.count("ttp") == text.count("//")
    )


def _plain_urls(tape: Tape) -> tuple[CitedUrl, ...]:
    """What `read_tape` finds where addresses stand alone."""
    words = list(_ADDRESS.finditer(tape.text))
    origins = _origins([found.start() for found in words], tape)
    urls: dict[str, CitedUrl] = {}
    for found, origin in zip(words, origins, strict=True):
        cited = _cited(found["scheme"], found["rest"], found.group(), set(origin))
        if cited is not None:
            urls.setdefault(cited.url, cited)
    return tuple(urls.values())


def _origins(begins: Sequence[int], tape: Tape) -> list[frozenset[str]]:
    """What the place of each URL on the tape says: taken from an address or a text, one of several
    in an address."""
    spans = tape.spans
    if all(span.origin is Origin.TEXT for span in spans):
        return [_ORIGIN_NAMES[Origin.TEXT]] * len(begins)
    starts = [span.start for span in spans]
    places = [bisect_right(starts, begin) - 1 for begin in begins]
    origins = [_ORIGIN_NAMES[spans[place].origin] for place in places]
    if len(set(places)) < len(places):
        crowd = Counter(places)
        for at, place in enumerate(places):
            if crowd[place] > 1 and spans[place].origin is not Origin.TEXT:
                origins[at] |= {"split"}
    return origins


def _is_word(text: str) -> bool:
    """False for punctuation, stray letters and numbers, and scraps of a scheme."""
    core = text.strip(".,;:/*()[] ").lower()
    return len(core) > 2 and core not in _SCRAPS and any(c.isalpha() for c in core)


def _cited(scheme: str, laid: str, printed: str, names: set[str]) -> CitedUrl | None:
    """The address that was built, mended.

    Behind its scheme it stands as on the tape; `names` are what was mended so far, and what is
    mended here is added to them.
    """
    rest = unsheltered(laid)
    host = host_of(rest)
    if not names and _PLAIN_REST.fullmatch(rest) and is_host(host):
        return CitedUrl(scheme + rest, printed)
    if not is_host(host):
        rest = refanged(host) + rest[len(host) :]
        if rest != laid:
            names.add("refanged")
        if not any(c.isalnum() for c in host):
            return None
    rest, cut = without_tail(rest)
    if cut:
        names.add(cut)
    if not rest:
        return None
    repairs = tuple([r for r in _REPAIRS if r in names]) if names else ()
    return CitedUrl(scheme + rest, printed, repairs)


def _is_host_part(word: str) -> bool:
    return all(label and all(c.isalnum() or c in "-_" for c in label) for label in word.split("."))


def _is_plausible(building: _Building) -> bool:
    """True when what was printed without `//` is an address: a whole host, and without any scheme a
    path or `www.`."""
    rest = building.rest.rstrip(TRAILING)
    host = refanged(host_of(rest))
    if not building.bare:
        return is_whole_host(host)
    return is_host(host) and (len(rest) > len(host) + 1 or host.lower().startswith("www."))


def _half_host_way(host: str, atom: Atom) -> _Way | None:
    """How half a host goes on without a proper dot between: `dpt ru/…`, `dotru/…`, ` ria.ru/…`."""
    word = atom.text.lower()
    if word in MISSPELT_DOTS:
        return _Way.MISSPELT
    if atom.kind is AtomKind.HOST:
        half = "." not in host.rstrip(".")  # `https://www. site.org/…`, too
        return _Way.DOT if half and not word.startswith("www.") else None
    glued = word.startswith("dot") and begins_with_domain(word[3:])
    return _Way.DOT if glued else None


def _is_rest_of_host(word: str) -> bool:
    """True for `.com/x` and `.com`: a blank before the dot of a host."""
    return word[0] == "." and is_host(f"x{host_of(word).rstrip(TRAILING)}")


def _continues_dot(building: _Building, word: str) -> bool:
    """True when the word behind a written-out dot goes on with the host, or is a file's
    extension."""
    if building.in_host:
        return word.lstrip(".`'")[:1].isalnum()
    return word.rstrip(TRAILING).lower().startswith(EXTENSIONS)
