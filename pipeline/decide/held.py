"""What decisions ask of what is held: each question by name, answered with records.

`archive.db.held` answers from the database, tests from lists. What is asked depends on what was
found before (a text is compared only where digests differ, an old capture read again only where a
version begins with it), so the questions come one by one; nothing that decides knows who answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import timedelta

    from archive.model.browser import PlainCapture
    from archive.model.fetch import Processed
    from archive.model.media import Look, MediaSight, Standing
    from archive.model.past import (
        Checked,
        JudgedSource,
        PastCapture,
        PastCheck,
        PastCopy,
        Shown,
        Sighting,
        StoredVersion,
    )
    from archive.model.reports import CapturedContent, Content
    from archive.model.rot import Attempt, Beside, Probe, Reading
    from archive.model.rows import PublicationRow


class HeldReports(Protocol):
    """Of publications, their captures and versions."""

    def publication_id(self, key: str) -> int | None:
        """The publication with this address, its own or another that it gives for itself."""

    def publication(self, publication: int) -> PublicationRow:
        """As it stands."""

    def history_of_publication(self, publication: int) -> list[PastCapture]:
        """Its captures, in time order."""

    def captured_contents(self, publication: int) -> list[CapturedContent]:
        """What its captures said."""

    def stored_versions(self, publication: int) -> list[StoredVersion]:
        """Its versions, in order."""

    def version_content(self, version: int) -> Content:
        """What a version says."""

    def newest_version(self, report: str, *, but: str) -> int | None:
        """The newest version of a report that any publisher but one has."""

    def parse_again(self, capture: int) -> Processed:
        """A held capture, read from its WARC record by the present parser."""

    def unchanged(
        self,
        http_status: int | None,
        revisit_of: str | None,
        *,
        source: int | None = None,
        publication: int | None = None,
    ) -> PastCapture | None:
        """The capture of a publication that a 304 says is unchanged."""


class HeldTexts(Protocol):
    """Of texts, and of those that resemble them."""

    def reading(self, text_id: int) -> Reading | None:
        """A text as drift looks at it."""

    def text(self, text_id: int) -> str:
        """Its words alone."""

    def has_bands(self, text_id: int, bands: tuple[int, ...]) -> bool:
        """Whether it is found by these numbers already."""

    def holders(self, bands: Iterable[int], limit: int) -> dict[int, frozenset[int]]:
        """Texts under each number, at most so many."""

    def near_pairs(self, texts: Iterable[int]) -> list[tuple[int, int]]:
        """Pairs among them that are known to be near."""


class HeldLooks(Protocol):
    """Of pictures that pages show."""

    def looks(self, bands: Iterable[int], limit: int) -> list[Look]:
        """What pictures look like that share one of these bands."""


class HeldSights(HeldLooks, Protocol):
    """Of what posts show, look by look."""

    def media_sights(self, source: int) -> list[MediaSight]:
        """What each look at a post showed, in time order."""

    def standings(self, source: int) -> list[Standing]:
        """What it was thought to be, in time order."""

    def others_showing(self, source: int, kind: str, since: str, until: str) -> tuple[int, int]:
        """Of other posts of its platform that were looked at in this time: how many showed
        something of a kind, and how many did no more."""


class HeldPlain(Protocol):
    """Of captures without a browser."""

    def plain(self, source: int, at: str) -> PlainCapture | None:
        """The newest of a source up to a moment."""


class HeldSources(HeldTexts, HeldSights, Protocol):
    """Of sources, their captures, and what else their hosts showed."""

    def unchanged(
        self,
        http_status: int | None,
        revisit_of: str | None,
        *,
        source: int | None = None,
        publication: int | None = None,
    ) -> PastCapture | None:
        """The capture of a source that a 304 says is unchanged."""

    def attempts(self, source: int) -> list[Checked]:
        """All tries to capture it, in time order."""

    def neighbours_failures(self, source: JudgedSource) -> list[Attempt]:
        """Tries at others of its host that failed because its name does not resolve: the first of
        each day."""

    def account_ids(self, source: JudgedSource) -> frozenset[str]:
        """The numbers ever seen at the address of its account; mostly one."""

    def sightings(self, source: JudgedSource) -> list[Sighting]:
        """Who held the address of its account, whenever a capture of any of the account said."""

    def of_account(self, source: JudgedSource) -> list[JudgedSource]:
        """Others of its account that were captured."""

    def captured_on(self, host: str) -> list[JudgedSource]:
        """Sources of a host that were captured."""

    def probes(self, place: str, front: str | None = None) -> list[tuple[Probe, int | None]]:
        """What was answered in a folder to addresses that cannot exist, and for the host's front
        page where that is named, each with its text."""

    def echoing(self, host: str, probe: Probe, within: timedelta) -> list[JudgedSource]:
        """Sources of a host that may have shown what a probe shows."""

    def unsure(self, host: str, at: str, within: timedelta, but: int) -> list[JudgedSource]:
        """Sources of a host whose verdict hangs on what its other pages show about this time."""

    def depending(
        self, source: JudgedSource, notice: str | None, at: str, within: timedelta
    ) -> list[JudgedSource]:
        """Others of its host whose verdict hangs on what a source shows: they showed the same
        notice, or are unsure about this time."""

    def beside(self, source: JudgedSource, attempt: Attempt, within: timedelta) -> list[Beside]:
        """What other addresses of its host showed about the time of an attempt."""

    def shown_elsewhere(self, source: JudgedSource, notices: Sequence[str]) -> list[Shown]:
        """Where else on its host these words stood."""

    def texts_of(self, source_id: int, but: str | None) -> list[int]:
        """Texts that a source's page had, but for those of a notice."""

    def memento_checks(self, source: int) -> list[PastCheck]:
        """All questions to other archives about it, in time order."""

    def memento_copies(self, source: int) -> list[PastCopy]:
        """All copies of it that were taken, in time order."""


class Held(HeldReports, HeldSources, HeldPlain, Protocol):
    """All of it."""
