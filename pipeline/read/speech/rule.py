"""A sign of how a sentence speaks: a pattern, with the words that it needs and begins with."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.speech.clauses import alternatives, entries, word_set
from pipeline.read.speech.standing import WORD

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


class Rule(NamedTuple):
    """A kind of sign.

    Attributes:
        needs: Words in lower case, one of which stands wherever the pattern fits.
        begins: Words in lower case with one of which all that the pattern fits begins; none
            where it may begin otherwise.
        is_listed: The pattern is one of words in lower case, and fits inside others too.
    """

    kind: str
    needs: frozenset[str]
    pattern: re.Pattern[str]
    begins: frozenset[str] = frozenset()
    is_listed: bool = False

    def places(self, text: str, low: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
        """The places at which the pattern fits.

        Args:
            text: Of main clauses.
            low: The same in lower case.
            starts: Where words of `begins` stand in it.
        """
        if not self.begins:
            yield from self.pattern.finditer(text)
            return
        within = low if self.is_listed and self.kind != "modal" else text
        since = 0
        for start in starts:
            match = self.pattern.match(within, start) if start >= since else None
            if match is None:
                continue
            since = match.end()
            before = text[start - 1 : start] if self.is_listed and start else ""
            if before != "-" and not before.isalnum():
                yield match


def compiled(pattern: str, *, case: bool = False) -> re.Pattern[str]:
    """A pattern that may stand over several lines."""
    return re.compile(pattern, re.VERBOSE | (0 if case else re.IGNORECASE))


def first_words(table: str) -> frozenset[str]:
    """The first words of a table's entries, where those are plain."""
    first = (entry.split("\\")[0] for entry in entries(table))
    return frozenset(word for one in first for word in WORD.findall(one))


def listed(kind: str, table: str) -> Rule:
    """A rule of a table."""
    # Without a look behind, and with letters as they are, such a search takes a third of the time.
    pattern = compiled(rf"(?:{alternatives(table)})(?![\w-])", case=True)
    needs = first_words(table)
    return Rule(kind, needs, pattern, needs, is_listed=True)


def begun(kind: str, table: str, pattern: str) -> Rule:
    """A rule whose pattern begins with one of the words that it needs."""
    needs = word_set(table)
    return Rule(kind, needs, compiled(pattern), needs)
