"""Near-duplicate texts: mirrors and syndicated stories under other addresses.

Two texts are near when they share half of their shingles, runs of five words (`resemblance`). So
that not every text is compared with every other, each gets sixteen numbers (`bands`) from its
shingles; only texts that share two of them are compared. All of it depends on the two texts alone,
never on what came first or on the machine, so that a rebuild links the same pairs.

Sources: Broder, "On the resemblance and containment of documents", 1997; Broder, Glassman, Manasse,
Zweig, "Syntactic clustering of the Web", 1997; Li, Owen, Zhang, "One permutation hashing", NIPS
2012; Shrivastava, "Optimal densification for fast and accurate minwise hashing", ICML 2017.
"""

from __future__ import annotations

import hashlib
import itertools
import re
import struct
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from archive.model.rows import NearPair
from archive.model.understood import Signature

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

SHINGLE_WORDS = 5
"""Fetterly, Manasse, Najork, "On the evolution of clusters of near-duplicate web pages", 2003, take
five as well."""

NEAR = 0.5
"""Resemblance from which two texts are linked: the threshold of Broder et al. 1997.

What that means: a story with a new ending, or of which up to a quarter of the sentences was
rewritten, together or here and there, is near (0.55 then); so is one with one word in twenty
changed (0.63). With three sentences in ten rewritten it is on the border, and with one word in ten
changed all over (0.42) it counts as another text.
"""

NEAR_MIN_SHINGLES = 50
"""Distinct shingles below which only equal words count: one changed word costs five shingles, so
that in a short post of a formula (alerts, daily losses) the place or number that makes it another
post would not be seen."""

SAME_MIN_WORDS = 16
"""Words below which not even equal words say anything; formulas of alert channels run to a
dozen."""

MAX_WORDS = 20_000
"""Read of a text: some forty pages, at most 40 ms. A longer document is compared by its
beginning."""

CROWD = 100
"""Texts with one band in common from which that band links no more: a notice or a template that
stands on hundreds of pages is no syndication. Broder et al. 1997 drop shingles of more than 1,000
of their 30 million documents for the same reason. It bounds the work on one text and the number of
pairs as well."""

BINS = 32
BAND_BINS = 2
"""Two bins to a band, sixteen bands."""

SHARED_BANDS = 2
"""Bands that two texts must have in common to be compared, as Fetterly et al. 2003 ask for two of
six: 94 % of pairs at the threshold have them, 99 % of those at 0.6; of daily posts from one
template (0.2) 13 %, of others (0.05) 0.1 %. With one band half of such posts would be compared,
each with each."""

_BAND_BYTES = 6
_DIGITS = 3  # of a resemblance; more would claim a precision that words do not have

# Combining marks (Latin, Hebrew points, Arabic vowel signs) and format characters: how a text is
# set, not what it says. Listed here and not taken from `unicodedata`, so that a newer Unicode
# changes nothing.
_UNREAD = re.compile(
    "[\u0300-\u036f\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]+"
)
# Thai, Lao, Myanmar, Khmer, kana, Han: written without blanks between words.
UNSPACED = (
    "\u0e01-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003134f"
)
_WORDS = re.compile(rf"[{UNSPACED}]+|[^\W_{UNSPACED}]+")
_UNSPACED_ANY = re.compile(rf"[{UNSPACED}]")
_GRAM = 3
"""Of such a run, every three characters in a row count as a word: five of them are seven
characters, some four words of Chinese."""


@dataclass(frozen=True, slots=True)
class NearCandidates:
    """What is held, for `links`.

    Attributes:
        text: The text with this id.
        holders: For each band: ids of texts that have it, more than `CROWD` of them where it is
            crowded.
        pairs: The pairs held among these texts.
    """

    text: Callable[[int], str]
    holders: Callable[[Iterable[int]], Mapping[int, frozenset[int]]]
    pairs: Callable[[Iterable[int]], Iterable[tuple[int, int]]]


@dataclass(frozen=True, slots=True)
class Links:
    """Pairs that a new text brings, and pairs that end because with it a band has become a
    crowd's."""

    together: tuple[NearPair, ...] = ()
    apart: tuple[tuple[int, int], ...] = ()


def signature(text: str) -> Signature | None:
    """What `text` is found by; None when it is too short for even equal words to mean anything."""
    words = read_words(text)
    if len(words) < SAME_MIN_WORDS:
        return None
    return Signature(len(words), _bands(_shingles(words)))


def resemblance(one: str, other: str) -> float:
    """Shingles that both texts have, as a share of all that either has: 0.0 to 1.0, in
    thousandths."""
    return _share(_shingles(read_words(one)), _shingles(read_words(other)))


def contained(part: str, whole: str) -> float:
    """Shingles of `part` that `whole` has, too, as a share of its own: 0.0 to 1.0, in thousandths.

    A part too short for one shingle is in it when its words stand there in a row.
    """
    words = read_words(part)
    if len(words) < SHINGLE_WORDS:
        return float(bool(words) and f" {' '.join(words)} " in f" {' '.join(read_words(whole))} ")
    own = _shingles(words)
    return round(len(own & _shingles(read_words(whole))) / len(own), _DIGITS)


def links(text_id: int, text: str, bands: tuple[int, ...], known: NearCandidates) -> Links:
    """The pairs that change when `text` joins the texts that are held.

    A pair stands when both texts are near and share two bands that are no crowd's. The outcome for
    a set of texts is the same in whatever order they come.
    """
    held = {band: found - {text_id} for band, found in known.holders(bands).items()}
    quiet = (found for found in held.values() if len(found) < CROWD)
    shared = Counter(itertools.chain.from_iterable(quiet))
    candidates = [other for other, count in shared.items() if count >= SHARED_BANDS]
    own = _shingles(read_words(text)) if candidates else frozenset()
    together = []
    for other in sorted(candidates):
        share = _share(own, _shingles(read_words(known.text(other))))
        if share >= NEAR:
            together.append(NearPair(min(text_id, other), max(text_id, other), share))
    crowding = {band: found for band, found in held.items() if len(found) == CROWD}
    return Links(tuple(together), _parted(crowding, known) if crowding else ())


def _parted(
    crowding: Mapping[int, frozenset[int]], known: NearCandidates
) -> tuple[tuple[int, int], ...]:
    """Pairs that no longer share enough bands, now that some are a crowd's."""
    members = frozenset().union(*crowding.values())
    bands = {member: set(_bands(_shingles(read_words(known.text(member))))) for member in members}
    held = known.holders(set().union(*bands.values()))
    quiet = {b for b, found in held.items() if b not in crowding and len(found) <= CROWD}
    return tuple(
        (one, other)
        for one, other in known.pairs(members)
        if len(bands[one] & bands[other] & quiet) < SHARED_BANDS
    )


def read_words(text: str) -> list[str]:
    """The words of a text, case and marks folded, at most `MAX_WORDS`."""
    if text.isascii():
        return _WORDS.findall(text.lower())[:MAX_WORDS]
    read = folded(text)
    if not _UNSPACED_ANY.search(read):  # most texts
        return _WORDS.findall(read)[:MAX_WORDS]
    runs = (match.group() for match in _WORDS.finditer(read))
    words = itertools.chain.from_iterable(map(_split, runs))
    return list(itertools.islice(words, MAX_WORDS))


def folded(text: str) -> str:
    """A text with case and marks folded, as its words are read."""
    return _UNREAD.sub("", unicodedata.normalize("NFKD", text).casefold())


def _split(run: str) -> Iterable[str]:
    if not _UNSPACED_ANY.match(run):
        return (run,)
    return (run[i : i + _GRAM] for i in range(max(len(run) - _GRAM + 1, 1)))


def _shingles(words: list[str]) -> frozenset[int]:
    """Hashes of all runs of five words, 64 bits wide."""
    # as bytes once, not for each run; a page has a thousand of these
    read = " ".join(words).encode("utf-8", "replace")
    ends = list(itertools.accumulate(len(word) + 1 for word in read.split(b" ")))
    runs = zip((0, *ends), ends[SHINGLE_WORDS - 1 :], strict=False)
    digests = [hashlib.blake2b(read[i : j - 1], digest_size=8).digest() for i, j in runs]
    return frozenset(struct.unpack(f">{len(digests)}Q", b"".join(digests)))


def _share(one: frozenset[int], other: frozenset[int]) -> float:
    if not one or not other:
        return 0.0
    common = len(one & other)
    return round(common / (len(one) + len(other) - common), _DIGITS)


def _bands(shingles: frozenset[int]) -> tuple[int, ...]:
    """Sixteen numbers of 48 bits, of which near texts share some; none for a text too short to be
    near another."""
    if len(shingles) < NEAR_MIN_SHINGLES:
        return ()
    least: dict[int, int] = {}
    for shingle in sorted(shingles):
        least.setdefault(shingle % BINS, shingle // BINS)
        if len(least) == BINS:
            break  # the first in a bin is its least, and all bins have theirs
    full = [least[next(p for p in _detour(place) if p in least)] for place in range(BINS)]
    return tuple(
        _hashed(place, *full[place : place + BAND_BINS]) for place in range(0, BINS, BAND_BINS)
    )


@cache
def _detour(place: int) -> tuple[int, ...]:
    """Where an empty bin borrows: itself, then the others in an order of its own (Shrivastava
    2017)."""
    others = sorted(set(range(BINS)) - {place}, key=lambda other: _hashed(place, other))
    return (place, *others)


def _hashed(*numbers: int) -> int:
    blob = b"".join(number.to_bytes(8) for number in numbers)
    return int.from_bytes(hashlib.blake2b(blob, digest_size=_BAND_BYTES).digest())
