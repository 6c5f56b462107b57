"""Cards of what is held: of an edit of a report, and of a capture whose text became another."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from archive.model.rot import Reading
from archive.show import corrections
from archive.show.card.text import Side, card
from archive.show.evidence import drift_told
from archive.show.prose_diff import marked_words
from archive.show.reading import first_row
from archive.show.text_diff import marked
from archive.show.withheld import require_shown

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence

    from archive.show.card.text import Card
    from archive.show.reading import Row
    from archive.show.text_diff import DiffPart, Line

MOST_SENTENCES = 3_000
"""Compared of each text, as on the page of a source."""

_CAPTURE = """
SELECT captures.id, captures.captured_at, captures.payload_digest, captures.drift,
       captures.drift_from, captures.drift_detail, captures.source_id, texts.text, texts.title,
       texts.published, texts.language, sources.url AS source
FROM captures
JOIN texts ON texts.id = captures.text_id
JOIN sources ON sources.id = captures.source_id
WHERE captures.id = ?
"""
_HELD_AGAINST = """
SELECT id FROM captures WHERE source_id = ? AND text_id = ? ORDER BY captured_at, id LIMIT 1
"""


def of_edit(connection: sqlite3.Connection, version: int, position: int) -> Card | None:
    """The card of an edit of a report; None: there is no such edit, or it is withheld."""
    held = corrections.of_version(connection, version)
    row = next((one for one in held if one["position"] == position), None)
    if row is None:
        return None
    before, after = marked_words(row["before"], row["after"])
    stood = corrections.stood_told(row)
    kinds = ", ".join(corrections.TOLD[kind] for kind in row["kinds"])
    said = corrections.ADMITTED[row["admission"]]
    links = [f"cites now {url}" for url in row["sources_added"]]
    links += [f"cites no more {url}" for url in row["sources_dropped"]]
    facts = [kinds, said, *([f"the earlier words {stood}"] if stood else []), *links[:_MOST_LINKS]]
    return card(
        str(row["title"]),
        facts,
        Side(before, row["last_seen_at"], _digest(connection, row["earlier_id"])),
        Side(after, row["at"], _digest(connection, row["version_id"])),
        str(row["url"]),
    )


_MOST_LINKS = 3
"""Addresses on a card."""


def _digest(connection: sqlite3.Connection, capture: int) -> str | None:
    row = first_row(connection, "SELECT payload_digest FROM captures WHERE id = ?", [capture])
    return row["payload_digest"] if row else None


def of_capture(connection: sqlite3.Connection, capture: int) -> Card | None:
    """The card of what a source says otherwise now; None: this capture has no other text.

    It shows the first sentence that changed, and tells how many more did.

    Raises:
        WithheldError: It, or what it is held against, is withheld.
    """
    now = first_row(connection, _CAPTURE, [capture])
    before = _held_against(connection, now) if now else None
    if now is None or before is None:
        return None
    for one in (before["id"], now["id"]):
        require_shown(connection, one)
    lines, _ = marked(_reading(before), _reading(now), MOST_SENTENCES)
    changed = [line for line in lines if line.sign in {"-", "+"}]
    if not changed:
        return None
    gone, come = _first(changed)
    more = max(_count(changed, "-"), _count(changed, "+")) - 1
    distance = json.loads(now["drift_detail"] or "{}").get("distance")
    told = drift_told(now["drift"], distance)
    return card(
        str(now["title"] or before["title"] or now["source"]), [told],
        Side(gone, before["captured_at"], before["payload_digest"]),
        Side(come, now["captured_at"], now["payload_digest"]),
        str(now["source"]), more=more,
    )  # fmt: skip


def _held_against(connection: sqlite3.Connection, now: Row) -> Row | None:
    """The earliest capture with the text that a capture's is held against."""
    found = first_row(connection, _HELD_AGAINST, [now["source_id"], now["drift_from"]])
    return first_row(connection, _CAPTURE, [found["id"]]) if found else None


def _reading(row: Row) -> Reading:
    return Reading(row["text"], row["title"], row["published"], row["language"])


def _first(changed: Sequence[Line]) -> tuple[tuple[DiffPart, ...], tuple[DiffPart, ...]]:
    """The first change: a sentence gone and the new one in its place, or one of them."""
    head = changed[0]
    if head.sign == "+":
        return (), head.parts
    new = changed[1] if len(changed) > 1 and changed[1].sign == "+" else None
    return head.parts, new.parts if new else ()


def _count(changed: Sequence[Line], sign: str) -> int:
    return sum(line.sign == sign for line in changed)
