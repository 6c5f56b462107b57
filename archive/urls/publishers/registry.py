"""All publishers by the hosts of their reports."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.declared import declared
from archive.urls.publishers.files import declared_files
from archive.urls.publishers.publisher import Publisher

if TYPE_CHECKING:
    from collections.abc import Mapping

_OURS = tuple(
    sorted(declared("archive.urls.publishers", "PUBLISHER", Publisher), key=lambda one: one.rank)
)

FILES = declared_files(
    frozenset(name for one in _OURS for name in (one.name, *one.reports, *one.linked))
)
"""Those that a user declares."""

PUBLISHERS = (*_OURS, *(file.publisher for file in FILES))

FIRST = PUBLISHERS[0].name
"""Whose publication stands for a report that several publish."""

BY_HOST: Mapping[str, Publisher] = {host: one for one in PUBLISHERS for host in one.reports}
"""Keys are hosts without `www.`"""

NAMES: Mapping[str, str] = {host: one.name for host, one in BY_HOST.items()}
"""Hosts where reports are published, and whose they are."""

OWN = frozenset(one.name for one in PUBLISHERS if one.home)
"""Publishers with a site of their own."""

OWN_DOMAINS = frozenset(one.domain for one in PUBLISHERS if one.domain)
"""Their sites, without `www.`"""

_BY_NAME = {one.name: one for one in PUBLISHERS}
_TWINS = tuple(
    (re.compile(rf"(https?://)(?={re.escape(one.domain)})"), r"\g<1>www.")
    for one in PUBLISHERS
    if one.home and one.domain and one.home != one.domain
)


def named(name: str) -> Publisher:
    """The publisher of that name.

    Raises:
        KeyError: There is none.
    """
    return _BY_NAME[name]


def title_of(name: str) -> str:
    """A publisher's name in print; of one that is declared no more, the name that rows have."""
    known = _BY_NAME.get(name)
    return known.title if known else name


def is_report(host: str, path: str) -> bool:
    """Whether a report may stand there, by the form of the address alone.

    Args:
        host: Without `www.`
        path: Decoded, lower case.
    """
    publisher = BY_HOST.get(host)
    if publisher is None or (publisher.lists and publisher.lists.fullmatch(path)):
        return False
    return publisher.reports[host].fullmatch(path) is not None


def is_linked(host: str, path: str) -> bool:
    """Whether reports link each other by such an address, though none stands there."""
    found = (one.linked[host] for one in PUBLISHERS if host in one.linked)
    return any(pattern.fullmatch(path) for pattern in found)


def at_home(text: str) -> str:
    """A text with `www.` in addresses whose site answers so, and with the same pages without."""
    for bare, named in _TWINS:
        text = bare.sub(named, text)
    return text
