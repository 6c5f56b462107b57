"""Content drift: how far a page's text has gone from what it said first. Pure.

What a page prints around its text is taken off first (`frame`), then words are compared in their
order, and where little is left in common, by what they are about.
"""

from __future__ import annotations

import math
from collections import Counter
from typing import TYPE_CHECKING

from rapidfuzz.distance import Indel

from archive.model.rot import Drift
from archive.model.vocabulary import DriftClass
from archive.near_duplicates import SHINGLE_WORDS
from pipeline.decide.drift.aligned import aligned, words_of
from pipeline.decide.drift.frame import fresh_corrections
from pipeline.decide.drift.headline import is_another
from pipeline.decide.drift.scripts import in_one_script
from pipeline.read.text.language import detect

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.rot import Reading
    from pipeline.decide.drift.aligned import Aligned

# The measures below were set on the pairs of tests/pipeline/test_drift.py, labelled before; they
# leave room on both sides there.
MINOR_DISTANCE = 0.1
"""Up to one word in ten, and no whole sentence, is a correction of what stands there."""
SENTENCE_WORDS = 10
"""So many words in a row, new or gone, are a sentence: what the page says has changed."""
LEAST_SENTENCE_WORDS = 5
"""Of a sentence that is new or gone as a whole; fewer are a caption or a call."""
SHORT_WORDS = 40
"""In a post of this length one word is more than a tenth of a sentence: there a few changed words
are minor."""
SHORT_CHANGED = 4
REPLACED_DISTANCE = 0.6
"""Articles of one kind share two words in five by grammar alone; with fewer in common it is no
longer the same text."""
KEPT = 0.4
"""A text of which so much still stands, five words in a row, in the longer one has grown or was cut
down, however far (containment: Broder, "On the resemblance and containment of documents", 1997).
Stories written from one set of phrases share up to a quarter."""
TEASER_SHARE = 0.7
"""A page that shows more of its text than this keeps nothing back worth paying for."""
OFF_TOPIC_COSINE = 0.12
"""Below it two texts are about different things: the threshold of OTMT (Off-Topic Memento Toolkit)
for term frequencies."""
ADMITTED_ONLY = "admitted_only"
"""Evidence of a text in which nothing changed but that it admits a change."""
_FUNCTION_CHARS = 3
"""Shorter words carry no topic in any language met, but for those written without blanks, which are
cut in threes."""
_STEM_CHARS = 5
"""Of a word; endings are cut off so as well as by rules for each language (McNamee, Mayfield,
"Character n-gram tokenization for European language text retrieval", 2004)."""
_FIRST_UNSPACED = "\u0e01"  # Thai; Latin, Greek, Cyrillic, Hebrew and Arabic come before
_FUNCTION_WORDS = frozenset(
    {
        "that", "this", "with", "from", "have", "were", "will", "they", "their", "them", "then",
        "than", "been", "said",
        "after", "also", "into", "over", "more", "when", "there", "would", "about", "other", "some",
        "which", "while",
        "where", "what", "dans", "pour", "avec", "sont", "cette", "mais", "leur", "leurs", "elle",
        "elles", "nous",
        "vous", "sans", "sous", "entre", "après", "depuis", "plus", "être", "était", "ont", "été",
        "comme", "jusqu",
        "aux", "daha", "için", "olan", "olarak", "sonra", "önce", "kadar", "gibi", "ancak",
        "ayrıca", "было", "были",
        "была", "после", "также", "чтобы", "который", "которая", "которые", "когда", "этого",
        "этой", "только", "более",
        "между", "було", "були", "була", "після", "також", "щоб", "який", "яка", "які", "коли",
        "цього", "цієї", "тільки",
        "більше", "між",
    }
)  # fmt: skip
"""The commonest longer ones of the languages met; texts on two matters share them."""


def compare(first: Reading, now: Reading) -> Drift:
    """How far `now` has gone from `first`.

    Args:
        first: What the first good capture said.
        now: What a later one says.
    """
    language = first.language if first.language == now.language else None
    fresh = fresh_corrections(first.text, now.text, language)
    first, now = in_one_script(first, now)
    facts = _moved(first, now)
    laid, turned = _laid(first.text, now.text, language)
    if laid.moved:
        facts["moved_sentences"] = laid.moved
    if laid.old == laid.new:
        edited = bool(laid.moved) or "title" in facts
        if fresh and not edited:
            facts[ADMITTED_ONLY] = True
        drift = DriftClass.MINOR if edited or fresh else DriftClass.SAME
        return Drift(drift, 0.0, corrections=fresh, evidence=facts)
    old, new = laid.old, laid.new
    distance = Indel.normalized_distance(old, new)  # `read_words` bounds what it may cost
    removed, added, longest, whole = _changes(laid)
    if turned:
        old, new, removed, added = new, old, added, removed
    if _is_teaser(now.text, old, new):
        facts["teaser"] = True
    drift = _class(distance, longest, removed + added, max(len(old), len(new)))
    if whole:
        facts["whole_sentences"], drift = whole, DriftClass.SUBSTANTIAL
    evidence: dict[str, object] = {"distance": round(distance, 3), "longest_change_words": longest}
    if distance >= REPLACED_DISTANCE:
        kept, cosine = _kept(old, new), _cosine(old, new)
        evidence |= {"kept": round(kept, 3), "topic_cosine": round(cosine, 3)}
        drift = _another(first, now, kept, cosine)
    evidence |= {"words_before": len(old), "words_after": len(new), **facts}
    return Drift(drift, round(distance, 3), added, removed, fresh, evidence)


def _is_teaser(text: str, old: Sequence[str], new: Sequence[str]) -> bool:
    """Whether the text breaks off (`…`) after the beginning of the first: the rest is kept back,
    not edited away."""
    last = text.rstrip().splitlines()[-1:]
    cut = bool(last) and last[0].rstrip(")]»”\"' ").endswith(("…", "..."))
    begun = list(old[: len(new) - 1]) == list(new[:-1])  # the last word may be cut in two
    return cut and begun and 0 < len(new) <= len(old) * TEASER_SHARE


def _laid(before: str, after: str, language: str | None) -> tuple[Aligned, bool]:
    """Both texts side by side, and whether they were turned round: one order for both ways gives
    one distance."""
    turned = before > after
    one, other = (after, before) if turned else (before, after)
    return aligned(one, other, language), turned


def _class(distance: float, longest: int, changed: int, words: int) -> DriftClass:
    few = distance <= MINOR_DISTANCE or (words <= SHORT_WORDS and changed <= SHORT_CHANGED)
    return DriftClass.MINOR if few and longest < SENTENCE_WORDS else DriftClass.SUBSTANTIAL


def _another(first: Reading, now: Reading, kept: float, cosine: float) -> DriftClass:
    """Of two texts with little in common: grown or cut, another on the same matter, or on
    another."""
    if kept >= KEPT:
        return DriftClass.SUBSTANTIAL
    if _same_title(first, now):
        return DriftClass.REPLACED
    other_topic = cosine < OFF_TOPIC_COSINE or _other_language(first, now)
    return DriftClass.OFF_TOPIC if other_topic else DriftClass.REPLACED


def _other_language(first: Reading, now: Reading) -> bool:
    """Whether the texts are in two languages: words cannot say that one is the other's
    translation."""
    one, other = (reading.language or detect(reading.text) for reading in (first, now))
    return one is not None and other is not None and one != other


def _changes(laid: Aligned) -> tuple[int, int, int, int]:
    """Words removed, words added, the longest run of either, and how many runs are a whole sentence
    that only one text has."""
    whole = {tuple(sorted(words)) for words in laid.single if len(words) >= LEAST_SENTENCE_WORDS}
    removed = added = longest = sentences = 0
    for step in Indel.opcodes(laid.old, laid.new):
        gone, come = step.src_end - step.src_start, step.dest_end - step.dest_start
        if step.tag == "equal":
            continue
        removed += gone
        added += come
        longest = max(longest, gone, come)
        run = laid.old[step.src_start : step.src_end] + laid.new[step.dest_start : step.dest_end]
        # where its neighbour begins with the same words the run has those, in another order
        sentences += tuple(sorted(run)) in whole
    return removed, added, longest, sentences


def _kept(old: Sequence[str], new: Sequence[str]) -> float:
    """What share of the shorter text's runs of words the longer one has, wherever: 0.0 to 1.0."""
    run = max(1, min(SHINGLE_WORDS, len(old), len(new)))
    one, other = (
        {tuple(words[i : i + run]) for i in range(len(words) - run + 1)} for words in (old, new)
    )
    return len(one & other) / max(1, min(len(one), len(other)))


def _cosine(old: Sequence[str], new: Sequence[str]) -> float:
    """Of the frequencies of words that may carry a topic: 1.0 the same, 0.0 none in common."""
    one, other = (
        Counter(word[:_STEM_CHARS] for word in words if _carries_topic(word))
        for words in (old, new)
    )
    if not one or not other:
        return 0.0
    dot = sum(count * other[word] for word, count in one.items())
    return dot / math.sqrt(sum(c * c for c in one.values()) * sum(c * c for c in other.values()))


def _carries_topic(word: str) -> bool:
    long = len(word) > _FUNCTION_CHARS or word >= _FIRST_UNSPACED
    return long and word not in _FUNCTION_WORDS and not word.isdigit()


def _same_title(first: Reading, now: Reading) -> bool:
    one, other = words_of(first.title or ""), words_of(now.title or "")
    return len(one) > 2 and one == other


def _moved(first: Reading, now: Reading) -> dict[str, object]:
    """What else the page says otherwise than before."""
    found: dict[str, object] = {}
    if first.published and now.published and first.published != now.published:
        found["published"] = [first.published, now.published]
    if is_another(first.title, now.title):
        found["title"] = [str(first.title)[:200], str(now.title)[:200]]
    if first.language and now.language and first.language != now.language:
        found["language"] = [first.language, now.language]
    return found
