"""Text that can be written as UTF-8. Contains no business logic."""

from __future__ import annotations


def writable(text: str) -> str:
    """The text with a `?` for each lone surrogate.

    Python has such for a byte of a file's name, or of an argument, that is no UTF-8. No database,
    page or JSON takes them.
    """
    return text.encode(errors="replace").decode()
