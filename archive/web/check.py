"""The page that holds each citing sentence beside what it rests on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils.asgi import NotFound, Response

from archive.model.people import REPORT, Subject
from archive.show import check_reading, corrections, plain
from archive.show.sentence_history import histories
from archive.web import named, people
from archive.web.answering import database_of, own_arguments, page, page_number
from archive.web.cells import with_arguments
from archive.web.edits import told_edit

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Mapping

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request


async def check_page(request: Request, datasette: Datasette) -> Response:
    """Sentences and their sources side by side; `?v=` is the version, `?page=` which of them.

    `?note=` leads to the first sentence that refers to a note.
    """
    database = await database_of(datasette, request)
    report_id = request.url_vars["report"]
    wanted = request.args.get("v")
    if label := request.args.get("note"):
        return await _led(request, datasette, database, report_id, label)
    number = page_number(request.args.get("page"))
    found = await database.execute_fn(lambda db: check_reading.check(db, report_id, wanted, number))
    if found is None:
        if wanted:
            raise NotFound(f"No version {wanted} of report {report_id} is held here")
        return await named.led(request, datasette, database, "/check")
    if number > max(1, found["pages"]):
        raise NotFound(f"There is no page {number} of this; the last is {found['pages']}")
    context = {"report_id": report_id, "found": found, "number": number, "plain": plain}
    context |= {"told": {"report": report_id, "page": number, **found}}
    context["edited"] = await database.execute_fn(lambda db: _edited(db, report_id, found))
    about = Subject(REPORT, report_id)
    context |= await people.beside(request, datasette, database, about, report_id)
    return await page(datasette, request, database, "isw_check.html", context)


async def _led(
    request: Request, datasette: Datasette, database: Database, report_id: str, label: str
) -> Response:
    """Lead to the sentence of a note."""
    wanted = request.args.get("v")
    place = await database.execute_fn(
        lambda db: check_reading.place_of(db, report_id, wanted, label)
    )
    if place is None:
        raise NotFound(f"No sentence of this version of {report_id} refers to note [{label[:40]}]")
    path = str(datasette.urls.path(f"/-/report/{quote(report_id)}/check"))
    own = own_arguments(datasette, database)
    at = (place - 1) // check_reading.SHOWN + 1
    return Response.redirect(
        f"{with_arguments(path, v=wanted, page=at if at > 1 else None, **own)}#s-{place}"
    )


def _edited(
    connection: sqlite3.Connection, report_id: str, found: Mapping[str, Any]
) -> dict[str, list[dict[str, Any]]]:
    """What was edited in the sentences shown, as pages tell it: up to the version shown."""
    version = found["version"]
    edits = [
        one
        for one in corrections.edits(connection, corrections.EditsAsked(report=report_id))
        if one["publication_id"] == version["publication_id"]
        and one["version"] <= version["version"]
    ]
    shown = histories(edits, [one["sentence"] for one in found["sentences"]])
    return {sentence: [told_edit(one) for one in rows] for sentence, rows in shown.items()}
