"""Rules that read the transport and the status: no look at the page itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.model.vocabulary import Outcome

if TYPE_CHECKING:
    from archive.model.understood import CaptureVerdict
    from pipeline.read.outcomes.seen import Seen

_OUTCOMES = frozenset(Outcome)
# 451 is a legal block; 999 is LinkedIn's refusal of programs.
_REFUSING = frozenset({401, 403, 451, 999})
# Said by a proxy or a network between us and the site: RFC 9110, section 15.5.8; RFC 6585, section
# 6.
_NO_SITES = frozenset({407, 511})

# A page that drips for ever is one that never came; the part that did is kept.
_CUT = {"length": Outcome.TOO_LARGE, "time": Outcome.TIMEOUT}
# RFC 9110, section 14.4: the part that begins with the first byte.
_WHOLE_RANGE = re.compile(r"bytes 0-(?P<last>\d{1,15})/(?P<length>\d{1,15})", re.IGNORECASE)


def failed_fetch(seen: Seen) -> CaptureVerdict | None:
    """No response: the crawler says why."""
    error = seen.page.error
    if error is None:
        return None
    name, text = error
    outcome = Outcome(name) if name in _OUTCOMES else Outcome.CONNECTION_FAILURE
    return seen.verdict(outcome, "transport", text)


def no_site(seen: Seen) -> CaptureVerdict | None:
    """407 and 511: whoever saved the page did not reach the site."""
    if seen.status not in _NO_SITES:
        return None
    return seen.verdict(Outcome.CONNECTION_FAILURE, f"status-{seen.status}")


def not_modified(seen: Seen) -> CaptureVerdict | None:
    """304."""
    return seen.verdict(Outcome.NOT_MODIFIED, "status-304") if seen.status == 304 else None


def gone(seen: Seen) -> CaptureVerdict | None:
    """404 and 410."""
    if seen.status in {404, 410}:
        return seen.verdict(Outcome.GONE, f"status-{seen.status}", next(iter(seen.titles), None))
    return None


def rate_limited(seen: Seen) -> CaptureVerdict | None:
    """429, and 420 as some sites say it."""
    if seen.status in {420, 429}:
        wait = seen.page.headers.get("retry-after")
        return seen.verdict(
            Outcome.RATE_LIMITED, f"status-{seen.status}", f"Retry-After: {wait}" if wait else None
        )
    return None


def payment_required(seen: Seen) -> CaptureVerdict | None:
    """402."""
    return seen.verdict(Outcome.PAYWALL, "status-402") if seen.status == 402 else None


def timed_out(seen: Seen) -> CaptureVerdict | None:
    """408: the server waited too long for us."""
    return seen.verdict(Outcome.TIMEOUT, "status-408") if seen.status == 408 else None


def forbidden(seen: Seen) -> CaptureVerdict | None:
    """401, 403 and relatives; every other 4xx also says no more than that we may not have it this
    way."""
    if seen.status is None or not (400 <= seen.status < 500 or seen.status in _REFUSING):
        return None
    rule = f"status-{seen.status}" if seen.status in _REFUSING else "status-4xx"
    return seen.verdict(Outcome.FORBIDDEN, rule, next(iter(seen.titles), None))


def unfollowed(seen: Seen) -> CaptureVerdict | None:
    """A redirect that was not followed: to a scheme that is never followed, or one that an imported
    file ends with."""
    if seen.status is None or not 300 <= seen.status < 400:
        return None
    location = seen.page.headers.get("location", "").strip()
    scheme = urlsplit(location).scheme.lower() if location else ""
    if scheme and scheme not in {"http", "https"}:
        return seen.verdict(Outcome.UNSUPPORTED, "redirect-to-other-scheme", location)
    if location:
        return seen.verdict(Outcome.REDIRECTED_AWAY, "redirect-not-followed", location)
    return None


def server_error(seen: Seen) -> CaptureVerdict | None:
    """5xx, statuses that do not exist, and redirects that lead nowhere."""
    if seen.status is None or 200 <= seen.status < 300:
        return None
    rule = "redirect-without-target" if 300 <= seen.status < 400 else "status-5xx"
    return seen.verdict(Outcome.SERVER_ERROR, rule, next(iter(seen.titles), None))


def truncated(seen: Seen) -> CaptureVerdict | None:
    """The body is not whole: cut at our limit or time, by the other side, or only a part was sent
    (206)."""
    why = seen.page.truncated or ("part" if _is_part(seen) else None)
    if why is None:
        return None
    return seen.verdict(_CUT.get(why, Outcome.TRUNCATED), "truncated", why)


def _is_part(seen: Seen) -> bool:
    """Whether a 206 holds less than all: some servers send all in answer to a range that asks for
    it."""
    if seen.status != 206:
        return False
    whole = _WHOLE_RANGE.fullmatch(seen.page.headers.get("content-range", "").strip())
    return whole is None or int(whole["last"]) + 1 < int(whole["length"])
