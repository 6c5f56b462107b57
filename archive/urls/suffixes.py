"""tldextract, loaded without what it fetches newer lists with.

It asks for that at its import. Ours is the list that it brings along, and `requests` with all that
it loads takes longer than the list.
"""

from __future__ import annotations

import functools
import sys
from contextlib import contextmanager
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

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


@contextmanager
def _stood_in_for(names: Mapping[str, tuple[str, ...]]) -> Iterator[None]:
    """As if these were all that their modules have; those that are loaded stay."""
    for name in (mine := [name for name in names if name not in sys.modules]):
        stand_in = ModuleType(name)
        for one in names[name]:
            setattr(stand_in, one, _Unused)
        sys.modules[name] = stand_in
    try:
        yield
    finally:
        for name in mine:
            del sys.modules[name]


@functools.cache
def suffixes() -> tldextract.TLDExtract:
    """The public suffix list that comes with tldextract: never the network, no cache folder."""
    with _stood_in_for(_UNASKED):
        from tldextract.tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None)
