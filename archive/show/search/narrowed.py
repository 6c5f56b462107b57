"""What matches of a search that is narrowed by filters or put in order by day.

The indexes know neither, so that each match would be looked at: of a common word hundreds of
thousands. Here what the filters leave is asked for first (versions, sources); then the matches are
gone through from the newest on, and no further than to `Search.most` that are left. Where each
match has to be looked up, `_ENOUGH` that are left will do.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from archive.db.as_of import seen_as_of
from archive.db.schema.support import NO_LIVE, ONE_VOICE
from archive.show.search.sources import NOTES, TEXT, Sources, chosen
from archive.show.search.spans import GREATEST, LEAST, newest_first
from archive.show.withheld import any_withheld

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    Row = tuple[int, float, str | None]

_ENOUGH = 100
"""Of the matches of a kind that are looked up one by one."""
_FIRST_VERSIONS, _MORE = 60, 2
"""Of the newest versions, or the oldest, their matches are looked for; then of so many times as
many."""

CURRENT = """EXISTS (
    SELECT 1 FROM publications JOIN reports ON reports.id = publications.report_id
    WHERE publications.id = versions.publication_id AND reports.url = publications.url
      AND versions.version = (
        SELECT v.version FROM versions AS v WHERE v.publication_id = publications.id
        ORDER BY v.complete DESC, v.version DESC LIMIT 1))"""
"""That a version is the newest of the publication that is shown of its report."""

_OF_VERSIONS = {
    "sentence": f"+rowid / {NOTES} IN (SELECT value FROM json_each(:versions))",  # noqa: S608
    "note": f"+rowid / {NOTES} IN (SELECT value FROM json_each(:versions))",  # noqa: S608
    "report": "+rowid IN (SELECT value FROM json_each(:versions))",
}
# Of what was found, where nothing else is asked of versions: hardly any has another one.
_IS_CURRENT = f"""EXISTS (
    SELECT 1 FROM versions WHERE versions.id = {{index}}.rowid / {NOTES} AND {CURRENT})"""  # noqa: S608
_FOUND = """
SELECT rowid AS id, {rank} AS rank FROM {index}
WHERE {index} MATCH :match AND rowid BETWEEN :low AND :high AND {where}
ORDER BY rowid DESC LIMIT :most
"""
# Sentences count once in a version, however many notes they refer to.
_SENTENCES = """
SELECT min(found.id), min(found.rank), versions.report_date, count(*)
FROM ({found}) AS found CROSS JOIN markers ON markers.id = found.id
CROSS JOIN versions ON versions.id = markers.version_id
GROUP BY versions.id, markers.sentence
"""
_DATED = {
    "sentence": _SENTENCES,
    "note": f"""
SELECT found.id, found.rank, versions.report_date, 1
FROM ({{found}}) AS found CROSS JOIN versions ON versions.id = found.id / {NOTES}
""",  # noqa: S608 - numbers of ours
    "report": """
SELECT found.id, found.rank, versions.report_date, 1
FROM ({found}) AS found CROSS JOIN versions ON versions.id = found.id
""",
}

_VERSIONS = """
SELECT versions.id, versions.report_date FROM versions
WHERE (:series = '' OR versions.series = :series)
  AND (:since = '' OR versions.report_date >= :since)
  AND (:until = '' OR versions.report_date <= :until)
  AND (:every_version OR {current})
ORDER BY versions.report_date IS NULL, versions.report_date {order}, versions.id {order}
"""

_RESTING = {"one-voice": ONE_VOICE, "no-live": NO_LIVE}
# The sentences of a version follow one another.
_RESTS = f"""(
    SELECT last_position >= {{index}}.rowid % {NOTES} AND {{wanted}} FROM sentence_support
    WHERE sentence_support.version_id = {{index}}.rowid / {NOTES}
      AND sentence_support.position <= {{index}}.rowid % {NOTES}
    ORDER BY sentence_support.position DESC LIMIT 1)"""  # noqa: S608 - numbers of ours

# The day and the language stand behind the text, which is long, and in indexes of their own.
_TEXTS_BY_FIT = """
SELECT texts_fts.rowid, {rank}, NULL, 1 FROM texts_fts
WHERE texts_fts MATCH :match AND rowid BETWEEN :low AND :high AND {where}
ORDER BY texts_fts.rowid DESC LIMIT :most
"""
# The newest first, or the oldest; of those that say no day all are looked at.
_TEXTS_BY_DAY = """
SELECT texts.id, 0.0, {day} AS day FROM texts {by_day}
WHERE texts.published {is_said} AND {where}
    AND {matches}
ORDER BY {in_order} {order}, texts.id {order} LIMIT :most
"""
_MATCHING = "+texts.id IN (SELECT rowid FROM texts_fts WHERE texts_fts MATCH :match)"
# Of a common word the first have it: they are asked one by one, not all texts for it.
_FIRST_MATCHING = """texts.published {before} :edge
    AND EXISTS (SELECT 1 FROM texts_fts WHERE texts_fts MATCH :match AND rowid = texts.id)"""
_EDGE = """
SELECT published FROM texts {by_day} WHERE published IS NOT NULL
ORDER BY published {order}, id {order} LIMIT 1 OFFSET :first_texts
"""
_COMMON = """
SELECT 1 FROM texts_fts WHERE texts_fts MATCH :match LIMIT 1 OFFSET :first_texts
"""
_FIRST_TEXTS = 1_500
_HALVES = (("IS NOT NULL", "texts.published", "texts.published"), ("IS NULL", "{day}", "day"))
_DAY = """coalesce(texts.published, (
    SELECT substr(min(captured_at), 1, 10) FROM captures WHERE captures.text_id = texts.id))"""
_TEXT_SAYS = {
    "language": "texts.language = :language",
    "since": "{day} >= :since",
    "until": "substr({day}, 1, 10) <= :until",
}
_TEXT_IS = f"""EXISTS (
    SELECT 1 FROM texts {{index}} WHERE texts.id = {TEXT} AND {{wanted}})"""  # noqa: S608 - our words
_EVERY = 2**62


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for.

    Attributes:
        match: As FTS5 takes it.
        asked: Values of the filters by name, empty where there is none; `every_version` 0 or 1.
        sort: `fit`, `newest` or `oldest`.
        ranks: Of each kind its index, and its rank as SQL.
        most: Of each kind, matches that are enough.
        shown: By day, so many of all kinds are enough.
    """

    match: str
    asked: Mapping[str, str | int]
    sort: str
    ranks: Mapping[str, tuple[str, str]]
    most: Mapping[str, int]
    shown: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What was found of each kind.

    Attributes:
        rows: Number, rank and day.
        more: Whether there are more of it, older ones (by day: farther ones) that nobody looked
            for.
    """

    rows: tuple[Row, ...]
    more: bool


def narrowed(
    connection: sqlite3.Connection, search: Search, kinds: Sequence[str]
) -> dict[str, Narrowed]:
    """What the filters leave of the matches of these kinds."""
    indexes = {kind: index for kind, (index, _) in search.ranks.items()}
    sources = chosen(connection, search.asked, search.match, indexes)
    if not sources.any_left:
        return {kind: Narrowed((), more=False) for kind in kinds}
    order = "ASC" if search.sort == "oldest" else "DESC"
    found: dict[str, Narrowed] = {}
    cited = [kind for kind in kinds if kind in _OF_VERSIONS]
    if cited and _is_listed(connection, search):
        sql = _VERSIONS.format(order=order, current=CURRENT)
        held = connection.execute(sql, dict(search.asked)).fetchall()
        found |= _in_versions(connection, search, cited, held, sources)
    else:
        for kind in cited:
            rows, more = _of_kind(connection, search, kind, None, sources)
            found[kind] = Narrowed(tuple(rows), more)
    if "source" in kinds:
        found["source"] = _texts(connection, search, sources)
    return {kind: found[kind] for kind in kinds}


def _is_listed(connection: sqlite3.Connection, search: Search) -> bool:
    """Whether versions are chosen, or put in order, before matches are looked for."""
    asked = search.asked
    if search.sort != "fit" or seen_as_of(connection) is not None:
        return True
    return bool(asked["series"] or asked["since"] or asked["until"] or asked["every_version"])


def _in_versions(
    connection: sqlite3.Connection,
    search: Search,
    kinds: Sequence[str],
    held: Sequence[tuple[int, str | None]],
    sources: Sources,
) -> dict[str, Narrowed]:
    rows: dict[str, list[Row]] = {kind: [] for kind in kinds}
    more = dict.fromkeys(kinds, False)
    for versions, last in _chunks(held, by_day=search.sort != "fit"):
        for kind in kinds:
            found, cut = _of_kind(connection, search, kind, versions, sources)
            rows[kind] += found
            more[kind] = more[kind] or cut
        if sum(map(len, rows.values())) >= search.shown and search.sort != "fit":
            more = {kind: more[kind] or not last for kind in kinds}
            break
    return {kind: Narrowed(tuple(rows[kind]), more[kind]) for kind in kinds}


def _chunks(
    held: Sequence[tuple[int, str | None]], *, by_day: bool
) -> Iterator[tuple[list[int], bool]]:
    """Versions whose matches are looked for at once, and whether these are the last; a day is
    never divided."""
    start, size = 0, _FIRST_VERSIONS if by_day else len(held)
    while start < len(held):
        end = min(len(held), start + size)
        while end < len(held) and held[end][1] == held[end - 1][1]:
            end += 1
        yield [number for number, _ in held[start:end]], end == len(held)
        start, size = end, size * _MORE


def _of_kind(
    connection: sqlite3.Connection,
    search: Search,
    kind: str,
    versions: Sequence[int] | None,
    sources: Sources,
) -> tuple[list[Row], bool]:
    """What is left of a kind; of these versions, or of all that are the newest."""
    index, _ = search.ranks[kind]
    # what leaves the fewest is asked first
    where = sources.citing(kind, index) if kind != "report" else []
    where.append(_IS_CURRENT.format(index=index) if versions is None else _OF_VERSIONS[kind])
    if resting := _RESTING.get(str(search.asked["support"])):
        where.append(_RESTS.format(index=index, wanted=resting))
    apart = 1 if kind == "report" else NOTES
    first, last = (min(versions), max(versions)) if versions else (0, GREATEST // apart - 1)
    whole = first * apart, last * apart + apart - 1
    values = {
        **search.asked, "match": search.match, "versions": json.dumps(versions),
        "first": first, "last": last, "held": sources.held,
    }  # fmt: skip
    sql = _DATED[kind].format(found=_found(search, kind, where))
    spans: Iterable[tuple[int, int]] = [whole]
    if kind in sources.looked_up and search.sort == "fit":
        spans = newest_first(connection, index, search.match, whole, apart)
    return _cut(connection, sql, values, spans, _most(search, kind))


def _texts(connection: sqlite3.Connection, search: Search, sources: Sources) -> Narrowed:
    # of the past, and of what is not withheld, there are views, which have no index
    plain = seen_as_of(connection) is None and not any_withheld(connection)
    where = sources.showing()
    said = [sql.format(day=_DAY) for name, sql in _TEXT_SAYS.items() if search.asked[name]]
    values = {**search.asked, "match": search.match, "held": sources.held}
    if search.sort != "fit":
        index = "INDEXED BY texts_by_day" if plain else ""
        return _texts_by_day(connection, search, [*said, *where], values, index)
    if said or not plain:
        index = "INDEXED BY texts_by_number" if plain else ""
        where.insert(0, _TEXT_IS.format(index=index, wanted=" AND ".join(said or ["1"])))
    which = " AND ".join(where or ["1"]).replace(TEXT, "texts_fts.rowid")
    index, rank = search.ranks["source"]
    sql = _TEXTS_BY_FIT.format(rank=rank, where=which)
    spans: Iterable[tuple[int, int]] = [(LEAST, GREATEST)]
    if said or "source" in sources.looked_up:
        spans = newest_first(connection, index, search.match, (LEAST, GREATEST), 1)
    rows, more = _cut(connection, sql, values, spans, search.most["source"])
    return Narrowed(tuple(rows), more)


def _texts_by_day(
    connection: sqlite3.Connection,
    search: Search,
    where: Sequence[str],
    values: Mapping[str, str | int],
    index: str,
) -> Narrowed:
    which = " AND ".join(where or ["1"]).replace(TEXT, "texts.id")
    order = "ASC" if search.sort == "oldest" else "DESC"
    rows: list[Row] = []
    more = False
    for is_said, day, in_order in _HALVES:
        parts = {
            "day": day.format(day=_DAY), "by_day": index, "is_said": is_said, "where": which,
            "in_order": in_order, "order": order,
        }  # fmt: skip
        asked = {**values, "most": search.shown + 1}
        found = _first_by_day(connection, parts, asked) if not rows and index else []
        if len(found) <= search.shown:
            sql = _TEXTS_BY_DAY.format(matches=_MATCHING, **parts)
            found = connection.execute(sql, asked).fetchall()
        rows += [(number, rank, said) for number, rank, said in found[: search.shown]]
        more = more or len(found) > search.shown
    return Narrowed(tuple(rows), more)


def _first_by_day(
    connection: sqlite3.Connection, parts: Mapping[str, str], asked: Mapping[str, str | int]
) -> list[Row]:
    """What is left of the first texts by day; nothing where too few are likely to be."""
    values = {**asked, "first_texts": _FIRST_TEXTS}
    edge = connection.execute(_EDGE.format(**parts), values).fetchone()
    if edge is None or connection.execute(_COMMON, values).fetchone() is None:
        return []
    before = ">=" if parts["order"] == "DESC" else "<="
    sql = _TEXTS_BY_DAY.format(matches=_FIRST_MATCHING.format(before=before), **parts)
    return connection.execute(sql, {**asked, "edge": edge[0]}).fetchall()


def _found(search: Search, kind: str, where: Sequence[str]) -> str:
    index, rank = search.ranks[kind]
    rank = rank if search.sort == "fit" else "0.0"
    return _FOUND.format(index=index, rank=rank, where=" AND ".join(where))


def _most(search: Search, kind: str) -> int:
    return search.most[kind] if search.sort == "fit" else _EVERY


def _cut(
    connection: sqlite3.Connection,
    sql: str,
    values: Mapping[str, str | int],
    spans: Iterable[tuple[int, int]],
    most: int,
) -> tuple[list[Row], bool]:
    """What is left in the spans, the newest first: so many at most, and whether there may be
    another one; the oldest is left out then. Of several spans no more are asked than are needed."""
    rows: list[Row] = []
    rest = iter(spans)
    for low, high in rest:
        asked = {**values, "low": low, "high": high, "most": most - len(rows) + 1}
        found = connection.execute(sql, asked).fetchall()
        cut = sum(count for *_, count in found) > most - len(rows)
        if cut:
            found.remove(min(found, key=itemgetter(0)))
        rows += [(number, rank, day) for number, rank, day, _ in found]
        if cut or len(rows) >= _ENOUGH:
            return rows, cut or next(rest, None) is not None
    return rows, False
