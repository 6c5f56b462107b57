"""Long texts as pages show them: the part that a search found, lists point by point."""

from __future__ import annotations

import re
from typing import Any

from markupsafe import Markup, escape

from archive.folding import fold

EXCERPT_CHARS = 280
"""Two to three sentences."""

_WORD = re.compile(r"\w+")
# Other ends of lines are the page's, or a column's of a document, and tell nothing.
_NEW_LINE = re.compile(r"\s*\n\s*\n\s*|\s*\n(?=(?:[-*\u2013\u2022\u00b7]|\d{1,2}[.)])\s)")


def points(text: str) -> Markup:
    """A text whose paragraphs and points of lists begin a line each."""
    return Markup("<br>").join(escape(part) for part in _NEW_LINE.split(text.strip()))


def around(text: Any, words: Any) -> str | None:
    """The text around the first of the words sought.

    Its beginning when none stands there in this form.

    Letters that search takes for the same are taken for the same here too; accents are not, the
    excerpt is a help only.
    """
    if text is None:
        return None
    whole = str(text)
    sought = _WORD.findall(str(words or "").lower())
    places = [whole.lower().find(word) for word in sought]
    if max(places, default=0) < 0 and not whole.isascii():
        folded = fold(whole).lower()
        # folding drops signs and so moves what follows; where a text has any, its beginning is good
        # enough
        same_length = len(folded) == len(whole)
        places = [folded.find(fold(word)) for word in sought] if same_length else []
    start = max(0, min((p for p in places if p >= 0), default=0) - EXCERPT_CHARS // 3)
    shown = " ".join(whole[start : start + EXCERPT_CHARS].split())
    before = "\N{HORIZONTAL ELLIPSIS}" if start else ""
    after = "\N{HORIZONTAL ELLIPSIS}" if start + EXCERPT_CHARS < len(whole) else ""
    return f"{before}{shown}{after}"
