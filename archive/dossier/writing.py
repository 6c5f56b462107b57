"""A dossier written where somebody else sees to it that it is there whole or not at all."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING

from archive.dossier.package import zipped

if TYPE_CHECKING:
    from archive.dossier.make import Dossier


def write(dossier: Dossier, file: IO[bytes]) -> None:
    """Write it, piece by piece.

    Raises:
        ArchiveError: A WARC file changed meanwhile.
        OSError: The disk does not take it.
    """
    for piece in zipped(dossier.resources):
        file.write(piece)
