"""Whose word a cited source is: an account, a site, or the publishers themselves. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.model.support import Behind
from archive.urls import normal as urls
from archive.urls.platforms.registry import COPIES, LEADING
from archive.urls.publishers.registry import BY_HOST, OWN_DOMAINS, PUBLISHERS
from archive.urls.publishers.registry import OWN as OWN_SITES
from pipeline.decide.support.houses import (
    ANYBODYS,
    HOUSES,
    OWN,
    OWN_MAPS,
    WRITERS_BY_HOST,
    WRITERS_BY_PATH,
)
from pipeline.read.platforms.registry import platform_named

if TYPE_CHECKING:
    from archive.model.sources import SourceRow

MOST_STEPS = 5
"""A copy of a copy of a short link …: none that we met had more than two."""

_LINKED = frozenset(host for one in PUBLISHERS for host in one.linked)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks.

    Attributes:
        name: `telegram/rybar`, `pravda.com.ua`, or the name of a house.
        own: It is one of the publishers whose reports are kept: no voice at all.
        named: Whether the account is known; without it `name` is that of the platform.
    """

    name: str
    own: bool = False
    named: bool = True


def behind_of(source: SourceRow) -> Behind:
    """What is known of a source that was never captured: its address alone."""
    return Behind(
        source.id,
        source.url,
        source.platform,
        source.account,
        source.host,
        source.domain,
        source.publication_key is not None,
    )


def voice_of(source: Behind) -> Voice:
    """Whose word a source is.

    What it hands on is its origin's word; a short link's is that of the page it led to, a copy's
    that of the page copied.
    """
    if source.is_report:
        return Voice(source.domain, own=True)
    if source.forwarded_url and (origin := _of_address(source.forwarded_url)):
        return origin
    if source.forwarded_from:
        return Voice(f"{source.platform}/forwarded from {source.forwarded_from.casefold()}")
    if source.platform in LEADING | COPIES and not is_own(source.host, source.domain):
        target = urls.copied_address(source.url) or source.leads_to
        found = _of_address(target) if target else None
        return found or Voice(f"{source.host} (leads nowhere known)", named=False)
    if source.account is None and source.author and _tells_account(source.platform):
        return Voice(f"{source.platform}/{source.author.casefold()}")
    return _of_place(source)


def _tells_account(platform: str) -> bool:
    found = platform_named(platform)
    return found is not None and found.tells_account


def is_own(host: str, domain: str) -> bool:
    """Whether a host is one of the publishers' own, short links to their pages among them."""
    return domain in OWN_DOMAINS or host in _LINKED or (BY_HOST.get(domain) is not None and
                                                        bool(BY_HOST[domain].home))  # fmt: skip


def _of_address(url: str) -> Voice | None:
    """The voice of an address alone, through copies of it; None where it cannot be told."""
    for _ in range(MOST_STEPS):
        try:
            found = urls.identify(url)
        except BadUrlError:
            return None
        inner = urls.copied_address(found.key) if found.platform in COPIES else None
        if inner is None:
            return (
                None
                if found.platform in LEADING and not _is_own_place(found)
                else (_of_place(found))
            )
        url = inner
    return None


def _is_own_place(found: urls.SourceIdentity) -> bool:
    return is_own(found.host, found.domain)


def _of_place(source: Behind | urls.SourceIdentity) -> Voice:
    """The voice of an account or of a site."""
    address = source.key if isinstance(source, urls.SourceIdentity) else source.url
    host, domain = source.host, source.domain
    if source.platform in OWN_SITES or is_own(host, domain) or _is_map(address):
        return Voice(domain, own=True)
    if source.platform != "web":
        account = source.account.casefold() if source.account else None
        member = f"{source.platform}/{account}"
        if account is None:
            return Voice(f"{source.platform} (account unknown)", named=False)
        return Voice(HOUSES.get(member, member), own=member in OWN)
    if host in ANYBODYS or domain in ANYBODYS:
        return Voice(f"{host if host in ANYBODYS else domain} (account unknown)", named=False)
    if domain in WRITERS_BY_HOST and host != domain:
        return Voice(host)
    if domain in WRITERS_BY_PATH:
        first = address.partition("://")[2].partition("/")[2].partition("/")[0].partition("?")[0]
        return Voice(f"{domain}/{first.casefold()}" if first else domain)
    return Voice(HOUSES.get(host) or HOUSES.get(domain, domain))


def _is_map(address: str) -> bool:
    bare = address.partition("://")[2]
    return bare in OWN_MAPS or ("arcgis.com" in bare and bare.endswith(OWN_MAPS))
