"""What is held of something that was asked for."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from typing import Any

from archive.show.held.asked import HeldQuery, QueryKind

Row = dict[str, Any]

MOST = 50
"""Rows of each list; the pages of sources and reports have them all."""


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """What was found; each list holds rows by column, with `how` where there are several ways.

    Attributes:
        asked: What was asked for, understood.
        sources: Cited pages: `id`, `url`, `status`, `captures`, `report_count`, `kept` (the first
            good capture), `elsewhere` (another archive's copy).
        reports: `report`, `title`, `report_date`, `version_id`, `captures`.
        sentences: Citing sentences: `sentence`, `report`, `version_id`, `label`, `report_date`.
        captures: `id`, `url`, `captured_at`, `outcome`.
        texts: Cited pages with the words: `text_id`, `source_id`, `url`, `title`, `language`,
            `capture_id`, `share` of the words asked for that stand there, `resemblance`.
        files: WARC files: `name`.
        beside: What is held although this is not: `account`, `host`, `linked_from`, `nearest` (ids
            of reports).
    """

    asked: HeldQuery
    sources: tuple[Row, ...] = ()
    reports: tuple[Row, ...] = ()
    sentences: tuple[Row, ...] = ()
    captures: tuple[Row, ...] = ()
    texts: tuple[Row, ...] = ()
    files: tuple[Row, ...] = ()
    beside: Row = field(default_factory=dict)

    @property
    def held(self) -> bool:
        """Whether something of it is kept here: a good copy, a report, or the words themselves."""
        if self.reports or self.captures or self.texts or self.files:
            return True
        if self.asked.what is QueryKind.WORDS:
            return bool(self.sentences)
        return any(source["kept"] for source in self.sources)

    @property
    def known(self) -> bool:
        """Whether it is at least cited, though nothing of it could be kept."""
        return self.held or bool(self.sources or self.sentences)

    def told(self) -> Row:
        """All of it, for programs."""
        lists = {one.name: list(getattr(self, one.name)) for one in fields(self)[1:-1]}
        asked = {"what": str(self.asked.what), "value": self.asked.value}
        return {
            "asked": {**asked, "understood": self.asked.told},
            "held": self.held,
            "known": self.known,
            **lists,
            "beside": self.beside,
        }
