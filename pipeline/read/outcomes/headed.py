"""What stands directly below the heading of a page whose frame says more than the page itself: its
menus, a newsletter, a banner, other stories.

Such a page has no article: hardly a line in it is a sentence. An error or a login within a site's
frame is told by its heading and the few words below that.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.notice import SENTENCE_ENDS, words_in

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_BELOW = 4
"""Pieces below a heading: a line or two, a button, a link."""
_MOST_WORDS = 60
_SENTENCE_WORDS = 8
_PROSE_WORDS = 90
"""In sentences, of a page without an article: a banner and a newsletter have forty words."""
_MOST_CHARS = 12_000
"""Of a text that is nothing but a frame; the menus of large sites have nine thousand."""
_HEADINGS = 3
_STOP = re.compile(r"(?<=[.!?؟۔。！？])\s*|\n+")
"""Finer than between sentences: a number or an address with a dot is cut as well, so that footers
full of these have no sentence of some length."""


def below_headings(pieces: Sequence[str], headings: Collection[str]) -> tuple[str, ...]:
    """Each heading with so many of the pieces below it, a line each, the fewest first.

    Args:
        pieces: What stands between the tags of a page.
        headings: Its titles, and the parts of them.
    """
    at = [number for number, piece in enumerate(pieces) if piece in headings]
    found = (
        "\n".join(pieces[start:end])
        for start in at[-_HEADINGS:]
        for end in range(start + 2, min(start + 2 + _BELOW, len(pieces) + 1))
    )
    return tuple(said for said in found if words_in(said) <= _MOST_WORDS)


def has_prose(text: str) -> bool:
    """Whether a text has sentences enough for an article."""
    if len(text) > _MOST_CHARS:
        return True
    words = 0
    for sentence in _STOP.split(text):
        if sentence.rstrip().endswith(SENTENCE_ENDS) and words_in(sentence) >= _SENTENCE_WORDS:
            words += words_in(sentence)
        if words > _PROSE_WORDS:
            return True
    return False
