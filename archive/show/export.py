"""Reports as JSON (the contract of docs/reference.md) and as CSV, read from the tables."""

from __future__ import annotations

import difflib
import json
from datetime import date
from typing import TYPE_CHECKING, Any

from archive.db.as_of import seen_as_of
from archive.db.tables.version_rows import publication_behind, publication_id
from archive.errors import BadInputError, BadUrlError
from archive.quoting.sentences import Marked, sentences
from archive.show import (
    geo_reading,
    media_reading,
    observers,
    related_reading,
    report_files,
    sightings,
    support_reading,
)
from archive.spreadsheet import csv_line
from archive.urls import normal as urls

if TYPE_CHECKING:
    from collections.abc import Iterator

    import sqlite_utils

CSV_COLUMNS = (
    "report", "report_date", "series", "version", "note", "position", "url", "as_printed",
    "repairs", "source_id",
    "source", "platform", "account", "host", "status", "captures", "last_outcome", "note_text",
)  # fmt: skip

_VERSION_FIELDS = ("title", "cutoff_text")
_LIST_FIELDS = ("authors", "takeaways", "corrections", "sections")


NEWEST = "newest"
"""Behind a series: its newest report, of one day the evening's."""
_NEWEST = """
SELECT id FROM reports WHERE series = ?
ORDER BY report_date DESC, edition IS 'morning', id DESC LIMIT 1
"""


def resolve(db: sqlite_utils.Database, name: str) -> str:
    """The id of the report that `name` means: an id, `SERIES/newest`, any address of any of its
    publications, or one that leads there.

    Raises:
        BadInputError: Nothing of that name is held; the message names the nearest ids.
    """
    found = named(db, name)
    if found is not None:
        return found
    near = nearest(db, name)
    hint = f"nearest: {', '.join(near)}" if near else "`isw-archive status` says what is held"
    at = seen_as_of(db)
    when = "" if at is None else f" as of {at}"
    raise BadInputError(f"report {name!r}: not held{when}; {hint}")


def named(db: sqlite_utils.Database, name: str) -> str | None:
    """As `resolve`; None: `name` is no address, and no id that is held.

    Raises:
        BadInputError: It is an address, of nothing that is held.
    """
    if db.execute("SELECT 1 FROM reports WHERE id = ?", [name]).fetchone():
        return name
    series, _, last = name.rpartition("/")
    found = db.execute(_NEWEST, [series]).fetchone() if last == NEWEST else None
    if found is not None:
        return str(found[0])
    if "://" in name:
        return _resolve_url(db, name)
    if "." in name.partition("/")[0]:
        return _resolve_url(db, f"https://{name}")
    return None


def nearest(db: sqlite_utils.Database, name: str, *, misspelt: bool = True) -> list[str]:
    """The ids of up to three reports that `name` may have meant, the likeliest first.

    Args:
        db: An archive.
        name: That no report has.
        misspelt: Whether letters may be wrong, too: of ten thousand reports that takes a third of
            a second, which strangers shall not ask for.
    """
    ids = [row[0] for row in db.execute("SELECT id FROM reports").fetchall()]
    return (
        _around(name, ids)
        or (misspelt and difflib.get_close_matches(name, ids, n=3))
        or _containing(name, ids)
    )


def _around(name: str, ids: list[str]) -> list[str]:
    """The reports of the same series nearest to the day that `name` has."""
    series, _, rest = name.partition("/")
    wanted = _day_of(rest)
    days = {i: _day_of(i.partition("/")[2]) for i in ids if i.startswith(f"{series}/")}
    if wanted is None:
        return []
    away = {i: abs((day - wanted).days) for i, day in days.items() if day is not None}
    return sorted(away, key=lambda i: (away[i], i))[:3]


def _day_of(dated: str) -> date | None:
    try:
        return date.fromisoformat(dated[:10])
    except ValueError:
        return None


def _containing(name: str, ids: list[str]) -> list[str]:
    """The newest ids that hold the words of `name`."""
    words = name.lower().replace("/", " ").replace("-", " ").split()
    found = [i for i in ids if words and all(word in i for word in words)]
    return sorted(found, key=lambda i: i.split("/")[1:], reverse=True)[:3]


def _resolve_url(db: sqlite_utils.Database, url: str) -> str:
    try:
        key = urls.publication_key(urls.copied_address(url) or url)
    except BadUrlError as error:
        raise BadInputError(f"report {url!r}: {error}") from error
    publication = publication_id(db, key) or publication_behind(db, key)
    row = db.execute("SELECT report_id FROM publications WHERE id = ?", [publication]).fetchone()
    if row is None or row[0] is None:
        raise BadInputError(
            f"report {url}: not held; capture it with: isw-archive collect --report {url}"
        )
    return str(row[0])


def all_ids(db: sqlite_utils.Database) -> list[str]:
    """Every report held, oldest first."""
    rows = db.execute("SELECT id FROM reports ORDER BY report_date IS NULL, report_date, id")
    return [row[0] for row in rows.fetchall()]


def withheld(db: sqlite_utils.Database, report: str, version: int | None = None) -> str | None:
    """Why the version that would describe a report is withheld; None: it is not.

    Raises:
        BadInputError: It has no such version.
    """
    rows = _rows(db, "SELECT record_id, reason FROM withheld")
    if not rows:
        return None
    shown = report_object(db, report, version)
    found = _rows(
        db,
        """
        SELECT withheld.reason FROM versions JOIN captures ON captures.id = versions.id
        JOIN publications ON publications.id = versions.publication_id
        JOIN withheld ON withheld.record_id IN (captures.record_id, captures.revisit_of)
        WHERE publications.report_id = ? AND publications.url = ? AND versions.version = ?
        """,
        report,
        shown["publications"][0]["url"],
        shown["version"],
    )
    return str(found[0]["reason"]) if found else None


def report_object(
    db: sqlite_utils.Database,
    report: str,
    version: int | None = None,
    publication: int | None = None,
) -> dict[str, Any]:
    """One report as the JSON contract says.

    Args:
        db: The archive.
        report: Its id.
        version: Number of the version that describes it; None: the newest complete one.
        publication: Whose version; None: that of the publication shown.

    Raises:
        BadInputError: It has no such version.
    """
    row = _rows(db, "SELECT * FROM reports WHERE id = ?", report)[0]
    publications = _publications(db, report, row["url"])
    shown = publication or publications[0]["id"]
    versions = _rows(db, "SELECT * FROM versions WHERE publication_id = ? ORDER BY version", shown)
    chosen = _chosen(versions, version, report)
    return {
        "id": report,
        "url": row["url"],
        "publications": [{k: p[k] for k in ("url", "publisher", "captures")} for p in publications],
        "series": row["series"],
        "report_date": chosen["report_date"],
        "edition": chosen["edition"],
        **{name: chosen[name] for name in _VERSION_FIELDS},
        **{name: json.loads(chosen[name]) for name in _LIST_FIELDS},
        "figures": _figures(db, chosen["id"]),
        "attachments": report_files.attachments(db.conn, chosen["id"]),
        "markers": _markers(db, chosen),
        "notes": _notes(db, chosen["id"]),
        "versions": [_version(v) for v in versions],
        "version": chosen["version"],
        "text": chosen["text"],
        "dateline_text": chosen["dateline_text"],
        "links": json.loads(chosen["links"]),
        "quality": json.loads(chosen["quality"]),
        "published_at": chosen["published_at"],
        "modified_at": chosen["modified_at"],
    }


def _publications(db: sqlite_utils.Database, report: str, first: str) -> list[dict[str, Any]]:
    return _rows(
        db,
        "SELECT id, url, publisher, captures FROM publications "
        "WHERE report_id = ? ORDER BY url != ?, url",
        report,
        first,
    )


def _chosen(versions: list[dict[str, Any]], number: int | None, report: str) -> dict[str, Any]:
    if number is None:
        return max(versions, key=lambda v: (v["complete"], v["version"]))
    for version in versions:
        if version["version"] == number:
            return version
    raise BadInputError(f"report {report}: no version {number}; it has 1 to {len(versions)}")


def _rows(db: sqlite_utils.Database, sql: str, *values: Any) -> list[dict[str, Any]]:
    return list(db.query(sql, values))


def _figures(db: sqlite_utils.Database, version: int) -> list[dict[str, Any]]:
    return [
        {name: figure[name] for name in ("url", "caption", "capture_id")}
        for figure in report_files.figures(db.conn, version)
    ]


def _markers(db: sqlite_utils.Database, version: dict[str, Any]) -> list[dict[str, Any]]:
    rows = _rows(
        db,
        "SELECT position, label, sentence, section, repairs, hedge, role FROM markers "
        "WHERE version_id = ? ORDER BY position",
        version["id"],
    )
    found = sentences(version["text"], [Marked(row["label"], row["sentence"]) for row in rows])
    of = {position: one.id for one in found for position in one.markers}
    older = sightings.of_version(db.conn, version["id"], version["report_date"])
    support = support_reading.of_version(db.conn, version["id"])
    for row in rows:
        position = row.pop("position")
        row["repairs"] = json.loads(row["repairs"])
        row["older_media"] = list(map(sightings.exported, older.get(position, ())))
        row["support"] = support_reading.exported(support.get(position))
    return [{**row, "sentence_id": of[n]} for n, row in enumerate(rows)]


def _notes(db: sqlite_utils.Database, version: int) -> list[dict[str, Any]]:
    notes = _rows(
        db,
        "SELECT id, label, text, kind, repairs FROM notes WHERE version_id = ? ORDER BY position",
        version,
    )
    cited = _cited(db, version)
    return [
        {
            "label": n["label"],
            "text": n["text"],
            "kind": n["kind"],
            "repairs": json.loads(n["repairs"]),
            "urls": cited.get(n["id"], []),
        }
        for n in notes
    ]


def _cited(db: sqlite_utils.Database, version: int) -> dict[int, list[dict[str, Any]]]:
    """What each note cites, with what is known of the sources."""
    cited: dict[int, list[dict[str, Any]]] = {}
    for row in _rows(
        db,
        """
        SELECT note_id, citations.url, as_printed, repairs, source_id, coalesce(status, 'unchecked')
          AS status,
               coalesce(captures, 0) AS captures, only_copy
        FROM citations LEFT JOIN sources ON sources.id = citations.source_id
        WHERE version_id = ? ORDER BY citations.id
        """,
        version,
    ):
        cited.setdefault(row.pop("note_id"), []).append(row)
    mementos = _mementos(db, version)
    all_cited = [row for found in cited.values() for row in found]
    held = {row["source_id"] for row in all_cited if row["source_id"]}
    media = media_reading.of_sources(db.conn, held)
    related = related_reading.exported(db.conn, held)
    places = geo_reading.places_of(db.conn, held)
    seen = observers.of_sources(db.conn, held)
    for row in all_cited:
        row["repairs"] = json.loads(row["repairs"])
        row["memento"] = mementos.get(row["source_id"])
        shown = media.get(row["source_id"], ())
        row["media"] = [media_reading.exported(one) for one in shown]
        row["refers_to"] = related.get(row["source_id"], [])
        placed = places.get(row["source_id"], ())
        row["places"] = [geo_reading.exported(one) for one in placed]
        row["only_copy"] = bool(row["only_copy"])
        row["observers"] = seen.get(row["source_id"], [])
    return cited


def _mementos(db: sqlite_utils.Database, version: int) -> dict[int, dict[str, Any]]:
    """For sources of which another archive has a copy: its address, time and status then.

    And whether it is held here, too.
    """
    rows = _rows(
        db,
        """
        SELECT source_id, url, memento_at, http_status, outcome = 'held' AS held FROM mementos
        WHERE outcome IN ('held', 'listed')
              AND source_id IN (SELECT source_id FROM citations WHERE version_id = ?)
        """,
        version,
    )
    return {row.pop("source_id"): {**row, "held": bool(row["held"])} for row in rows}


def _version(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "version": row["version"],
        "first_captured_at": row["first_captured_at"],
        "last_captured_at": row["last_captured_at"],
        "captures": row["captures"],
        "complete": bool(row["complete"]),
        "change": json.loads(row["change"]) if row["change"] else None,
    }


def json_line(report: dict[str, Any]) -> str:
    """One report on one line."""
    return json.dumps(report, ensure_ascii=False)


def csv_lines(
    db: sqlite_utils.Database, reports: list[str], version: int | None = None
) -> Iterator[str]:
    """A header, then one line a citation of the version shown.

    Notes without URL have one line too.
    """
    yield csv_line(CSV_COLUMNS)
    for report in reports:
        entry = report_object(db, report, version)
        sources = _cited_sources(db, entry)
        for note in entry["notes"]:
            for position, cited in enumerate(note["urls"] or [None]):
                yield csv_line(_csv_row(sources, entry, note, position, cited))


def _cited_sources(db: sqlite_utils.Database, entry: dict[str, Any]) -> dict[int, dict[str, Any]]:
    """What the columns of a citation say of its source, by its id."""
    ids = {cited["source_id"] for note in entry["notes"] for cited in note["urls"]}
    rows = _rows(
        db,
        "SELECT id, url, platform, account, host, last_outcome FROM sources "
        "WHERE id IN (SELECT value FROM json_each(?))",
        json.dumps(sorted(ids - {None})),
    )
    return {row["id"]: row for row in rows}


def _csv_row(
    sources: dict[int, dict[str, Any]],
    entry: dict[str, Any],
    note: dict[str, Any],
    position: int,
    cited: dict[str, Any] | None,
) -> tuple[Any, ...]:
    head = (entry["id"], entry["report_date"], entry["series"], entry["version"], note["label"])
    if cited is None:
        return (*head, "", "", "", "", "", "", "", "", "", "", "", "", note["text"])
    source = sources.get(cited["source_id"], {})
    return (
        *head, position, cited["url"], cited["as_printed"], " ".join(cited["repairs"]),
        cited["source_id"],
        source.get("url"), source.get("platform"), source.get("account"), source.get("host"),
        cited["status"],
        cited["captures"], source.get("last_outcome"), note["text"],
    )  # fmt: skip


def newest_versions(db: sqlite_utils.Database, report: str) -> list[int]:
    """The newest complete version of each publication of a report, by its capture; first that of
    the publication shown."""
    rows = db.execute(
        """
        SELECT (SELECT id FROM versions WHERE publication_id = publications.id
                ORDER BY complete DESC, version DESC LIMIT 1)
        FROM publications JOIN reports ON reports.id = report_id WHERE report_id = ?
        ORDER BY publications.url != reports.url, publications.url
        """,
        [report],
    ).fetchall()
    return [row[0] for row in rows if row[0] is not None]


def titles_of(db: sqlite_utils.Database, texts: list[int | None]) -> dict[int, str]:
    """Titles of texts that have one, by id."""
    rows = db.execute(
        "SELECT id, title FROM texts WHERE title != '' AND id IN (SELECT value FROM json_each(?))",
        [json.dumps([one for one in texts if one is not None])],
    )
    return dict(rows.fetchall())
