"""A plain list of addresses, an address a line. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.errors import BadUrlError
from archive.urls.normal import fetchable, identify
from archive.urls.pasted import pasted_address

LONGEST_SHOWN = 80
"""Characters of a line that is no address."""
_COMMENT = re.compile(r"(?:^|\s)#.*")
"""A fragment follows its address without a blank."""


@dataclass(frozen=True, slots=True)
class ReadList:
    """What a list says.

    Attributes:
        addresses: What is to be fetched, by the key under which an address is one.
        bad: Lines that are none, by their numbers from 1, with why.
    """

    addresses: dict[str, str]
    bad: dict[int, str]


def read_list(text: str) -> ReadList:
    """The addresses of a list, as people paste them; blank lines and comments (`#`) are left out.

    Args:
        text: All of it.
    """
    addresses: dict[str, str] = {}
    bad: dict[int, str] = {}
    for number, line in enumerate(text.removeprefix("\ufeff").splitlines(), 1):
        words = _COMMENT.sub("", line).strip()
        if not words:
            continue
        try:
            url = _address(words)
            addresses.setdefault(identify(url).key, url)
        except BadUrlError as error:
            bad[number] = str(error)
    return ReadList(addresses, bad)


def _address(words: str) -> str:
    """What is to be fetched.

    Raises:
        BadUrlError: It is no address, or none that can be fetched.
    """
    found = pasted_address(words)
    if found is None:
        cut = words if len(words) <= LONGEST_SHOWN else words[:LONGEST_SHOWN] + "…"
        raise BadUrlError(f"{cut!r} is no address")
    return fetchable(found)
