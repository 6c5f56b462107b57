"""Whether a few words are all that a page has to say: a flash of news, a caption, an order of two
lines."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

from archive.near_duplicates import UNSPACED, folded
from pipeline.read.notice import words_in
from pipeline.read.outcomes.notices import WALL_LEXICON
from pipeline.read.outcomes.words.matching import words_of
from pipeline.read.outcomes.words.reported import is_reported
from pipeline.read.outcomes.words.spoken import spoken_in

if TYPE_CHECKING:
    from pipeline.read.outcomes.seen import Seen

_LEAST_WORDS, _REPORT_WORDS = 4, 8
_HEADLINE_WORDS = 2
"""`Loading` and `Error` are none."""
_NAME_CHARS = 4
"""Of a word that names something; shorter ones stand everywhere."""
_STEM_CHARS = 5
"""What is left of a word however it is declined."""
_UNSPACED_RUN = re.compile(f"[{UNSPACED}]{{2,}}")
_ENDS = re.compile(r"[.!?؟。！？\n]+")
_UNSPACED_HEADLINE = re.compile(f"[{UNSPACED}]{{4,}}")
_SCRIPT_WORDS = re.compile(r"javascript|java script|джаваскрипт|جاوا|جافا", re.IGNORECASE)


def is_brief(seen: Seen) -> bool:
    """Whether a sentence is on what the headline above it names, and speaks to nobody; neither a
    menu nor a program that is not loaded yet is."""
    text = seen.text.text if seen.text is not None else ""
    if any(map(_reports, _ENDS.split(text))):
        return True
    sentences = [line for line in text.split("\n") if words_in(line) >= _LEAST_WORDS]
    if not sentences or "script-shell" in seen.flags or _SCRIPT_WORDS.search(text):
        return False
    if spoken_in(text, WALL_LEXICON).has("you"):  # as notices do
        return False
    named = _stems_named(" ".join(sentences))
    # a title that is a sentence of the text again says nothing more
    said = {sentence.strip() for sentence in _ENDS.split(text)}
    titles = (one for one in seen.title_pieces if one.strip(".!? ") not in said)
    return any(_is_headline(one) and not named.isdisjoint(_stems_named(one)) for one in titles)


def _reports(sentence: str) -> bool:
    """Whether a sentence of some length says when something was, or who says so."""
    return words_in(sentence) >= _REPORT_WORDS and is_reported(sentence)


def _is_headline(title: str) -> bool:
    return words_in(title) >= _HEADLINE_WORDS or _UNSPACED_HEADLINE.search(title) is not None


def _stems_named(text: str) -> set[str]:
    """What a text names, as beginnings of words, or pairs of signs; no words of walls."""
    found = {
        word[:_STEM_CHARS] for word in words_of(text)
        if len(word) >= _NAME_CHARS and not _is_of_walls(word)
    }  # fmt: skip
    for run in _UNSPACED_RUN.findall(folded(text)):
        found.discard(run[:_STEM_CHARS])
        found |= {pair for pair in map("".join, itertools.pairwise(run))
                  if not _is_of_walls(pair)}  # fmt: skip
    return found


def _is_of_walls(word: str) -> bool:
    return spoken_in(word, WALL_LEXICON).many > 0
