"""Searching the archive: what matches, in which order, and how many."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from heapq import nlargest, nsmallest
from typing import TYPE_CHECKING, Any

from archive.db.as_of import seen_as_of
from archive.db.schema.support import NO_LIVE, ONE_VOICE
from archive.show.search import vocabulary
from archive.show.search.asked import Understood, understood
from archive.show.search.hits import Hit, hits_of
from archive.show.search.match import Match, match
from archive.show.withheld import anything, without_hidden

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable

KINDS = {
    "sentence": "citing sentence",
    "report": "report",
    "note": "note",
    "source": "cited page",
}
SUPPORTS = {"one-voice": "one voice", "no-live": "no live support left"}
"""What citing sentences may be chosen by of what they rest on."""
SORTS = {"fit": "best fit", "newest": "newest first", "oldest": "oldest first"}

PAGE = 20
"""Hits on a page."""
MOST_PAGES = 500
MOST_MATCHES = 2_500
"""Matches of each kind that are put in order, the best, where nothing is filtered or sorted by day;
more are counted as "more than". Of the commonest words the others are 125 pages away."""
MOST_RANKED = {"report": 1_000}
"""Matches of a kind that are ranked, the newest captured; of what more reports say than that no
rank tells which one was meant. A report is long: ranking it takes as long as ten sentences."""
_RANKED = 5_000
"""Of other kinds."""


@dataclass(frozen=True, slots=True)
class Question:
    """All that was chosen beside the words; empty where nothing was.

    Attributes:
        since: First day, `YYYY-MM-DD`, of reports by their date, of cited pages by the day they
            say that they were published, else by that of our first copy.
        until: Last day, likewise.
        support: Of `SUPPORTS`; citing sentences alone are looked at then.
        every_version: Also in versions that are not the newest, and other publications.
    """

    words: str = ""
    kind: str = ""
    series: str = ""
    since: str = ""
    until: str = ""
    platform: str = ""
    account: str = ""
    status: str = ""
    language: str = ""
    support: str = ""
    sort: str = "fit"
    every_version: bool = False
    page: int = 1


@dataclass(frozen=True, slots=True)
class SearchAnswer:
    """What was found.

    Attributes:
        total: Matches in all; where `more_than`, of some kind only the best are counted.
        counts: Of each kind; a kind that the filters cannot apply to is absent.
        match: What was looked for; None: nothing that could be.
        loose: Whether nothing was found as asked, and words were taken for beginnings.
        nearest: For words that are not held, words like them.
        doubts: What of the question was passed over.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    counts: dict[str, int] = field(default_factory=dict)
    match: Match | None = None
    loose: bool = False
    nearest: dict[str, list[str]] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()
    more_than: bool = False


# Of many matches all newest versions are made a list first; of few each match is looked at.
_CURRENT_OF_ALL = "versions.id IN (SELECT version_id FROM latest_versions)"
_CURRENT = """EXISTS (
    SELECT 1 FROM publications JOIN reports ON reports.id = publications.report_id
    WHERE publications.id = versions.publication_id AND reports.url = publications.url
      AND versions.version = (
        SELECT v.version FROM versions AS v WHERE v.publication_id = publications.id
        ORDER BY v.complete DESC, v.version DESC LIMIT 1))"""
_OF_REPORT = (
    "AND (:series = '' OR versions.series = :series) "
    "AND (:since = '' OR versions.report_date >= :since) "
    "AND (:until = '' OR versions.report_date <= :until) "
    "AND (:every_version OR {current}) "
)
_CITES = """AND EXISTS (
    SELECT 1 FROM citations JOIN sources ON sources.id = citations.source_id
    WHERE citations.note_id = {note} AND {wanted}) """

_RESTS = """AND EXISTS (
    SELECT 1 FROM sentence_support
    WHERE sentence_support.version_id = markers.version_id
      AND markers.position BETWEEN sentence_support.position AND sentence_support.last_position
      AND {wanted}) """
_RESTING = {"one-voice": ONE_VOICE, "no-live": NO_LIVE}

_SOURCE_FILTERS = {
    "platform": "(:platform = '' OR sources.platform = :platform)",
    "account": "(:account = '' OR sources.account = :account COLLATE NOCASE)",
    "status": "(:status = '' OR sources.status = :status)",
}
_WANTED = " AND ".join(_SOURCE_FILTERS.values())

_SENTENCES = f"""
SELECT min(markers.id) AS id, min(found.rank) AS rank, versions.report_date AS day
FROM {{found}} AS found
CROSS JOIN markers ON markers.id = found.rowid JOIN versions ON versions.id = markers.version_id
WHERE 1 {_OF_REPORT} {{cites}}
GROUP BY versions.id, markers.sentence
"""  # noqa: S608 - of parts that stand here

_NOTES = f"""
SELECT notes.id, found.rank, versions.report_date AS day
FROM {{found}} AS found
CROSS JOIN notes ON notes.id = found.rowid JOIN versions ON versions.id = notes.version_id
WHERE 1 {_OF_REPORT} {{cites}}
"""  # noqa: S608

_REPORTS = f"""
SELECT versions.id, found.rank, versions.report_date AS day
FROM {{found}} AS found
CROSS JOIN versions ON versions.id = found.rowid
WHERE 1 {_OF_REPORT}
"""  # noqa: S608

_TEXTS = "SELECT rowid AS id, rank, NULL AS day FROM {found}"

# What an index finds: the best where there is nothing else to go by; all, with their ranks or
# without, where filters or days decide.
_RANKS = {
    "sentence": ("markers_fts", "rank"),
    "note": ("notes_fts", "rank"),
    "report": ("versions_fts", "bm25(versions_fts, 5.0, 1.0)"),
    "source": ("texts_fts", "bm25(texts_fts, 5.0, 1.0)"),
}
_BEST = (
    "(SELECT * FROM (SELECT rowid, {rank} AS rank FROM {index} WHERE {index} MATCH :match "
    "ORDER BY rowid DESC LIMIT :ranked) ORDER BY rank LIMIT :most)"
)
_ALL = "(SELECT rowid, {rank} AS rank FROM {index} WHERE {index} MATCH :match)"
_MORE = "SELECT 1 FROM {index} WHERE {index} MATCH :match LIMIT 1 OFFSET :most"


# The day is asked only where it is wanted: it stands behind the text, which is long.
_TEXTS_OF = f"""
WITH dated AS (
    SELECT texts.id, found.rank,
           coalesce(texts.published, (SELECT substr(min(captured_at), 1, 10) FROM captures
                                      WHERE captures.text_id = texts.id)) AS day
    FROM {{found}} AS found CROSS JOIN texts ON texts.id = found.rowid
    WHERE (:language = '' OR texts.language = :language))
SELECT id, rank, day FROM dated
WHERE (:since = '' OR day >= :since) AND (:until = '' OR substr(day, 1, 10) <= :until)
  AND (:sources = 0 OR EXISTS (
    SELECT 1 FROM captures LEFT JOIN browser_pages ON browser_pages.capture_id = captures.id
    JOIN sources ON sources.id = coalesce(captures.source_id, browser_pages.source_id)
    WHERE captures.text_id = dated.id AND {_WANTED}
      AND (:series = '' OR EXISTS (
        SELECT 1 FROM citations JOIN versions ON versions.id = citations.version_id
        WHERE citations.source_id = sources.id AND versions.series = :series))))
"""  # noqa: S608


_Row = tuple[int, float, str | None]


def search(connection: sqlite3.Connection, question: Question) -> SearchAnswer:
    """The hits of one page; whatever was typed, an answer."""
    read = understood(question.words)
    if read.asked is None:
        return SearchAnswer(doubts=read.doubts)
    vocabulary.prepare(connection)
    plain = _is_plain(connection, question)
    forms = partial(vocabulary.forms, connection)
    found = match(read.asked, forms)
    with without_hidden(connection):
        matches = _matches(connection, question, found, plain=plain)
        loose = False
        if not any(matches.values()):
            wider = match(read.asked, forms, loose=True)
            matches = _matches(connection, question, wider, plain=plain)
            loose = any(matches.values())
            found = wider if loose else found
    return _answer(connection, question, read, found, matches, loose=loose)


def _answer(
    connection: sqlite3.Connection,
    question: Question,
    read: Understood,
    found: Match,
    matches: dict[str, list[_Row]],
    *,
    loose: bool,
) -> SearchAnswer:
    counts = {kind: len(rows) for kind, rows in matches.items()}
    start = (question.page - 1) * PAGE
    ordered = _ordered(matches, question.sort, start + PAGE)[start:]
    nearest = {}
    if not ordered and seen_as_of(connection) is None:
        nearest = {word: vocabulary.nearest(connection, word) for word in found.unknown[:5]}
    return SearchAnswer(
        hits=tuple(hits_of(connection, ordered, found)),
        total=sum(counts.values()),
        counts=counts,
        match=found,
        loose=loose,
        more_than=_is_plain(connection, question) and _is_cut(connection, matches, found),
        nearest={word: like for word, like in nearest.items() if like},
        doubts=read.doubts,
    )


def _matches(
    connection: sqlite3.Connection, question: Question, found: Match, *, plain: bool
) -> dict[str, list[_Row]]:
    """The matches of each kind that the filters can apply to: id, rank, day."""
    about_source = any((question.platform, question.account, question.status))
    values: dict[str, Any] = {
        "match": found.query, "most": MOST_MATCHES,
        "series": question.series,
        "since": question.since,
        "until": question.until, "platform": question.platform, "account": question.account,
        "status": question.status, "language": question.language,
        "every_version": int(question.every_version),
        "sources": int(about_source or bool(question.series)),
    }  # fmt: skip
    alone = plain and not anything(connection)
    asked = _statements(question, about_source=about_source, alone=alone)
    current = _CURRENT if plain else _CURRENT_OF_ALL
    return {
        kind: [
            (row[0], row[1], row[2])
            for row in connection.execute(
                sql.format(found=_found(kind, question, plain=plain), current=current),
                {**values, "ranked": MOST_RANKED.get(kind, _RANKED)},
            )
        ]
        for kind, sql in asked.items()
        if question.kind in {"", kind}
    }


def _is_plain(connection: sqlite3.Connection, question: Question) -> bool:
    """Whether nothing but the fit decides what is shown first: the indexes hold what is of later,
    too, which would be the best."""
    if seen_as_of(connection) is not None:
        return False
    return question.sort == "fit" and not any(
        (
            question.series, question.since, question.until, question.platform, question.account,
            question.status, question.language, question.support,
        )
    )  # fmt: skip


def _found(kind: str, question: Question, *, plain: bool) -> str:
    """What the index of a kind finds, as a part of a statement."""
    index, rank = _RANKS[kind]
    if question.sort != "fit":
        rank = "0.0"
    return (_BEST if plain else _ALL).format(index=index, rank=rank)


def _is_cut(connection: sqlite3.Connection, kinds: Iterable[str], found: Match) -> bool:
    """Whether an index holds more than are put in order."""
    return any(
        connection.execute(
            _MORE.format(index=_RANKS[kind][0]),
            {"match": found.query, "most": min(MOST_MATCHES, MOST_RANKED.get(kind, _RANKED))},
        ).fetchone()
        for kind in kinds
    )


def _statements(question: Question, *, about_source: bool, alone: bool) -> dict[str, str]:
    note, marked = (
        _CITES.format(note=column, wanted=_WANTED) if about_source else ""
        for column in ("notes.id", "markers.note_id")
    )
    if question.support:
        marked += _RESTS.format(wanted=_RESTING[question.support])
        sentences = _SENTENCES.format(cites=marked, found="{found}", current="{current}")
        return {} if question.language else {"sentence": sentences}
    found = {"source": _TEXTS if alone else _TEXTS_OF}
    if not question.language:
        found = {
            "sentence": _SENTENCES.format(cites=marked, found="{found}", current="{current}"),
            "note": _NOTES.format(cites=note, found="{found}", current="{current}"),
            **found,
        }
        if not about_source:
            found["report"] = _REPORTS
    return found


def _ordered(matches: dict[str, list[_Row]], sort: str, most: int) -> list[tuple[str, int]]:
    """Kind and id of so many matches, in the order wanted.

    Ranks of different indexes do not compare, so each is taken by what the best of its kind has.
    """
    scored = []
    for kind, rows in matches.items():
        best = min((rank for _, rank, _ in rows), default=0.0) or -1.0
        scored += [(kind, number, rank / best, day or "") for number, rank, day in rows]
    places = {kind: place for place, kind in enumerate(KINDS)}
    if sort == "fit":
        found = nsmallest(most, scored, key=lambda one: (-one[2], places[one[0]], one[1]))
    elif sort == "newest":
        found = nlargest(most, scored, key=lambda one: (one[3], one[2], one[0], one[1]))
    else:  # those without a day last
        found = nsmallest(
            most, scored, key=lambda one: (not one[3], one[3], one[2], one[0], one[1])
        )
    return [(kind, number) for kind, number, _, _ in found]
