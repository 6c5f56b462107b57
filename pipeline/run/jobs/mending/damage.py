"""What damage of a WARC file costs, as records and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.counted import counted
from archive.db.tables import fixity_rows
from archive.model.fixity import Damage

if TYPE_CHECKING:
    import sqlite_utils

    from archive.warc.through import Wound
    from pipeline.run.jobs.index import Indexed

NAMED = 5
"""Captures named in one line."""


def damages_of(
    db: sqlite_utils.Database, name: str, indexed: Indexed, found_at: str
) -> list[Damage]:
    """What was found wrong with one file as it was read.

    Args:
        db: Tells which captures had their record there.
        name: The file.
        indexed: What reading it gave.
        found_at: ISO 8601.
    """
    found = [wounded(db, wound, found_at) for wound in indexed.wounds]
    if indexed.unreadable is not None:
        lost = fixity_rows.captures_within(db, name, 0, None)
        found.append(Damage("no-warc", name, found_at, indexed.unreadable, captures=lost))
    for one in indexed.bodiless:
        place = one.location
        end = place.offset + place.length
        lost = fixity_rows.captures_within(db, name, place.offset, end)
        found.append(Damage("wound", name, found_at, one.why, place.offset, end, lost))
    for two in indexed.doubled:
        place = two.location
        text = f"the record at byte {place.offset} has number {two.number}, which another capture has; it got another one"
        end = place.offset + place.length
        found.append(Damage("renumbered", name, found_at, text, place.offset, end))
    return found


def wounded(db: sqlite_utils.Database, wound: Wound, found_at: str) -> Damage:
    """What one wound costs: the captures whose record began in it."""
    name = wound.path.name
    return Damage(
        "altered" if wound.record_id else "wound",
        name,
        found_at,
        f"damaged at byte {wound.start} (to byte {wound.end}: {wound.why})",
        wound.start,
        wound.end,
        fixity_rows.captures_within(db, name, wound.start, wound.end),
    )


def told(damage: Damage) -> str:
    """One line for a person: what, where, what it cost, what next."""
    where = f"{damage.warc_file}: {damage.detail}"
    if damage.kind == "renumbered":
        return f"{where}; nothing is lost"
    kept = f"; the bytes are kept in {damage.kept_as}" if damage.kept_as else ""
    if damage.captures:
        few = ", ".join(map(str, damage.captures[:NAMED]))
        more = f" and {len(damage.captures) - NAMED} more" if len(damage.captures) > NAMED else ""
        return (
            f"{where}; {counted(len(damage.captures), 'captures')} lost the record ({few}{more}){kept}; "
            "bring the file back from a copy, then: isw-archive rebuild"
        )
    if damage.kind == "torn-tail":
        return f"{where}; no capture that was told as kept is in it{kept}"
    return f"{where}{kept}; bring the file back from a copy, then: isw-archive rebuild"
