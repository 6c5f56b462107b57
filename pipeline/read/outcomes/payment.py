"""The rule for a page that shows the beginning of an article and asks for money before the rest."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome
from pipeline.read.notice import SENTENCE_ENDS, words_in
from pipeline.read.outcomes.words.offers import FOR_READERS, FREE_OFFERS, NARRATORS, PAYWALLS
from pipeline.read.outcomes.words.quoted import is_quoted
from pipeline.read.outcomes.words.reported import is_reported
from pipeline.read.outcomes.words.rests import RESTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.model.understood import CaptureVerdict
    from pipeline.read.outcomes.seen import Seen

_PAYWALL_CHARS = 1_500
_PAYWALL_WORDS = re.compile(
    "|".join(f"(?:{pattern})" for patterns in PAYWALLS.values() for pattern in patterns),
    re.IGNORECASE,
)
_FREE_OFFER = re.compile(FREE_OFFERS, re.IGNORECASE)
_FOR_READERS = re.compile(FOR_READERS, re.IGNORECASE)
_NARRATORS = re.compile(NARRATORS)
_OFFER_END = 40
"""Characters behind the words of an offer in which it says of what."""
_RESTS = tuple(
    tuple(re.compile(pattern, re.IGNORECASE) for pattern in kinds) for kinds in RESTS.values()
)
_LINES, _LINE_WORDS, _OFFER_WORDS = 3, 30, 45
"""An offer is a heading, a line or two, and a button; paragraphs have more words."""
_PARAGRAPHS, _PARAGRAPH_WORDS, _FOLLOWING_WORDS = 4, 12, 80
"""Below an offer there may stand what other articles are about, in a line or two each."""
_HEADLINE_WORDS, _TOLD_WORDS = 3, 8


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
    text = seen.text.text
    little = len(seen.visible) <= _PAYWALL_CHARS
    inside = _inside(text) or (_beside(seen, text) if little else None)
    if inside:
        return seen.verdict(Outcome.PAYWALL, "paywall-words", inside)
    lines = text.split("\n")
    rest = _rest(lines) or (_rest(seen.pieces) if little else None)
    return seen.verdict(Outcome.PAYWALL, "paywall-notice", rest) if rest else None


def _inside(text: str) -> str | None:
    """The words of an offer in the text."""
    lines = text.split("\n")
    for at, line in enumerate(lines):
        for offer in _offers(line):
            if not _tells(line, line.find(offer)) and not _goes_on(lines[at + 1 :]):
                return offer
    return None


def _beside(seen: Seen, text: str) -> str | None:
    """The words of an offer in what else is visible; none of those that the text tells of, nor of a
    headline."""
    headings = (*seen.title_pieces, *seen.titles[1:])
    told = {offer for title in headings if _is_headline(title, text) for offer in _offers(title)}
    told |= {offer for line in text.split("\n") for offer in _offers(line)}
    for offer in _offers(seen.visible):
        if offer in told or _FOR_READERS.match(offer):
            continue
        at = next((n for n, piece in enumerate(seen.pieces) if offer in piece), len(seen.pieces))
        if not _goes_on(seen.pieces[at + 1 :]):
            return offer
    return None


def _tells(line: str, at: int) -> bool:
    """Whether a paragraph reports on an offer, or somebody tells at length, before the place where
    it stands, that he met it."""
    narrates = words_in(line[:at]) >= _TOLD_WORDS and _NARRATORS.search(line[:at]) is not None
    return narrates or is_reported(line)


def _is_headline(title: str, text: str) -> bool:
    """Whether a title has words enough beside those of an offer, and an article below."""
    rest = words_in(_PAYWALL_WORDS.sub(" ", title))
    return rest >= _HEADLINE_WORDS and words_in(text) >= _LINE_WORDS


def _goes_on(lines: Sequence[str]) -> bool:
    """Whether paragraphs follow: what is sold in the middle of an article keeps nothing back."""
    found = [words_in(line) for line in lines if line.rstrip().endswith(SENTENCE_ENDS)]
    prose = [words for words in found if words >= _PARAGRAPH_WORDS]
    return len(prose) >= _PARAGRAPHS and sum(prose) >= _FOLLOWING_WORDS


def _offers(text: str) -> Iterator[str]:
    """The words of each offer to go on for money."""
    for match in _PAYWALL_WORDS.finditer(text):
        if _FREE_OFFER.search(text[match.start() : match.end() + _OFFER_END]):
            continue
        if not is_quoted(text, match.start(), match.end()):
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
            if not _sells(said) or words_in(said) > _OFFER_WORDS:
                continue
            told = any(_tells(line, _begins(line)) for line in short[start:end])
            if not told and not _goes_on(lines[end:]):
                return said
    return None


def _begins(said: str) -> int:
    """Where the first words of an offer stand."""
    found = (kind.search(said) for kinds in _RESTS for kind in kinds[:2])
    return min((one.start() for one in found if one), default=0)


def _sells(said: str) -> bool:
    return _kinds(said) and not _FREE_OFFER.search(said)


def _kinds(said: str) -> bool:
    return any(all(kind.search(said) for kind in kinds) for kinds in _RESTS)
