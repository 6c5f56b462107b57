"""What stands on a badge: statuses and outcomes in as few words as a reader needs. Pure."""

from __future__ import annotations

from archive.model.vocabulary import Outcome
from archive.show.plain import status_words

OUTCOME_WORDS = {
    Outcome.OK: "it came",
    Outcome.NOT_MODIFIED: "unchanged",
    Outcome.REDIRECTED_AWAY: "led elsewhere",
    Outcome.GONE: "not there",
    Outcome.FORBIDDEN: "turned away",
    Outcome.CHALLENGE: "behind a bot wall",
    Outcome.LOGIN_WALL: "behind a login",
    Outcome.PAYWALL: "behind a paywall",
    Outcome.CONSENT_WALL: "behind a consent wall",
    Outcome.RATE_LIMITED: "asked too often",
    Outcome.SERVER_ERROR: "server failed",
    Outcome.TIMEOUT: "no answer in time",
    Outcome.DNS_FAILURE: "host not found",
    Outcome.TLS_FAILURE: "no secure connection",
    Outcome.CONNECTION_FAILURE: "no connection",
    Outcome.TRUNCATED: "broke off",
    Outcome.REDIRECT_LOOP: "led in a circle",
    Outcome.TOO_LARGE: "too large to keep",
    Outcome.THIN: "without text",
    Outcome.ROBOTS_DISALLOWED: "robots.txt forbids it",
    Outcome.ADDRESS_REFUSED: "no public address",
    Outcome.UNSUPPORTED: "of no kind we fetch",
    Outcome.REMOVED: "removed",
    Outcome.SOFT_404: "says it is not there",
    Outcome.PARKED: "domain parked",
}
"""How a fetch ended; the sentence beside it (`evidence.OUTCOMES`) says the rest."""


def badge_words(word: str) -> str:
    """A status or an outcome as a reader would say it; any other word as it is."""
    try:
        return OUTCOME_WORDS[Outcome(word)]
    except ValueError:
        return status_words(word)
