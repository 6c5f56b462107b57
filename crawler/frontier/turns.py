"""When a host is asked again by what is not among the requests of a spider."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Turns:
    """Hosts as they were asked, one thing after the other.

    Attributes:
        delay_s: Between two things asked of a host.
    """

    delay_s: float
    _asked: dict[str, float] = field(default_factory=dict)

    async def wait(self, host: str) -> None:
        """Return when the host may be asked, and take it that it is now."""
        pause = self._asked.get(host, 0.0) + self.delay_s - time.monotonic()
        await asyncio.sleep(max(0.0, pause))
        self._asked[host] = time.monotonic()
