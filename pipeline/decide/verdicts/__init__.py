"""Link rot: what a source is, judged from the history of tries to capture it. Pure.

One timeout is no death and a wall is no absence: a source is dead after three failing checks over
six days that each prove absence, and comes back with the first good one. Each judgement says by
which rule, and from which captures.
"""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus
from typing import TYPE_CHECKING

from archive.model.rot import Host
from archive.model.vocabulary import Outcome
from pipeline.decide.verdicts.host_wide import CONTROL_HOLDS, is_mirror
from pipeline.decide.verdicts.rules import RULES, VerdictState, conclude
from pipeline.decide.verdicts.siblings import front_page, probe_place, sibling, wants_probe
from pipeline.decide.verdicts.sight import (
    BY_HOST,
    EVERYBODY,
    NOTICE,
    OTHER,
    PROBE_HOLDS,
    SAME,
    Finding,
    Showing,
    baseline,
    is_near,
    led_elsewhere,
    sight,
    true_time,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.rot import Attempt, Beside, Probe, Verdict

__all__ = [
    "CONTROL_HOLDS",
    "EVERYBODY",
    "NOTICE",
    "OTHER",
    "PROBE_HOLDS",
    "RULES",
    "SAME",
    "baseline",
    "changes",
    "front_page",
    "is_mirror",
    "is_near",
    "judge_source",
    "led_elsewhere",
    "probe_place",
    "sibling",
    "true_time",
    "wants_probe",
    "with_rule",
]


def judge_source(
    url: str,
    attempts: Sequence[Attempt],
    probes: Sequence[Probe] = (),
    beside: Sequence[Beside] = (),
) -> tuple[Verdict, ...]:
    """What a source is after each attempt, in time order whatever order they come in.

    Args:
        url: The source as cited; what a redirect is measured against.
        attempts: All that is held, neighbours' failures (`own=False`) among them. Copies of other
            archives are none.
        probes: What the source's host answered to addresses that cannot exist, and its front page.
        beside: What other cited addresses of the host showed.
    """
    ordered = sorted(attempts, key=lambda a: (true_time(a), a.capture_id))
    first, begun = baseline(ordered, probes), None
    state, host = VerdictState(), Host(tuple(probes), tuple(beside))
    judgements: list[Verdict] = []
    page: Finding | None = None  # what the newest body showed
    for attempt in ordered:
        # what came before it was judged without it, and is not judged otherwise for what came later
        begun = first if attempt is first else begun
        finding = sight(url, attempt, begun, host)
        if (
            attempt.outcome is Outcome.NOT_MODIFIED
            and page
            and finding.kind is not Showing.DOUBTFUL
        ):
            # a parked page that did not change is still parked; what its host shows others may have
            # changed
            finding = finding if page.by in BY_HOST else page
        elif attempt.own and attempt.http_status == HTTPStatus.OK:
            page = finding if finding.kind is not Showing.DOUBTFUL else page
        if not attempt.own and finding.kind is not Showing.ABSENT:
            continue  # of a neighbour only this counts: the name of their host is gone for both
        judged, state = conclude(state, attempt, finding)
        judgements.append(judged)
    return tuple(judgements)


def changes(judgements: Sequence[Verdict]) -> tuple[Verdict, ...]:
    """Those that say something else than the one before: what is kept."""
    kept: list[Verdict] = []
    for judged in judgements:
        if not kept or _judgement(kept[-1]) != _judgement(judged):
            kept.append(judged)
    return tuple(kept)


def _judgement(judged: Verdict) -> tuple[object, ...]:
    return judged.status, judged.rule, judged.drift


def with_rule(judged: Verdict) -> Verdict:
    """The judgement with its rule in words among the evidence, for readers that know no rules."""
    return replace(judged, evidence={**judged.evidence, "because": RULES[judged.rule]})
