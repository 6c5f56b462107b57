"""Content drift: how far a page's text has gone from what it said first. Pure.

What a page prints around its text is taken off first (`frame`), then words are compared in their order, and where little
is left in common, by what they are about.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from archive.judging import Drift, DriftClass
from archive.text_diff import text_diff
from pipeline.drift.frame import correction_lines, framed_off
from pipeline.near import read_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.judging import Reading

__all__ = ["compare", "text_diff"]

# The measures below were set on the pairs of tests/test_drift.py, labelled before; they leave room on both sides there.
MINOR_DISTANCE = 0.1
"""Up to one word in ten, and no whole sentence, is a correction of what stands there."""
SENTENCE_WORDS = 10
"""So many words in a row, new or gone, are a sentence: what the page says has changed."""
SHORT_WORDS = 40
"""In a post of this length one word is more than a tenth of a sentence: there a few changed words are minor."""
SHORT_CHANGED = 4
REPLACED_DISTANCE = 0.6
"""Articles of one kind share two words in five by grammar alone; with fewer in common it is no longer the same text."""
OFF_TOPIC_COSINE = 0.12
"""Below it two texts are about different things: the threshold of OTMT (Off-Topic Memento Toolkit) for term frequencies."""
_FUNCTION_CHARS = 3
"""Shorter words carry no topic in any language met, but for those written without blanks."""


def compare(first: Reading, now: Reading) -> Drift:
    """How far `now` has gone from `first`.

    Args:
        first: What the first good capture said.
        now: What a later one says.
    """
    before, after = framed_off(first.text), framed_off(now.text)
    fresh = tuple(
        line for line in correction_lines(now.text) if line not in set(correction_lines(first.text))
    )
    old, new = read_words(before), read_words(after)
    moved = _moved(first, now)
    if old == new:
        return Drift(DriftClass.SAME, 0.0, corrections=fresh, evidence=moved)
    distance = Indel.normalized_distance(old, new)  # `read_words` bounds what it may cost
    removed, added, longest = _changes(old, new)
    cosine = _cosine(old, new)
    drift = _class(distance, cosine, longest, removed + added, max(len(old), len(new)))
    if drift is DriftClass.OFF_TOPIC and _same_title(first, now):
        drift = DriftClass.REPLACED
    evidence = {
        "distance": round(distance, 3), "topic_cosine": round(cosine, 3), "longest_change_words": longest,
        "words_before": len(old), "words_after": len(new), **moved,
    }  # fmt: skip
    return Drift(drift, round(distance, 3), added, removed, fresh, evidence)


def _class(distance: float, cosine: float, longest: int, changed: int, words: int) -> DriftClass:
    if distance >= REPLACED_DISTANCE:
        return DriftClass.OFF_TOPIC if cosine < OFF_TOPIC_COSINE else DriftClass.REPLACED
    few = distance <= MINOR_DISTANCE or (words <= SHORT_WORDS and changed <= SHORT_CHANGED)
    if few and longest < SENTENCE_WORDS:
        return DriftClass.MINOR
    return DriftClass.SUBSTANTIAL


def _changes(old: Sequence[str], new: Sequence[str]) -> tuple[int, int, int]:
    """Words removed, words added, and the longest run of either."""
    removed = added = longest = 0
    for step in Indel.opcodes(old, new):
        gone, come = step.src_end - step.src_start, step.dest_end - step.dest_start
        if step.tag == "equal":
            continue
        removed += gone
        added += come
        longest = max(longest, gone, come)
    return removed, added, longest


def _cosine(old: Sequence[str], new: Sequence[str]) -> float:
    """Of the frequencies of words that may carry a topic: 1.0 the same, 0.0 none in common."""
    one, other = (
        Counter(w for w in words if len(w) > _FUNCTION_CHARS or not w.isascii())
        for words in (old, new)
    )
    if not one or not other:
        return 0.0
    dot = sum(count * other[word] for word, count in one.items())
    return dot / math.sqrt(sum(c * c for c in one.values()) * sum(c * c for c in other.values()))


def _same_title(first: Reading, now: Reading) -> bool:
    one, other = read_words(first.title or ""), read_words(now.title or "")
    return len(one) > 2 and one == other


def _moved(first: Reading, now: Reading) -> dict[str, object]:
    """What else the page says otherwise than before."""
    found: dict[str, object] = {}
    if first.published and now.published and first.published != now.published:
        found["published"] = [first.published, now.published]
    if first.title and now.title and read_words(first.title) != read_words(now.title):
        found["title"] = [first.title[:200], now.title[:200]]
    if first.language and now.language and first.language != now.language:
        found["language"] = [first.language, now.language]
    return found
