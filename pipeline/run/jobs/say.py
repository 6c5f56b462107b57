"""What a job says while it runs: progress on a terminal, plain lines in a log. Always on standard
error."""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass, field
from typing import TextIO

CLEAR_LINE = "\r\x1b[2K"


def _standard_error() -> TextIO:
    """Standard error, or nowhere where the caller closed it."""
    return sys.stderr or io.StringIO()


@dataclass(slots=True)
class Say:
    """Where a job's words go.

    Attributes:
        quiet: Only failures are said.
    """

    out: TextIO = field(default_factory=_standard_error)
    quiet: bool = False
    _open: bool = False

    @property
    def terminal(self) -> bool:
        """True when a person watches."""
        return self.out.isatty()

    def line(self, text: str) -> None:
        """A line that stays."""
        if not self.quiet:
            self._write(printable(text))

    def failure(self, text: str) -> None:
        """One clear line for what failed."""
        self._write("! " + printable(text))

    def progress(self, text: str) -> None:
        """A line that the next one replaces; nothing in a log."""
        if self.terminal and not self.quiet:
            self.out.write(CLEAR_LINE + printable(text)[:100])
            self.out.flush()
            self._open = True

    def _write(self, text: str) -> None:
        if self._open:
            self.out.write(CLEAR_LINE)
            self._open = False
        self.out.write(text + "\n")
        self.out.flush()


def printable(text: str) -> str:
    """Text without control characters: titles and addresses come from outside and must not steer a
    terminal."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in text)
