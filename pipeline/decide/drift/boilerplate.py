"""Whether a line is nothing but a page's furniture: what one can do there, and for how long."""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

from pipeline.decide.drift.boilerplate_words import BOILERPLATE, BOILERPLATE_UNSPACED, NETWORKS
from pipeline.read.outcomes.words.matching import Stems, fold_word, words_of

if TYPE_CHECKING:
    from collections.abc import Mapping

_MOST_CHARS, _MOST_WORDS = 80, 12
_NOT_LETTERS = re.compile(r"[\W\d_]+")
_NETWORKS = frozenset(NETWORKS.split())
_LONG_NETWORKS = tuple(name for name in NETWORKS.split() if len(name) >= len("viber"))


def is_boilerplate(line: str) -> bool:
    """Whether a line has no words but those of one language's furniture, numbers left out."""
    if len(line) > _MOST_CHARS:
        return False
    words = [word for word in words_of(line) if not word.isdigit()]
    if not 0 < len(words) <= _MOST_WORDS:
        return False
    left = [word for word in (word.partition("'")[0] for word in words) if not _is_network(word)]
    if left and any(_all_of(left, *stems) for stems in _spaced()):
        return True
    return any(_made_of(_letters(line), strings, does) for strings, does in _unspaced())


def _is_network(word: str) -> bool:
    """Long names are declined in some languages."""
    return word in _NETWORKS or word.startswith(_LONG_NETWORKS)


def _all_of(words: list[str], every: Stems, does: Stems) -> bool:
    return all(map(every.has, words)) and any(map(does.has, words))


def _made_of(letters: str, strings: tuple[str, ...], does: frozenset[str]) -> bool:
    done = False
    while letters:
        string = next((one for one in strings if letters.startswith(one)), None)
        if string is None:
            return False
        done = done or string in does
        letters = letters[len(string) :]
    return done


def _letters(text: str) -> str:
    return _NOT_LETTERS.sub("", fold_word(text))


@functools.cache
def _spaced() -> tuple[tuple[Stems, Stems], ...]:
    """By language all words, and those that say what the line is for."""
    return tuple(
        (Stems.of(f"{w['does']} {w['filler']}"), Stems.of(w["does"])) for w in BOILERPLATE.values()
    )


@functools.cache
def _unspaced() -> tuple[tuple[tuple[str, ...], frozenset[str]], ...]:
    """By language all strings, the longest first, and those that say what the line is for."""
    return tuple(map(_strings, BOILERPLATE_UNSPACED.values()))


def _strings(words: Mapping[str, str]) -> tuple[tuple[str, ...], frozenset[str]]:
    does = frozenset(map(_letters, words["does"].split()))
    every = (does | set(map(_letters, words["filler"].split())) | _NETWORKS) - {""}
    return tuple(sorted(every, key=lambda one: (-len(one), one))), does
