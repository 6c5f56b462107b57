"""How a fetch ended: `judge_capture` asks pure rules in order; the first that knows decides, and
says by what."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome
from pipeline.read.outcomes import (
    absence,
    notices,
    outages,
    payment,
    stub_pages,
    thin_walls,
    transport,
    walls,
)
from pipeline.read.outcomes.seen import Seen

if TYPE_CHECKING:
    from collections.abc import Callable

    from archive.model.understood import CaptureVerdict, FetchedPage, PageText

__all__ = ["RULES", "judge_capture"]

RULES: tuple[Callable[[Seen], CaptureVerdict | None], ...] = (
    transport.failed_fetch,
    transport.no_site,  # whatever it shows is not the site's
    transport.not_modified,
    walls.private_address,
    walls.login_address,  # before the status: a login may answer anything
    absence.removed_post,  # before the status: oEmbed's 404 is the platform's own word
    walls.challenge,  # before the status: bot walls come with 403, 429, 503 and 200
    transport.rate_limited,
    walls.closed_platform,
    transport.gone,
    transport.payment_required,
    transport.timed_out,
    transport.forbidden,
    transport.unfollowed,
    transport.server_error,
    stub_pages.error_object,
    outages.gate,
    outages.framed,
    walls.login_wall,
    walls.consent_wall,
    outages.refused,
    outages.out_of_order,
    absence.parked,
    notices.parked,
    notices.hosted,
    absence.soft_404,
    notices.login,  # before other walls: an account that is asked for says what stands there
    notices.wall,
    stub_pages.numbered,
    stub_pages.database,
    stub_pages.in_app,
    stub_pages.not_entitled,
    outages.only_error,  # after all that says more than that
    absence.unavailable,
    absence.redirected_away,
    payment.paywall,
    transport.truncated,
    thin_walls.thin_wall,
    absence.thin,
)
"""In this order; what none of them knows is `ok`."""


def judge_capture(page: FetchedPage, text: PageText | None, body: bytes) -> CaptureVerdict:
    """The outcome of one capture, with the rule and the words that decided.

    Args:
        page: The capture.
        text: Its text, where it was read; without it only title, address and mark-up are judged.
        body: Its bytes, content-decoded; empty where there are none.
    """
    seen = Seen(page, text, body)
    for rule in RULES:
        verdict = rule(seen)
        if verdict is not None:
            return verdict
    return seen.verdict(Outcome.OK, "content")
