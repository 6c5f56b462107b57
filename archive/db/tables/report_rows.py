"""Writing versions, their notes and citations, and refreshing what follows: publication, report;
what follows for sources is in `archive.db.tables.cited_rows`."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from archive.db.tables import cited_rows, kept_rows
from archive.urls.publishers.registry import FIRST

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import sqlite_utils

    from archive.model.reports import Change, Figure, Marker, Note
    from archive.model.rows import VersionPlan, VersionRow, VersionTouch

NOTES_PER_VERSION = 100_000
CITATIONS_PER_NOTE = 1_000
"""Room in the ids: the largest real report has 340 citations, a hostile page is cut at these
numbers."""

_VERSION_COLUMNS = (
    "id", "publication_id", "report_id", "version", "first_captured_at", "last_captured_at",
    "captures", "complete",
    "title", "text", "report_date", "series", "edition", "authors", "cutoff_text", "dateline_text",
    "takeaways", "corrections", "sections", "links", "published_at", "modified_at", "parser",
    "quality",
    "doubts", "content_digest", "change",
)  # fmt: skip
_INSERT_VERSION = (
    f"INSERT INTO versions ({', '.join(_VERSION_COLUMNS)}) "  # noqa: S608 - names from above
    f"VALUES ({', '.join(':' + name for name in _VERSION_COLUMNS)})"
)

_TOUCH_VERSION = """
UPDATE versions SET version = ?, first_captured_at = ?, last_captured_at = ?, captures = ?,
    complete = ?, change = ? WHERE id = ?
"""

_NEWEST = """
SELECT report_id, title FROM versions WHERE publication_id = ? ORDER BY complete DESC, version DESC
    LIMIT 1
"""

# The publication shown for a report: ISW's newest address first, then its older one, then CTP's
# mirror.
_SHOWN = """
SELECT publications.url, versions.title, versions.series, versions.report_date, versions.edition
FROM publications JOIN versions ON versions.publication_id = publications.id
WHERE publications.report_id = ?
ORDER BY publications.publisher != ?, publications.url NOT LIKE '%/research/%', publications.url,
         versions.complete DESC, versions.version DESC
LIMIT 1
"""

_MERGE_REPORT = """
INSERT INTO reports (id, series, report_date, edition, title, url) VALUES (?, ?, ?, ?, ?, ?)
ON CONFLICT (id) DO UPDATE SET title = excluded.title, url = excluded.url, series = excluded.series,
    report_date = excluded.report_date, edition = excluded.edition
"""


def apply(db: sqlite_utils.Database, publication_id: int, plan: VersionPlan) -> set[int]:
    """Bring one publication's versions into the planned state, inside the caller's transaction;
    returns the sources that nobody cited or captured before."""
    touched = set(cited_rows.sources_of(db, plan.delete))
    reports = _report_of(db, publication_id)
    db.conn.executemany("DELETE FROM versions WHERE id = ?", [(id_,) for id_ in plan.delete])
    moved = _begun_otherwise(db, plan.touch)
    _touch(db, plan.touch)
    fresh: set[int] = set()
    for row in plan.write:
        known, new = _write(db, publication_id, row)
        touched |= known
        fresh |= new
    is_another = refresh_publication(db, publication_id)
    # of another report, all that its versions cite is cited by that one, also what only one cites
    # that the plan leaves as it is
    changed = _others_of(db, publication_id, plan) if is_another else moved
    touched.update(cited_rows.sources_of(db, changed))
    if (plan.delete or plan.write or is_another) and not kept_rows.wait(db):
        now = _report_of(db, publication_id)
        kept_rows.follow(db, touched - fresh, reports | now)
        kept_rows.add(db, fresh, now)
    cited_rows.refresh(db, touched)
    refresh_report_events(db, publication_id)
    return fresh


def _touch(db: sqlite_utils.Database, touches: Sequence[VersionTouch]) -> None:
    """Give versions that stay their new numbers, spans and changes."""
    # numbers are unique: all move out of the way before they get their new ones
    stay = [(touch.run.representative,) for touch in touches]
    db.conn.executemany("UPDATE versions SET version = -version WHERE id = ?", stay)
    db.conn.executemany(
        _TOUCH_VERSION,
        [
            (
                touch.version, touch.run.first_captured_at, touch.run.last_captured_at,
                len(touch.run.captures), touch.run.complete, _json_change(touch.change),
                touch.run.representative,
            )
            for touch in touches
        ],
    )  # fmt: skip


def _others_of(db: sqlite_utils.Database, publication_id: int, plan: VersionPlan) -> list[int]:
    """Versions of a publication that a plan does not write."""
    written = {row.run.representative for row in plan.write}
    sql = "SELECT id FROM versions WHERE publication_id = ?"
    rows = db.execute(sql, [publication_id]).fetchall()
    return [row[0] for row in rows if row[0] not in written]


def _report_of(db: sqlite_utils.Database, publication_id: int) -> set[str]:
    sql = "SELECT report_id FROM publications WHERE id = ? AND report_id IS NOT NULL"
    return {row[0] for row in db.execute(sql, [publication_id]).fetchall()}


def _begun_otherwise(db: sqlite_utils.Database, touches: Sequence[VersionTouch]) -> list[int]:
    """Versions that stay and began at another moment than was thought: nothing else of a version
    that stays tells on its sources."""
    if not touches:
        return []
    begun = {touch.run.representative: touch.run.first_captured_at for touch in touches}
    held = db.execute(
        "SELECT id, first_captured_at FROM versions WHERE id IN (SELECT value FROM json_each(?))",
        [json.dumps(list(begun))],
    )
    return [number for number, at in held.fetchall() if begun[number] != at]


def refresh_publication(db: sqlite_utils.Database, publication_id: int) -> bool:
    """Set the publication's row anew by its newest complete version, and the rows of its reports.
    Returns whether it belongs to another report now."""
    before = db.execute(
        "SELECT report_id FROM publications WHERE id = ?", [publication_id]
    ).fetchone()[0]
    newest = db.execute(_NEWEST, [publication_id]).fetchone()
    after, title = newest or (None, None)
    if after is not None and after != before:
        # a stand-in, so that the publication can refer to it; `_refresh_report` fills it in
        db.execute(
            "INSERT OR IGNORE INTO reports (id, series, title, url) VALUES (?, '', '', '')", [after]
        )
    db.execute(
        "UPDATE publications SET report_id = ?, title = coalesce(?, title) WHERE id = ?",
        [after, title, publication_id],
    )
    for report_id in {before, after} - {None}:
        _refresh_report(db, report_id)
    return bool(after != before)


def _refresh_report(db: sqlite_utils.Database, report_id: str) -> None:
    shown = db.execute(_SHOWN, [report_id, FIRST]).fetchone()
    if shown is None:
        db.execute("DELETE FROM reports WHERE id = ?", [report_id])
        return
    url, title, series, date, edition = shown
    db.execute(_MERGE_REPORT, [report_id, series, date, edition, title, url])


def _write(
    db: sqlite_utils.Database, publication_id: int, row: VersionRow
) -> tuple[set[int], set[int]]:
    """Insert one version with all that hangs on it; returns those of its sources that were there
    before, and those that were not."""
    version_id = row.run.representative
    db.execute(_INSERT_VERSION, _version_values(publication_id, row))
    _put_figures(db, version_id, row.report.figures)
    notes = row.report.notes[:NOTES_PER_VERSION]
    _put_notes(db, version_id, notes)
    cited = {source.id: source for of_note in row.sources for source in of_note if source}
    found = cited_rows.cite(db, cited, row.run.first_captured_at, row.report.report_date)
    db.conn.executemany(
        "INSERT INTO citations (id, note_id, version_id, position, source_id, url, as_printed, "
        "repairs) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        list(_citations(version_id, row)),
    )
    of_label = {note.label: _note_id(version_id, n) for n, note in reversed(list(enumerate(notes)))}
    _put_markers(db, version_id, row.report.markers, of_label)
    return found


def _put_figures(db: sqlite_utils.Database, version_id: int, figures: Sequence[Figure]) -> None:
    db.conn.executemany(
        "INSERT INTO figures (version_id, position, url, caption) VALUES (?, ?, ?, ?)",
        [(version_id, n, f.url, f.caption) for n, f in enumerate(figures)],
    )


def _put_notes(db: sqlite_utils.Database, version_id: int, notes: Sequence[Note]) -> None:
    db.conn.executemany(
        "INSERT INTO notes (id, version_id, position, label, text, kind, repairs) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (_note_id(version_id, n), version_id, n, o.label, o.text, o.kind, _listed(o.repairs))
            for n, o in enumerate(notes)
        ],
    )


def _put_markers(
    db: sqlite_utils.Database,
    version_id: int,
    markers: Sequence[Marker],
    of_label: Mapping[str, int],
) -> None:
    """Each marker with its sentence, tied to the first note of its label."""
    db.conn.executemany(
        "INSERT INTO markers (version_id, position, label, sentence, section, note_id, repairs, "
        "hedge, role) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                version_id,
                n,
                m.label,
                m.sentence,
                m.section,
                of_label.get(m.label),
                _listed(m.repairs),
                m.speech.hedge if m.speech else None,
                m.speech.role if m.speech else None,
            )
            for n, m in enumerate(markers)
        ],
    )
    spoken = Counter((m.speech.hedge, m.speech.role or "") for m in markers if m.speech)
    db.conn.executemany(
        "INSERT INTO version_hedges (version_id, hedge, role, markers) VALUES (?, ?, ?, ?)",
        [(version_id, hedge, role, number) for (hedge, role), number in spoken.items()],
    )


def _citations(version_id: int, row: VersionRow) -> Iterator[tuple[Any, ...]]:
    for n, (note, sources) in enumerate(
        zip(row.report.notes[:NOTES_PER_VERSION], row.sources, strict=False)
    ):
        note_id = _note_id(version_id, n)
        pairs = zip(note.urls[:CITATIONS_PER_NOTE], sources, strict=False)
        for position, (cited, source) in enumerate(pairs):
            yield (
                note_id * CITATIONS_PER_NOTE + position,
                note_id,
                version_id,
                position,
                source.id if source else None,
                cited.url,
                cited.as_printed,
                _listed(cited.repairs),
            )


@lru_cache(maxsize=1024)
def _listed(names: tuple[str, ...]) -> str:
    """As JSON; names of repairs, of which there are few."""
    return json.dumps(names)


def _note_id(version_id: int, position: int) -> int:
    return version_id * NOTES_PER_VERSION + position


def _version_values(publication_id: int, row: VersionRow) -> dict[str, Any]:
    report, run = row.report, row.run
    lists = {
        name: json.dumps(getattr(report, name), ensure_ascii=False)
        for name in ("authors", "takeaways", "corrections", "links")
    }
    plain = {
        name: getattr(report, name)
        for name in ("title", "text", "report_date", "series", "edition", "cutoff_text",
            "dateline_text",
                     "published_at", "modified_at", "parser")
    }  # fmt: skip
    return {
        **lists,
        **plain,
        "id": run.representative,
        "publication_id": publication_id,
        "report_id": row.report_id,
        "version": row.version,
        "first_captured_at": run.first_captured_at,
        "last_captured_at": run.last_captured_at,
        "captures": len(run.captures),
        "complete": run.complete,
        "sections": json.dumps(
            [{"heading": s.heading, "text": s.text} for s in report.sections], ensure_ascii=False
        ),
        "quality": json.dumps(asdict(report.quality), ensure_ascii=False),
        "doubts": len(report.quality.flags),
        "content_digest": row.digest,
        "change": _json_change(row.change),
    }


def _json_change(change: Change | None) -> str | None:
    return None if change is None else json.dumps(asdict(change), ensure_ascii=False)


# An edit of a report; and what it admits that the version before did not: of the first version, all
# that it admits.
_REPORT_EVENTS = """
WITH ordered AS (
    SELECT id, publication_id, report_id, version, first_captured_at, change, corrections, title,
           lag(corrections, 1, '[]') OVER (ORDER BY version) AS before
    FROM versions WHERE publication_id = :publication),
admitted AS (
    SELECT ordered.*, (SELECT json_group_array(value) FROM json_each(corrections)
                       WHERE value NOT IN (SELECT value FROM json_each(before))) AS fresh
    FROM ordered)
INSERT INTO events (id, at, kind, subject, publication_id, capture_id, detail)
SELECT 'report-edited:' || id, first_captured_at, 'report-edited', report_id, publication_id, id,
       json_object('version', version, 'title', title, 'change', json(change))
FROM ordered WHERE change IS NOT NULL
UNION ALL
SELECT 'correction:' || id, first_captured_at, 'correction', report_id, publication_id, id,
       json_object('version', version, 'title', title, 'corrections', json(fresh))
FROM admitted WHERE fresh != '[]'
"""


def refresh_report_events(db: sqlite_utils.Database, publication_id: int) -> None:
    """Set a publication's events anew by its versions."""
    db.execute("DELETE FROM events WHERE publication_id = ?", [publication_id])
    db.execute(_REPORT_EVENTS, {"publication": publication_id})
