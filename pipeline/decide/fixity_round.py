"""Which WARC files a fixity round reads: a pure function of their sizes and of when each was last
looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


def chosen(sizes: Mapping[str, int], last: Mapping[str, str], budget: int | None) -> list[str]:
    """The files to read, the one that was looked at longest ago first, those never looked at before
    all.

    Args:
        sizes: Bytes by name; a file that is missing counts nothing.
        last: When each was last looked at, ISO 8601.
        budget: Bytes to be read; None: all are. One file is read whatever its size, or a large one
            would never be.
    """
    order = sorted(sizes, key=lambda name: (last.get(name, ""), name))
    if budget is None:
        return order
    return list(_within(order, sizes, budget))


def _within(order: Iterable[str], sizes: Mapping[str, int], budget: int) -> Iterable[str]:
    read = 0
    for name in order:
        # not beyond the first that is too large: a smaller one behind it has its day later
        if read and read + sizes[name] > budget:
            return
        read += sizes[name]
        yield name
