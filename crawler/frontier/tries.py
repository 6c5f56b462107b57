"""Which fetch follows one that has ended: a further try, where the failure may pass within this
run, or another view of the same source."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from archive.model.vocabulary import PASSING_SOON, Kind, Via
from pipeline.read.platforms.views import second_view

if TYPE_CHECKING:
    from collections.abc import Callable

    from crawler.frontier.fetches import Fetch, Settled

RETRY_PAUSES = 5
"""Host delays before the first further try, doubled for each next one: 10 s and 20 s with the usual
delay of 2 s."""


class Tries:
    """Says what follows a fetch, in one crawl."""

    def __init__(
        self,
        retries: int,
        host_delay_s: float,
        is_left_alone: Callable[[str], bool],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """For one crawl.

        Args:
            retries: How many further tries a target has.
            host_delay_s: Between two requests to a host.
            is_left_alone: Whether the host of a URL is asked nothing more in this run.
            clock: That of the frontier.
        """
        self._retries = retries
        self._host_delay_s = host_delay_s
        self._is_left_alone = is_left_alone
        self._clock = clock

    def following(self, fetch: Fetch, settled: Settled) -> tuple[Fetch, float] | None:
        """The next fetch of the same target, and when it may begin; None when this was the last."""
        if self._may_pass(fetch, settled):
            pause = self._host_delay_s * RETRY_PAUSES * 2.0**fetch.tries
            return fetch.again(), self._clock() + pause
        target = fetch.target
        if target.kind is not Kind.SOURCE or fetch.via is not Via.LIVE:
            return None
        rule = settled.processed.verdict.evidence.get("rule")
        view = second_view(target.subject or target.url, target.url, settled.outcome, rule)
        return (fetch.elsewhere(view), self._clock()) if view else None

    def _may_pass(self, fetch: Fetch, settled: Settled) -> bool:
        """Whether the failure of a fetch may pass within this run, so that it is tried again."""
        page = settled.processed.page
        if fetch.last_try or (page.http_status is not None and page.http_status < 400):
            return False  # a redirect that leads nowhere is a server's error, and will stay one
        if self._is_left_alone(page.final_url):
            return False
        return settled.outcome in PASSING_SOON and fetch.tries < self._retries
