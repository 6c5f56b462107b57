"""The checksums of a database's pages, and what is known of those that are about to change."""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from archive.counted import counted
from archive.db.write_log import PAGE_BYTES

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMED = 3


@dataclass(slots=True)
class Sums:
    """What was noted.

    Attributes:
        pages: CRC-32 of each page, in their order.
        open: Pages that were about to change, by their numbers from 0, with the checksum of what
            they will hold; None: what they hold now is right.
        committed: Of pages that were written since, the checksums of what was to be there, the last
            one last (`archive.db.committed`).
        log: The log in which the open ones stood (`Log.salt`).
        damaged: Numbers of pages that were found otherwise than noted.
        unlike: What was found of the whole, where no page could be named.
    """

    pages: array[int] = field(default_factory=lambda: array("I"))
    open: dict[int, int | None] = field(default_factory=dict)
    committed: dict[int, list[int]] = field(default_factory=dict)
    log: str = ""
    damaged: set[int] = field(default_factory=set)
    unlike: str | None = None

    def differing(self, found: Iterable[tuple[int, int]]) -> set[int]:
        """Numbers of pages, of those given with their checksums, that are not as noted."""
        known = len(self.pages)
        return {
            number
            for number, value in found
            if number < known and self.pages[number] != value and not self._will_hold(number, value)
        }

    def _will_hold(self, number: int, value: int) -> bool:
        if value in self.committed.get(number, ()):
            return True
        return number in self.open and self.open[number] in {value, None}

    @property
    def is_settled(self) -> bool:
        """Whether no page was about to change."""
        return not (self.open or self.committed)

    def told(self, wrong: set[int] | None = None) -> str | None:
        """What is damaged, in words: all that was found, or these pages."""
        wrong = self.damaged if wrong is None else wrong
        if not wrong:
            return self.unlike
        places = [str(number * PAGE_BYTES) for number in sorted(wrong)]
        more = f" and {len(places) - NAMED} more" if len(places) > NAMED else ""
        return (
            f"the database is not what the last command left: {counted(len(wrong), 'pieces')} of "
            f"{PAGE_BYTES // 1024} KiB changed by something else, at byte "
            f"{', '.join(places[:NAMED])}{more}"
        )
