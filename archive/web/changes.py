"""The page of what was edited between two versions of a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from datasette.utils.asgi import NotFound, Response

from archive.errors import BadInputError
from archive.show import corrections, diff_html, diff_out, diff_reading
from archive.show.versions_named import versions_of
from archive.web import named
from archive.web.answering import database_of, page
from archive.web.edits import told_edit

if TYPE_CHECKING:
    import sqlite3

    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from archive.show.reading import Row
    from archive.show.report_diff import ReportDiff


async def changes_page(request: Request, datasette: Datasette) -> Response:
    """What was edited; `?from=` and `?to=` name versions as `?v=` of the report does."""
    database = await database_of(datasette, request)
    report_id = request.url_vars["report"]
    asked = (request.args.get("from"), request.args.get("to"))
    versions, found, problem = await database.execute_fn(
        lambda db: _versions_and_diff(db, report_id, *asked)
    )
    newer = _newer(versions, found) if found else None
    edits = await database.execute_fn(lambda db: corrections.of_version(db, newer)) if newer else []
    if not versions:
        return await named.led(request, datasette, database, "/changes")
    if found is None and any(asked):
        raise NotFound(problem)
    context = {
        "report_id": report_id,
        "versions": versions,
        "found": found,
        "problem": problem,
        "body": diff_html.body(found) if found else None,
        "edits": [told_edit(row) for row in edits],
        "told": diff_out.as_object(found, report_id) if found else {"problem": problem},
    }
    return await page(datasette, request, database, "isw_changes.html", context)


def _versions_and_diff(
    connection: sqlite3.Connection, report_id: str, older: str | None, newer: str | None
) -> tuple[list[Row], ReportDiff | None, str]:
    versions = versions_of(connection, report_id)
    if not versions:
        return [], None, ""
    try:
        return versions, diff_reading.compared(connection, report_id, older, newer), ""
    except BadInputError as error:
        return versions, None, str(error)


def _newer(versions: list[Row], found: ReportDiff) -> int | None:
    """The newer of the two versions compared, where it follows upon the other."""
    by_name = {str(one["name"]): one for one in versions}
    before, after = by_name[found.before.name], by_name[found.after.name]
    follows = before["version"] + 1 == after["version"]
    same = before["publication_id"] == after["publication_id"]
    return int(after["id"]) if follows and same else None
