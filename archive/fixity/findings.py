"""What a verification found, and how much it looked at."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass, field
from typing import Any

BACK = "isw-archive repair --from BACKUP, or bring the file back from a copy"
COPY_AGAIN = (
    "take the file out of the backup, and isw-archive backup into this folder copies it again; or "
    "take another backup"
)
"""A closed WARC file that lies in a backup is not read by the next one."""
REMAKE = "isw-archive rebuild makes it anew from the WARC files"
NAMED = 20
"""Faults of one kind in one file that are named; the others are counted."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was kept.

    Attributes:
        file: Below the folder looked at.
        what: In one line.
        remedy: What brings it back.
        record: Id of the record, where it is one.
        byte: Where in the file, where that is known.
    """

    file: str
    what: str
    remedy: str
    record: str | None = None
    byte: int | None = None

    def __str__(self) -> str:
        """One line for a person."""
        at = "" if self.byte is None else f" at byte {self.byte}"
        record = "" if self.record is None else f" (record {self.record})"
        return f"{self.file}{at}{record}: {self.what}; {self.remedy}"


@dataclass(slots=True)
class Findings:
    """What is collected on the way.

    Attributes:
        faults: Any of them makes the archive not whole.
        notes: What a reader should know and is no fault.
        checked: How many files, bytes, records, entries of the ledger and rows were looked at.
    """

    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    checked: Counter[str] = field(default_factory=Counter)
    _said: Counter[tuple[str, str]] = field(default_factory=Counter)

    def fault(
        self,
        file: str,
        what: str,
        remedy: str = BACK,
        *,
        record: str | None = None,
        byte: int | None = None,
    ) -> None:
        """Add that something is not as it was kept."""
        kind = (file, what.split(":", maxsplit=1)[0])
        self._said[kind] += 1
        if self._said[kind] <= NAMED:
            self.faults.append(Fault(file, what, remedy, record, byte))

    def take(self, other: Findings) -> None:
        """Add the findings of another collection, before `finish`."""
        self.faults += other.faults
        self.notes += [note for note in other.notes if note not in self.notes]
        self.checked.update(other.checked)
        self._said.update(other._said)

    def finish(self) -> None:
        """Say how many faults there were beyond those that are named (`NAMED`)."""
        for (file, what), count in self._said.items():
            if count > NAMED:
                self.faults.append(Fault(file, f"{count - NAMED} more of: {what}", BACK))
        self._said.clear()

    def answer(self, seconds: float) -> dict[str, Any]:
        """All of it as JSON; `seconds` is how long it took."""
        rate = self.checked["bytes"] / 1e6 / seconds if seconds > 0 else 0.0
        return {
            "ok": not self.faults,
            "checked": dict(self.checked),
            "seconds": round(seconds, 2),
            "mb_per_s": round(rate, 1),
            "faults": [asdict(fault) for fault in self.faults],
            "notes": self.notes,
        }
