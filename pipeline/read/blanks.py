"""White space of printed text. Every character of every page comes through here, so it has a short
way."""

from __future__ import annotations


def collapsed(text: str) -> str:
    """Every stretch of white space as one blank, none at the ends."""
    text = text.replace("\u00a0", " ")  # of other white space only the blank is printable
    if text.isprintable() and "  " not in text:
        return text.strip(" ")  # most texts: twice as fast as dividing them into words
    return " ".join(text.split())
