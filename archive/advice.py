"""What a person can do about an error of the operating system. Contains no business logic."""

from __future__ import annotations

import errno

_ROOM = "free disk space (or raise the quota), then run again"
_OPEN_FILES = "too many files are open: raise the limit (ulimit -n 1024), then run again"
_RIGHTS = "check its owner and mode"
_ADVICE = {
    errno.ENOSPC: _ROOM,
    errno.EDQUOT: _ROOM,
    errno.EFBIG: "a limit on the size of files stands in the way: raise it (ulimit -f unlimited), then run again",
    errno.EMFILE: _OPEN_FILES,
    errno.ENFILE: _OPEN_FILES,
    errno.EACCES: _RIGHTS,
    errno.EPERM: _RIGHTS,
    errno.EROFS: "the disk is mounted read-only: look into the system's log for why",
    errno.EIO: "the disk reports a fault: look into the system's log before anything else",
    errno.ENOENT: "check the path",
    errno.ENOMEM: "the machine, or a limit on it, has no memory left: close other programs or raise the limit",
}


def advice(error: OSError) -> str:
    """What to do about it; a clause that follows a semicolon."""
    return _ADVICE.get(error.errno or 0, "check its owner and mode, and the disk's room")


def said(error: OSError) -> str:
    """What happened, and what to do about it."""
    return f"{error.strerror or error}; {advice(error)}"
