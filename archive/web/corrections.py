"""What publishers edited: a page with figures, and a feed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from datasette.utils.asgi import NotFound
from markupsafe import Markup

from archive.model.edits import Admission, EditKind
from archive.show import corrections, reading
from archive.show.corrections import By, EditsAsked
from archive.show.corrections_feed import NEWEST, corrections_feed
from archive.show.plain import series_name
from archive.web.answering import chosen, database_of, db_argument, page, page_number, read, root_of
from archive.web.atom import feed_response
from archive.web.cached_figures import cached
from archive.web.edits import told_edit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

    from archive.db.lean import sqlite_utils
    from archive.show.corrections import EditFigures

SHOWN = 50
"""Edits on a page."""
PICTURED = 12
"""Groups in the picture: a screen's height."""
_KEPT = 8
"""Figures kept: of ten thousand edits they take a tenth of a second."""
_GIVEN = ("series", "publisher", "kind", "year", "admission", "report")
_ALLOWED: dict[str, Sequence[str]] = {"kind": list(EditKind), "admission": list(Admission)}


async def corrections_page(request: Request, datasette: Datasette) -> Response:
    """The newest edits and the figures; narrowed down by `?series=`, `?kind=` and so on.

    `?by=` groups the figures, `?page=` turns the pages.
    """
    database = await database_of(datasette, request)
    asked, by = _asked(request), chosen(By, "by", request.args.get("by"), By.KIND)
    number = page_number(request.args.get("page"))
    path = Path(str(database.path))
    place = {"limit": SHOWN + 1, "offset": (number - 1) * SHOWN}
    found = await read(datasette, database, lambda db: corrections.edits(db, asked, **place))
    if not found and number > 1:
        raise NotFound(f"There is no page {number} of these edits")
    counted = await database.execute_fn(lambda db: _figures(path, db, asked, by))
    shown = found[:SHOWN]
    ids = [row["report"] for row in shown]
    context = {
        "titles": await database.execute_fn(lambda db: reading.titles(db, ids)),
        "asked": asked.given, "by": by, "bys": list(By), "counted": corrections.COUNTED,
        "admissions": corrections.ADMISSIONS,
        "pictured": [_bar(one, by) for one in counted[: PICTURED + 1]],
        "figures": [_row(one) for one in counted], "number": number, "more": len(found) > SHOWN,
        "edits": [told_edit(row) for row in shown], "narrowed": _narrowed(asked),
        "address": lambda **more: _address(datasette, asked, by, more),
        "own": db_argument(datasette, database, "&"),
        "first": db_argument(datasette, database, "?"),
        "told": {
            "asked": asked.given, "by": by, "counted": corrections.COUNTED, "groups": counted,
            "page": number, "more": len(found) > SHOWN,
            "edits": [corrections.as_told(row) for row in shown],
        },
    }  # fmt: skip
    return await page(datasette, request, database, "isw_corrections.html", context)


async def corrections_atom(request: Request, datasette: Datasette) -> Response:
    """The newest edits as Atom, narrowed down as the page is."""
    database = await database_of(datasette, request)
    asked, root = _asked(request), root_of(request, datasette)
    found = await read(datasette, database, lambda db: corrections.newest(db, asked, NEWEST))
    return feed_response(request, corrections_feed(found, asked, root))


def _asked(request: Request) -> EditsAsked:
    given = {name: request.args.get(name) or None for name in _GIVEN}
    for name, allowed in _ALLOWED.items():
        word = given[name]
        if word is not None and word not in allowed:
            raise NotFound(f"{name}: {word[:40]!r} is none of {', '.join(allowed)}")
    return EditsAsked(**given)


@cached(_KEPT)
def _figures(db: sqlite_utils.Database, asked: EditsAsked, by: By) -> tuple[EditFigures, ...]:
    return tuple(corrections.figures(corrections.edits(db.conn, asked), by))


def _bar(one: EditFigures, by: By) -> tuple[str, tuple[int, int, int]]:
    """A group's name, and its edits by how they were admitted."""
    is_series = by is By.SERIES and one.group != corrections.ALL
    return series_name(one.group) if is_series else one.group, (one.named, one.noted, one.silent)


def _row(one: EditFigures) -> dict[str, Any]:
    spans = (corrections.span(one.stood_least_s), corrections.span(one.stood_most_s))
    return {"figures": one, "least": spans[0], "most": spans[1]}


def _narrowed(asked: EditsAsked) -> list[tuple[str, Sequence[str]]]:
    """What may be chosen on the page, beside what is chosen."""
    return [(name, list(values)) for name, values in _ALLOWED.items()]


def _address(datasette: Datasette, asked: EditsAsked, by: By, more: dict[str, Any]) -> Markup:
    """The page with something chosen otherwise; None takes a choice back."""
    given = {**asked.given, "by": str(by), **more}
    query = urlencode({name: value for name, value in given.items() if value not in {None, ""}})
    return Markup("{}?{}").format(datasette.urls.path("/-/corrections"), query)
