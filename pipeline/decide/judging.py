"""The verdict on a source once a capture comes in: its history is read, its texts are compared, and
it is judged. Pure."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from archive.model.past import EARLY, Checked, JudgedSource, Shown, Sighting
from archive.model.rot import Attempt, Beside, Drift, Reading, drift_detail, probe_of
from archive.model.rows import DriftRow, SourceVerdicts, VerdictRow
from archive.model.vocabulary import COMPARABLE, RETRIEVED, DriftClass, Outcome
from archive.urls.publishers.registry import OWN
from pipeline.decide.checks.schedule import next_check
from pipeline.decide.compared import compare
from pipeline.decide.due import source_history
from pipeline.decide.events import source_events
from pipeline.decide.followed import followed
from pipeline.decide.identities import sighting, with_identities
from pipeline.decide.stand_ins import StandIns
from pipeline.decide.verdicts import (
    OTHER,
    PROBE_HOLDS,
    SAME,
    baseline,
    changes,
    front_page,
    is_near,
    judge_source,
    probe_place,
    true_time,
    with_rule,
)
from pipeline.read.notice import notice_digest

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.rot import Probe, Verdict
    from archive.model.rows import CaptureRow, TextRow
    from archive.model.sources import SourceRow
    from pipeline.decide.held import HeldSources, HeldTexts

SITES = frozenset({"web"}) | OWN
"""Platforms of one site each: there a host's name and its error page speak for all its sources."""

_DAY = len("2026-03-01")


@dataclass(frozen=True, slots=True)
class Incoming:
    """The capture that is being committed, which the database does not know yet.

    Attributes:
        row, text: Of the source under judgement.
        neighbours: A failure at another source of its host.
        probes: Of its host, each with its text.
        beside: At another source of its host, with its text.
        sightings: Who holds the address of its account, by another source of that.
    """

    row: CaptureRow | None = None
    text: TextRow | None = None
    neighbours: tuple[Attempt, ...] = ()
    probes: tuple[tuple[Probe, int | None, Reading | None], ...] = ()
    beside: tuple[tuple[Beside, Shown, Reading], ...] = ()
    sightings: tuple[Sighting, ...] = ()


@dataclass(slots=True)
class _Texts:
    """Texts by id, each read once."""

    source: HeldTexts
    held: dict[int, Reading | None] = field(default_factory=dict)

    def get(self, text_id: int | None) -> Reading | None:
        if text_id is None:
            return None
        if text_id not in self.held:
            self.held[text_id] = self.source.reading(text_id)
        return self.held[text_id]


def source_of(row: SourceRow) -> JudgedSource:
    """A source's row as the record that is judged."""
    return JudgedSource(row.id, row.url, row.cited_url, row.host, row.platform, row.account)


def judged(held: HeldSources, source: JudgedSource, incoming: Incoming) -> SourceVerdicts | None:
    """All that is thought of a source, anew, with what is coming in; None when nobody has tried it
    yet."""
    texts = _Texts(held)
    checked = held.attempts(source.id)
    if incoming.row is not None:
        checked.append(_with_notice(_incoming(incoming.row, incoming.text), checked, texts))
        if incoming.text is not None:
            texts.held[incoming.text.id] = _reading(incoming.text)
    if not checked:
        return None
    checked.sort(key=lambda c: (true_time(c.attempt), c.attempt.capture_id))
    if source.platform in SITES:
        for _, shown, said in incoming.beside:
            texts.held[shown.text_id] = said
        marker = StandIns(held, source, texts.get, tuple(shown for _, shown, _ in incoming.beside))
        checked = marker.mark(checked)
    elif source.account is not None:
        checked = with_identities(checked, _sightings(held, source, incoming))
    probes = _probes(held, source, incoming, checked, texts)
    first = baseline([c.attempt for c in checked], probes)
    compared, drifts = _compared(checked, first, texts)
    attempts = [c.attempt for c in compared]
    near = _neighbours(held, source, incoming)
    beside = _beside(held, source, incoming, attempts)
    found = judge_source(source.cited_url, [*attempts, *near], probes, beside)
    return _summed_up(source, found, attempts, tuple(drifts))


def _sightings(held: HeldSources, source: JudgedSource, incoming: Incoming) -> list[Sighting]:
    """Who held the address of its account, if that ever changed; otherwise nothing."""
    own = sighting(incoming.row) if incoming.row is not None else ()
    told = [*incoming.sightings, *own]
    if len(held.account_ids(source).union(one.account_id for one in told)) < 2:
        return []
    return [*held.sightings(source), *told]


def _summed_up(
    source: JudgedSource,
    found: Sequence[Verdict],
    own: Sequence[Attempt],
    drifts: tuple[DriftRow, ...],
) -> SourceVerdicts:
    kept = changes(found)
    last = found[-1]
    return SourceVerdicts(
        source_id=source.id,
        status=last.status,
        drift=last.drift,
        dead_since=last.since,
        history=replace(source_history(own), next_due_at=next_check(source.id, own, last)),
        followed=followed(found),
        verdicts=tuple(_row(source.id, with_rule(one)) for one in kept),
        events=source_events(source, found, {a.capture_id: a for a in own}),
        drifts=drifts,
    )


def _row(source: int, judged: Verdict) -> VerdictRow:
    return VerdictRow(
        source, judged.capture_id, judged.at, judged.status, judged.rule, judged.drift,
        judged.since,
        json.dumps(judged.evidence, ensure_ascii=False, sort_keys=True),
    )  # fmt: skip


def _incoming(row: CaptureRow, text: TextRow | None) -> Checked:
    said = json.loads(row.evidence)
    digest = text.digest if text is not None else row.content_digest
    attempt = Attempt(
        row.id, row.captured_at, Outcome(row.outcome), row.url, row.final_url, row.http_status,
        said.get("rule"),
        said.get("marker"), digest, title=text.title if text else None,
        clock_skew_s=row.clock_skew_s,
        notice=text.notice if text else None, early=row.reason == EARLY,
    )  # fmt: skip
    return Checked(attempt, row.text_id, None)


def _with_notice(one: Checked, before: Sequence[Checked], texts: _Texts) -> Checked:
    """A page that did not change says what it said."""
    if one.attempt.outcome is Outcome.NOT_MODIFIED and one.text_id is not None:
        same = next((other for other in before if other.text_id == one.text_id), None)
        if same is not None:  # it was told when the text was kept
            return replace(one, attempt=replace(one.attempt, notice=same.attempt.notice))
    said = texts.get(one.text_id) if one.attempt.outcome is Outcome.NOT_MODIFIED else None
    if said is None:
        return one
    return replace(one, attempt=replace(one.attempt, notice=notice_digest(said.text)))


def _reading(text: TextRow) -> Reading:
    return Reading(text.text, text.title, text.published, text.language)


def as_neighbour(row: CaptureRow) -> Attempt:
    """The failure of one source, as it counts for another source of its host."""
    return replace(_incoming(row, None).attempt, own=False)


def as_probe(row: CaptureRow, text: TextRow | None) -> tuple[Probe, int | None, Reading | None]:
    """A capture of an address that cannot exist, as the judge needs it, with its text's id and what
    it says."""
    front = front_page(row.url)
    is_front = row.url == front
    probe = probe_of(_incoming(row, text).attempt, front if is_front else probe_place(row.url))
    probe = replace(probe, front=is_front)
    return probe, row.text_id, _reading(text) if text is not None else None


def as_beside(
    row: CaptureRow, text: TextRow | None, source: JudgedSource, own: SourceVerdicts | None
) -> tuple[tuple[Beside, Shown, Reading], ...]:
    """The capture of one source, as it counts for another source of its host; None where no page
    came."""
    if text is None or row.outcome not in RETRIEVED:
        return ()
    drifts = own.drifts if own is not None else ()
    measured = next((d.drift for d in drifts if d.capture_id == row.id), None)
    found = Beside(
        row.id, row.captured_at, source.cited_url, row.final_url, row.final_url != row.url,
        text.digest, text.notice,
        DriftClass(measured) if measured else None,
    )  # fmt: skip
    return ((found, Shown(source.id, source.cited_url, text.notice, text.id), _reading(text)),)


def _beside(
    held: HeldSources, source: JudgedSource, incoming: Incoming, own: Sequence[Attempt]
) -> list[Beside]:
    """What other addresses of the host showed around the times when this one showed something that
    is not its own page."""
    if source.platform not in SITES:
        return []
    found = {beside.capture_id: beside for beside, _, _ in incoming.beside}
    for attempt in own:
        if attempt.drift is not None and attempt.drift.drift in OTHER:
            near = held.beside(source, attempt, PROBE_HOLDS)
            found |= {beside.capture_id: beside for beside in near}
    return [found[number] for number in sorted(found)]


def _compared(
    checked: Sequence[Checked], first: Attempt | None, texts: _Texts
) -> tuple[list[Checked], list[DriftRow]]:
    """Attempts with their drift from the first good one, as far as they came after it, and those of
    the comparisons that are not stored yet."""
    first_text: int | None = None
    begun = False
    found, rows = [], []
    for one in checked:
        wanted = first_text if begun and _is_comparable(one.attempt) else None
        if one.attempt is first:
            first_text, begun = one.text_id, True
        if one.drift_from == wanted:
            found.append(one)
            continue
        distance = None if wanted is None else _distance(one, first, first_text, texts)
        rows.append(
            DriftRow(
                one.attempt.capture_id,
                distance.drift if distance else None,
                wanted,
                drift_detail(distance) if distance else None,
            )
        )
        found.append(Checked(replace(one.attempt, drift=distance), one.text_id, wanted))
    return found, rows


def _is_comparable(attempt: Attempt) -> bool:
    """Whether what came may be the cited page, and whole: texts of walls and error pages say
    nothing about it."""
    return attempt.digest is not None and attempt.outcome in COMPARABLE


def _distance(
    one: Checked, first: Attempt | None, first_text: int | None, texts: _Texts
) -> Drift | None:
    # a 304 names no title, and stands for the text that its page had
    alike = one.text_id is not None and one.text_id == first_text
    if alike or (
        first is not None
        and one.attempt.digest == first.digest
        and one.attempt.title == first.title
    ):
        return Drift(DriftClass.SAME, 0.0)
    before, now = texts.get(first_text), texts.get(one.text_id)
    return None if before is None or now is None else compare(before, now)


def _neighbours(held: HeldSources, source: JudgedSource, incoming: Incoming) -> list[Attempt]:
    """Failures of the host's name at other sources: the first of each day, since a strike needs no
    more."""
    if source.platform not in SITES:
        return []
    known = [*held.neighbours_failures(source), *incoming.neighbours]
    known.sort(key=lambda a: (a.at, a.capture_id), reverse=True)
    return list({attempt.at[:_DAY]: attempt for attempt in known}.values())


def _probes(
    held: HeldSources,
    source: JudgedSource,
    incoming: Incoming,
    checked: Sequence[Checked],
    texts: _Texts,
) -> list[Probe]:
    """The answers of the source's folder to addresses that cannot exist, each with the texts of the
    source that say the same."""
    if source.platform not in SITES:
        return []
    known = held.probes(probe_place(source.cited_url), front_page(source.cited_url))
    for probe, text_id, said in incoming.probes:
        known.append((probe, text_id))
        if text_id is not None:
            texts.held[text_id] = said
    known.sort(key=lambda pair: (pair[0].at, pair[0].capture_id))
    alike = _Alike(texts)
    probes = [
        replace(probe, like=alike.digests(probe, text_id, _nearby(probe, checked)))
        for probe, text_id in known
    ]
    first = baseline([c.attempt for c in checked], probes)
    begun = [c for c in checked if c.attempt is first]
    return [
        replace(probe, like=probe.like | alike.digests(probe, text_id, begun))
        for probe, (_, text_id) in zip(probes, known, strict=True)
    ]


def _nearby(probe: Probe, checked: Sequence[Checked]) -> list[Checked]:
    return [c for c in checked if c.attempt.title == probe.title and is_near(c.attempt, probe)]


@dataclass(frozen=True, slots=True)
class _Alike:
    """Which texts say nearly the same; each pair is compared once."""

    texts: _Texts
    known: dict[tuple[int, int], bool] = field(default_factory=dict)

    def digests(
        self, probe: Probe, text_id: int | None, among: Sequence[Checked]
    ) -> frozenset[str]:
        """The digests of attempts with the probe's title whose text nearly equals the probe's."""
        if text_id is None or probe.title is None:
            return frozenset()
        return frozenset(
            c.attempt.digest
            for c in among
            if c.attempt.digest is not None
            and c.attempt.title == probe.title
            and self._are_alike(text_id, c.text_id)
        )

    def _are_alike(self, one: int, other: int | None) -> bool:
        if other is None or one == other:
            return other is not None
        if (one, other) not in self.known:
            before, now = self.texts.get(other), self.texts.get(one)
            self.known[one, other] = (
                before is not None and now is not None and compare(before, now).drift in SAME
            )
        return self.known[one, other]
