"""trafilatura, loaded without what it fetches with.

It, courlan and htmldate make pools of connections ready when they are loaded, and what those need
takes longer to load than trafilatura itself. Here pages come from their captures alone.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from archive.spared_imports import imported_instead

__all__ = ["trafilatura"]


class _AnyPart(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return cls


class _Unused(dict[Any, Any], metaclass=_AnyPart):
    """Stands for what is made ready, and never asked for anything."""

    def __init__(self, *_: Any, **__: Any) -> None:
        pass


def _stand_in(name: str) -> ModuleType:
    module = ModuleType(name)
    vars(module)["__getattr__"] = lambda part: getattr(_Unused, part)
    return module


_UNASKED = ("urllib3", "urllib3.response")
_MISSING = ("urllib3.contrib", "urllib3.contrib.socks")
"""Asked for where it is installed."""
_ASKING = ("trafilatura", "courlan", "htmldate")

try:
    with imported_instead(
        {**{name: _stand_in(name) for name in _UNASKED}, **dict.fromkeys(_MISSING)}
    ):
        import trafilatura
except (ImportError, AttributeError, TypeError, ValueError):
    # a newer one makes more of it ready: then all of it is loaded
    for name in [name for name in sys.modules if name.partition(".")[0] in _ASKING]:
        del sys.modules[name]
    import trafilatura
