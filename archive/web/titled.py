"""Cells of tables and answers, in which reports are called by their titles."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from archive.db.companions import LOG, beside
from archive.show import reading
from archive.web import cells
from archive.web.links import REPORTS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterable, Mapping

    from datasette.database import Database

    from archive.web.links import Links


def cell(
    value: Any,
    column: str,
    links: Links,
    row: Mapping[str, Any],
    table: str | None,
    database: Database,
) -> Markup | Callable[[], Awaitable[Markup | None]] | None:
    """As `archive.web.cells.cell`; of a report's id what gives that, since its title is asked
    for."""
    if column not in REPORTS or not isinstance(value, str):
        return cells.cell(value, column, links, row, table)

    known = _known(database)
    if value in known:
        return cells.cell(value, column, links, row, table, title=known[value])

    async def named() -> Markup | None:
        title = (await titles(database, [value])).get(value)
        known[value] = title
        return cells.cell(value, column, links, row, table, title=title)

    return named


_KEPT: dict[str, tuple[object, dict[str, str | None]]] = {}
"""Of each archive served: what it was when titles were asked for, and these."""


def _known(database: Database) -> dict[str, str | None]:
    """Titles that were asked for since the archive was last written to: a page of a thousand
    sentences is of few reports, and each question goes to another thread."""
    path = Path(str(database.path))
    state = tuple(map(_stamp, (path, beside(path, LOG))))
    if _KEPT.get(str(path), (None,))[0] != state:
        _KEPT[str(path)] = (state, {})
    return _KEPT[str(path)][1]


def _stamp(path: Path) -> tuple[int, int, int] | None:
    with suppress(FileNotFoundError):
        found = path.stat()
        return found.st_ino, found.st_size, found.st_mtime_ns
    return None


async def titles(database: Database, reports: Iterable[str]) -> dict[str, str]:
    """The titles of reports, by id; without those that are not held."""
    asked = list(reports)
    if not asked:
        return {}
    found: dict[str, str] = await database.execute_fn(lambda db: reading.titles(db, asked))
    return found


async def titles_among(
    database: Database, columns: Iterable[str], rows: Iterable[Iterable[Any]]
) -> dict[str, str]:
    """The titles of all reports that some rows name."""
    named = [name in REPORTS for name in columns]
    return await titles(
        database,
        (
            value
            for row in rows
            for value, is_report in zip(row, named, strict=True)
            if is_report and isinstance(value, str)
        ),
    )


def template_cells(
    links: Links, table: str | None, database: Database
) -> dict[str, Callable[..., Any]]:
    """The cells that templates make themselves: `isw_cell` as a table has it, `isw_full_cell` with
    nothing left out."""

    def short_cell(
        value: Any, column: str, row: Mapping[str, Any], known: Mapping[str, str] | None = None
    ) -> Any:
        title = (known or {}).get(value) if column in REPORTS else None
        shown = cells.cell(value, column, links, row, table, title=title)
        return ("" if value is None else str(value)) if shown is None else shown

    async def full_cell(value: Any, column: str, row: Mapping[str, Any]) -> Any:
        if value in (None, ""):
            return Markup("&nbsp;")
        named = [value] if column in REPORTS and isinstance(value, str) else []
        title = (await titles(database, named)).get(value) if named else None
        shown = cells.cell(value, column, links, row, table, full=True, title=title)
        return cells.prose(str(value)) if shown is None else shown

    return {"isw_cell": short_cell, "isw_full_cell": full_cell}
