"""Keeping up to date what citing sentences rest on: after each capture, in the transaction that
writes it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.tables import support_rows, text_rows
from archive.db.tables.report_rows import CITATIONS_PER_NOTE, NOTES_PER_VERSION
from archive.model.support import CitingSentence
from archive.model.vocabulary import Kind, Outcome
from pipeline.decide.support.circular import copied_sentences, may_copy
from pipeline.decide.support.counting import sentences_of, supports_of
from pipeline.decide.support.voices import behind_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    import sqlite_utils

    from archive.model.rows import CaptureUpdate, VersionPlan, VersionRow
    from archive.model.sources import SourceRow
    from archive.model.support import Behind, Citing, Support
    from pipeline.decide.support.counting import Marked


def follow(db: sqlite_utils.Database, update: CaptureUpdate, fresh: Collection[int] = ()) -> None:
    """Count anew what a capture, which is written already, changes of the voices behind sentences.

    How sources fare follows by itself.

    Args:
        db: The archive.
        update: What was written.
        fresh: Sources of which nothing was known before.
    """
    if update.plan is not None:
        follow_versions(db, update.plan, fresh)
    if update.capture.kind == Kind.SOURCE:
        told = _told_anew(db, update)
        for version in support_rows.versions_on(db, told) if told else ():
            held = support_rows.sentences_on(db, version, told)
            found = [CitingSentence(first, last, tuple(ids)) for first, last, ids in held]
            support_rows.put(db, version, _support(db, version, found, {}))


def follow_versions(
    db: sqlite_utils.Database, plan: VersionPlan, fresh: Collection[int] = ()
) -> None:
    """Count the sentences of versions that were written; `fresh` as for `follow`."""
    for row in plan.write:
        version = row.run.representative
        new = {
            source.id: source
            for sources in row.sources
            for source in sources
            if source is not None and source.id in fresh
        }
        support_rows.add(db, version, _support(db, version, sentences_of(_markers(row)), new))


def _markers(row: VersionRow) -> Iterator[Marked]:
    """The markers of a version as they were written, each with the sources of its note: the first
    of its label."""
    notes = list(zip(row.report.notes[:NOTES_PER_VERSION], row.sources, strict=False))
    of_label = {
        note.label: [source.id for source in sources[:CITATIONS_PER_NOTE] if source]
        for note, sources in reversed(notes)
    }
    for position, marker in enumerate(row.report.markers):
        yield position, marker.sentence, marker.section, of_label.get(marker.label, [])


def _told_anew(db: sqlite_utils.Database, update: CaptureUpdate) -> set[int]:
    """Sources on which the capture brings news: by whom they are, of when, on whose word, or that
    another source has the same text."""
    row = update.capture
    assert row.source_id is not None
    told: set[int] = set()
    is_first = row.outcome == Outcome.OK and support_rows.first_good(db, row.source_id) == row.id
    if is_first or row.leads_to is not None:
        told.add(row.source_id)
    texts = set()
    if update.naming is not None and row.text_id is not None:
        texts.add(row.text_id)
    if update.shared is not None:
        pairs = [(one.text_id, one.other_id) for one in update.shared.together]
        texts.update(text for pair in (*pairs, *update.shared.apart) for text in pair)
    return told | set(support_rows.holders(db, texts)) if texts else told


def _support(
    db: sqlite_utils.Database,
    version: int,
    sentences: Sequence[CitingSentence],
    new: Mapping[int, SourceRow],
) -> list[Support]:
    asked = {one for found in sentences for one in found.sources}
    behind = support_rows.behind(db, asked - new.keys())
    behind |= {one: behind_of(new[one]) for one in asked & new.keys()}
    texts = {one.id: one.text_id for one in behind.values() if one.text_id is not None}
    same = support_rows.same(db, texts)
    citing = support_rows.citing(db, version)
    copies = _copies(db, citing, behind.values())
    return supports_of(sentences, behind, same, citing, copies)


def _copies(db: sqlite_utils.Database, citing: Citing, sources: Iterable[Behind]) -> dict[int, int]:
    """How many sentences of a version each of these sources holds, among those that may have copied
    it."""
    able = [one for one in sources if may_copy(one, citing)]
    if not able:
        return {}
    prose = support_rows.prose(db, citing.id)
    return {
        one.id: copied_sentences(prose, text_rows.text(db, one.text_id))
        for one in able
        if one.text_id is not None
    }
