"""Searching the archive: what matches, in which order, and how many."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from heapq import nlargest, nsmallest
from typing import TYPE_CHECKING

from archive.db.as_of import seen_as_of
from archive.show.search import vocabulary
from archive.show.search.asked import Understood, parse_query
from archive.show.search.hits import Hit, hits_of
from archive.show.search.match import Match, match
from archive.show.search.narrowed import CURRENT, Narrowed, Search, narrowed
from archive.show.withheld import any_withheld, without_hidden

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping, Sequence

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
MOST_LEFT = 2_000
"""Matches of a kind that filters leave and that are put in order, of reports as many as are ranked;
those that they do not leave are looked at, too."""
_PAGES_AHEAD = 10
"""By day no more matches are looked for than fill this page and so many after it."""
_FILTERS = (
    "series", "since", "until", "platform", "account", "status", "language", "support",
)  # fmt: skip


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


_SENTENCES = """
SELECT min(markers.id) AS id, min(found.rank) AS rank, versions.report_date AS day
FROM {found} AS found
CROSS JOIN markers ON markers.id = found.rowid JOIN versions ON versions.id = markers.version_id
WHERE {current} GROUP BY versions.id, markers.sentence
"""
_NOTES = """
SELECT notes.id, found.rank, versions.report_date AS day
FROM {found} AS found
CROSS JOIN notes ON notes.id = found.rowid JOIN versions ON versions.id = notes.version_id
WHERE {current}
"""
_REPORTS = """
SELECT versions.id, found.rank, versions.report_date AS day
FROM {found} AS found CROSS JOIN versions ON versions.id = found.rowid WHERE {current}
"""
_TEXTS = "SELECT rowid AS id, rank, NULL AS day FROM {found}"
# what is withheld is left out of the table, not of the index
_SHOWN_TEXTS = """
SELECT texts.id, found.rank, NULL AS day
FROM {found} AS found CROSS JOIN texts ON texts.id = found.rowid
"""
_PLAIN = {"sentence": _SENTENCES, "note": _NOTES, "source": _TEXTS, "report": _REPORTS}

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
_MORE = "SELECT 1 FROM {index} WHERE {index} MATCH :match LIMIT 1 OFFSET :most"


_Row = tuple[int, float, str | None]


def search(connection: sqlite3.Connection, question: Question) -> SearchAnswer:
    """The hits of one page; whatever was typed, an answer."""
    read = parse_query(question.words)
    if read.asked is None:
        return SearchAnswer(doubts=read.doubts)
    vocabulary.prepare(connection)
    forms = partial(vocabulary.forms, connection)
    found = match(read.asked, forms)
    with without_hidden(connection):
        matches = _matches(connection, question, found)
        loose = False
        if not any(one.rows for one in matches.values()):
            wider = match(read.asked, forms, loose=True)
            matches = _matches(connection, question, wider)
            loose = any(one.rows for one in matches.values())
            found = wider if loose else found
    return _answer(connection, question, read, found, matches, loose=loose)


def _answer(
    connection: sqlite3.Connection,
    question: Question,
    read: Understood,
    found: Match,
    matches: dict[str, Narrowed],
    *,
    loose: bool,
) -> SearchAnswer:
    counts = {kind: len(one.rows) for kind, one in matches.items()}
    start = (question.page - 1) * PAGE
    rows = {kind: one.rows for kind, one in matches.items()}
    ordered = _ordered(rows, question.sort, start + PAGE)[start:]
    nearest = {}
    if not ordered and seen_as_of(connection) is None:
        nearest = {word: vocabulary.nearest(connection, word) for word in found.unknown[:5]}
    return SearchAnswer(
        hits=tuple(hits_of(connection, ordered, found)),
        total=sum(counts.values()),
        counts=counts,
        match=found,
        loose=loose,
        more_than=any(one.more for one in matches.values()),
        nearest={word: like for word, like in nearest.items() if like},
        doubts=read.doubts,
    )


def _matches(
    connection: sqlite3.Connection, question: Question, found: Match
) -> dict[str, Narrowed]:
    """The matches of each kind that the filters can apply to: id, rank, day."""
    kinds = [kind for kind in _kinds(question) if question.kind in {"", kind}]
    if _is_plain(connection, question):
        every = question.every_version
        return {kind: _best(connection, kind, found, every_version=every) for kind in kinds}
    asked = {name: getattr(question, name) for name in _FILTERS}
    asked |= {"every_version": int(question.every_version)}
    most = {kind: MOST_RANKED.get(kind, MOST_LEFT) for kind in KINDS}
    shown = (question.page + _PAGES_AHEAD) * PAGE
    return narrowed(
        connection, Search(found.query, asked, question.sort, _RANKS, most, shown), kinds
    )


def _best(
    connection: sqlite3.Connection, kind: str, found: Match, *, every_version: bool
) -> Narrowed:
    """The best matches of a kind, where nothing else decides."""
    index, rank = _RANKS[kind]
    sql = _SHOWN_TEXTS if kind == "source" and any_withheld(connection) else _PLAIN[kind]
    ranked = MOST_RANKED.get(kind, _RANKED)
    values = {"match": found.query, "most": MOST_MATCHES, "ranked": ranked}
    best = _BEST.format(index=index, rank=rank)
    current = "1" if every_version else CURRENT
    rows = connection.execute(sql.format(found=best, current=current), values).fetchall()
    more = {"match": found.query, "most": min(MOST_MATCHES, ranked)}
    cut = connection.execute(_MORE.format(index=index), more).fetchone() is not None
    return Narrowed(tuple((row[0], row[1], row[2]) for row in rows), cut)


def bounded(question: Question) -> str:
    """Where `more_than`: what was looked at, and how to come to the others."""
    if question.sort != "fit":
        return "only the first by day were looked for; further pages hold the others."
    if _is_narrowed(question):
        return (
            f"of each kind the newest that the filters leave are in order here, {MOST_LEFT:,} at "
            f"most, of reports {MOST_RANKED['report']:,}. Sorted by day, all are."
        )
    return (
        f"of each kind the best {MOST_MATCHES:,} of the newest are in order here. Filters leave "
        "others, and sorted by day all are."
    )


def _is_narrowed(question: Question) -> bool:
    return any(getattr(question, name) for name in _FILTERS)


def _is_plain(connection: sqlite3.Connection, question: Question) -> bool:
    """Whether nothing but the fit decides what is shown first: the indexes hold what is of later,
    too, which would be the best."""
    if seen_as_of(connection) is not None:
        return False
    return question.sort == "fit" and not _is_narrowed(question)


def _kinds(question: Question) -> list[str]:
    """Kinds that the filters can apply to."""
    if question.support:
        return [] if question.language else ["sentence"]
    if question.language:
        return ["source"]
    about_source = any((question.platform, question.account, question.status))
    return ["sentence", "note", "source", *([] if about_source else ["report"])]


def _ordered(matches: Mapping[str, Sequence[_Row]], sort: str, most: int) -> list[tuple[str, int]]:
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
