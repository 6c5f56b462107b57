"""Numbers with their noun: `1 capture`, `2 captures`. Contains no business logic."""

from __future__ import annotations

_SAME = frozenset({"series", "species", "news", "robots"})
"""One or many; what is asked of robots.txt is no robot."""


def counted(count: int, nouns: str) -> str:
    """A number and what it counts, in one or in many.

    Args:
        count: How many.
        nouns: In the plural, with what follows: `captures`, `copies kept here`.
    """
    if count != 1:
        return f"{count} {nouns}"
    first, blank, rest = nouns.partition(" ")
    return f"{count} {singular(first)}{blank}{rest}"


def singular(noun: str) -> str:
    """One of what a regular English plural names; other words as they are."""
    if noun in _SAME:
        return noun
    if noun.endswith("ies"):
        return f"{noun[:-3]}y"
    if noun.endswith(("sses", "xes", "ches", "shes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") else noun
