"""What a module of this package declares: `IDENTITY`, and the parts of an address that it reads."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class UrlParts(NamedTuple):
    """A normal URL taken apart.

    Attributes:
        host: Lower case, without `www.` and mobile prefixes, maybe with a port.
        segments: Path segments without empty ones.
        params: Parameters without tracking, as written; for reading use `param`.
        path: Path as written.
    """

    host: str
    path: str
    segments: tuple[str, ...]
    params: tuple[str, ...]

    def param(self, name: str) -> str | None:
        """Decoded value of the first parameter `name`, or None where it is absent or empty."""
        for item in self.params:
            key, _, value = item.partition("=")
            if unquote(key) == name:
                return unquote(value) or None
        return None

    def segment(self, index: int) -> str:
        """The path's segment at a place, or nothing."""
        return self.segments[index] if index < len(self.segments) else ""


class Recognised(NamedTuple):
    """What an address says.

    Attributes:
        key: The canonical URL, or None when the generic folding is right.
    """

    platform: str
    account: str | None = None
    post_id: str | None = None
    key: str | None = None


@dataclass(frozen=True, slots=True)
class PostName:
    """How a post's number or name ends an address, so that one torn by a blank is known.

    Attributes:
        begun: Finds the beginning of it at the end of an address; its group is what is there.
        lengths: How long a whole one is.
        digits: It has nothing else; else letters and digits.
    """

    begun: re.Pattern[str]
    lengths: range
    digits: bool = True

    def completes(self, address: str, word: str) -> bool:
        """Whether a word is the rest of the name that an address ends with."""
        name = self.begun.search(address)
        plain = word.isdigit() if self.digits else word.isalnum() and word.isascii()
        return name is not None and plain and len(name[1]) + len(word) in self.lengths


@dataclass(frozen=True, slots=True)
class Identity:
    """A platform as its addresses show it: no page is asked, no text is read.

    Attributes:
        platform: Its name, as `sources.platform` has it.
        hosts: Hosts or registered domains, lower case, without `www.`.
        title: How readers know it, where that is not its name with capital letters.
        read: Account, post and canonical address of a normal URL, where that takes a rule.
        places: Else, at which segments of the path account and post stand, where they stand there.
        anybodys: How hosts begin that anybody may run, such as `nitter.`.
        dresses: By registered domain, labels before it under which the same pages stand.
        tracking: By registered domain, parameters that say only who shared an address.
        gates: Hosts that only lead out of the platform, with the parameters that hold the target.
        exits: The same of single pages, by registered domain and path.
        schemes: Of its own addresses, such as `at`, with what gives the same on the web.
        before_post: What stands before a post's number, as a whole address without scheme.
        post_name: How such a number ends an address.
        hashbang: Domains that once wrote paths behind `#!`.
        leads: Where its addresses lead is for whoever made them.
        copies: Its addresses are copies of pages of others.
    """

    platform: str
    hosts: tuple[str, ...]
    title: str | None = None
    read: Callable[[UrlParts], Recognised] | None = None
    places: tuple[int, int | None] | None = None
    anybodys: str | None = None
    dresses: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    tracking: Mapping[str, frozenset[str]] = field(default_factory=dict)
    gates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    exits: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    schemes: Mapping[str, Callable[[str], str | None]] = field(default_factory=dict)
    before_post: re.Pattern[str] | None = None
    post_name: PostName | None = None
    hashbang: frozenset[str] = frozenset()
    leads: bool = False
    copies: bool = False

    def recognise(self, parts: UrlParts) -> Recognised:
        """What an address on one of its hosts says."""
        if self.read is not None:
            return self.read(parts)
        if self.places is None:
            return Recognised(self.platform)
        account = parts.segment(self.places[0]).lstrip("@").lower() or None
        post = parts.segment(self.places[1]) or None if self.places[1] is not None else None
        return Recognised(self.platform, account, post)


DIGITS = re.compile(r"(\d+)(?!\w)")


def leading(pattern: re.Pattern[str], text: str) -> str | None:
    """What `pattern` finds at the start of a segment; what follows is printing left behind."""
    match = pattern.match(text)
    return match.group(0) if match else None
