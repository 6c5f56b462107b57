"""sqlite-utils, loaded without numpy and pandas.

It asks for both at its import, to know the types of their numbers; nothing of ours stores such a
number, and numpy alone takes longer to load than all else that a short command needs.
"""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Migrations", "sqlite_utils"]

UNASKED = ("numpy", "pandas")


@contextmanager
def _absent(names: tuple[str, ...]) -> Iterator[None]:
    """As if these were not installed, those that are not loaded yet."""
    hidden = [name for name in names if name not in sys.modules]
    # None: `import` raises ModuleNotFoundError (https://docs.python.org/3/reference/import.html)
    sys.modules.update(dict.fromkeys(hidden))  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in hidden:
            del sys.modules[name]


with _absent(UNASKED):
    import sqlite_utils
    from sqlite_utils.migrations import Migrations
