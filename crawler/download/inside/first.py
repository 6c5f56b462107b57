"""To be loaded before all of ours that load Scrapy.

This part of it makes classes for names that it has left, and looks each time through all callers
and all modules loaded so far for the one that made them: 0.15 s. The caller is enough.
"""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType


def _innermost(context: int = 1) -> list[tuple[FrameType | None]]:
    """As `inspect.stack`, but of the two innermost callers only, and of each its frame."""
    here = inspect.currentframe()
    caller = here.f_back if here else None
    return [(caller,), (caller.f_back if caller else None,)]


_stack: Any = inspect.stack
inspect.stack = _innermost  # type: ignore[assignment]
try:
    import scrapy.core.downloader.contextfactory  # noqa: F401
finally:
    inspect.stack = _stack
