"""What is verified: a data folder, a backup, or a folder of WARC files; and whether a run is
writing to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import BadInputError
from archive.fixity.bag import newest_bag
from archive.fixity.ledger import newest
from archive.folder import DataFolder

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True, slots=True)
class WarcsAlone(DataFolder):
    """A folder of WARC files, maybe with their ledger: the evidence without its index."""

    @property
    def warcs(self) -> Path:
        """The folder itself."""
        return self.root


@dataclass(frozen=True, slots=True)
class Holding:
    """A copy of an archive.

    Attributes:
        folder: Where its parts lie.
        bag: The BagIt bag around it, of a backup.
        busy: A run holds it now: its database and its newest WARC file grow.
    """

    folder: DataFolder
    bag: Path | None = None
    busy: bool = False

    @property
    def top(self) -> Path:
        """What paths are told below."""
        return self.bag or self.folder.root

    def name(self, path: Path) -> str:
        """A path as it is told."""
        return path.relative_to(self.top).as_posix()


def holding(path: Path) -> Holding:
    """What lies in a folder.

    Raises:
        BadInputError: Nothing of an archive.
    """
    if (bag := newest_bag(path)) is not None:
        return Holding(DataFolder(bag / "data"), bag)
    folder = DataFolder(path)
    if folder.database.exists() or folder.warcs.is_dir():
        return Holding(folder, busy=folder.is_held())
    if path.is_dir() and any(path.glob("*.warc.gz")):
        return Holding(WarcsAlone(path))
    raise BadInputError(
        f"{path}: no data folder, backup or folder of WARC files; name one, or the archive's with "
        "--data"
    )


def is_overtaken(what: Holding, note: str | None) -> bool:
    """Whether a run is writing to what was read, or has written since. Then the parts that were
    read are of several moments and do not fit together, though nothing is damaged.

    Args:
        what: Was read.
        note: The newest checkpoint of its ledger when the reading began.
    """
    if what.bag is not None:
        return False
    return what.folder.is_held_by_others() or newest(what.folder) != note
