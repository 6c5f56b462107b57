"""Regular expressions compiled once for a user, not in each process. Contains no business logic.

What loads compiles hundreds of them, and Python keeps no compiled pattern: that took a fifth of
the processor time until a crawl, or a worker, was loaded. What the compiler makes of a pattern
depends on nothing but the pattern, its flags and Python's version, which are what it is kept under.
"""

from __future__ import annotations

import hashlib
import marshal
import re
import sys
import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from archive.cached import cache, cached

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Key = tuple[bool, str | bytes, int]
    Code = tuple[Any, ...]

_LAYOUT = 1
"""Another number makes what was kept before count as not there."""
_SPARE = 2
"""So many times what was asked for is kept at most: patterns of older versions go some time."""
_APART = re.DEBUG | re.LOCALE
_REFUSED = (TypeError, ValueError, OverflowError, RuntimeError)
_compiler: Any = getattr(re, "_compiler", None)
_standing_in = threading.Lock()


@contextmanager
def patterns_kept(name: str) -> Iterator[None]:
    """Within the block, patterns that such a block had compiled before are not compiled again.

    A block within another, or beside that of another thread, does nothing of its own.

    Args:
        name: Of the file in the cache: of what is loaded.
    """
    known = hasattr(_compiler, "_sre") and hasattr(_compiler, "compile")
    if not known or not _standing_in.acquire(blocking=False):
        yield
        return
    try:
        patterns = _Patterns(_kept(name), _compiler.compile, _compiler._sre.compile)  # noqa: SLF001 - nobody else knows the code
        engine = _Engine(_compiler._sre, patterns)  # noqa: SLF001
        _compiler.compile, _compiler._sre = patterns.compile, engine  # noqa: SLF001
        try:
            yield
        finally:
            _compiler.compile, _compiler._sre = patterns.compiler, engine.real  # noqa: SLF001
        if patterns.made:
            _keep(name, patterns.worth_keeping())
    finally:
        _standing_in.release()


class _Patterns:
    """Stands in for Python's compiler.

    Attributes:
        held: What the engine is handed besides the pattern, by the pattern and its flags.
        asked: The part of it that was asked for, and what had to be compiled.
        made: How many had to be.
    """

    def __init__(
        self,
        held: dict[Key, Code],
        compiler: Callable[[Any, int], Any],
        begin: Callable[..., Any],
    ) -> None:
        self.held = held
        self.compiler = compiler
        self.asked: dict[Key, Code] = {}
        self.made = 0
        self._begin = begin
        self._seen = threading.local()

    def compile(self, pattern: Any, flags: int = 0) -> Any:
        """A pattern, as `re._compiler.compile` makes it."""
        if type(pattern) not in {str, bytes} or flags & _APART:
            return self.compiler(pattern, flags)
        key = (isinstance(pattern, bytes), pattern, int(flags))
        code = self.held.get(key)
        if code is not None:
            try:
                found = self._begin(pattern, *code)
            except _REFUSED:
                pass  # damaged in a way that its checksum did not tell
            else:
                self.asked[key] = code
                return found
        self._seen.code = None
        found = self.compiler(pattern, flags)
        if self._seen.code is not None:
            self.asked[key] = self._seen.code
            self.made += 1
        return found

    def saw(self, code: Code) -> None:
        """What the compiler hands to the engine; its numbers have names, which cannot be kept."""
        self._seen.code = tuple([*map(int, one)] if isinstance(one, list) else one for one in code)

    def worth_keeping(self) -> dict[Key, Code]:
        """What was asked for, and what else was held as long as that is not too much."""
        every = {**self.held, **self.asked}
        return every if len(every) <= _SPARE * len(self.asked) else self.asked


class _Engine:
    """Stands in for the engine's module, where the compiler looks for it."""

    def __init__(self, real: Any, patterns: _Patterns) -> None:
        self.real = real
        self._patterns = patterns

    def __getattr__(self, name: str) -> Any:
        return getattr(self.real, name)

    def compile(self, pattern: Any, *code: Any) -> Any:
        """A pattern of what the compiler made of it."""
        self._patterns.saw(code)
        return self.real.compile(pattern, *code)


def _mark() -> bytes:
    """A digest of what the code of a pattern depends on besides it."""
    engine = getattr(_compiler._sre, "MAGIC", None)  # noqa: SLF001
    words = f"{_LAYOUT} {sys.version} {sys.implementation.cache_tag} {sys.byteorder} {engine}"
    return hashlib.sha256(words.encode()).digest()


def _kept(name: str) -> dict[Key, Code]:
    parts = cached(name, _mark())
    try:
        held = marshal.loads(parts[0]) if parts else {}  # noqa: S302 - our own, and checked
    except (EOFError, TypeError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}


def _keep(name: str, patterns: dict[Key, Code]) -> None:
    try:
        content = marshal.dumps(patterns)
    except ValueError:  # a newer Python hands over what cannot be kept
        return
    cache(name, _mark(), [content])
