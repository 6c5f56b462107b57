"""What a short page says apart from what is made for each visitor: numbers of incidents, times, the
address asked for.

A wall prints a support number, the visitor's address or the hour, so that no two of its pages are
equal; without them they are. Only short texts have such a digest: what stands in a hundred and
fifty words may be a notice, what is longer is a page.
"""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata

from archive.near_duplicates import UNSPACED, read_words

NOTICE_WORDS = 150
"""Walls, consent forms and error pages met say what they have to say in under 120 words; a shop
window of a new owner or a site's front page has more."""
STUB_WORDS = 60
"""In fewer words no article of the sites cited says anything; notices do."""

SENTENCE_ENDS = tuple('.!?…؟۔。！？»”"’」')
"""What a paragraph ends with, and a place in a menu does not."""

_NOTICE_CHARS = 3_000
"""So many words have fewer characters in every language; longer texts need not be cut into
words."""
_DIGEST_BYTES = 12
_LEAST_WORDS = 4
"""Of what is left when sentences with numbers are taken off; with fewer, only the numbers are."""
_MADE_FOR_VISITORS = re.compile(r"\S*[\d/@\\]\S*")
_SENTENCE = re.compile(r"(?<=[.!?؟۔。…:;])\s+|(?<=[.!?؟۔。…])(?=[^\W\d_a-z])|\n")
# Numbers that count nothing: longer than any count, letters and digits mixed, the time of day.
_NAMES_OF_INCIDENTS = re.compile(
    r"\b(?=\w*\d)(?:\d{7,}|\d{1,2}:\d\d(?::\d\d)?|(?=\w*[^\W\d_])\w{6,}|[0-9a-f]{2,}(?:[-:.][0-9a-f]{2,}){2,})\b",
    re.IGNORECASE,
)
_UNSPACED = re.compile(rf"[{UNSPACED}]")
_INDIC = re.compile("[\u0900-\u0dff\u1000-\u109f]")


@functools.lru_cache(maxsize=64)  # many rules ask of one page's few texts
def words_in(text: str) -> int:
    """Words of a text; where a script has no blanks, two characters count as one."""
    if _INDIC.search(text):  # whose vowels would cut words in pieces
        text = "".join(c for c in text if unicodedata.category(c) not in {"Mc", "Mn"})
    words = read_words(text)
    if not _UNSPACED.search("".join(words)):  # most texts
        return len(words)
    unspaced = sum(1 for word in words if _UNSPACED.match(word))
    return len(words) - unspaced + unspaced // 2


def notice_digest(text: str) -> str | None:
    """What short texts have in common that differ in numbers and addresses only; None for longer
    ones and for none."""
    if len(text) > _NOTICE_CHARS or words_in(text) > NOTICE_WORDS:
        return None
    whole = [s for s in _SENTENCE.split(text) if not _MADE_FOR_VISITORS.search(s)]
    words = read_words(" ".join(whole))
    if len(words) < _LEAST_WORDS:
        words = read_words(_MADE_FOR_VISITORS.sub(" ", text))
    return _digest(words) if words else None


def same_but_for_incidents(one: str, other: str) -> bool:
    """Whether two texts differ in nothing but names of incidents: `Losses: 1,050` and
    `Losses: 1,070` do differ."""
    left, right = (read_words(_NAMES_OF_INCIDENTS.sub(" ", text)) for text in (one, other))
    return left == right


def _digest(words: list[str]) -> str:
    return hashlib.blake2b(" ".join(words).encode(), digest_size=_DIGEST_BYTES).hexdigest()
