"""Dividing many addresses into portions in which no host holds up the others. Pure."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.urls.normal import host, registered_domain

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MOST = 5_000
"""Addresses of one portion: how far a list is, is kept between two."""
MOST_OF_DOMAIN = 250
"""Of one domain in a portion, where others wait; at one in 2 s these take eight minutes."""


def portions(
    urls: Iterable[str], *, most: int = MOST, of_domain: int = MOST_OF_DOMAIN
) -> Iterator[tuple[str, ...]]:
    """Portions to be fetched one after the other, each address in one of them.

    Where one domain is all that is left, its portions are as large as any other.
    """
    by_domain: dict[str, deque[str]] = {}
    for url in urls:
        by_domain.setdefault(_domain(url), deque()).append(url)
    waiting = deque(by_domain.values())
    while waiting:
        share = of_domain if len(waiting) > 1 else most
        portion: list[str] = []
        # each domain once; one that has more has its next turn behind all others
        for _ in range(len(waiting)):
            if len(portion) == most:
                break
            one = waiting.popleft()
            count = min(share, len(one), most - len(portion))
            portion += (one.popleft() for _ in range(count))
            if one:
                waiting.append(one)
        yield tuple(portion)


def _domain(url: str) -> str:
    try:
        return registered_domain(host(url))
    except BadUrlError:
        return url
