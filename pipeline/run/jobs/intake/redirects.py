"""Redirects of an import that lead on to pages in the same import."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from archive.errors import BadUrlError
from archive.model.vocabulary import REDIRECT_STATUSES
from archive.urls import normal as urls
from archive.warc.http import first_header

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from archive.warc.reader import WarcRecord


REACH = timedelta(days=1)
"""A crawler comes to a redirect's target within hours; a capture of another day is another
crawl's."""

MAX_HOPS = 10
"""As browsers and our own crawler follow (Fetch standard: 20; curl's and requests' users seldom see
10)."""


def requested(url: str | None, base: str | None = None) -> str | None:
    """The address as it would be asked for, by which a redirect's target is known; None for what is
    no web address."""
    if not url:
        return None
    try:
        return urls.fetchable(urljoin(base, url) if base else url).partition("#")[0]
    except (BadUrlError, ValueError):
        return None


def target_of(record: WarcRecord) -> str | None:
    """Where a response leads on to; None where it does not, or to itself."""
    if record.http_status not in REDIRECT_STATUSES:
        return None
    target = requested(first_header(record.http_headers, "location"), record.uri)
    return None if target == requested(record.uri) else target


@dataclass(frozen=True, slots=True)
class Copy:
    """A record that a redirect may lead to, or that a revisit may repeat.

    Attributes:
        path: The WARC, as it can be read now.
        offset: Its place there.
        at: `WARC-Date`.
        target: Where it leads on to, or None.
    """

    path: Path
    offset: int
    at: datetime
    target: str | None = None


@dataclass(slots=True)
class Trails:
    """What leads where in an import, gathered while its files are read.

    Attributes:
        steps: Targets of every redirect, by the address asked for.
        wanted: Addresses that redirects of ours lead to, over any number of steps.
        copies: Records at wanted addresses.
    """

    steps: dict[str, set[str]] = field(default_factory=dict)
    wanted: set[str] = field(default_factory=set)
    copies: dict[str, list[Copy]] = field(default_factory=dict)

    def note(self, record: WarcRecord) -> None:
        """Keep a redirect in mind."""
        target, source = target_of(record), requested(record.uri)
        if target is not None and source is not None:
            self.steps.setdefault(source, set()).add(target)

    def want(self, is_ours: Callable[[str], bool]) -> None:
        """Find out what redirects at addresses of ours lead to."""
        ours = [source for source in self.steps if is_ours(source)]
        found = {target for source in ours for target in self.steps[source]}
        while found:
            self.wanted |= found
            found = {t for at in found for t in self.steps.get(at, ())} - self.wanted

    def offer(self, record: WarcRecord, path: Path) -> None:
        """Keep the place of a record in mind, if a redirect of ours may lead to it."""
        at = requested(record.uri) if self.wanted else None
        if at not in self.wanted or record.http_status is None or record.date is None:
            return
        if at is not None and record.location.length:
            copy = Copy(path, record.location.offset, record.date, target_of(record))
            self.copies.setdefault(at, []).append(copy)

    def forget(self, paths: Iterable[Path]) -> None:
        """Drop the copies in files that go."""
        gone = set(paths)
        for at, copies in self.copies.items():
            self.copies[at] = [copy for copy in copies if copy.path not in gone]

    def chain(self, start: WarcRecord) -> list[Copy]:
        """The copies that a redirect leads to, in order, the page last; empty where no page is
        there."""
        found: list[Copy] = []
        seen = {requested(start.uri)}
        target = target_of(start)
        while target is not None and target not in seen and len(found) < MAX_HOPS:
            seen.add(target)
            nearest = self._nearest(target, start)
            if nearest is None:
                return []
            found.append(nearest)
            target = nearest.target
        return found if target is None else []

    def _nearest(self, target: str, start: WarcRecord) -> Copy | None:
        at = start.date
        assert at is not None
        near = [copy for copy in self.copies.get(target, ()) if abs(copy.at - at) <= REACH]
        return min(near, key=lambda copy: (abs(copy.at - at), copy.offset), default=None)
