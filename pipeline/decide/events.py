"""What happened to a source, read off the judgements on it. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from archive.model.corroboration import DIFFER
from archive.model.rows import EventRow
from archive.model.vocabulary import (
    MEDIA_REMOVED,
    MEDIA_RESTORED,
    DriftClass,
    Outcome,
    Status,
)
from pipeline.decide.verdicts.sight import IDENTITY

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from collections.abc import Set as AbstractSet

    from archive.model.past import JudgedSource
    from archive.model.rot import Attempt, Drift, Verdict

KINDS = {
    "died": "A source is gone, proved over days.",
    "removed": "A platform says that a post is gone.",
    "came-back": "A source that was dead is there again.",
    "identity-changed": "A cited account's address is another account's, by its number.",
    "moved": "A source stands at another address.",
    "edited": "Small things in a source's text were changed.",
    "drifted": "A source no longer says what it said.",
    MEDIA_REMOVED: "A post stands, and no longer shows a picture or video that it showed.",
    MEDIA_RESTORED: "A post shows again what was gone from it.",
    DIFFER: "Another archive's copy of the same days says something else than ours.",
    "report-edited": "A report was changed after publication.",
    "correction": "A report, or a source whose text is otherwise the same, admits a correction.",
}
"""Every kind of event, in words; those of reports are made in the store, from versions, those of
other observers, too, from what two captures say, those of what posts show in
`pipeline.decide.media_rot`."""

CORRECTION = "correction"

_EDITS = {
    DriftClass.MINOR: "edited",
    DriftClass.SUBSTANTIAL: "drifted",
    DriftClass.REPLACED: "drifted",
    DriftClass.OFF_TOPIC: "drifted",
}
_EDITED = frozenset({DriftClass.MINOR, DriftClass.SUBSTANTIAL})
"""Where the text is still the one that was cited, each further edit of it is told; where it is
another, no more."""


def source_events(
    source: JudgedSource, judgements: Sequence[Verdict], attempts: Mapping[int, Attempt]
) -> tuple[EventRow, ...]:
    """The events among all that was ever thought of a source.

    Args:
        source: It.
        judgements: After each attempt, in time order.
        attempts: Its own, by capture.
    """
    events: list[EventRow] = []
    before: Verdict | None = None
    told = _Told()
    for judged in judgements:
        attempt = attempts.get(judged.capture_id)
        for kind in filter(None, (_kind(before, judged), told.edit(judged, attempt))):
            detail = _detail(kind, judged, attempt, told.corrections)
            events.append(_event(source, kind, judged, detail))
        told.take(judged, attempt)
        before = judged
    return tuple(events)


def _event(source: JudgedSource, kind: str, judged: Verdict, detail: dict[str, Any]) -> EventRow:
    return EventRow(
        f"{kind}:{source.id}:{judged.capture_id}", judged.at, kind, source.url, source.id,
        judged.capture_id,
        json.dumps(detail, ensure_ascii=False, sort_keys=True),
    )  # fmt: skip


@dataclass(slots=True)
class _Told:
    """What the events so far say of a source's text.

    Attributes:
        drift: The class it was last found in.
        changes: How far it was from the first text, each time; what goes and comes back is told
            once.
        corrections: Lines that admit a change, of all texts so far.
    """

    drift: DriftClass = DriftClass.SAME
    changes: set[tuple[object, ...]] = field(default_factory=set)
    corrections: set[str] = field(default_factory=set)

    def edit(self, judged: Verdict, attempt: Attempt | None) -> str | None:
        """The kind of event that the text of this check is; None where it says nothing new."""
        if judged.drift not in _EDITS or attempt is None or attempt.drift is None:
            return None
        again = judged.drift is self.drift and judged.drift not in _EDITED
        if again or _change(attempt.drift) in self.changes:
            return None
        from pipeline.decide.drift import ADMITTED_ONLY  # as late as what it is of

        return CORRECTION if attempt.drift.evidence.get(ADMITTED_ONLY) else _EDITS[judged.drift]

    def take(self, judged: Verdict, attempt: Attempt | None) -> None:
        """Go on from this check."""
        self.drift = judged.drift or self.drift
        if judged.drift is not None and attempt is not None and attempt.drift is not None:
            self.changes.add(_change(attempt.drift))
            self.corrections.update(attempt.drift.corrections)


def _change(drift: Drift) -> tuple[object, ...]:
    """Equal for texts that differ from the first in the same: counters and other headlines beneath
    make no new edit."""
    title = drift.evidence.get("title")
    return (
        drift.drift, drift.distance, drift.words_added, drift.words_removed, str(title),
        drift.corrections,
    )  # fmt: skip


def _kind(before: Verdict | None, judged: Verdict) -> str | None:
    if judged.rule == IDENTITY and (before is None or before.rule != IDENTITY):
        return IDENTITY
    was = before.status if before is not None else Status.UNCHECKED
    if judged.status is Status.DEAD:
        if was is Status.DEAD:
            return None
        return "removed" if judged.evidence.get("by") == Outcome.REMOVED else "died"
    if was is Status.DEAD:
        return "came-back"
    if judged.status is Status.MOVED and was is not Status.MOVED:
        return "moved"
    return None


def _detail(
    kind: str, judged: Verdict, attempt: Attempt | None, admitted: AbstractSet[str]
) -> dict[str, Any]:
    detail: dict[str, Any] = {"rule": judged.rule, "status": str(judged.status)}
    if kind == IDENTITY:
        detail |= {name: judged.evidence[name] for name in ("account_was", "account_is")}
    if judged.since:
        detail["since"] = judged.since
    if kind in {*_EDITS.values(), CORRECTION} and attempt is not None and attempt.drift is not None:
        found = attempt.drift
        fresh = [line for line in found.corrections if line not in admitted]
        detail |= {
            "drift": str(found.drift), "distance": found.distance, "words_added": found.words_added,
            "words_removed": found.words_removed, "silent": not fresh, "corrections": fresh,
        }  # fmt: skip
        if "title" in found.evidence:
            detail["title"] = found.evidence["title"]
    return detail
