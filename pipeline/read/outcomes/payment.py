"""The rule for a page that shows the beginning of an article and asks for money before the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome
from pipeline.read.notice import words_in
from pipeline.read.outcomes.words.offers import FOR_READERS, FREE_OFFERS, PAYWALLS
from pipeline.read.outcomes.words.reported import is_reported
from pipeline.read.outcomes.words.rests import RESTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from archive.model.fetch import CaptureVerdict
    from pipeline.read.outcomes.seen import Seen

_PAYWALL_CHARS = 1_500
_PAYWALL_WORDS = re.compile(
    "|".join(f"(?:{pattern})" for patterns in PAYWALLS.values() for pattern in patterns),
    re.IGNORECASE,
)
_FREE_OFFER = re.compile(FREE_OFFERS, re.IGNORECASE)
_FOR_READERS = re.compile(FOR_READERS, re.IGNORECASE)
_OFFER_END = 40
"""Characters behind the words of an offer in which it says of what."""
_RESTS = tuple(
    tuple(re.compile(pattern, re.IGNORECASE) for pattern in kinds) for kinds in RESTS.values()
)
_LINES, _LINE_WORDS, _OFFER_WORDS = 3, 30, 45
"""An offer is a heading, a line or two, and a button; paragraphs have more words."""


def paywall(seen: Seen) -> CaptureVerdict | None:
    """Less of an article than it has: schema.org says so, or the page asks for a subscription after
    a few lines."""
    if seen.text is None or len(seen.text.text) > _PAYWALL_CHARS:
        return None
    if "not-free" in seen.flags:
        words = next(_offers(seen.visible), None) or "isAccessibleForFree: false"
        return seen.verdict(Outcome.PAYWALL, "not-free", words)
    # A shop window for subscriptions is on free pages too: the words count only inside the short
    # text itself, or where hardly anything else is.
    little = len(seen.visible) <= _PAYWALL_CHARS
    inside = _inside(seen.text.text, seen.visible if little else "")
    if inside:
        return seen.verdict(Outcome.PAYWALL, "paywall-words", inside)
    lines = seen.text.text.split("\n")
    rest = _rest(lines) or (_rest(seen.pieces) if little else None)
    return seen.verdict(Outcome.PAYWALL, "paywall-notice", rest) if rest else None


def _inside(text: str, visible: str) -> str | None:
    """The words of an offer in the text, or in what else is visible; none of those of a paragraph
    that reports on one."""
    reported = set()
    for line in text.split("\n"):
        for offer in _offers(line):
            if not is_reported(line):
                return offer
            reported.add(offer)
    beside = (offer for offer in _offers(visible) if not _FOR_READERS.match(offer))
    return next((offer for offer in beside if offer not in reported), None)


def _offers(text: str) -> Iterator[str]:
    """The words of each offer to go on for money."""
    for match in _PAYWALL_WORDS.finditer(text):
        if not _FREE_OFFER.search(text[match.start() : match.end() + _OFFER_END]):
            yield match.group(0)


def _rest(lines: Iterable[str]) -> str | None:
    """A few lines together that speak, in one language, of the rest, of what it is sold with, and
    for how much."""
    lines = list(lines)
    if not _kinds(" ".join(lines)):  # most pages
        return None
    short = [line if words_in(line) <= _LINE_WORDS else "" for line in lines]
    for start in range(len(short)):
        for end in range(start + 1, min(start + _LINES, len(short)) + 1):
            said = " ".join(filter(None, short[start:end]))
            if _sells(said) and words_in(said) <= _OFFER_WORDS and not is_reported(said):
                return said
    return None


def _sells(said: str) -> bool:
    return _kinds(said) and not _FREE_OFFER.search(said)


def _kinds(said: str) -> bool:
    return any(all(kind.search(said) for kind in kinds) for kinds in _RESTS)
