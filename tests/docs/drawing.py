"""Drawings of the tables as Mermaid diagrams, made from the schema of a new database.

Each table has its place in one drawing: one that is forgotten, or no longer there, is an error.
"""

from __future__ import annotations

import tempfile
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from archive.db.database import open_database

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlite_utils.db import Database, ForeignKey, Table

REPORTS = (
    "reports", "publications", "publication_aliases", "versions", "figures", "notes", "citations",
    "markers", "sentence_edits", "version_hedges", "version_support",
)  # fmt: skip
"""What the reports say, and in which versions."""

CAPTURES = ("captures", "hops", "failures", "attachments", "texts")
"""What was fetched."""

SOURCES = (
    "sources", "verdicts", "events", "memento_checks", "mementos", "source_texts", "near_texts",
    "text_links", "circular_texts", "sentence_support", "sentence_sources", "media",
    "media_files", "media_looks", "media_bands", "near_media", "media_sights", "media_sets",
    "corroborations",
    "post_links",
    "video_looks", "video_bands", "near_videos",
    "browser_pages", "browser_parts", "series_sources", "source_outcomes",
)  # fmt: skip
"""What became of cited sources."""

ALONE = (
    "text_bands", "submissions", "runs", "discovery_steps", "warc_files", "unread", "damages",
    "withheld",
    "fixity_checks", "media_left",
    "alarms", "host_counts", "capture_counts", "capture_days", "account_ids",
    "series_counts", "year_counts", "life_counts",
    "host_outcomes", "account_reports",
    "account_counts", "_sqlite_migrations",
)  # fmt: skip
"""Tables that refer to no other, and that none refers to."""

DRAWN = (REPORTS, CAPTURES, SOURCES)


def drawing(names: tuple[str, ...]) -> str:
    """These tables with their keys, and each reference that leaves one of them, as a code block."""
    with schema() as db:
        lines = [line for name in names for line in _box(db.table(name))]
        lines += [_arrow(db.table(name), key) for name in names for key in _keys(db, name)]
    return "\n".join(["", "```mermaid", "erDiagram", *(f"    {x}" for x in lines), "```", ""])


def views() -> tuple[str, ...]:
    """Names of the views, as they were made."""
    with schema() as db:
        return tuple(db.view_names())


def tables() -> tuple[str, ...]:
    """Names of the tables; those of the full-text indexes are plumbing."""
    with schema() as db:
        names = db.table_names()
    return tuple(n for n in names if "_fts" not in n and not n.startswith("sqlite_"))


@contextmanager
def schema() -> Iterator[Database]:
    """A new database of the present schema, without a row."""
    with (
        tempfile.TemporaryDirectory() as folder,
        closing(open_database(Path(folder) / "archive.db")) as db,
    ):
        yield db


def _box(table: Table) -> Iterator[str]:
    """The table with the columns that are keys."""
    foreign = {key.column for key in table.foreign_keys}
    yield f"{table.name} {{"
    for column in table.columns:
        signs = [s for s, has in (("PK", column.is_pk), ("FK", column.name in foreign)) if has]
        if signs:
            yield f"    {column.type.lower()} {column.name} {','.join(signs)}"
    yield "}"


def _keys(db: Database, name: str) -> list[ForeignKey]:
    """References in the order of the columns; SQLite gives them in none."""
    order = {column.name: n for n, column in enumerate(db.table(name).columns)}
    return sorted(db.table(name).foreign_keys, key=lambda key: order[key.column])


def _arrow(table: Table, key: ForeignKey) -> str:
    """How many rows stand on each side: at most one where the key is the whole primary key."""
    own = "|o" if table.pks == [key.column] else "}o"
    nullable = {c.name for c in table.columns if not c.notnull and not c.is_pk}
    other = "o|" if key.column in nullable else "||"
    return f"{table.name} {own}--{other} {key.other_table} : {key.column}"
