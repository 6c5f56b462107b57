"""What decisions ask of what is held (`pipeline.decide.held`), answered from the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.db.tables import (
    account_rows,
    browser_rows,
    capture_rows,
    host_rows,
    media_rows,
    memento_rows,
    sight_rows,
    text_rows,
    verdict_rows,
    version_rows,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import timedelta

    import sqlite_utils

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


@dataclass(frozen=True, slots=True)
class HeldInDatabase:
    """Each question is one function of a query module; nothing is decided here.

    Attributes:
        parse_again: Reads a held capture from its WARC record by the present parser.
    """

    db: sqlite_utils.Database
    parse_again: Callable[[int], Processed]

    # --- reports ----------------------------------------------------------------------------------

    def publication_id(self, key: str) -> int | None:
        return version_rows.publication_id(self.db, key)

    def publication(self, publication: int) -> PublicationRow:
        return version_rows.publication(self.db, publication)

    def history_of_publication(self, publication: int) -> list[PastCapture]:
        return capture_rows.history(self.db, publication)

    def captured_contents(self, publication: int) -> list[CapturedContent]:
        return version_rows.captured_contents(self.db, publication)

    def stored_versions(self, publication: int) -> list[StoredVersion]:
        return version_rows.stored_versions(self.db, publication)

    def version_content(self, version: int) -> Content:
        return version_rows.version_content(self.db, version)

    def newest_version(self, report: str, *, but: str) -> int | None:
        return version_rows.newest_version(self.db, report, but=but)

    def unchanged(
        self,
        http_status: int | None,
        revisit_of: str | None,
        *,
        source: int | None = None,
        publication: int | None = None,
    ) -> PastCapture | None:
        return capture_rows.unchanged(
            self.db, http_status, revisit_of, source=source, publication=publication
        )

    # --- texts ------------------------------------------------------------------------------------

    def reading(self, text_id: int) -> Reading | None:
        return verdict_rows.reading(self.db, text_id)

    def text(self, text_id: int) -> str:
        return text_rows.text(self.db, text_id)

    def has_bands(self, text_id: int, bands: tuple[int, ...]) -> bool:
        return text_rows.has_bands(self.db, text_id, bands)

    def holders(self, bands: Iterable[int], limit: int) -> dict[int, frozenset[int]]:
        return text_rows.holders(self.db, bands, limit)

    def looks(self, bands: Iterable[int], limit: int) -> list[Look]:
        return media_rows.looks(self.db, bands, limit)

    def near_pairs(self, texts: Iterable[int]) -> list[tuple[int, int]]:
        return text_rows.near_pairs(self.db, texts)

    def media_sights(self, source: int) -> list[MediaSight]:
        return sight_rows.sights(self.db, source)

    def standings(self, source: int) -> list[Standing]:
        return sight_rows.standings(self.db, source)

    def others_showing(self, source: int, kind: str, since: str, until: str) -> tuple[int, int]:
        return sight_rows.others_showing(self.db, source, kind, since, until)

    def plain(self, source: int, at: str) -> PlainCapture | None:
        return browser_rows.plain(self.db, source, at)

    # --- sources ----------------------------------------------------------------------------------

    def source(self, source_id: int) -> JudgedSource | None:
        return verdict_rows.source(self.db, source_id)

    def attempts(self, source: int) -> list[Checked]:
        return verdict_rows.attempts(self.db, source)

    def neighbours_failures(self, source: JudgedSource) -> list[Attempt]:
        return verdict_rows.neighbours_failures(self.db, source)

    def account_ids(self, source: JudgedSource) -> frozenset[str]:
        return account_rows.account_ids(self.db, source)

    def sightings(self, source: JudgedSource) -> list[Sighting]:
        return account_rows.sightings(self.db, source)

    def of_account(self, source: JudgedSource) -> list[JudgedSource]:
        return account_rows.of_account(self.db, source)

    def captured_on(self, host: str) -> list[JudgedSource]:
        return verdict_rows.captured_on(self.db, host)

    def probes(self, place: str, front: str | None = None) -> list[tuple[Probe, int | None]]:
        return verdict_rows.probes(self.db, place, front)

    def echoing(self, host: str, probe: Probe, within: timedelta) -> list[JudgedSource]:
        return verdict_rows.echoing(self.db, host, probe, within)

    def unsure(self, host: str, at: str, within: timedelta, but: int) -> list[JudgedSource]:
        return host_rows.unsure(self.db, host, at, within, but)

    def depending(
        self, source: JudgedSource, notice: str | None, at: str, within: timedelta
    ) -> list[JudgedSource]:
        return host_rows.depending(self.db, source, notice, at, within)

    def beside(self, source: JudgedSource, attempt: Attempt, within: timedelta) -> list[Beside]:
        return host_rows.beside(self.db, source, attempt, within)

    def shown_elsewhere(self, source: JudgedSource, notices: Sequence[str]) -> list[Shown]:
        return host_rows.shown_elsewhere(self.db, source, notices)

    def unproved_since(self, source_id: int) -> str | None:
        return host_rows.unproved_since(self.db, source_id)

    def asked_front(self, url: str, at: str, within: timedelta) -> bool:
        return host_rows.asked_front(self.db, url, at, within)

    def known_good(self, source: JudgedSource, before: str) -> str | None:
        return host_rows.known_good(self.db, source, before)

    def texts_of(self, source_id: int, but: str | None) -> list[int]:
        return host_rows.texts_of(self.db, source_id, but)

    def memento_checks(self, source: int) -> list[PastCheck]:
        return memento_rows.checks(self.db, source)

    def memento_copies(self, source: int) -> list[PastCopy]:
        return memento_rows.copies(self.db, source)
