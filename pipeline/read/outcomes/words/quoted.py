"""What stands between marks of quotation: somebody else's words, of which a text tells."""

from __future__ import annotations

import re

_CHARS = "{4,160}"
"""Of a notice that is quoted; a longer stretch has its marks from two quotations."""
_MARKS = (("“", "”"), ("„", "“”"), ("«", "»"), ("「", "」"), ("『", "』"), ("‘", "’"))
_PAIRS = (f"{opens}[^{opens}{closes}\n]{_CHARS}[{closes}]" for opens, closes in _MARKS)
# A straight mark within a word is none: `צה"ל`.
_QUOTED = re.compile("|".join((*_PAIRS, rf'(?<!\w)"[^"\n]{_CHARS}"(?!\w)')))


def is_quoted(text: str, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` of a text is within marks of quotation."""
    return any(one.start() < start and end < one.end() for one in _QUOTED.finditer(text))


def without_quotations(text: str) -> str:
    """A text without what it quotes."""
    return _QUOTED.sub(" ", text)
