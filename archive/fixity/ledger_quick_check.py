"""What one look at the ledger tells, without reading its entries.

`verify` and the fixity rounds read them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.fixity import tail
from archive.fixity.ledger import newest

if TYPE_CHECKING:
    from archive.folder import DataFolder

ADVICE = "isw-archive verify says more, isw-archive repair --from a copy puts it back"


def ledger_quick_check(folder: DataFolder) -> str | None:
    """What is wrong with ledger and checkpoint as files; None where nothing is, or none is begun.

    Args:
        folder: The archive's.
    """
    try:
        what = _wrong(folder)
    except OSError as error:
        what = f"{error.filename or folder.ledger} cannot be looked at: {error_with_advice(error)}"
    return what and f"{what}; {ADVICE}"


def _wrong(folder: DataFolder) -> str | None:
    ledger, point = folder.ledger, folder.checkpoint
    if not ledger.exists():
        had_one = point.exists() or tail.last_note(folder) is not None
        return f"{ledger} is missing" if had_one else None
    length = ledger.stat().st_size
    if not point.exists():
        # one that is just being begun has no checkpoint either, and nothing noted
        return f"{point} is missing" if tail.last_note(folder) is not None else None
    if (note := newest(folder)) is None:
        return f"{point} is no checkpoint"
    if (lacks := tail.last_length(folder, note) - length) > 0 or not length:
        return f"{ledger} is shorter than it was: {max(lacks, 0)} bytes are gone"
    return None
