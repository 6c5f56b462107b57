"""What a person can do about an error of the operating system. Contains no business logic."""

from __future__ import annotations

import errno
from pathlib import Path

from archive.disk_space import free_space

_ROOM = "free disk space (or raise the quota), then run again"
_OPEN_FILES = "too many files are open: raise the limit (ulimit -n 1024), then run again"
_RIGHTS = "check its owner and mode"
_IN_THE_WAY = "something else stands there: move it away, then run again"
_ADVICE = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: (
        "a limit on the size of files stands in the way: raise it (ulimit -f unlimited), "
        "then run again"
    ),
    errno.EMFILE: _OPEN_FILES,
    errno.ENFILE: _OPEN_FILES,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: "the disk is mounted read-only: look into the system's log for why",
    errno.EIO: "the disk reports a fault: look into the system's log before anything else",
    errno.ENOENT: "check the path",
    errno.ENOTDIR: _IN_THE_WAY,
    errno.EISDIR: _IN_THE_WAY,
    errno.EEXIST: _IN_THE_WAY,
    errno.ELOOP: "a link leads to itself: mend or remove it",
    errno.ENAMETOOLONG: "name something shorter",
    errno.ENOMEM: (
        "the machine, or a limit on it, has no memory left: close other programs or raise the limit"
    ),
}
_FULL = {errno.ENOSPC: "the disk is full", errno.EDQUOT: "the quota is used up"}


def advice(error: OSError) -> str:
    """What to do about it; a clause that follows a semicolon."""
    return _ADVICE.get(error.errno or 0, "check its owner and mode, and the disk's room")


def error_with_advice(error: OSError, at: Path | None = None) -> str:
    """What happened, and what to do about it.

    Args:
        error: The system's.
        at: The file or folder; of a full disk it is said how much is free there.
    """
    return f"{_what(error, at)}; {advice(error)}"


def _what(error: OSError, at: Path | None) -> str:
    words = error.strerror or str(error)
    if (full := _FULL.get(error.errno or 0)) is None:
        return words
    if at is None and isinstance(error.filename, str):
        at = Path(error.filename)
    room = free_space(at) if at is not None else ""
    return f"{full} ({words}{', ' + room if room else ''})"
