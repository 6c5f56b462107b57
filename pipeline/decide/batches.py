"""What waits, divided into the jobs of a cluster: one domain's each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.urls.normal import host, identify, registered_domain
from pipeline.decide.judging import SITES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    from archive.model.fetch import Target

MOST = 200
"""Targets of one job. With 20,000 jobs of one address each, of which 40 % wait behind one lock, the
queue hands out 42 to 82 a second; 200 of t.me keep one worker busy for seven minutes."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one job fetches.

    Attributes:
        domain: Whose pages they are, and what no other job asks meanwhile.
        targets: In the order in which they are asked for, with their previous state.
        spent: Bytes of WARC records that the domain has had today.
    """

    domain: str
    targets: tuple[Target, ...]
    spent: int = 0


def batches(
    due: Iterable[Target],
    domain_of: Callable[[str], str],
    *,
    spent: Mapping[str, int],
    under_way: Collection[str] = (),
    most: int = MOST,
) -> list[Batch]:
    """The next job of each domain, in the order of its first target.

    Of each domain only the beginning is taken: its next job is planned when that one is under way,
    and what came due meanwhile has its turn.

    Args:
        due: What waits, most urgent first.
        domain_of: The domain under which a URL is asked for.
        spent: Bytes of today by domain.
        under_way: URLs that jobs have already.
        most: Targets in one job.
    """
    found: dict[str, list[Target]] = {}
    for target in due:
        if target.url in under_way:
            continue
        mine = found.setdefault(domain_of(target.url), [])
        if len(mine) < most:
            mine.append(target)
    return [
        Batch(domain, tuple(targets), spent.get(domain, 0)) for domain, targets in found.items()
    ]


def shared_name(url: str) -> str:
    """The name under which a URL is asked for: of a platform its name, for its views stand on
    several domains; else the registered domain.

    Raises:
        BadUrlError: It is no address.
    """
    platform = identify(url).platform
    return registered_domain(host(url)) if platform in SITES else platform
