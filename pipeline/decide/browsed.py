"""Whether a browser shows more of a page than its plain capture has. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome

if TYPE_CHECKING:
    from archive.model.browser import PlainCapture

MORE_WORDS = 30
"""More words at least: below that lie menus, dates and consent notices that scripts add."""
MORE_TIMES = 1.2
"""A fifth more at least: a long article with one more box of links is the same article."""


def words_of(text: str) -> int:
    """Words of a text, as far as blanks divide them."""
    return len(text.split())


def is_better(plain: PlainCapture | None, outcome: str, words: int) -> bool:
    """Whether the browser's capture of a page says more than its plain one.

    Args:
        plain: The plain capture; None: there is none, so nothing is shown.
        outcome: Of the browser's.
        words: Of its text.
    """
    if plain is None or outcome != Outcome.OK:
        return False
    if plain.outcome == Outcome.THIN:
        return words > plain.words
    return words >= plain.words + MORE_WORDS and words >= plain.words * MORE_TIMES
