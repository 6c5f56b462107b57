"""Importing a library without what it imports and we never use: that would often take longer to
load than the library itself. Contains no business logic."""

from __future__ import annotations

import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType


@contextmanager
def imported_instead(modules: Mapping[str, ModuleType | None]) -> Iterator[None]:
    """Within the block, `import` finds these modules under these names; those that are loaded
    already stay.

    Args:
        modules: By name what is found; None: that it is not installed.
    """
    # None: `import` raises ModuleNotFoundError (https://docs.python.org/3/reference/import.html)
    missing = {name: module for name, module in modules.items() if name not in sys.modules}
    sys.modules.update(missing)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name in missing:
            del sys.modules[name]
