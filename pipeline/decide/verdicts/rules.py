"""From what attempts show to what a source is: strikes, recovery, and what changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from archive.model.rot import Verdict
from archive.model.times import parse_time
from archive.model.vocabulary import PARTIAL, DriftClass, Status
from pipeline.decide.verdicts.sight import EVERYBODY, IDENTITY, NOTICE, Showing

if TYPE_CHECKING:
    from archive.model.rot import Attempt
    from pipeline.decide.verdicts.sight import Finding

STRIKES = 3
STRIKES_OVER = timedelta(days=6)
"""Design, section 7: three failing checks over at least six days."""
APART = timedelta(hours=20)
"""Tries closer together are one strike: a daily check may come a few hours early."""

RULES = {
    "there": "The page is there, and says what it said at first or differs in small things only.",
    "came-back": "The page is there again after checks that found it absent.",
    "in-part": "Its beginning came: it is there, and what it says cannot be compared.",
    "moved": "A redirect leads to another address that holds the same text.",
    "drifted": "The page is there, but its text is no longer the one that was first captured.",
    "absent": (
        "A check proved it absent; "
        f"{STRIKES} such checks over {STRIKES_OVER.days} days make it dead."
    ),
    "three-strikes": (
        f"{STRIKES} checks over {STRIKES_OVER.days} days or more proved it absent, "
        "none in between found it."
    ),
    "still-dead": "It was dead, and this check found nothing that speaks against that.",
    "walled": (
        "Somebody stands before it (login, challenge, paywall, refusal): "
        "whether it is there cannot be told."
    ),
    "wall-came-later": (
        "It was there once; now somebody stands before it, and whether it is there cannot be told."
    ),
    "everybody": (
        "The host shows this to everybody, or no page of it is known to answer as "
        "itself: it says nothing of this one."
    ),
    "notice": (
        "A few words stand where an article was, or was to come: "
        "whether it is there cannot be told."
    ),
    IDENTITY: (
        "The account's address is another account's now (its number is another): "
        "whether what was cited is there under another name cannot be told."
    ),
    "refused": "We may not, or will not, fetch it.",
    "unreached-once": "One check did not reach it; that alone changes nothing.",
    "unreached": "It was not reached; failures of the network or the server never make it dead.",
    "clock": "Our clock and the server's were over a day apart: the check is not counted.",
}
"""Every rule that decides, in words."""

_SEEN = {
    Showing.THERE: (Status.ALIVE, "there"),
    Showing.MOVED: (Status.MOVED, "moved"),
    Showing.DRIFTED: (Status.DRIFTED, "drifted"),
}
_HERE = frozenset(status for status, _ in _SEEN.values())
SHOWN = 6  # strikes listed as evidence: the first three and the latest


@dataclass(frozen=True, slots=True)
class VerdictState:
    """What the attempts so far add up to.

    Attributes:
        strikes: Proofs of absence since the page was last there, each on a day of its own.
        unreached_at: Of the first of failures in a row that prove nothing.
        was_there: Whether it was ever captured.
    """

    status: Status = Status.UNCHECKED
    drift: DriftClass | None = None
    since: str | None = None
    strikes: tuple[dict[str, Any], ...] = ()
    unreached_at: str | None = None
    was_there: bool = False


def conclude(
    state: VerdictState, attempt: Attempt, finding: Finding
) -> tuple[Verdict, VerdictState]:
    """What the source is after this attempt, and the state to go on from."""
    if finding.kind is Showing.ABSENT:
        return _absent(state, attempt, finding)
    if finding.kind in _SEEN:
        return _there(state, attempt, finding)
    return _unknown(state, attempt, finding)


def _there(state: VerdictState, attempt: Attempt, finding: Finding) -> tuple[Verdict, VerdictState]:
    drift: DriftClass | None = attempt.drift.drift if attempt.drift else DriftClass.SAME
    drift = drift if attempt.digest is not None else None
    status, rule = _SEEN[finding.kind]
    if attempt.outcome in PARTIAL:
        rule, drift = "in-part", state.drift
        status = state.status if state.status in _HERE else Status.ALIVE
    if state.strikes and status is Status.ALIVE:
        rule = "came-back"
    evidence: dict[str, Any] = {"capture": attempt.capture_id, "by": finding.by, **finding.facts}
    if state.strikes:
        evidence["absent_before"] = _listed(state.strikes)
    after = VerdictState(status, drift, None, was_there=True)
    return Verdict(attempt.at, attempt.capture_id, status, rule, drift, evidence), after


def _absent(
    state: VerdictState, attempt: Attempt, finding: Finding
) -> tuple[Verdict, VerdictState]:
    strikes = state.strikes
    strike = {"capture": attempt.capture_id, "at": attempt.at, **_strike_facts(finding)}
    if not attempt.own:
        strike["neighbour"] = True
    if not strikes or parse_time(attempt.at) - parse_time(strikes[-1]["at"]) >= APART:
        strikes = (*strikes, strike)
    over = parse_time(strikes[-1]["at"]) - parse_time(strikes[0]["at"])
    if state.status is Status.DEAD:
        status, rule = Status.DEAD, "still-dead"
    elif len(strikes) >= STRIKES and over >= STRIKES_OVER:
        status, rule = Status.DEAD, "three-strikes"
    else:
        status, rule = Status.SUSPECT, "absent"
    evidence = {
        "by": finding.by,
        "strikes": _listed(strikes),
        "days": round(over.total_seconds() / 86_400, 1),
    }
    since = strikes[0]["at"] if status is Status.DEAD else None
    after = replace(
        state, status=status, drift=None, since=since, strikes=strikes, unreached_at=None,
    )  # fmt: skip
    return Verdict(attempt.at, attempt.capture_id, status, rule, None, evidence, since), after


def _unknown(
    state: VerdictState, attempt: Attempt, finding: Finding
) -> tuple[Verdict, VerdictState]:
    """Walls, refusals, failures of the network: they neither prove absence nor take a proof
    back."""
    evidence: dict[str, Any] = {"capture": attempt.capture_id, "by": finding.by, **finding.facts}
    status, drift, rule, unreached = state.status, state.drift, "clock", state.unreached_at
    if finding.kind is Showing.DOUBTFUL:
        pass
    elif state.status is Status.DEAD:
        rule = "still-dead"
        evidence["strikes"] = _listed(state.strikes)
    elif finding.kind is Showing.UNREACHED:
        unreached = unreached or attempt.at
        again = parse_time(attempt.at) - parse_time(unreached) >= APART
        keeps = state.status in _HERE and not again
        status, rule = (state.status, "unreached-once") if keeps else (Status.SUSPECT, "unreached")
        evidence["unreached_since"] = unreached
    elif finding.kind is Showing.REFUSED:
        status, drift, rule, unreached = Status.REFUSED, None, "refused", None
    else:
        rule = "wall-came-later" if state.was_there else "walled"
        rule = finding.by if finding.by in {EVERYBODY, NOTICE, IDENTITY} else rule
        status, drift, unreached = Status.BLOCKED, None, None
    drift = drift if status in _HERE else None
    after = replace(state, status=status, drift=drift, unreached_at=unreached)
    since = state.since if status is Status.DEAD else None
    return Verdict(attempt.at, attempt.capture_id, status, rule, drift, evidence, since), after


def _strike_facts(finding: Finding) -> dict[str, Any]:
    """What of a finding is kept with its strike."""
    return {
        k: v
        for k, v in finding.facts.items()
        if k in {"outcome", "by", "marker", "final_url", "probe"} and v
    }


def _listed(strikes: tuple[dict[str, Any], ...]) -> list[dict[str, Any]]:
    if len(strikes) <= SHOWN:
        return list(strikes)
    return [*strikes[:STRIKES], *strikes[STRIKES - SHOWN :]]
