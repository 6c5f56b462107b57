"""What citing sentences rest on: what that is told by, and how it is written."""

from __future__ import annotations

import json
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from archive.db.schema.large import SUPPORT_OF
from archive.model.support import Behind, Citing, Naming

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import sqlite_utils

    from archive.model.support import Support

_COUNT = f"INSERT OR REPLACE INTO version_support {SUPPORT_OF.format(chosen='version_id = ?')}"
_NAMED = """
INSERT INTO circular_texts (text_id, names, links) VALUES (?, ?, ?)
ON CONFLICT (text_id) DO UPDATE SET
    links = min(coalesce(links, excluded.links), coalesce(excluded.links, links))
"""

# What a source says is what its first good capture said, our own before another archive's.
_FIRST = """
(SELECT captures.id FROM captures WHERE captures.source_id = {source} AND +captures.outcome = 'ok'
 ORDER BY captures.via = 'wayback', captures.captured_at, captures.id LIMIT 1)
"""

_BEHIND = f"""
SELECT sources.id, sources.url, sources.platform, sources.account, sources.host, sources.domain,
       sources.publication_key IS NOT NULL AS is_report,
       (SELECT leads_to FROM captures WHERE captures.source_id = sources.id
        AND leads_to IS NOT NULL ORDER BY captured_at, id LIMIT 1) AS leads_to,
       json_extract(held.facts, '$.forwarded_from') AS forwarded_from,
       json_extract(held.facts, '$.forwarded_url') AS forwarded_url, texts.author,
       coalesce(substr(json_extract(held.facts, '$.posted_at'), 1, 10), texts.published) AS dated,
       texts.language, held.text_id, circular_texts.names, circular_texts.links,
       sources.status, sources.only_copy
FROM json_each(?) AS wanted
JOIN sources ON sources.id = wanted.value
LEFT JOIN captures AS held ON held.id = {_FIRST.format(source="sources.id")}
LEFT JOIN texts ON texts.id = held.text_id
LEFT JOIN circular_texts ON circular_texts.text_id = held.text_id
"""  # noqa: S608 - constants of this module

_IS_REPORT = 6
NOT_NAMED = Naming()

_AT = """
SELECT sentence_support.position, last_position, json_group_array(source_id)
FROM (SELECT DISTINCT version_id, position FROM sentence_sources
      WHERE source_id IN (SELECT value FROM json_each(:sources)) AND version_id = :version) AS here
JOIN sentence_support ON sentence_support.version_id = here.version_id
     AND sentence_support.position = here.position
JOIN sentence_sources ON sentence_sources.version_id = here.version_id
     AND sentence_sources.position = here.position
GROUP BY sentence_support.position
"""

_NEAR = """
SELECT text_id, other_id FROM near_texts
WHERE text_id IN (SELECT value FROM json_each(:texts))
  AND other_id IN (SELECT value FROM json_each(:texts))
"""

_CITING = """
SELECT id, max(coalesce(report_date, ''), coalesce(substr(published_at, 1, 10), ''),
               coalesce(substr(modified_at, 1, 10), '')) FROM versions WHERE id = ?
"""

_SUPPORT = """
INSERT INTO sentence_support (version_id, position, last_position, sources, own, voices, unnamed,
    platforms, circular, alive, drifted, dead, only_copies)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""


def name(db: sqlite_utils.Database, text_id: int, naming: Naming) -> None:
    """Write what a text says of the publishers; of several captures of one text, in any order."""
    db.execute(_NAMED, [text_id, naming.names, naming.links])


def behind(db: sqlite_utils.Database, sources: Iterable[int]) -> dict[int, Behind]:
    """What tells the voices of these sources."""
    rows = db.execute(_BEHIND, [json.dumps(sorted(sources))]).fetchall()
    return {row[0]: _as_behind(row) for row in rows}


def _as_behind(row: tuple[Any, ...]) -> Behind:
    """A row of `_BEHIND`, whose columns stand in the order of the fields of `Behind`: by name, a
    source takes twice as long."""
    *values, names, links, status, only_copy = row
    values[_IS_REPORT] = bool(values[_IS_REPORT])
    values += (Naming(names, links) if names or links else NOT_NAMED, status, bool(only_copy))
    return Behind(*values)


def same(db: sqlite_utils.Database, texts: dict[int, int]) -> list[tuple[int, int]]:
    """Pairs of sources whose texts are the same or nearly the same; of many with one text, a chain.

    Args:
        db: The archive.
        texts: By source.
    """
    if not texts:
        return []
    listed = json.dumps(sorted(set(texts.values())))
    words = dict(
        db.execute(
            "SELECT DISTINCT text_id, same FROM source_texts "
            "WHERE text_id IN (SELECT value FROM json_each(?))",
            [listed],
        ).fetchall()
    )
    near = db.execute(_NEAR, {"texts": listed}).fetchall()
    ties = [*((words[one], words[other]) for one, other in near if {one, other} <= words.keys())]
    held: dict[int, list[int]] = {}
    for source, text in sorted(texts.items()):
        if text in words:
            held.setdefault(words[text], []).append(source)
    chains = [(one, other) for those in held.values() for one, other in pairwise(those)]
    return [*chains, *((held[one][0], held[other][0]) for one, other in ties)]


def sentences_on(
    db: sqlite_utils.Database, version_id: int, sources: Iterable[int]
) -> list[tuple[int, int, list[int]]]:
    """The sentences of a version that rest on these sources: first and last marker, all sources."""
    asked = {"version": version_id, "sources": json.dumps(sorted(sources))}
    return [(*row[:2], json.loads(row[2])) for row in db.execute(_AT, asked).fetchall()]


def versions_on(db: sqlite_utils.Database, sources: Iterable[int]) -> list[int]:
    """The versions that have a counted sentence on one of these sources."""
    asked = """
        SELECT DISTINCT version_id FROM sentence_sources
        WHERE source_id IN (SELECT value FROM json_each(?)) ORDER BY version_id
        """
    return [row[0] for row in db.execute(asked, [json.dumps(sorted(sources))]).fetchall()]


def citing(db: sqlite_utils.Database, version_id: int) -> Citing:
    """A version as far as it matters who spoke first."""
    number, day = db.execute(_CITING, [version_id]).fetchone()
    return Citing(number, day or None)


def prose(db: sqlite_utils.Database, version_id: int) -> str:
    """What a version says, with its markers."""
    found: str = db.execute("SELECT text FROM versions WHERE id = ?", [version_id]).fetchone()[0]
    return found


def first_good(db: sqlite_utils.Database, source_id: int) -> int | None:
    """The capture that says what a source said."""
    found = db.execute(f"SELECT {_FIRST.format(source='?')}", [source_id]).fetchone()[0]
    return int(found) if found is not None else None


def holders(db: sqlite_utils.Database, texts: Iterable[int]) -> list[int]:
    """The sources that one of these texts was captured of."""
    asked = """
        SELECT DISTINCT source_id FROM captures
        WHERE text_id IN (SELECT value FROM json_each(?)) AND source_id IS NOT NULL
        """
    return [row[0] for row in db.execute(asked, [json.dumps(sorted(texts))]).fetchall()]


def put(db: sqlite_utils.Database, version_id: int, found: Sequence[Support]) -> None:
    """Write what some sentences of a version rest on, in place of what stood there."""
    places = [(version_id, one.position) for one in found]
    for table in ("sentence_sources", "sentence_support"):
        db.conn.executemany(
            f"DELETE FROM {table} WHERE version_id = ? AND position = ?",  # noqa: S608 - ours
            places,
        )
    add(db, version_id, found)


def add(db: sqlite_utils.Database, version_id: int, found: Sequence[Support]) -> None:
    """Write what the sentences of a version rest on that was just written, with nothing of the
    kind."""
    db.conn.executemany(_SUPPORT, [_values(version_id, one) for one in found])
    db.conn.executemany(
        "INSERT INTO sentence_sources (version_id, position, source_id, voice, circular) "
        "VALUES (?, ?, ?, ?, ?)",
        [
            (version_id, one.position, source.source_id, source.voice, _json(source.circular))
            for one in found
            for source in one.behind
        ],
    )
    db.execute(_COUNT, [version_id])


def _values(version_id: int, one: Support) -> tuple[Any, ...]:
    return (
        version_id, one.position, one.last, one.sources, one.own, one.voices, one.unnamed,
        ", ".join(one.platforms), one.circular, one.alive, one.drifted, one.dead, one.only_copies,
    )  # fmt: skip


def _json(circular: Any) -> str:
    return json.dumps(circular, ensure_ascii=False, sort_keys=True) if circular else "{}"
