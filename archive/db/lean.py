"""sqlite-utils, loaded without numpy and pandas.

It asks for both at its import, to know the types of their numbers; nothing of ours stores such a
number, and numpy alone takes longer to load than all else that a short command needs.
"""

from __future__ import annotations

from archive.spared_imports import imported_instead

__all__ = ["Migrations", "sqlite_utils"]

UNASKED = ("numpy", "pandas")

with imported_instead(dict.fromkeys(UNASKED)):
    import sqlite_utils
    from sqlite_utils.migrations import Migrations
