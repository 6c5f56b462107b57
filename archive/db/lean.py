"""sqlite-utils, loaded without numpy, pandas and dateutil.

It asks for the first two at its import, to know the types of their numbers; nothing of ours stores
such a number, and numpy alone takes longer to load than all else that a short command needs. The
third is for its recipes, which nothing of ours asks for, and takes as long as all its own.
"""

from __future__ import annotations

from types import ModuleType

from archive.spared_imports import imported_instead

__all__ = ["Migrations", "sqlite_utils"]

UNASKED = ("numpy", "pandas")
_RECIPES = ModuleType("dateutil")
_RECIPES.parser = ModuleType("dateutil.parser")  # type: ignore[attr-defined]

with imported_instead({**dict.fromkeys(UNASKED), "dateutil": _RECIPES}):
    import sqlite_utils
    from sqlite_utils.migrations import Migrations
