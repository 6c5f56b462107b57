"""What a ledger says so far, as far as its next entries depend on it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from archive.errors import LedgerError
from archive.fixity.checkpoint import Key

Entry = dict[str, Any]
"""An entry: its `kind`, when (`at`), and what the kind has (docs/evidence.md lists them)."""


PROOFS = frozenset({"calendar", "bitcoin"})
"""Kinds of entries of OpenTimestamps: a promise, and a way into a block."""
STAMPS = PROOFS | {"timestamp"}
"""All kinds that say what others vouched for."""


@dataclass(slots=True)
class LedgerState:
    """What a ledger says so far, as far as its next entries depend on it.

    Attributes:
        keys: That sign it, oldest first.
        covered: By WARC file, the bytes whose captures are entered.
        files: Closed WARC files, size and SHA-256.
        damages: What was found damaged: file, first and end byte, kind.
        software: Who wrote last.
        open_run: The run that began and has not ended.
        seal: The last word on the database: its size and SHA-256; None where something was begun
            since.
        sealed_at: When that was last said, whatever was begun since.
    """

    keys: list[Key] = field(default_factory=list)
    covered: dict[str, int] = field(default_factory=dict)
    files: dict[str, tuple[int, str]] = field(default_factory=dict)
    damages: set[tuple[Any, ...]] = field(default_factory=set)
    software: str | None = None
    open_run: str | None = None
    seal: Entry | None = None
    sealed_at: str | None = None

    def noted(self) -> dict[str, Any]:
        """As JSON has it; `State.of` takes it back."""
        return {
            "keys": [str(key) for key in self.keys],
            "covered": self.covered,
            "files": self.files,
            "damages": sorted(self.damages, key=repr),
            "software": self.software,
            "open_run": self.open_run,
            "seal": self.seal,
            "sealed_at": self.sealed_at,
        }

    @classmethod
    def of(cls, noted: dict[str, Any]) -> LedgerState:
        """The state that `noted` gave.

        Raises:
            LedgerError: A key is none.
        """
        return cls(
            **{
                **noted,
                "keys": [Key.parse(key) for key in noted["keys"]],
                "files": {name: tuple(said) for name, said in noted["files"].items()},
                "damages": {tuple(key) for key in noted["damages"]},
            }
        )

    def take(self, entry: Entry) -> None:
        """Take account of the next entry.

        Raises:
            LedgerError: It lacks what its kind has.
        """
        if entry["kind"] == "written":
            self.seal = None
        try:
            if entry["kind"] in STAMPS:
                _check_stamp(entry)
            self._take(entry)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise LedgerError(f"an entry of kind {entry['kind']} that lacks {error}") from error

    def _take(self, entry: Entry) -> None:
        match entry["kind"]:
            case "ledger" | "key":
                self.keys.append(Key.parse(entry["key"]))
            case "capture" | "hop":
                end = int(entry["end"])
                self.covered[entry["file"]] = max(end, self.covered.get(entry["file"], 0))
            case "file":
                self.files[entry["file"]] = int(entry["size"]), str(entry["sha256"])
            case "damage":
                self.damages.add(damage_key(entry))
            case "run":
                self.open_run, self.seal = str(entry["run"]), None
                self.software = str(entry["software"])
            case "end":
                self.open_run = None
            case "database":
                self.seal = {**entry, "size": int(entry["size"]), "sha256": str(entry["sha256"])}
                self.open_run, self.sealed_at = None, str(entry["at"])


def _check_stamp(entry: Entry) -> None:
    """Check that an entry has the fields that are needed later."""
    of = {"at": str, "size": int, "sha256": str, "file": str}
    if entry["kind"] in PROOFS:
        of["calendar"] = str
    if entry["kind"] == "bitcoin":
        of["height"] = int
    for name, kind in of.items():
        if not isinstance(entry.get(name), kind):
            raise TypeError(name)
    if "/" in entry["file"]:
        raise ValueError("a plain name of its file")


def damage_key(entry: Entry) -> tuple[Any, ...]:
    """The key by which an entry of damage is told from others."""
    return tuple(entry[name] for name in ("file", "first_byte", "end_byte", "damage"))
