"""The browser's process, from outside."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from crawler.browser.visit import Began, Visit, VisitOrder, line_of, visit
from pipeline.run.chromium import missing, program

if TYPE_CHECKING:
    from typing import Self

    from archive.config import Settings

_STARTS_S = 60.0
_ENDS_S = 10.0
_MORE_S = 60.0
"""Beyond a page's own time: for its picture, and a second look where a certificate does not
hold."""


class NoBrowserError(Exception):
    """There is none to look with; the message says what next."""


class BrowserEndedError(NoBrowserError):
    """It ended over a page."""


@dataclass(slots=True)
class Running:
    """Chromium, ready to look at pages; use it as a context manager."""

    settings: Settings
    _process: subprocess.Popen[str] | None = None

    async def __aenter__(self) -> Self:
        why = missing(self.settings)
        if why is not None:
            raise NoBrowserError("; ".join(why))
        self._process = _started()
        told = Began(
            program=program() or "",
            sandbox=self.settings.browser_sandbox,
            agent=self.settings.user_agent,
            networks=self.settings.allow_networks,
        )
        said = json.loads(await self._asked(line_of(told), _STARTS_S) or "{}")
        if "browser" not in said:
            self._end()
            told_why = said.get("gone") or "it ended without a word"
            raise NoBrowserError(f"Chromium does not start: {told_why}")
        return self

    async def __aexit__(self, *_: object) -> None:
        self._end()

    async def visit(self, order: VisitOrder) -> Visit:
        """Look at one page.

        Raises:
            BrowserEndedError: The browser is gone.
        """
        line = await self._asked(line_of(order), 2 * order.limits.seconds + _MORE_S)
        gone = json.loads(line).get("gone") if line else "it did not answer any more"
        if gone:
            self._end()
            raise BrowserEndedError(f"Chromium ended: {gone}")
        return visit(line)

    async def _asked(self, line: str, seconds: float) -> str:
        """The line that answers; empty when none comes."""
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return ""
        try:
            process.stdin.write(line)
            process.stdin.flush()
        except OSError:
            return ""
        reading = asyncio.get_running_loop().run_in_executor(None, process.stdout.readline)
        try:
            return await asyncio.wait_for(asyncio.shield(reading), seconds)
        except TimeoutError:
            process.kill()
            return ""

    def _end(self) -> None:
        """Have the browser's process end: only its standard input holds it."""
        process, self._process = self._process, None
        if process is None or process.stdin is None or process.stdout is None:
            return
        try:
            process.stdin.close()
            process.wait(_ENDS_S)
        except (OSError, subprocess.TimeoutExpired):
            process.kill()
            process.wait()
        process.stdout.close()


def _started() -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", "crawler.browser"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
