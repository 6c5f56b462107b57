"""What a dossier can give back to a damaged archive: its records, laid where the ledger says that
they belong."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from archive.errors import BadInputError, WarcError
from archive.warc.packing.wacz import unpacked
from archive.warc.through import Wound, read_through

if TYPE_CHECKING:
    from pathlib import Path

    from archive.fixity.expected import Expected
    from archive.warc.record import WarcRecord

_INFO = "warcinfo"


def give_back(path: Path, known: Expected, folder: Path) -> int:
    """Lay what a dossier has of this archive's WARC files into files of their names, with nothing
    between the records.

    Whether a record is the right one is for whoever puts it back to say, by the ledger's SHA-256.

    Args:
        path: A dossier.
        known: What the ledger has of the archive.
        folder: An empty one, where the files go.

    Returns:
        How many records were laid.

    Raises:
        BadInputError: It is none.
    """
    places = {
        one.sha256: (name, one.offset) for name, some in known.members.items() for one in some
    }
    laid = 0
    try:
        with unpacked(path) as package:
            for member in package.members:
                with member.path.open("rb") as file:
                    for item in read_through(member.path, large=True):
                        if isinstance(item, Wound):
                            continue
                        file.seek(item.location.offset)
                        raw = file.read(item.location.length)
                        laid += _lay(raw, item, places, folder)
    except WarcError as error:
        raise BadInputError(f"{path}: {error}") from error
    return laid


def _lay(raw: bytes, record: WarcRecord, places: dict[str, tuple[str, int]], folder: Path) -> bool:
    place = places.get(hashlib.sha256(raw).hexdigest())
    if place is None and record.type == _INFO:
        # the ledger has no word on it; it stands at the beginning of the file that it names
        name = record.header("warc-filename") or ""
        place = next(((known, 0) for known, _ in places.values() if known == name), None)
    if place is None:
        return False
    target = folder / place[0]
    with target.open("r+b" if target.exists() else "w+b") as file:
        file.seek(place[1])
        file.write(raw)
    return True
