"""Which sources the filters of a search leave, and how it is told that a match is of one of them.

Of few sources all that cites them, or that they show, is asked for first; of many each match is
looked up. Which of them takes less follows from how many sources and matches there are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

NOTES, CITATIONS = 100_000, 1_000
"""A number of a note, or of a sentence, begins with that of its version, one of a citation with
that of its note: of so many numbers."""

_OF_A_SOURCE = {"note": 4.0, "sentence": 6.0, "source": 12.0}
"""Microseconds to ask for all that is of one source, of a million citations: it has a citation or
three, and dozens of captures."""
_OF_A_MATCH = 8.0
"""To look one up."""
MOST_ASKED = 36_000.0
"""Spent on the first at most."""
_MOST_HELD = int(MOST_ASKED / min(_OF_A_SOURCE.values()))

_FILTERS = {
    "platform": "sources.platform = :platform",
    "account": "sources.account = :account COLLATE NOCASE",
    "status": "sources.status = :status",
}
_HELD = "SELECT id FROM sources WHERE {wanted} LIMIT :most"
# One index has both, of what is cited; the others are in one that says that they are not.
_HELD_SO = """
SELECT id FROM sources WHERE report_count > 0 AND {cited}
UNION ALL SELECT id FROM sources WHERE report_count = 0 AND {checked} LIMIT :most
"""

# From indexes alone.
_CITING_FEW = {
    "note": f"""+rowid IN (
    SELECT citations.id / {CITATIONS} FROM json_each(:held) AS held
    CROSS JOIN citations ON citations.source_id = held.value
    WHERE citations.version_id BETWEEN :first AND :last)""",  # noqa: S608 - numbers of ours
    "sentence": f"""+rowid IN (
    SELECT markers.note_id / {NOTES} * {NOTES} + markers.position FROM json_each(:held) AS held
    CROSS JOIN citations ON citations.source_id = held.value
    CROSS JOIN markers ON markers.note_id = citations.id / {CITATIONS}
    WHERE citations.version_id BETWEEN :first AND :last)""",  # noqa: S608 - numbers of ours
}
_CITING_MANY = {
    "note": """EXISTS (
    SELECT 1 FROM citations CROSS JOIN sources ON sources.id = citations.source_id
    WHERE citations.note_id = {index}.rowid AND {wanted})""",
    "sentence": """EXISTS (
    SELECT 1 FROM markers CROSS JOIN citations ON citations.note_id = markers.note_id
    CROSS JOIN sources ON sources.id = citations.source_id
    WHERE markers.id = {index}.rowid AND {wanted})""",
}
TEXT = "<text>"
"""Stands for the number of a text until it is known what it is called."""
# Nearly all texts are of one source; of others the least and the greatest are asked first.
_HOLDER = f"(SELECT {{least}}(source_id) FROM captures WHERE text_id = {TEXT})"  # noqa: S608
_BOTH = ", ".join(_HOLDER.format(least=end) for end in ("min", "max"))
_BETWEEN = " <> ".join(_HOLDER.format(least=end) for end in ("min", "max"))
_TEXT_OF = f"""(EXISTS (SELECT 1 FROM sources WHERE sources.id IN ({_BOTH}) AND {{wanted}})
OR {_BETWEEN} AND EXISTS (
    SELECT 1 FROM (SELECT DISTINCT source_id FROM captures WHERE text_id = {TEXT}) AS held
    CROSS JOIN sources ON sources.id = held.source_id WHERE {{wanted}})
OR EXISTS (
    SELECT 1 FROM captures
    CROSS JOIN browser_pages ON browser_pages.capture_id = captures.id
    CROSS JOIN sources ON sources.id = browser_pages.source_id
    WHERE captures.text_id = {TEXT} AND captures.source_id IS NULL AND {{wanted}}))"""  # noqa: S608
_TEXT_OF_FEW = f"""+{TEXT} IN (
    SELECT captures.text_id FROM json_each(:held) AS held
    CROSS JOIN captures ON captures.source_id = held.value WHERE {{wanted}}
    UNION ALL SELECT captures.text_id FROM json_each(:held) AS held
    CROSS JOIN browser_pages ON browser_pages.source_id = held.value
    CROSS JOIN captures ON captures.id = browser_pages.capture_id
    WHERE captures.source_id IS NULL AND {{wanted}})"""  # noqa: S608
_OF_SERIES = """EXISTS (
    SELECT 1 FROM series_sources
    WHERE series_sources.source_id = {source} AND series_sources.series = :series)"""
_MATCHES = "SELECT count(*) FROM (SELECT 1 FROM {index} WHERE {index} MATCH :match LIMIT :most)"


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources that the filters leave.

    Attributes:
        wanted: A condition on `sources`, by no index of theirs; empty: all are.
        held: Their numbers, as JSON, where any kind may be asked for by them.
        looked_up: Kinds of which each match is looked up.
        series: Whether a text has to be of a source that a series cites.
        any_left: Whether there is one.
    """

    wanted: str = ""
    held: str = "[]"
    looked_up: frozenset[str] = frozenset()
    series: bool = False
    any_left: bool = True

    def citing(self, kind: str, index: str) -> list[str]:
        """That a note, or a sentence, cites one of them."""
        if not self.wanted:
            return []
        if kind in self.looked_up:
            return [_CITING_MANY[kind].format(wanted=self.wanted, index=index)]
        return [_CITING_FEW[kind]]

    def showing(self) -> list[str]:
        """That a text, `TEXT`, is shown by one of them."""
        wanted = [self.wanted] if self.wanted and "source" in self.looked_up else []
        form, source = (_TEXT_OF, "sources.id")
        if self.wanted and not wanted:
            form, source = _TEXT_OF_FEW, "held.value"
        wanted += [_OF_SERIES.format(source=source)] if self.series else []
        if not (wanted or self.wanted):
            return []
        return [form.format(wanted=" AND ".join(wanted or ["1"]))]


def chosen(
    connection: sqlite3.Connection,
    asked: Mapping[str, str | int],
    match: str,
    indexes: Mapping[str, str],
) -> Sources:
    """What the filters leave.

    Args:
        connection: To the archive.
        asked: Values of the filters by name.
        match: What is looked for, as FTS5 takes it.
        indexes: The full-text index of each kind.
    """
    filters = {name: sql for name, sql in _FILTERS.items() if asked[name]}
    series = bool(asked["series"])
    if not filters:
        return Sources(looked_up=frozenset({"source"} if series else ()), series=series)
    values = {**asked, "most": _MOST_HELD + 1}
    found = [row[0] for row in connection.execute(_held(filters), values).fetchall()]
    if not found:
        return Sources(any_left=False)
    looked_up = {
        kind for kind, each in _OF_A_SOURCE.items()
        if each * len(found) > min(
            MOST_ASKED, _OF_A_MATCH * _matches(connection, indexes[kind], match)
        )
    }  # fmt: skip
    few = len(looked_up) < len(_OF_A_SOURCE)
    return Sources(
        wanted=" AND ".join(f"+{sql}" for sql in filters.values()),
        held=json.dumps(found) if few else "[]",
        looked_up=frozenset(looked_up),
        series=series,
    )


def _held(filters: Mapping[str, str]) -> str:
    checked = " AND ".join(f"+{sql}" for sql in filters.values())
    if filters.keys() == {"platform", "status"}:
        cited = f"{filters['platform']} AND +{filters['status']}"
        return _HELD_SO.format(cited=cited, checked=checked)
    if "account" in filters:  # by its index, whatever stands beside it
        beside = (f"+{sql}" for name, sql in filters.items() if name != "account")
        return _HELD.format(wanted=" AND ".join([filters["account"], *beside]))
    return _HELD.format(wanted=" AND ".join(filters.values()))


def _matches(connection: sqlite3.Connection, index: str, match: str) -> int:
    most = int(MOST_ASKED / _OF_A_MATCH) + 1
    sql = _MATCHES.format(index=index)
    return int(connection.execute(sql, {"match": match, "most": most}).fetchone()[0])
