"""To be loaded before all of ours that load Scrapy.

This part of it makes classes for names that it has left, and looks each time through all callers
and all modules loaded so far for the one that made them: 0.15 s. The caller is enough.
"""

from __future__ import annotations

import inspect
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import FrameType, ModuleType


def _innermost(context: int = 1) -> list[tuple[ModuleType | None]]:
    """As `inspect.stack`, but of the two innermost callers only, and of each its module in the
    place of its frame: that is what it is looked at for."""
    here = inspect.currentframe()
    caller = here.f_back if here else None
    return [(_module_of(frame),) for frame in (caller, caller.f_back if caller else None)]


def _module_of(frame: FrameType | None) -> ModuleType | None:
    return sys.modules.get(frame.f_globals["__name__"]) if frame else None


_stack: Any = inspect.stack
inspect.stack = _innermost  # type: ignore[assignment]
try:
    import scrapy.core.downloader.contextfactory  # noqa: F401
finally:
    inspect.stack = _stack
