"""How long a run waits once only hosts are left that are busy or do not answer."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LOOKS = 12
"""How often it is looked within that time; more exactness would be of no use."""


class Patience:
    """Ends when there was nothing else to do for a time without a break."""

    def __init__(self, wait_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        """For one crawl.

        Args:
            wait_s: Seconds to wait.
            clock: Seconds that only grow.
        """
        self._wait_s = wait_s
        self._clock = clock
        self._since: float | None = None

    @property
    def look_s(self) -> float:
        """Seconds until the next look."""
        return max(0.05, self._wait_s / LOOKS)

    def is_over(self, *, waits_only: bool) -> bool:
        """Note whether there is nothing to do but wait. Returns whether that was so for long
        enough."""
        if not waits_only:
            self._since = None
            return False
        if self._since is None:
            self._since = self._clock()
        return self._clock() - self._since >= self._wait_s
