"""Which patterns are worth trying at a sentence, and where: one whose words do not stand in it
cannot fit, and to look words up costs far less than to try thirty patterns at each letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pipeline.read.speech.rules import RULES
from pipeline.read.speech.standing import places_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pipeline.read.speech.rule import Rule


def _by_word(words_of_rule: Callable[[Rule], frozenset[str]]) -> dict[str, tuple[int, ...]]:
    """Numbers of rules, by their words."""
    held: dict[str, list[int]] = {}
    for number, rule in enumerate(RULES):
        for word in words_of_rule(rule):
            held.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in held.items()}


_NEEDING = _by_word(lambda rule: rule.needs)
_BEGUN = _by_word(lambda rule: rule.begins)
_ANYWHERE = frozenset(number for number, rule in enumerate(RULES) if not rule.begins)
_NEEDED = frozenset(_NEEDING)
_BEGINNERS = frozenset(_BEGUN)


def worth_trying(held: frozenset[str], low: str) -> list[tuple[int, Rule, Sequence[int]]]:
    """The rules worth trying, in no order, with their numbers and where their words stand.

    Args:
        held: The words of a sentence.
        low: Its main clauses, in lower case.
    """
    starts: dict[int, list[int]] = {
        number: [] for word in held & _NEEDED for number in _NEEDING[word]
    }
    for word in held & _BEGINNERS:
        begun_by = [starts[number] for number in _BEGUN[word] if number in starts]
        places = places_of(low, (word,)) if begun_by else []
        for one in begun_by:
            one.extend(places)
    return [
        (number, RULES[number], sorted(places))
        for number, places in starts.items()
        if places or number in _ANYWHERE
    ]
