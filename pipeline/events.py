"""What happened to a source, read off the judgements on it. Pure."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.judging import DriftClass, Status
from archive.records import Outcome
from archive.rows import EventRow

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive.judging import Attempt, Judgement
    from archive.verdict_queries import JudgedSource

KINDS = {
    "died": "A source is gone, proved over days.",
    "removed": "A platform says that a post is gone.",
    "came-back": "A source that was dead is there again.",
    "moved": "A source stands at another address.",
    "edited": "Small things in a source's text were changed.",
    "drifted": "A source no longer says what it said.",
    "report-edited": "A report was changed after publication.",
    "correction": "A report admits a correction.",
}
"""Every kind of event, in words; the last two are made in the store, from versions."""

_EDITS = {
    DriftClass.MINOR: "edited",
    DriftClass.SUBSTANTIAL: "drifted",
    DriftClass.REPLACED: "drifted",
    DriftClass.OFF_TOPIC: "drifted",
}


def source_events(
    source: JudgedSource, judgements: Sequence[Judgement], attempts: Mapping[int, Attempt]
) -> tuple[EventRow, ...]:
    """The events among what is newly thought of a source.

    Args:
        source: It.
        judgements: Those that changed something, in time order.
        attempts: Its own, by capture.
    """
    events: list[EventRow] = []
    before: Judgement | None = None
    drift = DriftClass.SAME
    for judged in judgements:
        kind = _kind(before, judged, drift)
        if kind is not None:
            detail = _detail(kind, judged, attempts.get(judged.capture_id))
            events.append(
                EventRow(
                    f"{kind}:{source.id}:{judged.capture_id}",
                    judged.at,
                    kind,
                    source.url,
                    source.id,
                    judged.capture_id,
                    json.dumps(detail, ensure_ascii=False, sort_keys=True),
                )
            )
        before = judged
        drift = judged.drift or drift
    return tuple(events)


def _kind(before: Judgement | None, judged: Judgement, drift: DriftClass) -> str | None:
    was = before.status if before is not None else Status.UNCHECKED
    if judged.status is Status.DEAD:
        if was is Status.DEAD:
            return None
        return "removed" if judged.evidence.get("by") == Outcome.REMOVED else "died"
    if was is Status.DEAD:
        return "came-back"
    if judged.status is Status.MOVED and was is not Status.MOVED:
        return "moved"
    if judged.drift is not None and judged.drift != drift:
        return _EDITS.get(judged.drift)
    return None


def _detail(kind: str, judged: Judgement, attempt: Attempt | None) -> dict[str, Any]:
    detail: dict[str, Any] = {"rule": judged.rule, "status": str(judged.status)}
    if judged.since:
        detail["since"] = judged.since
    if kind in {"edited", "drifted"} and attempt is not None and attempt.drift is not None:
        found = attempt.drift
        detail |= {
            "drift": str(found.drift), "distance": found.distance, "words_added": found.words_added,
            "words_removed": found.words_removed, "silent": not found.corrections,
            "corrections": found.corrections,
        }  # fmt: skip
    return detail
