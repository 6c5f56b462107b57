"""White space of printed text. Every character of every page comes through here, so it has a short
way."""

from __future__ import annotations


def collapsed(text: str) -> str:
    """Every stretch of white space as one blank, none at the ends."""
    if not text.isprintable():
        text = text.replace("\u00a0", " ")
        if not text.isprintable():  # of other white space only the blank is printable
            return " ".join(text.split())
    if "  " in text:
        return " ".join(text.split())
    return text.strip(" ")  # most texts: twice as fast as dividing them into words
