"""Archives of made-up verdicts, for figures of link rot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import sqlite_utils

from archive.db.database import open_database
from archive.db.schema import lives
from archive.db.tables import kept_rows
from archive.model.times import format_time
from archive.show import rot

if TYPE_CHECKING:
    from pathlib import Path

    from archive.show.rot import Figures


def day(number: int) -> str:
    """A day of 2026, counted from 0."""
    return format_time(datetime(2026, 1, 1, 6, tzinfo=UTC) + timedelta(days=number))


@dataclass
class Made:
    """An archive of made-up verdicts; references are not kept, since nothing here reads what they
    name."""

    db: sqlite_utils.Database
    captures: int = 0

    def report(self, series: str, date: str | None, sources: list[int]) -> str:
        number = self.db["reports"].count + 1
        name = f"{series}/{date}"
        put = self.db.execute
        put("INSERT INTO reports VALUES (?, ?, ?, NULL, 'T', 'u')", [name, series, date])
        put(
            "INSERT INTO publications (id, report_id, url, key, publisher) VALUES (?, ?, 'u', ?, "
            "'isw')",
            [number, name, name],
        )
        # two versions that cite the same: an edit makes no further citation
        for version in (1, 2):
            row = number * 10 + version
            put(
                "INSERT INTO versions (id, publication_id, report_id, version, first_captured_at, "
                "last_captured_at, captures, complete, title, report_date, series, doubts, parser, "
                "content_digest, authors, corrections, quality, takeaways, links, text, sections)"
                " VALUES (?, ?, ?, ?, '', '', 1, 1, '', ?, ?, 0, '', '', '', '', '', '', '', '', "
                "'')",
                [row, number, name, version, date, series],
            )
            for position, source in enumerate(sources):
                put(
                    "INSERT INTO citations VALUES (?, ?, ?, ?, ?, 'u', 'u', '[]')",
                    [row * 1000 + position, row, row, position, source],
                )
        return name

    def source(self, number: int, platform: str = "web", host: str = "a.example") -> int:
        self.db.execute(
            "INSERT INTO sources (id, url, cited_url, host, domain, platform) VALUES (?, ?, 'u', "
            "?, ?, ?)",
            [number, str(number), host, host, platform],
        )
        return number

    def seen(self, source: int, at: str, via: str = "live") -> int:
        self.captures += 1
        self.db.execute(
            "INSERT INTO captures (id, kind, url, source_id, captured_at, outcome, final_url, "
            "via, reason, warc_file, warc_offset, warc_length, record_id) VALUES (?, 'source', "
            "'u', ?, ?, 'ok', 'u', ?, '', 'w', 0, 0, ?)",
            [self.captures, source, at, via, str(self.captures)],
        )
        return self.captures

    def judged(
        self, source: int, at: str, what: tuple[str, str, str | None], since: str | None = None
    ) -> None:
        rule, status, drift = what
        self.db.execute(
            "INSERT INTO verdicts VALUES (?, ?, ?, ?, ?, ?, ?, '{}')",
            [source, self.seen(source, at), at, status, rule, drift, since],
        )


def settle(db: sqlite_utils.Database) -> None:
    """Let the sources keep what follows from verdicts, captures and citations, as they do after
    each commit."""
    db.execute(
        "UPDATE sources SET report_count = (SELECT count(DISTINCT versions.report_id) FROM "
        "citations JOIN versions ON versions.id = citations.version_id "
        "WHERE citations.source_id = sources.id)"
    )
    db.execute(
        "UPDATE sources SET (status, dead_since) = (SELECT status, coalesce(since, decided_at) "
        "FROM verdicts WHERE source_id = sources.id ORDER BY decided_at DESC LIMIT 1) "
        "WHERE id IN (SELECT source_id FROM verdicts)"
    )
    for part in (lives.FOLLOWED, lives.CITED):
        for statement in part.split(";\n"):
            db.execute(statement)
    db.execute("UPDATE sources SET seen = first_seen_at IS NOT NULL")
    named = ("SELECT id FROM sources", "SELECT id FROM reports")
    kept_rows.follow(db, *([row[0] for row in db.execute(sql).fetchall()] for sql in named))


def figures(db: sqlite_utils.Database, *how: Any, **options: Any) -> list[Figures]:
    settle(db)
    return rot.figures(db, *how, **options)


def made_in(folder: Path) -> Made:
    """An empty archive in a folder's `data`."""
    (folder / "data").mkdir()
    db = open_database(folder / "data" / "archive.db")
    db.execute("PRAGMA foreign_keys = OFF")
    return Made(db)
