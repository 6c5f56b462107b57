"""All platforms by the hosts of their addresses: whose an address is, whose account, which post."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.declared import declared
from archive.errors import BadInputError
from archive.urls.copies import HOSTS, copy_at
from archive.urls.platforms.identity import Identity, Recognised
from archive.urls.publishers.registry import FILES, PUBLISHERS

if TYPE_CHECKING:
    import re
    from collections.abc import Iterable, Mapping

    from archive.urls.platforms.identity import UrlParts

_PLATFORMS = declared("archive.urls.platforms", "IDENTITY", Identity)
_NO_NAMES = frozenset({"web", "repost", "unknown"})
"""What rows say of an address or a report that is nobody's."""


def taken(name: str, hosts: Iterable[str]) -> str | None:
    """What of a publisher's name and hosts is a platform's, or no name at all; None: nothing."""
    platforms = {one.platform for one in _PLATFORMS} | _NO_NAMES
    theirs = {host for one in _PLATFORMS for host in one.hosts}
    return name if name in platforms else next((host for host in hosts if host in theirs), None)


for _file in FILES:
    if _theirs := taken(_file.publisher.name, _file.publisher.reports):
        raise BadInputError(f"publisher {_file.path}: {_theirs} is a platform's")

IDENTITIES = (
    *_PLATFORMS,
    *(Identity(one.name, one.own_hosts, one.title) for one in PUBLISHERS if one.own_hosts),
)
"""A publisher's own site is a platform, too: reports cite reports."""

BY_HOST: Mapping[str, Identity] = {host: one for one in IDENTITIES for host in one.hosts}
"""Keys are hosts or registered domains."""

TITLES: Mapping[str, str] = {one.platform: one.title for one in IDENTITIES if one.title}
"""How readers know those platforms whose names do not tell it."""

COPIES = frozenset(one.platform for one in IDENTITIES if one.copies)
"""Platforms whose addresses are copies in other archives."""

LEADING = frozenset(one.platform for one in IDENTITIES if one.leads)
"""Where these lead is for whoever made them; an archive moves to the nearest time."""

TRACKING: Mapping[str, frozenset[str]] = {
    domain: names for one in IDENTITIES for domain, names in one.tracking.items()
}
DRESSES: Mapping[str, re.Pattern[str]] = {
    domain: labels for one in IDENTITIES for domain, labels in one.dresses.items()
}
GATES = {host: names for one in IDENTITIES for host, names in one.gates.items()}
EXITS = {page: names for one in IDENTITIES for page, names in one.exits.items()}
HASHBANG = frozenset(domain for one in IDENTITIES for domain in one.hashbang)
SCHEMES = {scheme: said for one in IDENTITIES for scheme, said in one.schemes.items()}
BEFORE_POST = tuple(one.before_post for one in IDENTITIES if one.before_post)
POST_NAMES = tuple(one.post_name for one in IDENTITIES if one.post_name)
_ANYBODYS = tuple((one.anybodys, one) for one in IDENTITIES if one.anybodys)


def recognise(parts: UrlParts, domain: str) -> Recognised:
    """The platform of a URL; `web` when no rule knows its host or registered domain."""
    copy = _copy(parts)
    if copy is not None:
        return copy
    found = BY_HOST.get(parts.host) or BY_HOST.get(domain)
    if found is None:
        found = next((one for start, one in _ANYBODYS if parts.host.startswith(start)), None)
    return found.recognise(parts) if found else Recognised("web")


def _copy(parts: UrlParts) -> Recognised | None:
    """A copy in a web archive; None for an address that names none."""
    if "/http" not in parts.path and parts.host not in HOSTS:
        return None
    copy = copy_at(parts.host, parts.path + ("?" + "&".join(parts.params) if parts.params else ""))
    if copy is None:
        return None
    return Recognised(copy.platform, None, copy.name, f"https://{copy.archive}{copy.place}")
