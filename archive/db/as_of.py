"""The archive as it stood at some moment: what was not known then is hidden from one connection.

Temporary views stand before the tables, under their names: SQLite finds what is temporary first, so
that every question of ours is asked of them as it is asked of the tables. What was counted or
decided later is counted anew, or is that of the last verdict before.

What people wrote is not hidden, nor what they withheld: what is withheld today is withheld in every
view of the past.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any, Protocol

from archive.db import as_of_untouched as untouched
from archive.db.schema import counts, large, life_counts, support
from archive.errors import BadInputError
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import SEEING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TIME = re.compile(rf"{_DAY.pattern}[T ]\d\d:\d\d.*", re.ASCII)
"""ISO 8601 has other spellings of a day, which would be read as its beginning."""
_CREATED = re.compile(r"^\s*CREATE VIEW\s+")
_INDEXED = re.compile(r"\bINDEXED BY \w+")
_EARLIEST = datetime(1996, 1, 1, tzinfo=UTC)
"""Before any archive of the web."""

_LAST = """(SELECT {column} FROM main.verdicts AS last WHERE last.source_id = base.id
    AND last.decided_at <= {at} ORDER BY last.decided_at DESC, last.capture_id DESC LIMIT 1)"""
_TOLD = """FROM main.verdicts AS told WHERE told.source_id = base.id
    AND told.decided_at <= {at}"""
_OWN = "FROM captures AS own WHERE own.source_id = base.id AND own.via != 'wayback'"
_CITING = """FROM main.citations AS citing JOIN versions ON versions.id = citing.version_id
    JOIN main.publications AS held ON held.id = versions.publication_id
    WHERE citing.source_id = base.id"""
_REPORTS = f"""(SELECT count(DISTINCT coalesce(held.report_id, versions.publication_id))
    {_CITING})"""
_CITED_ANEW = {
    "cited": f"EXISTS (SELECT 1 {_CITING})",
    "first_cited_at": f"(SELECT min(versions.first_captured_at) {_CITING})",
    "reports": _REPORTS,
    "first_cited": f"(SELECT min(versions.report_date) {_CITING})",
    "last_cited": f"(SELECT max(versions.report_date) {_CITING})",
}
"""Whether a source was cited by then, since when, and by how many reports."""
_CITED_AS_KEPT = {
    **_CITED_ANEW,
    "cited": "base.first_cited_at <= {at}",
    "first_cited_at": "iif(base.first_cited_at <= {at}, base.first_cited_at, NULL)",
    "reports": f"iif(base.report_count = 1, base.first_cited_at <= {{at}}, {_REPORTS})",
}
"""The same, told by what is kept of the source: right, and cheaper, where nothing that was captured
by then came in later."""
_CITED_UNTOUCHED = {
    **_CITED_AS_KEPT,
    "reports": untouched.unless_cited("report_count", _REPORTS),
    **{
        name: untouched.unless_cited(name, _CITED_ANEW[name])
        for name in ("first_cited", "last_cited")
    },
}
_STATUS = f"coalesce({_LAST.format(column='status', at='{at}')}, 'unchecked')"
_STATUS_UNTOUCHED = untouched.unless_judged("status", _STATUS)
_LATER = """SELECT EXISTS (SELECT 1 FROM main.captures WHERE via <> 'live' AND captured_at <= {at}
    AND run GLOB '????????T??????Z*' AND substr(run, 1, 16) > {run})"""
_SAME = """FROM captures AS same WHERE same.publication_id = base.publication_id
    AND same.content_digest = base.content_digest"""
_OF_VERSION = "EXISTS (SELECT 1 FROM versions WHERE versions.id = base.version_id)"
_OF_CAPTURE = "EXISTS (SELECT 1 FROM captures WHERE captures.id = base.capture_id)"
_LAST_LOOK = "(SELECT max(own.id) FROM captures AS own WHERE own.source_id = base.source_id)"
_HELD_TEXT = "EXISTS (SELECT 1 FROM captures WHERE captures.text_id = base.{column})"
_CAPTURED = "FROM captures AS own WHERE own.publication_id = base.id"
_FARE = """(SELECT count(*) FROM main.sentence_sources AS behind
    JOIN sources ON sources.id = behind.source_id
    WHERE behind.version_id = base.version_id AND behind.position = base.position
    AND behind.voice IS NOT NULL AND {rule})"""
# by publication: versions have no index by report
_OF_REPORT = """FROM main.publications AS held JOIN versions ON versions.publication_id = held.id
    WHERE held.report_id = base.id"""
_TITLE = f"""(SELECT {{column}} {_OF_REPORT}
    ORDER BY versions.complete DESC, versions.version DESC LIMIT 1)"""

# Name of a table: what its rows must be to be seen, and which of its columns are other than they
# are now. Each may rest on those before it. In braces stands what `_given` gives.
_HIDING: Mapping[str, tuple[str, Mapping[str, str]]] = {
    # what an import took in was captured before it was known here; who goes through all captures is
    # not to do so by their time, which nearly all are in
    "captures": (
        """likely(captured_at <= {at}) AND (run IS NULL OR run NOT GLOB '????????T??????Z*'
            OR substr(run, 1, 16) <= {run})""",
        {},
    ),
    "verdicts": ("decided_at <= {at}", {}),
    "versions": (
        f"EXISTS (SELECT 1 {_SAME})",
        {
            "last_captured_at": f"(SELECT max(same.captured_at) {_SAME})",
            "captures": f"(SELECT count(*) {_SAME})",
        },
    ),
    "publications": (
        f"(base.found_at <= {{at}} OR EXISTS (SELECT 1 {_CAPTURED}))",
        {
            "captures": f"(SELECT count(*) {_CAPTURED})",
            "first_captured_at": f"(SELECT min(own.captured_at) {_CAPTURED})",
            "last_captured_at": f"(SELECT max(own.captured_at) {_CAPTURED})",
            "next_due_at": "NULL",
        },
    ),
    "reports": (
        f"EXISTS (SELECT 1 {_OF_REPORT})",
        {
            name: _TITLE.format(column=f"versions.{name}")
            for name in ("title", "report_date", "edition")
        },
    ),
    **dict.fromkeys(
        (
            "notes",
            "citations",
            "markers",
            "figures",
            "sentence_sources",
            "sentence_edits",
            "version_hedges",
        ),
        (_OF_VERSION, {}),
    ),
    "sources": (
        f"({{cited}} OR EXISTS (SELECT 1 {_OWN}))",
        {
            "status": "{status}",
            "drift": _LAST.format(column="drift", at="{at}"),
            "dead_since": _LAST.format(column="since", at="{at}"),
            "only_copy": "base.only_copy AND {status} IS 'dead'",
            "first_cited_at": "{first_cited_at}",
            "first_cited": "{first_cited}",
            "last_cited": "{last_cited}",
            "report_count": "{reports}",
            "captures": f"(SELECT count(*) {_OWN})",
            "first_captured_at": f"(SELECT min(own.captured_at) {_OWN})",
            "last_captured_at": f"(SELECT max(own.captured_at) {_OWN})",
            "last_outcome": f"(SELECT own.outcome {_OWN} ORDER BY own.id DESC LIMIT 1)",
            "next_due_at": "NULL",
            # `+`: of one source, not of all with such an outcome
            "posted_at": f"iif(EXISTS (SELECT 1 {_OWN} AND +own.outcome = 'ok'), base.posted_at, "
            "NULL)",
            "first_seen_at": "iif(base.first_seen_at <= {at}, base.first_seen_at, NULL)",
            "last_seen_at": "iif(base.last_seen_at <= {at}, base.last_seen_at, (SELECT "
            f"max(own.captured_at) {_OWN} AND base.first_seen_at <= {{at}} "
            "AND +own.outcome IN ('ok', 'not-modified')))",
            "drifted_at": "iif(base.drifted_at <= {at}, base.drifted_at, NULL)",
            "compared": f"EXISTS (SELECT 1 {_TOLD} AND told.drift IS NOT NULL)",
            "seen": f"EXISTS (SELECT 1 {_TOLD} AND told.rule IN {SEEING})",
        },
    ),
    "sentence_support": (
        _OF_VERSION,
        {
            name: _FARE.format(rule=rule.format(row="sources"))
            for name, rule in support.COUNTED.items()
        },
    ),
    **dict.fromkeys(
        (
            "hops",
            "failures",
            "attachments",
            "media_files",
            "media_sights",
            "post_links",
            "browser_pages",
            "browser_parts",
        ),
        (_OF_CAPTURE, {}),
    ),
    "media": (
        "EXISTS (SELECT 1 FROM captures WHERE captures.id = base.first_capture_id)",
        {
            "capture_id": f"iif({_OF_CAPTURE}, base.capture_id, {_LAST_LOOK})",
        },
    ),
    "submissions": ("submitted_at <= {at}", {}),
    # what an import's captures show was not known before it either
    "events": (f"at <= {{at}} AND {_OF_CAPTURE}", {}),
    "corroborations": ("at <= {at}", {}),
    "alarms": ("at <= {at}", {}),
    "fixity_checks": ("at <= {at}", {}),
    "damages": ("found_at <= {at}", {}),
    "runs": ("coalesce(started_at, queued_at) <= {at}", {}),
    "memento_checks": ("checked_at <= {at}", {}),
    "mementos": ("checked_at <= {at}", {"next_due_at": "NULL"}),
    # an index of words finds those of later, too
    "texts": (_HELD_TEXT.format(column="id"), {}),
    "source_texts": (
        f"{_HELD_TEXT.format(column='text_id')[:-1]} AND captures.source_id = base.source_id)",
        {},
    ),
    "near_texts": (
        f"{_HELD_TEXT.format(column='text_id')} AND {_HELD_TEXT.format(column='other_id')}",
        {},
    ),
}

CAPTURES_THEN = """
SELECT coalesce((SELECT sum(captures) FROM main.capture_days
        WHERE via = 'live' AND day < substr(at, 1, 10)), 0)
    + (SELECT count(*) FROM main.captures
        WHERE captured_at BETWEEN substr(at, 1, 10) AND at AND via = 'live')
    + (SELECT count(*) FROM main.captures WHERE via <> 'live' AND captured_at <= at
        AND (run IS NULL OR run NOT GLOB '????????T??????Z*'
            OR substr(run, 1, 16) <= replace(replace(at, '-', ''), ':', '')))
FROM temp.as_of
"""
"""How many captures there were: what is captured live is known at once, and counted by day."""

OF_ALL_TIMES = frozenset(
    {
        # reached through what is of its time
        "text_links", "text_bands", "circular_texts", "publication_aliases",
        "media_looks", "media_bands", "near_media", "media_sets", "account_ids",
        "video_looks", "video_bands", "near_videos",
        # of the present: how the collecting goes, what is hidden, where files stand
        "discovery_steps", "unread", "media_left", "warc_files", "withheld",
    }
)  # fmt: skip
"""Tables that are seen as they are."""

# Only whether there are any is asked, which is told sooner than how many.
_ANY = "first_captured_at IS NOT NULL AS captures, first_cited_at IS NOT NULL AS report_count"
# Of a source each of these is worked out once, however often a question asks for it: SQLite would
# put the column's rule in each place. Without a limit it takes the question within for its own.
_SOURCES_ONCE = {
    "host_counts": f"host, platform, status, seen, {_ANY}",
    "series_counts": "id, status, seen, first_captured_at IS NOT NULL AS captures",
    "year_counts": f"first_cited, status, seen, {_ANY}",
    "life_counts": "id, platform, host, first_cited, first_cited_at, compared, status, "
    "first_seen_at, last_seen_at, dead_since, drifted_at, report_count",
}
_OF_SOURCES = re.compile(r"\b(FROM|JOIN) sources\b")


def _once(table: str, question: str) -> str:
    """The question of a table of counts, of sources whose columns are worked out once."""
    if table not in _SOURCES_ONCE:
        return question
    held = f"(SELECT {_SOURCES_ONCE[table]} FROM sources LIMIT -1) AS sources"  # noqa: S608 - ours
    return _OF_SOURCES.sub(rf"\1 {held}", question)


_COUNTS = {
    table: _once(table, question)
    for table, question in {
        "host_counts": counts.COUNTED_ANEW,
        "capture_counts": "SELECT kind, outcome, count(*) AS captures FROM captures GROUP BY 1, 2",
        "capture_days": "SELECT * FROM main.capture_days WHERE day <= substr({at}, 1, 10)",
        **life_counts.ANEW,
        "version_support": large.ANEW["version_support"],
    }.items()
}
"""What is kept by triggers, counted anew: a look at the past may take longer."""
OF_THEIR_TIME = frozenset(_HIDING) | frozenset(_COUNTS)
"""Tables of which is seen what there was."""


class Connection(Protocol):
    """A connection to an archive: of `sqlite3`, or of `sqlite_utils`."""

    def execute(self, sql: str, parameters: Any = ..., /) -> sqlite3.Cursor:
        """Run a statement."""


def moment(given: str) -> str:
    """The moment that a day or a time means: of a day its end, in UTC.

    Raises:
        BadInputError: It is neither, or before any archive.
    """
    text = given.strip()
    try:
        if _DAY.fullmatch(text):
            text = f"{text}T23:59:59Z"
        at = parse_time(text) if _TIME.fullmatch(text) else None
    except (ValueError, OverflowError):
        at = None
    if at is None or at < _EARLIEST:
        raise BadInputError(
            f"as of {given.strip()[:40]!r}: no day (YYYY-MM-DD) and no time (YYYY-MM-DDTHH:MM:SSZ) "
            f"from {_EARLIEST.year} on"
        )
    return format_time(at)


def require_past(at: str, now: datetime) -> str:
    """A moment, once it is known to have come; that of today's end may be to come.

    Raises:
        BadInputError: It lies ahead.
    """
    if parse_time(at) > now + timedelta(days=1):
        raise BadInputError(f"as of {at}: lies ahead of now, {format_time(now)}")
    return at


def show_as_of(connection: sqlite3.Connection, at: str) -> None:
    """Let a connection see the archive as it stood.

    Args:
        connection: Reads an archive of ours, of the present version; keeps this view to its end.
        at: The moment, as `moment` gives it.
    """
    connection.execute("CREATE TEMP TABLE as_of AS SELECT ? AS at", [at])
    given, kept = _given(connection, at)
    for table, (wanted, other) in _HIDING.items():
        chosen = ", ".join(
            f"{other[name].format(**given)} AS {name}" if name in other else f"base.{name}"
            for name in _columns(connection, table)
        )
        connection.execute(
            f"CREATE TEMP VIEW {table} AS SELECT {chosen} FROM main.{table} AS base "  # noqa: S608 - names and rules of ours
            f"WHERE {wanted.format(**given)}"
        )
    for name, question in (_COUNTS | kept).items():
        connection.execute(f"CREATE TEMP VIEW {name} AS {question.format(**given)}")
    for (made,) in connection.execute(
        "SELECT sql FROM main.sqlite_master WHERE type = 'view' ORDER BY rowid"
    ).fetchall():
        # a view has no index that could be named
        here = _INDEXED.sub("", made)
        connection.execute(_CREATED.sub("CREATE TEMP VIEW ", here, count=1))


def _given(connection: sqlite3.Connection, at: str) -> tuple[dict[str, str], dict[str, str]]:
    """What the rules of tables leave open: the moment, as a time and as names of runs have it, what
    tells of citations and of verdicts; and the counts that need not be made anew."""
    given = {"at": f"'{at}'", "run": f"'{re.sub(r'[-:]', '', at)}'"}
    came_later = connection.execute(_LATER.format(**given)).fetchone()[0]
    cited, status = _CITED_ANEW if came_later else _CITED_AS_KEPT, _STATUS
    kept: dict[str, str] = {}
    if not came_later and untouched.later_cited(connection, at):
        cited, kept = _CITED_UNTOUCHED, kept | untouched.AS_CITED
    if untouched.later_judged(connection, at):
        status = _STATUS_UNTOUCHED
        kept |= {} if came_later else untouched.AS_JUDGED
    rules = {**cited, "status": status}
    return given | {name: rule.format(**given) for name, rule in rules.items()}, kept


def seen_as_of(connection: Connection) -> str | None:
    """The moment as which a connection sees the archive; None: the present.

    Of the past no table has an index that could be named, nor a `rowid`.
    """
    sql = "SELECT 1 FROM temp.sqlite_master WHERE type = 'table' AND name = 'as_of'"
    if connection.execute(sql).fetchone() is None:
        return None
    return str(connection.execute("SELECT at FROM temp.as_of").fetchone()[0])


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    rows = connection.execute(f"PRAGMA main.table_xinfo({table})")
    return [row[1] for row in rows.fetchall()]
