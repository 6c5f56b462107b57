"""A dossier put on the disk, whole or not at all."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from archive.advice import said
from archive.dossier.package import zipped
from archive.errors import ArchiveError

if TYPE_CHECKING:
    from pathlib import Path

    from archive.dossier.make import Dossier


def write(dossier: Dossier, target: Path) -> None:
    """Write it; a file of that name is replaced once the new one is whole.

    Raises:
        ArchiveError: The disk does not take it, or a WARC file changed meanwhile.
    """
    draft = target.with_name(f"{target.name}.{os.getpid()}.part")
    try:
        with draft.open("wb") as file:
            for piece in zipped(dossier.resources):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(target)
    except OSError as error:
        raise ArchiveError(f"{target} cannot be written: {said(error, target)}") from error
    finally:
        draft.unlink(missing_ok=True)
