"""What decisions ask about the archive: each question is a method that answers with records.

`archive.db.held` answers from the database, tests answer from lists. Which question comes next
depends on the answers before (texts are compared only where digests differ, an old capture is read
again only where a version begins with it), so they are asked one by one; whoever decides does not
know who answers.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import timedelta

    from archive.model.browser import PlainCapture
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
    from archive.model.understood import Processed


class HeldReports(Protocol):
    """Questions about publications, their captures and versions."""

    def publication_id(self, key: str) -> int | None:
        """The publication with this address, be it its own or another one that its page names."""

    def publication(self, publication: int) -> PublicationRow:
        """A publication, as its row stands."""

    def history_of_publication(self, publication: int) -> list[PastCapture]:
        """The captures of a publication, in time order."""

    def captured_contents(self, publication: int) -> list[CapturedContent]:
        """What the captures of a publication contain, as far as versions are made of it."""

    def stored_versions(self, publication: int) -> list[StoredVersion]:
        """The versions of a publication, in order."""

    def version_content(self, version: int) -> Content:
        """The content of a version."""

    def newest_version(self, report: str, *, but: str) -> int | None:
        """The newest version of a report by any publisher other than `but`."""

    def parse_again(self, capture: int) -> Processed:
        """A held capture, read from its WARC record and parsed by the present parser."""

    def unchanged(
        self,
        http_status: int | None,
        revisit_of: str | None,
        *,
        source: int | None = None,
        publication: int | None = None,
    ) -> PastCapture | None:
        """The earlier capture of a publication that a 304 stands for."""


class HeldTexts(Protocol):
    """Questions about texts, and about others that resemble them."""

    def reading(self, text_id: int) -> Reading | None:
        """A text in the form in which drift compares it."""

    def text(self, text_id: int) -> str:
        """The words of a text."""

    def has_bands(self, text_id: int, bands: tuple[int, ...]) -> bool:
        """Whether a text is indexed under these bands (`archive.near_duplicates`)."""

    def holders(self, bands: Iterable[int], limit: int) -> dict[int, frozenset[int]]:
        """For each band the texts that have it, at most `limit` of them."""

    def near_pairs(self, texts: Iterable[int]) -> list[tuple[int, int]]:
        """The pairs among these texts that are known to be near duplicates."""


class HeldLooks(Protocol):
    """Questions about pictures that pages show."""

    def looks(self, bands: Iterable[int], limit: int) -> list[Look]:
        """The looks of pictures that share one of these bands, at most `limit`."""


class HeldSights(HeldLooks, Protocol):
    """Questions about what posts show, capture by capture."""

    def media_sights(self, source: int) -> list[MediaSight]:
        """What each capture of a post showed, in time order."""

    def standings(self, source: int) -> list[Standing]:
        """What a source's verdicts said it was, in time order."""

    def others_showing(self, source: int, kind: str, since: str, until: str) -> tuple[int, int]:
        """Of other posts of the same platform that were captured in this time: how many showed
        media of a kind, and how many no longer did."""


class HeldPlain(Protocol):
    """Questions about captures without a browser."""

    def plain(self, source: int, at: str) -> PlainCapture | None:
        """The newest capture of a source without a browser, up to a moment."""


class HeldSources(HeldTexts, HeldSights, Protocol):
    """Questions about sources, their captures, and what else their hosts showed."""

    def unchanged(
        self,
        http_status: int | None,
        revisit_of: str | None,
        *,
        source: int | None = None,
        publication: int | None = None,
    ) -> PastCapture | None:
        """The earlier capture of a source that a 304 stands for."""

    def attempts(self, source: int) -> list[Checked]:
        """All attempts to capture a source, in time order."""

    def neighbours_failures(self, source: JudgedSource) -> list[Attempt]:
        """Attempts at other sources of its host that failed because the host's name does not
        resolve: the first of each day."""

    def account_ids(self, source: JudgedSource) -> frozenset[str]:
        """The account numbers that were ever seen at the address of a source's account; mostly
        one."""

    def sightings(self, source: JudgedSource) -> list[Sighting]:
        """Who held the address of a source's account, by every capture that says so of any source
        of the account."""

    def of_account(self, source: JudgedSource) -> list[JudgedSource]:
        """Other sources of the same account that were captured."""

    def captured_on(self, host: str) -> list[JudgedSource]:
        """The sources of a host that were captured."""

    def probes(self, place: str, front: str | None = None) -> list[tuple[Probe, int | None]]:
        """The answers in a folder to addresses that cannot exist and, where `front` names it, for
        the host's front page; each with its text's id."""

    def echoing(self, host: str, probe: Probe, within: timedelta) -> list[JudgedSource]:
        """Sources of a host that may have shown the same page as a probe."""

    def unsure(self, host: str, at: str, within: timedelta, but: int) -> list[JudgedSource]:
        """Sources of a host whose verdict depends on what the host's other pages showed around this
        time."""

    def depending(
        self, source: JudgedSource, notice: str | None, at: str, within: timedelta
    ) -> list[JudgedSource]:
        """Other sources of its host whose verdict depends on what this one shows: they showed the
        same notice, or are unsure around this time."""

    def beside(self, source: JudgedSource, attempt: Attempt, within: timedelta) -> list[Beside]:
        """What other addresses of its host showed around the time of an attempt."""

    def shown_elsewhere(self, source: JudgedSource, notices: Sequence[str]) -> list[Shown]:
        """Other addresses of its host that showed one of these notices."""

    def texts_of(self, source_id: int, but: str | None) -> list[int]:
        """The texts that a source's page had, except those of the notice `but`."""

    def memento_checks(self, source: int) -> list[PastCheck]:
        """All questions to other archives about a source, in time order."""

    def memento_copies(self, source: int) -> list[PastCopy]:
        """All copies of a source that were taken from other archives, in time order."""


class Held(HeldReports, HeldSources, HeldPlain, Protocol):
    """All questions that decisions ask."""
