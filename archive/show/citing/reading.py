"""What is needed to cite a report or a source, read from the tables."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.model.times import parse_time
from archive.show.citing.record import Citation, Work, day_of, on_one_line
from archive.show.plain import series_name
from archive.show.reading import Row, first_row, rows
from archive.show.timemap import Places
from archive.show.versions_named import version_named, versions_of
from archive.show.withheld import require_shown
from archive.urls.normal import source_key, stable_id
from archive.urls.publishers.registry import title_of

if TYPE_CHECKING:
    import sqlite3

_TITLE_CHARS = 100
"""Of a post without title: some twenty words, as APA style (7th edition, 10.15) has it."""

_VERSION = """
SELECT versions.id, versions.title, versions.authors, versions.series, versions.report_date,
       versions.published_at, versions.version, publications.url, publications.publisher,
       captures.captured_at, captures.memento_at, captures.payload_digest
FROM versions
JOIN publications ON publications.id = versions.publication_id
JOIN captures ON captures.id = versions.id
WHERE versions.id = ?
"""
# As to the +, see `report_reading`.
_SOURCE = """
SELECT sources.id, sources.cited_url AS url, sources.platform, sources.account, sources.host,
       captures.id AS capture_id, captures.captured_at, captures.memento_at,
       captures.payload_digest, texts.title, texts.author, texts.site_name, texts.published,
       texts.language, substr(texts.text, 1, 300) AS beginning, mementos.url AS memento_url,
       mementos.memento_at AS elsewhere_at
FROM sources
LEFT JOIN captures ON captures.id = (
    SELECT id FROM captures AS held WHERE held.source_id = sources.id AND +held.outcome = 'ok'
    ORDER BY held.via = 'wayback', held.captured_at, held.id LIMIT 1)
LEFT JOIN texts ON texts.id = captures.text_id
LEFT JOIN mementos ON mementos.source_id = sources.id AND mementos.url IS NOT NULL
WHERE sources.id = ?
"""
_CITED = """
SELECT source_id FROM citations WHERE version_id = ? AND source_id IS NOT NULL
GROUP BY source_id ORDER BY min(id)
"""


def report(
    connection: sqlite3.Connection, report_id: str, name: str | None, root: str
) -> Citation | None:
    """How to cite a version of a report; None: no such version is held.

    Args:
        connection: To the archive.
        report_id: Its id.
        name: Of the version, as `versions_named.version_named` takes it.
        root: The address of the archive's pages, without a slash at its end.

    Raises:
        WithheldError: It is withheld.
    """
    chosen = version_named(connection, versions_of(connection, report_id), name)
    row = first_row(connection, _VERSION, [chosen["id"]]) if chosen else None
    if row is None:
        return None
    require_shown(connection, row["id"])
    publisher = row["publisher"]
    return Citation(
        key=_key(report_id if row["version"] == 1 else f"{report_id}-v{row['version']}"),
        work=Work.REPORT,
        title=on_one_line(row["title"]),
        authors=tuple(filter(None, map(on_one_line, json.loads(row["authors"])))),
        publisher=title_of(publisher) if publisher else None,
        series=series_name(str(row["series"])) if row["series"] else None,
        issued=day_of(row["report_date"]) or day_of(row["published_at"]),
        url=row["url"],
        language="en",
        version=row["version"],
        **_copy(row, root),
    )


def source(connection: sqlite3.Connection, number: int, root: str) -> Citation | None:
    """How to cite a source by our first good copy, else by another archive's; None: no such source.

    Raises:
        WithheldError: That copy is withheld.
    """
    row = first_row(connection, _SOURCE, [number])
    if row is None:
        return None
    if row["capture_id"] is not None:
        require_shown(connection, row["capture_id"])
    author = on_one_line(row["author"]) or on_one_line(row["account"])
    return Citation(
        key=f"source-{row['id']}",
        work=Work.POST if row["account"] and row["platform"] != "web" else Work.PAGE,
        title=on_one_line(row["title"]) or _first_words(row["beginning"]) or row["url"],
        authors=(author,) if author else (),
        publisher=on_one_line(row["site_name"]) or row["host"],
        series=None,
        issued=day_of(row["published"]),
        url=row["url"],
        language=row["language"],
        **_copy(row, root),
    )


def number_of(connection: sqlite3.Connection, url: str) -> int | None:
    """The number of the source that an address means; None: none that is held."""
    try:
        number = stable_id(source_key(url))
    except BadUrlError:
        return None
    held = connection.execute("SELECT 1 FROM sources WHERE id = ?", [number]).fetchone()
    return number if held else None


def cited_by(connection: sqlite3.Connection, report_id: str, name: str | None) -> list[int]:
    """Numbers of the sources that a version cites, in the order of its notes, each once."""
    chosen = version_named(connection, versions_of(connection, report_id), name)
    return [row["source_id"] for row in rows(connection, _CITED, [chosen["id"]])] if chosen else []


def _first_words(text: str | None) -> str:
    """What stands for the title of a post, which has none."""
    words = on_one_line(text)
    return words if len(words) <= _TITLE_CHARS else f"{words[:_TITLE_CHARS].rpartition(' ')[0]}…"


def _copy(row: Row, root: str) -> Row:
    """Where the copy stands, when it was made, and its digest."""
    if row["captured_at"] is None:
        elsewhere = row.get("memento_url")
        moment = row.get("elsewhere_at")
        return {"archived": elsewhere, "captured_at": moment} if elsewhere and moment else {}
    moment = row["memento_at"] or row["captured_at"]
    stamp = parse_time(moment).strftime("%Y%m%d%H%M%S")
    digest = str(row["payload_digest"] or "").removeprefix("sha256:")
    return {
        "archived": Places(root).at(row["url"], stamp),
        "captured_at": moment,
        "digest": digest or None,
    }


def _key(text: str) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-").lower()
