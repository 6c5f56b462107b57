"""What one attempt shows of a source: there, absent, walled off, refused, or nothing."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from archive.errors import BadUrlError
from archive.model.times import parse_time
from archive.model.vocabulary import (
    ABSENCE_PROOFS,
    MISSING_PAGE_SHOWN,
    NOT_FETCHED,
    PAGE_THERE,
    RETRIEVED,
    WALLED,
    DriftClass,
    Outcome,
)
from archive.urls.normal import identify
from archive.urls.platforms.registry import LEADING
from pipeline.decide.verdicts.host_wide import why_it_says_nothing
from pipeline.read.clocks import is_apart

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from archive.model.rot import Attempt, Host, Probe
    from archive.urls.normal import SourceIdentity


class Showing(StrEnum):
    """What an attempt shows."""

    THERE = "there"
    MOVED = "moved"
    DRIFTED = "drifted"
    ABSENT = "absent"
    WALLED = "walled"
    REFUSED = "refused"
    UNREACHED = "unreached"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one attempt shows, by what, with the facts that decided."""

    kind: Showing
    by: str
    facts: dict[str, Any] = field(default_factory=dict)


EVERYBODY, NOTICE = "everybody", "notice"
"""By which a page that came is taken for a wall: see `Attempt.stands_in`."""
IDENTITY = "identity-changed"
"""By which what came, or did not, is another account's: see `Attempt.holders`."""
BY_HOST = frozenset({EVERYBODY, NOTICE, "sibling", "redirected-elsewhere"})
"""Findings that rest on what the host showed elsewhere at the same time."""
_NOT_FOLLOWED = "redirect-not-followed"
"""Of a saved copy that ends with a redirect: where that led nobody looked."""

PROBE_HOLDS = timedelta(days=8)
"""A probe speaks for captures of its place so long before or after it: a site's error page changes
with its design."""

SAME = frozenset({DriftClass.SAME, DriftClass.MINOR})
OTHER = frozenset({DriftClass.REPLACED, DriftClass.OFF_TOPIC})


def baseline(attempts: Sequence[Attempt], probes: Sequence[Probe] = ()) -> Attempt | None:
    """The first good capture with a text: what drift is measured against. None while there is none.

    Args:
        attempts: In time order.
        probes: A page that says what its host says to any address is no capture of the source.
    """
    for attempt in attempts:
        good = attempt.own and attempt.outcome is Outcome.OK and attempt.digest is not None
        good = good and attempt.stands_in is None
        if good and not is_skewed(attempt) and _echo(attempt, None, probes) is None:
            return attempt
    return None


def is_skewed(attempt: Attempt) -> bool:
    """Whether our clock and the server's were too far apart for the attempt's time to mean
    anything."""
    return attempt.clock_skew_s is not None and is_apart(attempt.clock_skew_s)


def true_time(attempt: Attempt) -> datetime:
    """When it was made; where our clock was wrong, by the server's."""
    off_s = attempt.clock_skew_s if attempt.clock_skew_s is not None and is_skewed(attempt) else 0
    return parse_time(attempt.at) - timedelta(seconds=off_s)


def sight(url: str, attempt: Attempt, first: Attempt | None, host: Host) -> Finding:
    """What an attempt shows of the source `url`.

    Args:
        url: As cited.
        attempt: The attempt; its drift is against `first`.
        first: From `baseline`.
        host: What else its host showed.
    """
    if is_skewed(attempt):
        return Finding(Showing.DOUBTFUL, "clock", {"clock_skew_s": attempt.clock_skew_s})
    if attempt.holders is not None and attempt.outcome in PAGE_THERE | ABSENCE_PROOFS:
        was, now = attempt.holders
        return Finding(Showing.WALLED, IDENTITY, {"account_was": was, "account_is": now})
    if attempt.outcome in PAGE_THERE:
        return _page(url, attempt, first, host)
    by = str(attempt.outcome)
    facts = {"outcome": by, "by": attempt.rule, "marker": attempt.marker}
    if attempt.rule == _NOT_FOLLOWED:
        return Finding(Showing.UNREACHED, _NOT_FOLLOWED, facts)
    if attempt.outcome in ABSENCE_PROOFS:
        return _lost(attempt, first, facts)
    if attempt.outcome in NOT_FETCHED:
        return Finding(Showing.REFUSED, by, facts)
    return Finding(Showing.WALLED if attempt.outcome in WALLED else Showing.UNREACHED, by, facts)


def _lost(attempt: Attempt, first: Attempt | None, facts: dict[str, Any]) -> Finding:
    """An answer that proves absence, but for one whose text is the source's own."""
    unchanged = first is not None and attempt.digest is not None and attempt.digest == first.digest
    if attempt.outcome is Outcome.REDIRECTED_AWAY and (unchanged or _says_the_same(attempt)):
        # a short address led home, and home is what it always showed
        return Finding(Showing.MOVED, "redirect", {**facts, "final_url": attempt.final_url})
    return Finding(Showing.THERE if unchanged else Showing.ABSENT, str(attempt.outcome), facts)


def _page(url: str, attempt: Attempt, first: Attempt | None, host: Host) -> Finding:
    """A page came: is it the one that was cited?"""
    led = led_elsewhere(url, attempt)
    echo = _echo(attempt, first, host.probes)
    if echo is not None:
        facts = {"by": "sibling", "probe": echo.capture_id, "place": echo.place}
        # where the page was never another, the site may simply show everybody the same shell: we
        # cannot tell
        if first is None:
            return Finding(Showing.WALLED, "sibling", {"outcome": "soft-404", **facts})
        absent = Finding(Showing.ABSENT, "sibling", {"outcome": "soft-404", **facts})
        return _unless_host_wide(absent, attempt, host, led=led)
    return _shown(attempt, first, host, led=led)


def _shown(attempt: Attempt, first: Attempt | None, host: Host, *, led: bool) -> Finding:
    """What a page shows that its host does not show to everything."""
    drift = attempt.drift.drift if attempt.drift is not None else None
    facts: dict[str, Any] = {"final_url": attempt.final_url}
    if attempt.drift is not None:
        facts |= {"distance": attempt.drift.distance, **attempt.drift.evidence}
    if led and drift in OTHER:
        facts = {**facts, "outcome": "redirected-away"}
        absent = Finding(Showing.ABSENT, "redirected-elsewhere", facts)
        return _unless_host_wide(absent, attempt, host, led=led)
    if attempt.stands_in is not None:
        return Finding(Showing.WALLED, attempt.stands_in, {"final_url": attempt.final_url})
    if led and _is_first_again(attempt, first):
        return Finding(Showing.MOVED, "redirect", facts)
    if attempt.drift is not None and attempt.drift.evidence.get("teaser"):
        return Finding(Showing.WALLED, "teaser", facts)
    if drift is not None and drift not in SAME:
        return Finding(Showing.DRIFTED, str(drift), facts)
    return Finding(Showing.THERE, str(attempt.outcome), facts)


def _is_first_again(attempt: Attempt, first: Attempt | None) -> bool:
    again = first is not None and attempt is not first
    return (
        again and first is not None and (_says_the_same(attempt) or attempt.digest == first.digest)
    )


def _unless_host_wide(finding: Finding, attempt: Attempt, host: Host, *, led: bool) -> Finding:
    """The finding where it says something of the page; a wall where the host shows everybody the
    same."""
    why = why_it_says_nothing(attempt, host, led=led)
    return finding if why is None else Finding(Showing.WALLED, EVERYBODY, {"by": finding.by, **why})


def _says_the_same(attempt: Attempt) -> bool:
    return attempt.drift is not None and attempt.drift.drift in SAME


def led_elsewhere(url: str, attempt: Attempt) -> bool:
    """Whether redirects led to another thing: another spelling, scheme or mirror of the same is
    none."""
    if attempt.final_url == attempt.url:
        return False
    asked, fetched, got = (
        _identity_or_none(url),
        _identity_or_none(attempt.url),
        _identity_or_none(attempt.final_url),
    )
    if asked is None or fetched is None or got is None or got.key in (fetched.key, asked.key):
        return False
    return asked.platform not in LEADING


@lru_cache(maxsize=256)
def _identity_or_none(url: str) -> SourceIdentity | None:
    """What an address names; the attempts at one source have the same few."""
    try:
        return identify(url)
    except BadUrlError:
        return None


def _echo(attempt: Attempt, first: Attempt | None, probes: Sequence[Probe]) -> Probe | None:
    """The probe that got the same page, where the page was not always that one."""
    if attempt.outcome not in RETRIEVED or attempt.digest is None:
        return None
    if first is not None and attempt.digest == first.digest:
        return None
    for probe in probes:
        if probe.front:
            continue
        alike_always = (
            first is not None
            and first.digest is not None
            and (
                probe.digest == first.digest
                or (first.digest in probe.like and first.title == probe.title)
                or (first.notice is not None and first.notice == probe.notice)
            )
        )
        if not alike_always and _same_page(attempt, probe) and is_near(attempt, probe):
            return probe
    return None


def is_near(attempt: Attempt, probe: Probe) -> bool:
    """Whether the probe speaks for an attempt at this time."""
    return abs(parse_time(probe.at) - parse_time(attempt.at)) <= PROBE_HOLDS


def _same_page(attempt: Attempt, probe: Probe) -> bool:
    if probe.outcome not in MISSING_PAGE_SHOWN:
        return False  # an honest 404 for what cannot exist
    if probe.digest is not None and probe.digest == attempt.digest:
        return True
    if probe.notice is not None and probe.notice == attempt.notice:
        return True
    led = attempt.final_url != attempt.url and attempt.final_url == probe.final_url
    same_title = attempt.title is not None and attempt.title == probe.title
    return led or (same_title and attempt.digest in probe.like)
