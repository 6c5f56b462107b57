"""What matches of a search that is narrowed by filters or put in order by day.

The indexes know neither, so that each match would be looked at: of a common word hundreds of
thousands. Here what the filters leave is asked for first (versions, sources); then the matches are
gone through from the newest on, and no further than to `Search.most` that are left.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from operator import itemgetter
from typing import TYPE_CHECKING

from archive.db.as_of import seen_as_of
from archive.db.schema.support import NO_LIVE, ONE_VOICE
from archive.show.withheld import any_withheld

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator, Mapping, Sequence

    Row = tuple[int, float, str | None]

FEW_SOURCES = 25_000
"""Where the filters leave no more sources than these, what cites them is asked for first; where
they leave more, so many matches are of theirs that enough are soon found."""
_FEW_SHOWING = 2_000
"""The same of what they show: a source has a citation or three, and dozens of captures."""
_FIRST_VERSIONS, _MORE = 60, 4
"""Of the newest versions, or the oldest, their matches are looked for; then of so many times as
many."""

# A number of a note, or of a sentence, begins with that of its version.
NOTES, CITATIONS = 100_000, 1_000
_OF_VERSIONS = {
    "sentence": f"+rowid / {NOTES} IN (SELECT value FROM json_each(:versions))",  # noqa: S608
    "note": f"+rowid / {NOTES} IN (SELECT value FROM json_each(:versions))",  # noqa: S608
    "report": "+rowid IN (SELECT value FROM json_each(:versions))",
}
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
  AND (:every_version OR versions.id IN (SELECT version_id FROM latest_versions))
ORDER BY versions.report_date IS NULL, versions.report_date {order}, versions.id {order}
"""

_SOURCE_FILTERS = {
    "platform": "sources.platform = :platform",
    "account": "sources.account = :account COLLATE NOCASE",
    "status": "sources.status = :status",
}
_ARE_FEW = "SELECT count(*) FROM (SELECT 1 FROM sources WHERE {wanted} LIMIT :few + 1)"
# Of few sources: all that cites them, from indexes alone, since the number of a citation begins
# with that of its note. Of many: whether what was found cites one.
_CITING_FEW = {
    "note": f"""+rowid IN (
    SELECT citations.id / {CITATIONS} FROM sources
    CROSS JOIN citations ON citations.source_id = sources.id WHERE {{wanted}})""",  # noqa: S608
    "sentence": f"""+rowid IN (
    SELECT markers.note_id / {NOTES} * {NOTES} + markers.position FROM sources
    CROSS JOIN citations ON citations.source_id = sources.id
    CROSS JOIN markers ON markers.note_id = citations.id / {CITATIONS} WHERE {{wanted}})""",  # noqa: S608
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
WHERE texts_fts MATCH :match AND {where} ORDER BY texts_fts.rowid DESC LIMIT :most
"""
# The newest first, or the oldest; of those that say no day all are looked at.
_TEXTS_BY_DAY = """
SELECT texts.id, 0.0, {day} AS day FROM texts {by_day}
WHERE texts.published {is_said} AND {where}
    AND +texts.id IN (SELECT rowid FROM texts_fts WHERE texts_fts MATCH :match)
ORDER BY {in_order} {order}, texts.id {order} LIMIT :most
"""
_HALVES = (("IS NOT NULL", "texts.published", "texts.published"), ("IS NULL", "{day}", "day"))
_DAY = """coalesce(texts.published, (
    SELECT substr(min(captured_at), 1, 10) FROM captures WHERE captures.text_id = texts.id))"""
_TEXT = "<text>"
"""Stands for the number of a text until it is known what it is called."""
_TEXT_SAYS = {
    "language": "texts.language = :language",
    "since": "{day} >= :since",
    "until": "substr({day}, 1, 10) <= :until",
}
_TEXT_IS = f"""EXISTS (
    SELECT 1 FROM texts {{index}} WHERE texts.id = {_TEXT} AND {{wanted}})"""  # noqa: S608 - our words
# Nearly all texts are of one source; of others the least and the greatest are asked first.
_HOLDER = "(SELECT {least}(source_id) FROM captures WHERE text_id = {text})"
_BOTH = ", ".join(_HOLDER.replace("{least}", end) for end in ("min", "max"))
_BETWEEN = " <> ".join(_HOLDER.replace("{least}", end) for end in ("min", "max"))
_TEXT_OF = f"""(EXISTS (SELECT 1 FROM sources WHERE sources.id IN ({_BOTH}) AND {{wanted}})
OR {_BETWEEN} AND EXISTS (
    SELECT 1 FROM (SELECT DISTINCT source_id FROM captures WHERE text_id = {{text}}) AS held
    CROSS JOIN sources ON sources.id = held.source_id WHERE {{wanted}})
OR EXISTS (
    SELECT 1 FROM captures
    CROSS JOIN browser_pages ON browser_pages.capture_id = captures.id
    CROSS JOIN sources ON sources.id = browser_pages.source_id
    WHERE captures.text_id = {{text}} AND captures.source_id IS NULL AND {{wanted}}))"""  # noqa: S608
_TEXT_OF_FEW = """+{text} IN (
    SELECT captures.text_id FROM sources
    CROSS JOIN captures ON captures.source_id = sources.id WHERE {wanted}
    UNION ALL SELECT captures.text_id FROM sources
    CROSS JOIN browser_pages ON browser_pages.source_id = sources.id
    CROSS JOIN captures ON captures.id = browser_pages.capture_id
    WHERE captures.source_id IS NULL AND {wanted})"""
_OF_SERIES = """EXISTS (
    SELECT 1 FROM series_sources
    WHERE series_sources.source_id = sources.id AND series_sources.series = :series)"""
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
    sources = _Sources.chosen(connection, search.asked)
    order = "ASC" if search.sort == "oldest" else "DESC"
    found: dict[str, Narrowed] = {}
    cited = [kind for kind in kinds if kind in _OF_VERSIONS]
    if cited:
        held = connection.execute(_VERSIONS.format(order=order), dict(search.asked)).fetchall()
        found |= _in_versions(connection, search, cited, held, sources)
    if "source" in kinds:
        found["source"] = _texts(connection, search, sources)
    return {kind: found[kind] for kind in kinds}


@dataclass(frozen=True, slots=True)
class _Sources:
    """Which sources the filters leave, as a condition on `sources`; empty: all."""

    wanted: str = ""
    held: int = 0

    @classmethod
    def chosen(cls, connection: sqlite3.Connection, asked: Mapping[str, str | int]) -> _Sources:
        wanted = " AND ".join(sql for name, sql in _SOURCE_FILTERS.items() if asked[name])
        if asked["account"]:  # by its index, whatever stands beside it
            wanted = wanted.replace("sources.platform", "+sources.platform")
        if not wanted:
            return cls()
        values = {**asked, "few": FEW_SOURCES}
        held = connection.execute(_ARE_FEW.format(wanted=wanted), values).fetchone()[0]
        return cls(wanted, held)

    @property
    def checked(self) -> str:
        """The same of sources that are found otherwise, by no index of their own."""
        return " AND ".join(f"+{part.lstrip('+')}" for part in self.wanted.split(" AND "))

    def citing(self, kind: str, index: str) -> list[str]:
        if not self.wanted:
            return []
        if self.held <= FEW_SOURCES:
            return [_CITING_FEW[kind].format(wanted=self.wanted)]
        return [_CITING_MANY[kind].format(wanted=self.checked, index=index)]


def _in_versions(
    connection: sqlite3.Connection,
    search: Search,
    kinds: Sequence[str],
    held: Sequence[tuple[int, str | None]],
    sources: _Sources,
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
    versions: Sequence[int],
    sources: _Sources,
) -> tuple[list[Row], bool]:
    index, _ = search.ranks[kind]
    where = [_OF_VERSIONS[kind]]
    if kind in _CITING_FEW:
        where += sources.citing(kind, index)
    if resting := _RESTING.get(str(search.asked["support"])):
        where.append(_RESTS.format(index=index, wanted=resting))
    apart = 1 if kind == "report" else NOTES
    span = {"low": min(versions) * apart, "high": max(versions) * apart + apart - 1}
    found = _found(search, kind, where)
    values = {**search.asked, **span, "match": search.match, "versions": json.dumps(versions)}
    return _cut(connection, _DATED[kind].format(found=found), values, _most(search, kind))


def _texts(connection: sqlite3.Connection, search: Search, sources: _Sources) -> Narrowed:
    # of the past, and of what is not withheld, there are views, which have no index
    plain = seen_as_of(connection) is None and not any_withheld(connection)
    where = _of_sources(search.asked, sources)
    said = [sql.format(day=_DAY) for name, sql in _TEXT_SAYS.items() if search.asked[name]]
    values = {**search.asked, "match": search.match}
    if search.sort != "fit":
        index = "INDEXED BY texts_by_day" if plain else ""
        return _texts_by_day(connection, search, [*said, *where], values, index)
    if said or not plain:
        index = "INDEXED BY texts_by_number" if plain else ""
        where.insert(0, _TEXT_IS.format(index=index, wanted=" AND ".join(said or ["1"])))
    chosen = " AND ".join(where or ["1"]).replace(_TEXT, "texts_fts.rowid")
    sql = _TEXTS_BY_FIT.format(rank=search.ranks["source"][1], where=chosen)
    rows, more = _cut(connection, sql, values, search.most["source"])
    return Narrowed(tuple(rows), more)


def _texts_by_day(
    connection: sqlite3.Connection,
    search: Search,
    where: Sequence[str],
    values: Mapping[str, str | int],
    index: str,
) -> Narrowed:
    chosen = " AND ".join(where or ["1"]).replace(_TEXT, "texts.id")
    order = "ASC" if search.sort == "oldest" else "DESC"
    rows: list[Row] = []
    more = False
    for is_said, day, in_order in _HALVES:
        sql = _TEXTS_BY_DAY.format(
            day=day.format(day=_DAY), by_day=index, is_said=is_said, where=chosen,
            in_order=in_order, order=order,
        )  # fmt: skip
        found = connection.execute(sql, {**values, "most": search.shown + 1}).fetchall()
        rows += found[: search.shown]
        more = more or len(found) > search.shown
    return Narrowed(tuple(rows), more)


def _of_sources(asked: Mapping[str, str | int], sources: _Sources) -> list[str]:
    """That a text is shown by one of the sources that the filters leave."""
    few = bool(sources.wanted) and sources.held <= _FEW_SHOWING
    wanted = [sources.wanted if few else sources.checked] if sources.wanted else []
    wanted += [_OF_SERIES] if asked["series"] else []
    if not wanted:
        return []
    form = _TEXT_OF_FEW if few else _TEXT_OF
    return [form.format(text=_TEXT, wanted=" AND ".join(wanted))]


def _found(search: Search, kind: str, where: Sequence[str]) -> str:
    index, rank = search.ranks[kind]
    rank = rank if search.sort == "fit" else "0.0"
    return _FOUND.format(index=index, rank=rank, where=" AND ".join(where))


def _most(search: Search, kind: str) -> int:
    return search.most[kind] if search.sort == "fit" else _EVERY


def _cut(
    connection: sqlite3.Connection, sql: str, values: Mapping[str, str | int], most: int
) -> tuple[list[Row], bool]:
    """So many at most, and whether there is another one; the oldest is left out then."""
    found = connection.execute(sql, {**values, "most": most + 1}).fetchall()
    more = sum(count for *_, count in found) > most
    if more:
        found.remove(min(found, key=itemgetter(0)))
    return [(number, rank, day) for number, rank, day, _ in found], more
