"""What our own middlewares and download handler raise instead of fetching: each names the outcome
it stands for."""

from __future__ import annotations

from typing import Any

from scrapy.exceptions import IgnoreRequest

from archive.model.vocabulary import Outcome

MAX_PAUSE_S = 300.0
"""So long a request waits where its host asks for that."""


class RefusedError(IgnoreRequest):
    """A request that is not sent, or not finished, on purpose. Scrapy never retries an
    `IgnoreRequest`.

    Attributes:
        outcome: How the capture ended.
        evidence: Small JSON-ready facts for the verdict.
    """

    outcome = Outcome.UNSUPPORTED

    def __init__(
        self,
        message: str,
        *,
        outcome: Outcome | None = None,
        evidence: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(message)
        self.outcome = outcome or type(self).outcome
        self.evidence = evidence or {}


class UnsupportedScheme(RefusedError):
    """Neither http nor https."""


class AddressRefused(RefusedError):
    """The address is not public, or the port is no web server's."""

    outcome = Outcome.ADDRESS_REFUSED


class RobotsDisallowed(RefusedError):
    """robots.txt does not want us there, or cannot be had (RFC 9309, section 2.3.1.4)."""

    outcome = Outcome.ROBOTS_DISALLOWED


class HostDown(RefusedError):
    """The host failed so often in this run that it is not asked again for a while."""

    outcome = Outcome.CONNECTION_FAILURE


class HostBusy(RefusedError):
    """The host asked us to stay away for longer than `MAX_PAUSE_S`.

    Attributes:
        seconds: For how long.
    """

    outcome = Outcome.RATE_LIMITED

    def __init__(self, host: str, seconds: float) -> None:
        super().__init__(
            f"{host} asked us to stay away for {seconds:.0f} s more",
            evidence={"rule": "retry-after", "host": host, "seconds": round(seconds)},
        )
        self.seconds = seconds
