"""From what waits to what is fetched: which address is really asked for, and what is known of
earlier captures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.model.fetch import Target
from archive.model.vocabulary import Kind
from archive.urls import normal as urls
from pipeline.read.platforms.views import fetch_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from archive.model.due import DuePublication, Validators


@dataclass(frozen=True, slots=True)
class FetchPlace:
    """Where something is to be fetched.

    Attributes:
        address: As cited, in the form in which it can be asked for.
        fetched: What is asked for; another than `address` where a platform has a better view of it.
        source: The source that it is a capture of, or None.
    """

    kind: Kind
    address: str
    fetched: str
    source: int | None = None


def place_of(url: str, kind: Kind) -> FetchPlace:
    """The place from which `url` is fetched.

    Raises:
        BadUrlError: `url` is no address; of another kind than a source, no http(s) address.
    """
    identity = urls.identify(url) if kind is Kind.SOURCE else None
    address = identity.url if identity else urls.fetchable(url)
    # a script's route is nothing that a server sees
    fetched = (fetch_url(identity) if identity else address).partition("#")[0]
    return FetchPlace(kind, address, fetched, urls.stable_id(identity.key) if identity else None)


def target_of(
    place: FetchPlace, held: Validators | None, reason: str, step: str | None = None
) -> Target:
    """A target with the previous state that travels along.

    Args:
        place: Where.
        held: What the newest good capture of the place gave for a conditional request.
        reason: Why.
        step: The step of discovery that asks, or None.
    """
    return Target(
        url=place.fetched,
        kind=place.kind,
        reason=reason,
        etag=held.etag if held else None,
        last_modified=held.last_modified if held else None,
        previous=held.payload if held else None,
        step=step,
        subject=place.address if place.fetched != place.address else None,
    )


def kind_named(url: str) -> Kind:
    """What an address is captured as that a person named."""
    return Kind.REPORT if urls.is_report_url(url) else Kind.SOURCE


@dataclass(frozen=True, slots=True)
class Range:
    """Which reports are asked for; None: all.

    Attributes:
        series: Slug.
        since: First day, `YYYY-MM-DD`.
        until: Last day.
    """

    series: str | None = None
    since: str | None = None
    until: str | None = None

    def may_hold(self, publication: DuePublication) -> bool:
        """Whether a publication is in the range, as far as is known before it is read."""
        if self.series and publication.series and publication.series != self.series:
            return False
        if publication.date is None:
            return True
        return (self.since or "") <= publication.date <= (self.until or "9999")


def files_to_fetch(pending: Iterable[str], cited: Sequence[Target]) -> list[Target]:
    """Figures and attachments to fetch beside cited sources; a picture that is cited, too, is
    fetched once.

    Asked for under the address as printed, so that figure and capture find each other.
    """
    asked = {target.url for target in cited}
    return [
        Target(url, Kind.FILE, "shown in a report")
        for url in pending
        if url not in asked and _is_address(url)
    ]


def _is_address(url: str) -> bool:
    try:
        urls.fetchable(url)
    except BadUrlError:
        return False
    return True
