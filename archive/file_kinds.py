"""What stands in a place where a file or a folder of ours belongs. Contains no business logic.

Asked before anything is opened: to open a named pipe is to wait for whoever writes into it, for
ever.
"""

from __future__ import annotations

import stat
from typing import TYPE_CHECKING

from archive.advice import error_with_advice
from archive.errors import DataFolderError

if TYPE_CHECKING:
    from pathlib import Path

FILE, FOLDER = "a file", "a folder"
_KINDS = {
    stat.S_IFREG: FILE,
    stat.S_IFDIR: FOLDER,
    stat.S_IFIFO: "a named pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
AWAY = "move it away, then run again"


def kind_of(path: Path) -> str | None:
    """What a path leads to, in words; None: nothing yet.

    Raises:
        DataFolderError: It cannot be looked at.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        return None
    except OSError as error:
        raise DataFolderError(f"{path}: {error_with_advice(error)}") from error
    return _KINDS.get(stat.S_IFMT(mode), "something unknown")


def require_kind(wanted: str, path: Path, then: str = AWAY) -> None:
    """Refuse to go on where something else stands in the place of a file or folder; nothing may
    stand there.

    Args:
        wanted: `FILE` or `FOLDER`.
        path: The place.
        then: What to do, a clause that follows a semicolon.

    Raises:
        DataFolderError: Something else stands there.
    """
    found = kind_of(path)
    if found not in {None, wanted}:
        raise DataFolderError(f"{path}: {found}, where {wanted} belongs; {then}")
