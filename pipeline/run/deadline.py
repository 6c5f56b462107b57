"""How long a worker may take, by its own time, which stands still while a busy machine gives it no
core. Otherwise a page that can be read on an idle machine would be given up on a busy one, and
`rebuild` would make other tables there."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class Deadline:
    """The end of the time of one task.

    Attributes:
        limit_s: Seconds for all of it.
    """

    def __init__(
        self,
        limit_s: float,
        waited_s: Callable[[], float] = float,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin now.

        Args:
            limit_s: Seconds for all of it.
            waited_s: For how long a core was waited for, ever.
            now: Seconds that only grow.
        """
        self.limit_s = limit_s
        self._now, self._waited_s = now, waited_s
        self._began, self._before = now(), waited_s()

    def left_s(self) -> float:
        """Seconds that are left, more than none.

        Raises:
            TimeoutError: None are.
        """
        left = self._began + self.limit_s - self._now()
        if left <= 0:  # asked of the system only then
            left += self._waited_s() - self._before
        if left <= 0:
            raise TimeoutError("no answer in time")
        return left


def waited_s(pid: int) -> float:
    """Seconds for which a process's first thread could have run and had no core
    (`/proc/PID/schedstat`, of the kernel's sched-stats); 0 where the system does not count them."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0
