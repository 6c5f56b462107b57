"""`isw-archive prune`: what nothing rests on is taken away, and the ledger says so first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive import clock
from archive.errors import LedgerError
from archive.fixity import prune as spares
from archive.fixity.copying import read_back
from archive.model.times import format_time
from pipeline.run.jobs.ledger_keeper import LedgerKeeper, who

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.fixity.prune import Spare
    from archive.folder import DataFolder


def prune(folder: DataFolder, keep_days: float, *, really: bool) -> dict[str, Any]:
    """Say what may go, or take it away.

    Args:
        folder: The archive's.
        keep_days: What is younger stays.
        really: Take it away; else nothing is written.

    Raises:
        LockedError: Another run holds the archive.
        LedgerError: The ledger is damaged; nothing is removed without an entry.
    """
    if not really:
        return _answer(folder, spares.find(folder, clock.now(), keep_days), removed=False)
    with folder.locked():
        found = spares.find(folder, clock.now(), keep_days)
        going = [one for one in found if one.may_go]
        if going:
            _enter(folder, going)
            spares.remove(going)
    return _answer(folder, found, removed=True)


def _enter(folder: DataFolder, going: Sequence[Spare]) -> None:
    """Enter in the ledger what is about to be removed; after a kill in between, the next prune
    enters it again."""
    book = LedgerKeeper(folder)
    told = [{**_spare_told(folder, one), "sha256": read_back(one.path)} for one in going]
    book.note({"kind": "pruned", "at": format_time(clock.now()), "who": who(), "files": told})
    if (wrong := book.problem or book.damage) is not None:
        raise LedgerError(f"{wrong}; nothing was removed")


def _answer(folder: DataFolder, found: Sequence[Spare], *, removed: bool) -> dict[str, Any]:
    going = [one for one in found if one.may_go]
    return {
        "ok": True, "removed": removed, "files": [_spare_told(folder, one) for one in going],
        "bytes": sum(one.size for one in going),
        "kept": [_spare_told(folder, one) for one in found if not one.may_go],
    }  # fmt: skip


def _spare_told(folder: DataFolder, one: Spare) -> dict[str, Any]:
    name = one.path.relative_to(folder.root).as_posix()
    return {"file": name, "bytes": one.size, "why": one.why}
