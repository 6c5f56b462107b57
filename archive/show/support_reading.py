"""What citing sentences rest on, read for pages: counts, and the words for them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from archive.show.reading import Row, rows

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping, Sequence

_SENTENCES = """
SELECT position, last_position, sources, own, voices, unnamed, platforms, circular, alive, drifted,
       dead, only_copies
FROM sentence_support WHERE version_id = ? ORDER BY position
"""
_SOURCES = """
SELECT sentence_sources.position, sentence_sources.source_id, sentence_sources.voice,
       sentence_sources.circular, sources.url
FROM sentence_sources JOIN sources ON sources.id = sentence_sources.source_id
WHERE sentence_sources.version_id = ? ORDER BY sentence_sources.position, sources.url
"""
_CIRCULAR = """
SELECT latest_versions.report, sentence_sources.circular, count(*) AS sentences
FROM sentence_sources
CROSS JOIN latest_versions ON latest_versions.version_id = sentence_sources.version_id
WHERE sentence_sources.source_id = ? AND sentence_sources.circular != '{}'
GROUP BY 1, 2 ORDER BY latest_versions.report_date DESC, 1 LIMIT 50
"""


def of_version(connection: sqlite3.Connection, version_id: int) -> dict[int, Row]:
    """By marker, what its sentence rests on; markers of one sentence have one row.

    Returns:
        Nothing for a version that was kept before sentences were counted, until a rebuild.
    """
    found: dict[int, Row] = {}
    behind: dict[int, list[Row]] = {}
    for one in rows(connection, _SOURCES, [version_id]):
        one["circular"] = json.loads(one["circular"])
        one["told"] = circular_told(one["circular"])
        behind.setdefault(one["position"], []).append(one)
    for row in rows(connection, _SENTENCES, [version_id]):
        row["behind"] = behind.get(row["position"], [])
        row["says"], row["warns"] = badge(row), warnings(row, row["behind"])
        row["health"] = health(row)
        names = dict.fromkeys(one["voice"] for one in row["behind"] if one["voice"])
        row["names"] = list(names)
        for position in range(row["position"], row["last_position"] + 1):
            found[position] = row
    return found


def badge(row: Mapping[str, int]) -> str:
    """How many voices, in as few words as fit behind a sentence."""
    if not row["sources"]:
        return "own reports only"
    if row["voices"] == 1 and row["unnamed"] and row["sources"] > 1:
        return "voices not told apart"
    return "one voice" if row["voices"] == 1 else f"{row['voices']} voices"


_COUNTS = (
    "voices", "sources", "own", "unnamed", "circular", "alive", "drifted", "dead", "only_copies",
)  # fmt: skip


def exported(row: Row | None) -> dict[str, Any] | None:
    """What a sentence rests on as programs are given it; None: it was not counted yet.

    Args:
        row: Of `of_version`.
    """
    if row is None:
        return None
    return {
        **{name: row[name] for name in _COUNTS},
        "platforms": [one for one in row["platforms"].split(", ") if one],
        "names": row["names"],
        "one_voice": is_one_voice(row),
        "no_live_support": "no live support left" in row["warns"],
    }


def is_one_voice(row: Mapping[str, int]) -> bool:
    """Whether it is sure that one voice alone stands behind a sentence."""
    return row["voices"] == 1 and (row["unnamed"] == 0 or row["sources"] == 1)


def warnings(row: Mapping[str, int], behind: Iterable[Mapping[str, Any]]) -> list[str]:
    """What a reader should be warned of; counted, never guessed.

    Args:
        row: Of `sentence_support`.
        behind: Its sources, with `circular`.
    """
    found = []
    if row["sources"] and row["dead"] + row["drifted"] == row["sources"]:
        found.append("no live support left")
    kinds = {kind for one in behind for kind in one["circular"]}
    if kinds - {"after"}:
        found.append("circular")
    if "after" in kinds:
        found.append("dated later")
    return found


def health(row: Mapping[str, int]) -> str:
    """How the sources of a sentence fare: `2 alive, 1 dead (the only copy is kept here)`."""
    untold = row["sources"] - row["alive"] - row["drifted"] - row["dead"]
    counts = (
        (row["alive"], "alive"),
        (row["drifted"], "with another text now"),
        (row["dead"], "dead"),
        (untold, "of which nothing can be said"),
    )
    said = ", ".join(f"{count} {words}" for count, words in counts if count)
    only = row["only_copies"]
    return f"{said}; of {only} the only copy is kept here" if only else said


def circular_told(kinds: Mapping[str, Any]) -> list[str]:
    """Why a source is circular, in words; nothing where it is not."""
    words = {
        "names": "names the authors of the report: \u201c{}\u201d",
        "links": "links to them: {}",
        "copies": "has {} sentences of the report word for word",
        "after": "is dated {}, after the report",
    }
    return [text.format(kinds[kind]) for kind, text in words.items() if kind in kinds]


def circular_of(connection: sqlite3.Connection, source_id: int) -> list[Row]:
    """Reports that a source is circular for, each with why, the newest first."""
    found = rows(connection, _CIRCULAR, [source_id])
    return [{**row, "told": circular_told(json.loads(row["circular"]))} for row in found]


def summary(found: Iterable[Row]) -> Row | None:
    """How many sentences of a version rest on one voice, and so on; None: none is counted."""
    sentences: Sequence[Row] = list({one["position"]: one for one in found}.values())
    if not sentences:
        return None
    return {
        "sentences": len(sentences),
        "one_voice": sum(is_one_voice(one) for one in sentences),
        "own_only": sum(not one["sources"] for one in sentences),
        "no_live": sum("no live support left" in one["warns"] for one in sentences),
        "circular": sum(bool(one["circular"]) for one in sentences),
    }
