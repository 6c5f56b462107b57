"""Digests of texts: equal for what a reader would call the same words."""

from __future__ import annotations

import hashlib
import unicodedata

VERSION = "1"
"""Goes into every digest, so that texts digested by another rule never look changed or equal by
accident."""

_UNREAD = frozenset({"Cf", "Cs", "Cc"})


def text_digest(text: str) -> str:
    """`1:<sha256>` of the words of `text`: white space, paragraphs, Unicode form and invisible
    characters do not count.

    Case, punctuation and numbers do.
    """
    return f"{VERSION}:{hashlib.sha256(plain_form(text).encode()).hexdigest()}"


def plain_form(text: str) -> str:
    """`text` in NFKC, without format characters (soft hyphens, direction marks), words divided by
    one blank."""
    # Soft hyphens, joiners, marks of direction and lone surrogates are how a text is set, not what
    # it says. Asked for each character that occurs, not for each one.
    unread = [c for c in set(text) if unicodedata.category(c) in _UNREAD and not c.isspace()]
    for character in unread:
        text = text.replace(character, "")
    return " ".join(unicodedata.normalize("NFKC", text).split())
