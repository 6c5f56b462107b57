"""What damage of a WARC file costs, as records and in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.counted import counted
from archive.model.fixity import Damage
from archive.warc.through import Wound

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.db.tables.fixity_rows import Places
    from pipeline.run.jobs.index import Indexed

NAMED = 5
"""Captures named in one line."""
RESTORE = "bring the file back from a copy, then: isw-archive rebuild"
NUMBERS = ("renumbered", "doubled")
"""Kinds that are about numbers: nothing is lost."""

Lost = dict[Wound | None, tuple[int, ...]]
"""Captures that lost their record, by the wound that took it; None: all that stood behind the last
whole record."""


def lost_of(known: Places, seen: Sequence[str | Wound]) -> Lost:
    """Which captures lost their record to which wound.

    Told by what stands around a wound and not by places: bytes that were put in or taken out move
    all that follows.

    Args:
        known: Where the tables say that records stand.
        seen: The whole records found, and the wounds, in the order of the file.
    """
    whole = {one for one in seen if isinstance(one, str)}
    gone = sorted((place.offset, place.capture_id) for r, place in known.items() if r not in whole)
    found: Lost = {}
    wounds: list[Wound] = []
    before = -1
    for one in seen:
        if isinstance(one, Wound):
            wounds.append(one)
        elif one in known and known[one].offset > before:
            _share(found, wounds, [g for g in gone if before < g[0] < known[one].offset])
            before, wounds = known[one].offset, []
    _share(found, wounds, [g for g in gone if g[0] > before])
    return found


def _share(found: Lost, wounds: list[Wound], gone: list[tuple[int, int]]) -> None:
    """Give each capture to the wound at its place, or to the first of them."""
    first = wounds[0] if wounds else None
    for offset, number in gone:
        at = next((wound for wound in wounds if wound.start <= offset < wound.end), first)
        found[at] = (*found.get(at, ()), number)


def damages_of(
    name: str, indexed: Indexed, known: Places | None, size: int, found_at: str
) -> list[Damage]:
    """What was found wrong with one file as it was read.

    Args:
        name: The file.
        indexed: What reading it gave.
        known: Where the tables said before that its records stand; None: they knew nothing of it.
        size: Its bytes.
        found_at: ISO 8601.
    """
    lost = lost_of(known or {}, indexed.seen)
    nothing = None if known is None else ()
    found = [damage_of(wound, lost.get(wound, nothing), found_at) for wound in indexed.wounds]
    if indexed.unreadable is not None:
        found.append(Damage("no-warc", name, found_at, indexed.unreadable, captures=all_of(known)))
    elif None in lost:
        found.append(_ended(name, size, lost[None], found_at))
    for one in indexed.bodiless:
        place = one.location
        end = place.offset + place.length
        numbers = (known[one.record_id].capture_id,) if known and one.record_id in known else ()
        found.append(Damage("wound", name, found_at, one.why, place.offset, end, numbers))
    return found + _numbered_again(name, indexed, found_at)


def _numbered_again(name: str, indexed: Indexed, found_at: str) -> list[Damage]:
    found = []
    for two in indexed.doubled:
        place = two.location
        text = (
            f"the record at byte {place.offset} has number {two.number}, which another capture "
            "has; it got another one"
        )
        end = place.offset + place.length
        found.append(Damage("renumbered", name, found_at, text, place.offset, end))
    return found


def all_of(known: Places | None) -> tuple[int, ...] | None:
    """The captures of a file that is lost as a whole."""
    return None if known is None else tuple(sorted(place.capture_id for place in known.values()))


def _ended(name: str, size: int, lost: tuple[int, ...], found_at: str) -> Damage:
    text = "records that the tables know are not in it any more, and nothing shows where they stood"
    return Damage("wound", name, found_at, text, size, None, lost)


def damage_of(wound: Wound, lost: tuple[int, ...] | None, found_at: str) -> Damage:
    """What one wound costs."""
    return Damage(
        "altered" if wound.record_id else "wound",
        wound.path.name,
        found_at,
        f"damaged at byte {wound.start} (to byte {wound.end}: {wound.why})",
        wound.start,
        wound.end,
        lost,
    )


def cost_words(damage: Damage) -> str:
    """What it cost, as far as that is known; a clause that follows a semicolon."""
    if damage.captures is None:
        return "the tables do not know which captures were in it"
    if not damage.captures:
        return "no capture that the tables know lost the record"
    few = ", ".join(map(str, damage.captures[:NAMED]))
    more = f" and {len(damage.captures) - NAMED} more" if len(damage.captures) > NAMED else ""
    return f"{counted(len(damage.captures), 'captures')} lost the record ({few}{more})"


def told(damage: Damage) -> str:
    """One line for a person: what, where, what it cost, what next."""
    where = f"{damage.warc_file}: {damage.detail}"
    if damage.kind in NUMBERS:
        return f"{where}; nothing is lost"
    kept = f"; the bytes are kept in {damage.kept_as}" if damage.kept_as else ""
    # half a record that no table knows is what every kill leaves
    next_ = "" if damage.kind == "torn-tail" and not damage.captures else f"; {RESTORE}"
    return f"{where}; {cost_words(damage)}{kept}{next_}"
