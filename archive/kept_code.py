"""What Python compiles while modules load, kept for a user's next process: patterns and the methods
of dataclasses. Contains no business logic.

Python keeps the code of modules, but neither of these: hundreds of them took a third of the
processor time until a crawl, or a worker, was loaded. What comes of a pattern depends on nothing
but itself, its flags and Python's version, and what comes of a method's source on that and the
version; these are what it is kept under.
"""

from __future__ import annotations

import dataclasses
import hashlib
import marshal
import re
import sys
import threading
from contextlib import ExitStack, contextmanager
from types import CodeType
from typing import TYPE_CHECKING, Any

from archive.cached import cache, cached

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterator

    Code = tuple[Any, ...]

_LAYOUT = 1
"""Another number makes what was kept before count as not there."""
_SPARE = 2
"""So many times what was asked for is kept at most: what older versions needed goes some time."""
_AT_MOST = 5_000
"""Of one kind. Modules need a fifth of it: more are made of what is read, and nothing is kept."""
_APART = re.DEBUG | re.LOCALE
_REFUSED = (TypeError, ValueError, OverflowError, RuntimeError)
_compiler: Any = getattr(re, "_compiler", None)
_standing_in = threading.Lock()


@contextmanager
def code_kept(name: str) -> Iterator[None]:
    """Inside the block, take what such a block compiled before from the cache, in place of
    compiling it again.

    It is for imports: no patterns of what others wrote are to be made in it. A block within
    another, or beside that of another thread, does nothing of its own.

    Args:
        name: Of the file in the cache: of what is loaded.
    """
    if not _is_known() or not _standing_in.acquire(blocking=False):
        yield
        return
    try:
        held = _kept(name)
        patterns = _Patterns(_Table(held[0]), _compiler.compile, _compiler._sre.compile)  # noqa: SLF001 - nobody else knows the code
        methods = _Methods(_Table(held[1]))
        with ExitStack() as undo:
            _stand_in(patterns, methods, undo)
            yield
        if patterns.table.made or methods.table.made:
            _keep(name, patterns.table, methods.table)
    finally:
        _standing_in.release()


def _is_known() -> bool:
    """Whether this Python compiles as we know it."""
    return hasattr(_compiler, "_sre") and hasattr(_compiler, "compile")


def _stand_in(patterns: _Patterns, methods: _Methods, undo: ExitStack) -> None:
    engine, compiler = _compiler._sre, _compiler.compile  # noqa: SLF001
    undo.callback(setattr, _compiler, "_sre", engine)
    undo.callback(setattr, _compiler, "compile", compiler)
    undo.callback(delattr, dataclasses, "exec")
    _compiler._sre = _Engine(engine, patterns)  # noqa: SLF001
    _compiler.compile = patterns.compile
    dataclasses.exec = methods.run  # type: ignore[attr-defined]


class _Table:
    """Code by what it was made of.

    Attributes:
        held: What was kept.
        asked: The part of it that was asked for, and what had to be compiled.
        made: How many had to be.
    """

    def __init__(self, held: dict[Hashable, Any]) -> None:
        self.held = held
        self.asked: dict[Hashable, Any] = {}
        self.made = 0

    def add(self, key: Hashable, code: Any) -> None:
        """What had to be compiled."""
        self.asked[key] = code
        self.made += 1

    def worth_keeping(self) -> dict[Hashable, Any]:
        """What was asked for, and what else was held as long as that is not too much."""
        every = {**self.held, **self.asked}
        return every if len(every) <= _SPARE * len(self.asked) else self.asked


class _Patterns:
    """Stands in for the compiler of patterns; kept is what the engine is handed besides them."""

    def __init__(
        self, table: _Table, compiler: Callable[[Any, int], Any], begin: Callable[..., Any]
    ) -> None:
        self.table = table
        self._compiler = compiler
        self._begin = begin
        self._seen = threading.local()

    def compile(self, pattern: Any, flags: int = 0) -> Any:
        """A pattern, as `re._compiler.compile` makes it."""
        if type(pattern) not in {str, bytes} or flags & _APART:
            return self._compiler(pattern, flags)
        key = (isinstance(pattern, bytes), pattern, int(flags))
        code = self.table.held.get(key)
        if code is not None:
            try:
                found = self._begin(pattern, *code)
            except _REFUSED:
                pass  # damaged in a way that its checksum did not tell
            else:
                self.table.asked[key] = code
                return found
        self._seen.code = None
        found = self._compiler(pattern, flags)
        if self._seen.code is not None:
            self.table.add(key, self._seen.code)
        return found

    def saw(self, code: Code) -> None:
        """What the compiler hands to the engine; its numbers have names, which cannot be kept."""
        self._seen.code = tuple([*map(int, one)] if isinstance(one, list) else one for one in code)


class _Engine:
    """Stands in for the engine's module, where the compiler of patterns looks for it."""

    def __init__(self, real: Any, patterns: _Patterns) -> None:
        self._real = real
        self._patterns = patterns

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)

    def compile(self, pattern: Any, *code: Any) -> Any:
        """A pattern of what the compiler made of it."""
        self._patterns.saw(code)
        return self._real.compile(pattern, *code)


class _Methods:
    """Stands in for `exec` where dataclasses have their methods made."""

    def __init__(self, table: _Table) -> None:
        self.table = table

    def run(self, source: str, *scopes: Any) -> None:
        """As `exec`."""
        code = self.table.held.get(source)
        if isinstance(code, CodeType):
            self.table.asked[source] = code
        else:
            # as if written in that module, which asks for no feature of the future
            code = compile(source, "<string>", "exec", dont_inherit=True)
            self.table.add(source, code)
        exec(code, *scopes)  # noqa: S102 - what dataclasses wrote


def _mark() -> bytes:
    """A digest of what all code depends on besides its source."""
    engine = getattr(_compiler._sre, "MAGIC", None)  # noqa: SLF001
    python = (sys.version, sys.implementation.cache_tag, sys.byteorder, sys.flags.optimize)
    return hashlib.sha256(repr((_LAYOUT, engine, python)).encode()).digest()


def _kept(name: str) -> list[dict[Hashable, Any]]:
    """Of patterns, of methods."""
    parts = cached(name, _mark()) or []
    try:
        held = [marshal.loads(part) for part in parts]  # noqa: S302 - our own, and checked
    except (EOFError, TypeError, ValueError):
        held = []
    return held if [type(one) for one in held] == [dict, dict] else [{}, {}]


def _keep(name: str, *tables: _Table) -> None:
    worth = [table.worth_keeping() for table in tables]
    if max(map(len, worth)) > _AT_MOST:
        return
    try:
        parts = [marshal.dumps(one) for one in worth]
    except ValueError:  # a newer Python makes what cannot be kept
        return
    cache(name, _mark(), parts)
