"""When a host is asked again by what is not among the requests of a spider."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass, field


@dataclass(slots=True)
class Turns:
    """Spaces out what is asked of a host, one request after the other.

    Attributes:
        delay_s: Between two things asked of a host.
    """

    delay_s: float
    _asked: dict[str, float] = field(default_factory=dict)

    async def wait(self, host: str) -> None:
        """Wait until the host may be asked; the caller then asks it at once."""
        pause = self._asked.get(host, 0.0) + self.delay_s - time.monotonic()
        await asyncio.sleep(max(0.0, pause))
        self._asked[host] = time.monotonic()
