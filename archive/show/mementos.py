"""Captures of one address in time, as RFC 7089 speaks of them: mementos, and the nearest of them.

A memento is a capture of the page itself. Where an address was never there, what it answered
stands in place of that.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.errors import BadUrlError
from archive.model.times import parse_time
from archive.model.vocabulary import OF_THE_PAGE
from archive.show.reading import Row, first_row, rows
from archive.show.withheld import any_withheld, withheld_among
from archive.urls.normal import fetchable, source_key, stable_id
from archive.urls.surt import surt

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Sequence
    from datetime import datetime

MOST_LIKE = 20_000
"""Sources of one host that are held against another spelling; of the length of the one meant."""

_CAPTURES = """
SELECT id, url, source_id, publication_id, coalesce(memento_at, captured_at) AS at, outcome,
       http_status, content_type, payload_digest
FROM captures
WHERE http_status IS NOT NULL AND id IN (
    SELECT id FROM captures WHERE source_id = :source
    UNION SELECT id FROM captures WHERE publication_id = :publication
    UNION SELECT id FROM captures WHERE url IN ({spellings}))
ORDER BY at, id
"""
_PUBLICATION = """
SELECT id, url FROM publications
WHERE key = :key OR id = (SELECT publication_id FROM publication_aliases WHERE key = :key)
"""
_LIKE = """
SELECT url FROM sources WHERE host = (SELECT host FROM sources WHERE host = :host LIMIT 1)
       AND length(url) = :length LIMIT :most
"""


@dataclass(frozen=True, slots=True)
class Memento:
    """One capture of an address.

    Attributes:
        capture: Its number.
        at: When the page was so: of another archive's copy, when that was made.
        outcome: How the fetch ended.
        status: Of the HTTP answer.
        content_type: As declared, or None.
        digest: Of the bytes as sent: `sha256:<hex>`, or None.
    """

    capture: int
    at: datetime
    outcome: str
    status: int
    content_type: str | None
    digest: str | None

    @property
    def stamp(self) -> str:
        """Its moment as 14 digits."""
        return self.at.strftime("%Y%m%d%H%M%S")


@dataclass(frozen=True, slots=True)
class Mementos:
    """What is held of an address.

    Attributes:
        original: The address (URI-R), in one spelling whatever was typed.
        source: Number of the source that it is, or None.
        report: Id of the report that stands there, or None.
        found: Its mementos in the order of time, those withheld left out.
        others: Other answers of that address, and what is withheld: for who names their moment.
    """

    original: str
    source: int | None
    report: str | None
    found: tuple[Memento, ...]
    others: tuple[Memento, ...]

    def at(self, stamp: str) -> Memento | None:
        """The capture of exactly this moment; a memento before another answer."""
        return next((one for one in (*self.found, *self.others) if one.stamp == stamp), None)

    def nearest(self, moment: datetime | None) -> Memento | None:
        """The memento nearest to a moment, the earlier of two; the newest without one."""
        if not self.found or moment is None:
            return self.found[-1] if self.found else None
        place = bisect_left(self.found, moment, key=lambda one: one.at)
        beside = self.found[max(0, place - 1) : place + 1]
        return min(beside, key=lambda one: abs(one.at - moment))


def mementos(connection: sqlite3.Connection, url: str) -> Mementos | None:
    """What is held of an address in any of its spellings; None: nothing, or it is no address."""
    try:
        key, asked = source_key(url), fetchable(url)
    except BadUrlError:
        return None
    found = _captures(connection, key, asked)
    if not found:
        like = _like(connection, key)
        found = _captures(connection, like, like) if like else []
    if not found:
        return None
    shown, others = _parted(connection, found)
    source = next((row["source_id"] for row in found if row["source_id"] is not None), None)
    original, report = _original(connection, found[0], source)
    return Mementos(original, source, report, shown, others)


def _captures(connection: sqlite3.Connection, key: str, asked: str) -> list[Row]:
    publication = first_row(connection, _PUBLICATION, {"key": key})
    spelled = {f"url{place}": one for place, one in enumerate(_spellings(asked))}
    sql = _CAPTURES.format(spellings=", ".join(f":{name}" for name in spelled))
    values = {"source": stable_id(key), "publication": publication and publication["id"]}
    return rows(connection, sql, {**values, **spelled})


def _spellings(url: str) -> list[str]:
    """With and without `s`, `www.` and the slash at the end."""
    rest = url.partition("://")[2].removeprefix("www.")
    path, mark, query = rest.partition("?")
    bare = path.rstrip("/") if "/" in path.rstrip("/") else path
    places = {path, bare, bare.rstrip("/") + "/"}
    return [
        f"{scheme}://{label}{place}{mark}{query}"
        for scheme in ("https", "http")
        for label in ("", "www.")
        for place in sorted(places)
    ]


def _like(connection: sqlite3.Connection, key: str) -> str | None:
    """A source whose address differs in case or in the order of its parameters only."""
    wanted = surt(key)
    asked = {"host": key.split("/")[2], "length": len(key), "most": MOST_LIKE}
    held = connection.execute(_LIKE, asked).fetchall()
    return next((str(row[0]) for row in held if surt(str(row[0])) == wanted), None)


def _parted(
    connection: sqlite3.Connection, found: Sequence[Row]
) -> tuple[tuple[Memento, ...], tuple[Memento, ...]]:
    """Mementos, and all else."""
    kept = (
        withheld_among(connection, [row["id"] for row in found])
        if any_withheld(connection)
        else set()
    )
    good = [row for row in found if row["outcome"] in OF_THE_PAGE and row["id"] not in kept]
    seen = good or [row for row in found if row["id"] not in kept]
    # a copy that was fetched twice from another archive is one memento
    shown = list({row["at"]: row for row in reversed(seen)}.values())[::-1]
    numbers = {row["id"] for row in shown}
    others = [row for row in found if row["id"] not in numbers]
    return tuple(map(_memento, shown)), tuple(map(_memento, others))


def _memento(row: Row) -> Memento:
    return Memento(
        row["id"], parse_time(row["at"]), row["outcome"], row["http_status"], row["content_type"],
        row["payload_digest"],
    )  # fmt: skip


def _original(
    connection: sqlite3.Connection, row: Row, source: int | None
) -> tuple[str, str | None]:
    """The one spelling of an address that stands for all, and the report that is there."""
    if row["publication_id"] is not None:
        sql, number = "SELECT url, report_id FROM publications WHERE id = ?", row["publication_id"]
    else:
        sql, number = "SELECT cited_url AS url, NULL AS report_id FROM sources WHERE id = ?", source
    held = first_row(connection, sql, [number]) or {"url": row["url"], "report_id": None}
    return str(held["url"]), held["report_id"]
