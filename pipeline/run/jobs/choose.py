"""Which addresses a recrawl is for."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

from archive.db.database import open_readonly
from archive.db.tables import choice_rows
from archive.errors import BadInputError, BadUrlError
from archive.urls import normal as urls
from archive.urls.publishers.registry import PUBLISHERS

if TYPE_CHECKING:
    import sqlite_utils

    from archive.folder import DataFolder


def chosen(
    folder: DataFolder, given: tuple[str, ...], *, report: str | None, sql: str | None, failed: bool
) -> tuple[str, ...]:
    """The addresses to capture again, each once, in the order named.

    Raises:
        BadInputError: Nothing or more than one thing was named, an address is none, the query is
            wrong.
    """
    if sum([bool(given), report is not None, sql is not None, failed]) != 1:
        raise BadInputError("recrawl: name addresses, or one of --report, --sql, --failed")
    if given:
        return tuple(dict.fromkeys(_checked(url) for url in given))
    folder.require()
    with closing(open_readonly(folder.database)) as db:
        found = _from_database(db, report, sql)
    if not found:
        raise BadInputError("recrawl: nothing matches; nothing was fetched")
    return tuple(dict.fromkeys(map(_checked, found)))


def known_here(folder: DataFolder, series: str) -> None:
    """Make sure that a series is one: known by name, or of a report that is held.

    Raises:
        BadInputError: It is neither; the message names those that are.
    """
    from pipeline.read.parse.series import series_slugs

    known = set(series_slugs())
    if series not in known and folder.database.exists():
        with closing(open_readonly(folder.database)) as db:
            known |= choice_rows.series(db)
    if series not in known:
        raise BadInputError(
            f"collect --series {series}: no such series; nothing was fetched. Known are: "
            f"{', '.join(sorted(known))}"
        )


def publisher_here(name: str) -> None:
    """Make sure that a publisher has a site of its own that can be looked at.

    Raises:
        BadInputError: It has none, or is none; the message names those that have.
    """
    known = [one.name for one in PUBLISHERS if one.home]
    if name not in known:
        raise BadInputError(
            f"collect --publisher {name}: no such publisher; nothing was fetched. Known are: "
            f"{', '.join(known)}"
        )


def _from_database(db: sqlite_utils.Database, report: str | None, sql: str | None) -> list[str]:
    if report is not None:
        from archive.show.reports_named import resolve

        return choice_rows.of_report(db, resolve(db, report))
    return choice_rows.failed(db) if sql is None else choice_rows.selected(db, sql)


def _checked(url: str) -> str:
    try:
        return urls.fetchable(url)
    except BadUrlError as error:
        raise BadInputError(f"recrawl: {error}") from error
