"""What is held of words: sentences of reports and cited pages that have them, as they stand or
nearly.

A paragraph is a part of a page, so that pages are found by runs of its words in the full-text
index, and whole pages that say the same by the numbers that near texts share; both are then
compared word by word.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from archive.folding import fold
from archive.near_duplicates import NEAR, contained, resemblance, signature
from archive.show.held.answer import MOST, HeldAnswer, Row
from archive.show.reading import first_row, rows
from archive.show.search.asked import WORD

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator

    from archive.show.held.asked import HeldQuery

LEAST_WORDS = 4
"""Fewer are in everything; the search is for them."""
RUN_WORDS = 6
"""A run of six words is hardly ever in two texts by chance."""
MOST_RUNS = 16
"""Looked for, spread evenly; each takes a few milliseconds."""
_MOST_OF_A_RUN = 200
_MOST_COMPARED = 60
HELD_FROM = 0.5
"""Share of the words asked for, in runs of five, from which a text holds them."""

_SENTENCES = "SELECT rowid FROM markers_fts WHERE markers_fts MATCH ? LIMIT ?"
_NOTES = "SELECT rowid FROM notes_fts WHERE notes_fts MATCH ? LIMIT ?"
_TEXTS = "SELECT rowid FROM texts_fts WHERE texts_fts MATCH ? LIMIT ?"
_VERSIONS = "SELECT rowid FROM versions_fts WHERE versions_fts MATCH ? LIMIT ?"
_BANDS = "SELECT text_id FROM text_bands WHERE band = ? LIMIT 200"
_SHARED_BANDS = 2

_SENTENCE = """
SELECT markers.sentence, markers.label, versions.id AS version_id, versions.title,
       versions.report_date, publications.report_id AS report
FROM markers JOIN versions ON versions.id = markers.version_id
JOIN publications ON publications.id = versions.publication_id WHERE markers.id = ?
"""
_NOTE = """
SELECT notes.text AS sentence, notes.label, versions.id AS version_id, versions.title,
       versions.report_date, publications.report_id AS report
FROM notes JOIN versions ON versions.id = notes.version_id
JOIN publications ON publications.id = versions.publication_id WHERE notes.id = ?
"""
_VERSION = """
SELECT versions.text, versions.title, versions.report_date, versions.id AS version_id,
       publications.report_id AS report, publications.url, publications.captures
FROM versions JOIN publications ON publications.id = versions.publication_id
WHERE versions.id = ? AND publications.report_id IS NOT NULL
"""
_TEXT = """
SELECT texts.id AS text_id, texts.text, texts.title, texts.language, texts.published,
       captures.id AS capture_id, captures.captured_at, captures.source_id, sources.url,
       sources.platform, sources.account, sources.status
FROM texts
JOIN captures ON captures.text_id = texts.id
LEFT JOIN sources ON sources.id = captures.source_id
WHERE texts.id = ? ORDER BY captures.captured_at, captures.id LIMIT 1
"""


def by_words(connection: sqlite3.Connection, asked: HeldQuery) -> HeldAnswer:
    """Sentences, reports and cited pages that have these words."""
    words = WORD.findall(fold(asked.value).lower())
    if len(words) < LEAST_WORDS:
        return HeldAnswer(asked, beside={"too_few_words": LEAST_WORDS})
    runs = list(_runs(words))
    return HeldAnswer(
        asked,
        reports=tuple(_reports(connection, asked.value, runs)),
        sentences=tuple(_sentences(connection, asked.value, runs)),
        texts=tuple(texts(connection, asked.value, runs)),
    )


def _runs(words: list[str]) -> Iterator[str]:
    """Phrases of the full-text index, spread over the words."""
    last = max(len(words) - RUN_WORDS, 0)
    count = min(MOST_RUNS, last // RUN_WORDS + 1 + (last % RUN_WORDS > 0))
    starts = [round(last * at / max(count - 1, 1)) for at in range(count)]
    for start in dict.fromkeys(starts):
        yield f'"{" ".join(words[start : start + RUN_WORDS])}"'


def _matching(connection: sqlite3.Connection, sql: str, runs: Iterable[str]) -> list[int]:
    """Rows that have the most of the runs, first."""
    held: Counter[int] = Counter()
    for run in runs:
        held.update(row[0] for row in connection.execute(sql, [run, _MOST_OF_A_RUN]).fetchall())
    return [number for number, _ in held.most_common(_MOST_COMPARED)]


def _sentences(connection: sqlite3.Connection, text: str, runs: list[str]) -> list[Row]:
    found: dict[tuple[str, str], Row] = {}
    for index, sql in ((_SENTENCES, _SENTENCE), (_NOTES, _NOTE)):
        for number in _matching(connection, index, runs):
            row = first_row(connection, sql, [number])
            if row is None or row["report"] is None:
                continue
            share = max(contained(text, row["sentence"]), contained(row["sentence"], text))
            if share >= HELD_FROM:
                found.setdefault((row["report"], row["sentence"]), {**row, "share": share})
    return sorted(found.values(), key=_newest, reverse=True)[:MOST]


def _newest(row: Row) -> tuple[float, str]:
    return row["share"], str(row["report_date"] or "")


def _reports(connection: sqlite3.Connection, text: str, runs: list[str]) -> list[Row]:
    found: dict[str, Row] = {}
    for number in _matching(connection, _VERSIONS, runs):
        row = first_row(connection, _VERSION, [number])
        if row is None:
            continue
        share = contained(text, f"{row['title']}\n{row.pop('text')}")
        held = found.get(row["report"])
        if share >= HELD_FROM and (held is None or held["share"] < share):
            found[row["report"]] = {**row, "share": share}
    return sorted(found.values(), key=_newest, reverse=True)[:MOST]


def texts(connection: sqlite3.Connection, text: str, runs: list[str] | None = None) -> list[Row]:
    """Cited pages that have these words, or nearly say the same; the nearest first.

    Args:
        connection: To the archive.
        text: The words.
        runs: Phrases of them; None: they are made.
    """
    if runs is None:
        runs = list(_runs(WORD.findall(fold(text).lower())))
    candidates = dict.fromkeys(
        [*_near(connection, text), *_matching(connection, _TEXTS, runs)]
    )  # fmt: skip
    found = []
    for number in list(candidates)[: 2 * _MOST_COMPARED]:
        row = first_row(connection, _TEXT, [number])
        if row is None:
            continue
        other = row.pop("text")
        share, alike = contained(text, other), resemblance(text, other)
        if share >= HELD_FROM or alike >= NEAR:
            found.append({**row, "share": share, "resemblance": alike})
    found.sort(key=lambda one: (-one["share"], -one["resemblance"], one["captured_at"]))
    return found[:MOST]


def _near(connection: sqlite3.Connection, text: str) -> list[int]:
    """Texts that share two bands or more with this one."""
    mark = signature(text)
    shared: Counter[int] = Counter()
    for band in mark.bands if mark else ():
        shared.update(row["text_id"] for row in rows(connection, _BANDS, [band]))
    return [number for number, count in shared.most_common() if count >= _SHARED_BANDS]
