"""Whether a difference is one of attribution: who is said to say it, or with which distance.

The verbs and the speakers are those of `pipeline.read.speech`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.speech import speech_of, words
from pipeline.read.speech.clauses import entries
from pipeline.read.speech.speakers import role_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive.model.speech import Role
    from pipeline.decide.edits.hunks import Hunk
    from pipeline.decide.edits.values import Item

_SINGLE = re.compile(r"[a-z]+")
_LISTED = (
    words.REPORTED, words.SPOKEN, words.CLAIMED, words.CONFIRMED, words.ASSESSED,
    *words.PRESENT.values(), "denied refuted debunked rejected dismissed",
)  # fmt: skip
SAYING = frozenset(one for table in _LISTED for one in entries(table) if _SINGLE.fullmatch(one)) - {
    "suggested",
    "implied",
    "indicated",
    "suggests",
    "indicates",
    "listed",
    "detailed",
}
"""What a fact does too (`suggested`, `indicated`) tells of nobody."""
DISTANT = frozenset(entries(f"{words.HEARSAY} {words.DISTANCE}"))
_FILLING = frozenset(
    entries("""
    that also has have had did not does do later previously separately
""")
)
_AUTHORS = frozenset(["isw", "ctp", "aei"])
_BETWEEN = frozenset(
    entries("""
    also of the and a an on later separately has have had for in
""")
)
_ARTICLES = frozenset(["the", "a", "an"])
_MOST_WORDS = 8
"""Of a side that may be a speaker; more are another sentence."""
_MOST_BETWEEN = 10
_STEM = 4


def is_attribution(hunk: Hunk, before: str, after: str, names: Mapping[str, Role]) -> bool:
    """Whether a difference between two sentences is one of attribution.

    Args:
        hunk: It.
        before: The older sentence.
        after: The newer sentence.
        names: Whom the reports introduce as what.
    """
    if max(map(len, hunk.sides)) > _MOST_WORDS:
        return False
    if hunk.swaps and all(_speaks(side) for side in hunk.sides):
        return _stems(hunk.gone) != _stems(hunk.come) or _hedges_differ(before, after, names)
    if any(_is_added(side, other) for side, other in (hunk.sides, hunk.sides[::-1])):
        return True
    if hunk.swaps and _is_named_behind(hunk):
        return True
    return hunk.swaps and _is_subject(hunk) and all(_may_speak(s, names) for s in hunk.sides)


def _low(side: Sequence[Item]) -> list[str]:
    return [one.text.casefold() for one in side]


def _speaks(side: Sequence[Item]) -> bool:
    """Verbs of saying and adverbs of distance alone."""
    said = [word for word in _low(side) if word not in _FILLING]
    return bool(said) and all(word in SAYING or word in DISTANT for word in said)


def _stems(side: Sequence[Item]) -> set[str]:
    irregular = {"says": "said", "say": "said"}
    found = (word for word in _low(side) if word not in _FILLING)
    return {irregular.get(word, word)[:_STEM] for word in found}


def _hedges_differ(before: str, after: str, names: Mapping[str, Role]) -> bool:
    return speech_of(before, names).hedge != speech_of(after, names).hedge


def _is_added(side: Sequence[Item], other: Sequence[Item]) -> bool:
    """`reportedly`, `according to …`, `ISW assesses that`, which the other sentence has not."""
    said = _low(side)
    if other or not said:
        return False
    if all(word in DISTANT for word in said) or said[:2] == ["according", "to"]:
        return True
    by_authors = bool(_AUTHORS.intersection(said))
    return by_authors and all(word in SAYING | _AUTHORS | _FILLING for word in said)


def _is_named_behind(hunk: Hunk) -> bool:
    """`according to` stands right before it."""
    lead = [word for word in _low(hunk.before)[-3:] if word not in _ARTICLES]
    return lead[-2:] == ["according", "to"]


def _is_subject(hunk: Hunk) -> bool:
    """A verb of saying follows in the same clause."""
    for one in hunk.behind[:_MOST_BETWEEN]:
        word = one.text.casefold()
        if word in SAYING:
            return True
        if not (one.is_name or one.is_number or _goes_between(word)):
            return False
    return False


def _goes_between(word: str) -> bool:
    return word in _BETWEEN or word.endswith("ly") or role_of(word, {}) is not None


def _may_speak(side: Sequence[Item], names: Mapping[str, Role]) -> bool:
    if role_of(" ".join(one.text for one in side), names) is not None:
        return True
    named = [one for one in side if one.is_name]
    return bool(named) and all(one.is_name or one.text.casefold() in _BETWEEN for one in side)
