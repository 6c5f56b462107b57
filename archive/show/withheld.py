"""What is withheld of captures: asked by pages, which do not show it, and by lists, which leave it
out."""

from __future__ import annotations

import sqlite3
from contextlib import contextmanager
from typing import TYPE_CHECKING

from archive.errors import ArchiveError

if TYPE_CHECKING:
    from collections.abc import Iterator

# `main.`: within `without_hidden` a table's own name means what is left of it
_OWN = """
SELECT captures.id FROM main.captures AS captures
JOIN main.withheld AS withheld ON withheld.record_id IN (captures.record_id, captures.revisit_of)
"""
# What a source shows goes with its page, and so does the same file wherever else it is shown.
_OF_HIDDEN = f"""
SELECT media.id FROM main.media AS media
WHERE media.source_id IN (
    SELECT source_id FROM main.captures WHERE source_id IS NOT NULL AND id IN ({_OWN}))
    OR media.file_capture_id IN ({_OWN})
"""  # noqa: S608 - our words
_FILES = f"""
SELECT files.capture_id FROM main.media AS media
JOIN main.media_files AS files ON files.media_id = media.id OR files.url = media.url
WHERE media.id IN ({_OF_HIDDEN})
"""  # noqa: S608 - our words
_MEDIA = f"""
{_OF_HIDDEN}
UNION SELECT media.id FROM main.media AS media WHERE media.file_capture_id IN ({_FILES})
"""  # noqa: S608 - our words
# So does what a browser showed of it, and all that it got for that.
_BROWSED = f"""
SELECT pages.capture_id FROM main.browser_pages AS pages
WHERE pages.capture_id IN ({_OWN}) OR pages.source_id IN (
    SELECT source_id FROM main.captures WHERE source_id IS NOT NULL AND id IN ({_OWN}))
"""  # noqa: S608 - our words
_PARTS = f"""
SELECT parts.capture_id FROM main.captures AS pages
JOIN main.browser_parts AS parts ON parts.page_record_id = pages.record_id
WHERE pages.id IN ({_BROWSED})
"""  # noqa: S608 - our words
_CAPTURES = f"{_OWN} UNION {_FILES} UNION {_BROWSED} UNION {_PARTS}"
_TEXTS = f"""
SELECT text_id FROM main.captures AS captures WHERE text_id IS NOT NULL
GROUP BY text_id HAVING sum(captures.id NOT IN ({_CAPTURES})) = 0
"""  # noqa: S608 - our words
_SIGHTS = f"""
SELECT capture_id FROM main.media_sights WHERE source_id IN (
    SELECT source_id FROM main.captures WHERE source_id IS NOT NULL AND id IN ({_OWN}))
"""  # noqa: S608 - our words
_SETS = f"""
SELECT set_id FROM main.media_sights
GROUP BY set_id HAVING sum(capture_id NOT IN ({_SIGHTS})) = 0
"""  # noqa: S608 - our words
_SHOWN = "kind IN ('media', 'browser')"
# An edit shows words of both versions.
_EDITS = f"""
SELECT id FROM main.sentence_edits
WHERE version_id IN ({_CAPTURES}) OR earlier_id IN ({_CAPTURES})
"""  # noqa: S608 - our words
HIDDEN = {
    "captures": ("id", _CAPTURES),
    "texts": ("id", _TEXTS),
    "versions": ("id", _CAPTURES),
    **dict.fromkeys(("notes", "citations", "markers", "figures"), ("version_id", _CAPTURES)),
    **dict.fromkeys(("hops", "failures", "attachments"), ("capture_id", _CAPTURES)),
    "text_links": ("text_id", _TEXTS),
    "post_links": ("capture_id", _CAPTURES),
    "media": ("id", _MEDIA),
    "media_files": ("capture_id", _CAPTURES),
    "media_sights": ("capture_id", _SIGHTS),
    "media_sets": ("id", _SETS),
    "browser_pages": ("capture_id", _CAPTURES),
    "browser_parts": ("capture_id", _CAPTURES),
    **dict.fromkeys(("sentence_edits", "corrections"), ("id", _EDITS)),
}
"""Tables with something of captures in them: the column that tells, and which values are hidden."""


class WithheldError(ArchiveError):
    """What was asked for is withheld; the message says why."""


def require_shown(connection: sqlite3.Connection, capture: int) -> None:
    """Let pass what is not withheld.

    Raises:
        WithheldError: It is.
    """
    why = withheld_reason(connection, "captures", capture)
    if why is not None:
        raise WithheldError(f"Capture {capture} is withheld: {why}")


def withheld_among(connection: sqlite3.Connection, captures: list[int]) -> set[int]:
    """Which of these captures are withheld."""
    return {one for one in captures if withheld_reason(connection, "captures", one) is not None}


def hidden_media(connection: sqlite3.Connection) -> set[int]:
    """What is shown by pages that are withheld."""
    if not any_withheld(connection):
        return set()
    return {row[0] for row in connection.execute(_MEDIA).fetchall()}


def with_media(connection: sqlite3.Connection) -> dict[str, str]:
    """Records that are withheld, with the reason; those of what a withheld page shows among them,
    and what repeats them."""
    held = dict(connection.execute("SELECT record_id, reason FROM withheld").fetchall())
    if not held:
        return held
    found = connection.execute(
        f"SELECT record_id, revisit_of FROM captures WHERE {_SHOWN} AND id IN ({_CAPTURES})"  # noqa: S608 - our words
    ).fetchall()
    why = "shown by a page that is withheld"
    return {**{name: why for row in found for name in row if name}, **held}


def withheld_reason(connection: sqlite3.Connection, table: str, number: int) -> str | None:
    """Why a row of one of the tables of `HIDDEN` is withheld; None: it is not."""
    if not any_withheld(connection):
        return None
    column, values = HIDDEN[table]
    row = connection.execute(
        f'SELECT 1 FROM "{table}" WHERE id = ? AND {column} IN ({values})',  # noqa: S608 - names from above
        [number],
    ).fetchone()
    if row is None:
        return None
    told = connection.execute(
        "SELECT reason FROM withheld ORDER BY capture_id != ? LIMIT 1", [number]
    ).fetchone()
    return str(told[0]) if told else ""


def any_withheld(connection: sqlite3.Connection) -> bool:
    """Whether anything at all is withheld."""
    try:
        return connection.execute("SELECT 1 FROM withheld LIMIT 1").fetchone() is not None
    except sqlite3.OperationalError:
        return False  # a database of an older version


@contextmanager
def without_hidden(connection: sqlite3.Connection) -> Iterator[None]:
    """Let statements see tables without what is withheld, by the names they have.

    Views of the database read its tables all the same. Costs nothing while nothing is withheld.
    """
    made = list(HIDDEN) if any_withheld(connection) else []
    for table in made:
        column, values = HIDDEN[table]
        connection.execute(
            f'CREATE TEMP VIEW "{table}" AS SELECT * FROM main."{table}" '  # noqa: S608 - from above
            f'WHERE "{column}" NOT IN ({values})'
        )
    try:
        yield
    finally:
        for table in made:
            connection.execute(f'DROP VIEW temp."{table}"')
