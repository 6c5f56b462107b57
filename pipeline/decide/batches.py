"""What waits, divided into jobs for a cluster: each of one domain."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.urls.normal import host, identify, registered_domain
from pipeline.decide.judging import SITES

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

    from archive.model.fetch import Target

MOST = 200
"""Targets of one job. With 20,000 jobs of one address each, of which 40 % wait behind one lock, the
queue hands out 42 to 82 a second; 200 of t.me keep one worker busy for seven minutes."""


WITNESSES = 6
"""Hosts that one job may ask whether its network works, or its clock is right."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What one job fetches.

    Attributes:
        domain: Whose pages they are, and what no other job asks meanwhile.
        targets: In the order in which they are asked for, with their previous state.
        spent: Bytes of WARC records that the domain has had today.
        witnesses: Hosts that answered of late, of no job's domain: a page that nobody answers for
            says something only if one of them is reached.
    """

    domain: str
    targets: tuple[Target, ...]
    spent: int = 0
    witnesses: tuple[str, ...] = ()


def batches(
    due: Iterable[Target],
    domain_of: Callable[[str], str],
    *,
    spent: Mapping[str, int],
    under_way: Collection[str] = (),
    without: Collection[str] = (),
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
        without: Domains that have no job now.
        most: Targets in one job.
    """
    found: dict[str, list[Target]] = {}
    for target in due:
        if target.url in under_way:
            continue
        domain = domain_of(target.url)
        if domain not in without and len(mine := found.setdefault(domain, [])) < most:
            mine.append(target)
    return [
        Batch(domain, tuple(targets), spent.get(domain, 0)) for domain, targets in found.items()
    ]


def with_witnesses(
    found: Sequence[Batch], hosts: Iterable[str], domain_of: Callable[[str], str]
) -> list[Batch]:
    """Batches that each have witnesses of their own: no host is asked about our network by two.

    Args:
        found: The new jobs.
        hosts: Those that answered of late, and that no other job asks.
        domain_of: As for `batches`.
    """
    busy = {batch.domain for batch in found}
    free = [name for name in hosts if domain_of(f"https://{name}/") not in busy]
    return [
        replace(batch, witnesses=tuple(free[number :: len(found)][:WITNESSES]))
        for number, batch in enumerate(found)
    ]


def shared_name(url: str) -> str:
    """The name under which a URL is asked for: of a platform its name, for its views stand on
    several domains; else the registered domain.

    Raises:
        BadUrlError: It is no address.
    """
    platform = identify(url).platform
    return registered_domain(host(url)) if platform in SITES else platform


def name_of(url: str) -> str:
    """As `shared_name`; of what is no address the words themselves."""
    try:
        return shared_name(url)
    except BadUrlError:
        return url
