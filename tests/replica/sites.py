"""A web as data: hosts and what answers for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tests.replica.messages import Handler, Reply, Request, not_found

if TYPE_CHECKING:
    from tests.replica.certificates import TlsKind

Network = Literal["up", "dns", "refuse", "reset", "silent"]
"""What connecting does: works, no such name, refused, reset at once, never answers."""


@dataclass(frozen=True, slots=True)
class Site:
    """One site.

    Attributes:
        hosts: Every name it answers to, in lower case.
        tls: What its certificate is like.
        network: What connecting to it does.
        forbidden: No honest client asks it: an address that is not public.
    """

    hosts: tuple[str, ...]
    handler: Handler
    tls: TlsKind = "good"
    network: Network = "up"
    forbidden: bool = False


@dataclass
class Web:
    """All sites, found by host."""

    sites: list[Site] = field(default_factory=list)
    _by_host: dict[str, Site] = field(default_factory=dict)

    def add(self, *sites: Site) -> None:
        """Register sites; a host has one site.

        Raises:
            ValueError: If a host is taken.
        """
        for site in sites:
            taken = set(site.hosts) & set(self._by_host)
            if taken:
                raise ValueError(f"two sites for {sorted(taken)}")
            self.sites.append(site)
            self._by_host.update(dict.fromkeys(site.hosts, site))

    def find(self, host: str) -> Site | None:
        """The site of a host, or None where there is no such name."""
        return self._by_host.get(host.lower().rstrip("."))

    @property
    def hosts(self) -> list[str]:
        """All names, sorted."""
        return sorted(self._by_host)


def by_path(pages: dict[str, Handler | Reply], default: Handler | None = None) -> Handler:
    """A handler that looks the path up: with its query first, then without."""

    def answer(request: Request) -> Reply:
        found = pages.get(request.path, pages.get(request.path.partition("?")[0]))
        if found is None:
            return default(request) if default else not_found()
        return found if isinstance(found, Reply) else found(request)

    return answer
