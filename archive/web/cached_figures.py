"""Figures that a page counts once for as long as the archive stays what it is."""

from __future__ import annotations

from functools import lru_cache, wraps
from threading import Lock
from typing import TYPE_CHECKING, Any, TypeVar, TypeVarTuple

from archive.db.database import open_readonly
from archive.show import rot

_A = TypeVarTuple("_A")
_T = TypeVar("_T")

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable
    from pathlib import Path

    from archive.db.lean import sqlite_utils

    _Counting = Callable[[sqlite_utils.Database, *_A], _T]
    _Counted = Callable[[Path, sqlite3.Connection, *_A], _T]


_FORGETTING: list[Callable[[], None]] = []


def forget() -> None:
    """Have all figures counted anew when they are asked for next; to measure what a page takes."""
    for clear in _FORGETTING:
        clear()


def cached(most: int) -> Callable[[_Counting[*_A, _T]], _Counted[*_A, _T]]:
    """Makes of a counting one that is asked with the path of the archive and a connection to it.

    Args:
        most: Answers kept, those asked for last.
    """

    def keeping(count: _Counting[*_A, _T]) -> _Counted[*_A, _T]:
        one = Lock()

        @lru_cache(maxsize=most)
        def found(path: Path, state: tuple[Any, ...], asked: tuple[*_A]) -> _T:
            db = open_readonly(path, as_of=state[0])
            try:
                return count(db, *asked)
            finally:
                db.close()

        _FORGETTING.append(found.cache_clear)

        @wraps(count)
        def figures(path: Path, connection: sqlite3.Connection, *asked: *_A) -> _T:
            with one:  # of several who ask at once, one waits for the figures, the others for him
                return found(path, rot.state(connection), asked)

        return figures

    return keeping
