"""tldextract, loaded without what it fetches newer lists with.

It asks for that at its import. Ours is the list that it brings along, and `requests` with all that
it loads takes longer than the list.
"""

from __future__ import annotations

import functools
from types import ModuleType
from typing import TYPE_CHECKING, Any

from archive.spared_imports import imported_instead

if TYPE_CHECKING:
    import tldextract

__all__ = ["suffixes"]

_UNASKED = {
    "requests": ("Session",),
    "requests_file": ("FileAdapter",),
    "filelock": ("FileLock",),
}
"""Modules, and what of them it names when it is loaded."""


class _Unused:
    """Stands for what is made ready, and never asked for anything."""

    def mount(self, *_: Any) -> None:
        """A session is told of files."""

    def close(self) -> None:
        """A session is ended."""


def _stand_in(name: str, parts: tuple[str, ...]) -> ModuleType:
    """A module that has these parts alone."""
    module = ModuleType(name)
    for part in parts:
        setattr(module, part, _Unused)
    return module


@functools.cache
def suffixes() -> tldextract.TLDExtract:
    """The public suffix list that comes with tldextract: never the network, no cache folder."""
    with imported_instead({name: _stand_in(name, parts) for name, parts in _UNASKED.items()}):
        from tldextract.tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
