"""What is held, as plain lists: decisions get their history from a test instead of a database."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from archive.model.media import MediaSight, Standing
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


@dataclass
class HeldInLists:
    """Answers what `pipeline.decide.held.Held` asks; nothing is held that a test does not put
    there."""

    publications: dict[str, PublicationRow] = field(default_factory=dict)
    past: list[PastCapture] = field(default_factory=list)
    contents: list[CapturedContent] = field(default_factory=list)
    versions: list[StoredVersion] = field(default_factory=list)
    read: dict[int, Processed] = field(default_factory=dict)
    said: dict[int, Content] = field(default_factory=dict)
    same: PastCapture | None = None
    tries: dict[int, list[Checked]] = field(default_factory=dict)
    readings: dict[int, Reading] = field(default_factory=dict)
    sources: list[JudgedSource] = field(default_factory=list)
    failures: list[Attempt] = field(default_factory=list)
    answers: list[tuple[Probe, int | None]] = field(default_factory=list)
    seen: list[Sighting] = field(default_factory=list)
    checks: list[PastCheck] = field(default_factory=list)
    copies: list[PastCopy] = field(default_factory=list)

    def media_sights(self, source: int) -> list[MediaSight]:
        return []

    def standings(self, source: int) -> list[Standing]:
        return []

    def others_showing(self, source: int, kind: str, since: str, until: str) -> tuple[int, int]:
        return 0, 0

    def publication_id(self, key: str) -> int | None:
        row = self.publications.get(key)
        return row.id if row else None

    def publication(self, publication: int) -> PublicationRow:
        return next(row for row in self.publications.values() if row.id == publication)

    def history_of_publication(self, publication: int) -> list[PastCapture]:
        return list(self.past)

    def captured_contents(self, publication: int) -> list[CapturedContent]:
        return list(self.contents)

    def stored_versions(self, publication: int) -> list[StoredVersion]:
        return list(self.versions)

    def version_content(self, version: int) -> Content:
        return self.said[version]

    def newest_version(self, report: str, *, but: str) -> int | None:
        return max(self.said, default=None)

    def parse_again(self, capture: int) -> Processed:
        return self.read[capture]

    def unchanged(
        self,
        http_status: int | None,
        revisit_of: str | None,
        *,
        source: int | None = None,
        publication: int | None = None,
    ) -> PastCapture | None:
        return self.same if http_status == 304 else None

    def reading(self, text_id: int) -> Reading | None:
        return self.readings.get(text_id)

    def text(self, text_id: int) -> str:
        return self.readings[text_id].text

    def has_bands(self, text_id: int, bands: tuple[int, ...]) -> bool:
        return False

    def holders(self, bands: Any, limit: int) -> dict[int, frozenset[int]]:
        return {}

    def looks(self, bands: Any, limit: int) -> list[Any]:
        return []

    def near_pairs(self, texts: Any) -> list[tuple[int, int]]:
        return []

    def attempts(self, source: int) -> list[Checked]:
        return list(self.tries.get(source, ()))

    def neighbours_failures(self, source: JudgedSource) -> list[Attempt]:
        return list(self.failures)

    def account_ids(self, source: JudgedSource) -> frozenset[str]:
        return frozenset(one.account_id for one in self.seen)

    def sightings(self, source: JudgedSource) -> list[Sighting]:
        return list(self.seen)

    def of_account(self, source: JudgedSource) -> list[JudgedSource]:
        return [one for one in self.sources if one.account == source.account and one != source]

    def captured_on(self, host: str) -> list[JudgedSource]:
        return [source for source in self.sources if source.host == host]

    def probes(self, place: str, front: str | None = None) -> list[tuple[Probe, int | None]]:
        return [answer for answer in self.answers if answer[0].place in {place, front}]

    def echoing(self, host: str, probe: Probe, within: Any) -> list[JudgedSource]:
        return self.captured_on(host)

    def unsure(self, host: str, at: str, within: Any, but: int) -> list[JudgedSource]:
        return []

    def depending(
        self, source: JudgedSource, notice: str | None, at: str, within: Any
    ) -> list[JudgedSource]:
        return []

    def beside(self, source: JudgedSource, attempt: Attempt, within: Any) -> list[Beside]:
        return []

    def shown_elsewhere(self, source: JudgedSource, notices: Any) -> list[Shown]:
        return []

    def texts_of(self, source_id: int, but: str | None) -> list[int]:
        return []

    def memento_checks(self, source: int) -> list[PastCheck]:
        return list(self.checks)

    def memento_copies(self, source: int) -> list[PastCopy]:
        return list(self.copies)
