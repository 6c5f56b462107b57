"""How to cite a report or a source: on its page, in its head, and as files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils.asgi import NotFound, Response

from archive.show.citing import forms, metadata, reading
from archive.show.withheld import WithheldError
from archive.web.answering import database_of, number_of, own_arguments, root_of
from archive.web.cells import with_arguments

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

    from archive.show.citing.record import Citation

NAMES = "|".join(forms.FORMS)

_LABELS = {
    "bibtex": "BibTeX", "csl-json": "CSL-JSON", "ris": "RIS", "robust-links": "Robust Links (HTML)",
}  # fmt: skip
_FILES = {
    "bibtex": ("application/x-bibtex; charset=utf-8", "bib"),
    "csl-json": ("application/vnd.citationstyles.csl+json", "json"),
    "ris": ("application/x-research-info-systems; charset=utf-8", "ris"),
    "robust-links": ("text/html; charset=utf-8", "html"),
}
"""Types by which reference managers know the files, and their endings."""


async def of_report(
    request: Request, datasette: Datasette, database: Database, report_id: str, name: str | None
) -> dict[str, Any] | None:
    """What the page of a report says of how to cite it."""
    root = root_of(request, datasette)
    path = _path(datasette, database, f"report/{quote(report_id)}", v=name)
    return await _shown(
        database, lambda db: reading.report(db, report_id, name, root), path
    )  # fmt: skip


async def of_source(
    request: Request, datasette: Datasette, database: Database, number: int
) -> dict[str, Any] | None:
    """How a source is cited, for its page."""
    root = root_of(request, datasette)
    path = _path(datasette, database, f"source/{number}")
    return await _shown(database, lambda db: reading.source(db, number, root), path)


async def report_file(request: Request, datasette: Datasette) -> Response:
    """A citation of a report as a file; `?v=` names its version."""
    database = await database_of(datasette, request)
    report_id, name = request.url_vars["report"], request.args.get("v")
    root = root_of(request, datasette)
    found = await database.execute_fn(lambda db: reading.report(db, report_id, name, root))
    return _file(found, request.url_vars["form"])


async def source_file(request: Request, datasette: Datasette) -> Response:
    """A citation of a source as a file."""
    database = await database_of(datasette, request)
    number, root = number_of(request.url_vars["source"]), root_of(request, datasette)
    found = await database.execute_fn(lambda db: reading.source(db, number, root))
    return _file(found, request.url_vars["form"])


def _file(found: Citation | None, form: str) -> Response:
    if found is None:
        raise NotFound("Nothing of this name is held here")
    kind, ending = _FILES[form]
    headers = {"content-disposition": f'attachment; filename="{found.key}.{ending}"'}
    return Response(forms.FORMS[form]([found]), headers=headers, content_type=kind)


async def _shown(
    database: Database,
    read: Callable[[sqlite3.Connection], Citation | None],
    path: Callable[[str], str],
) -> dict[str, Any] | None:
    """What templates show of a citation; None of what is withheld."""
    try:
        found = await database.execute_fn(read)
    except WithheldError:
        return None
    if found is None:
        return None
    return {
        "tags": metadata.tags(found),
        "json_ld": metadata.json_ld_text(found),
        "forms": [
            {"name": name, "label": _LABELS[name], "text": _text(name, found), "href": path(name)}
            for name in forms.FORMS
        ],
    }


def _text(form: str, found: Citation) -> str:
    """What is copied from the page: of a whole document, the link alone."""
    if form == "robust-links":
        return str(forms.robust_link(found))
    return forms.FORMS[form]([found]).replace("\r\n", "\n").rstrip()


def _path(
    datasette: Datasette, database: Database, about: str, **arguments: str | None
) -> Callable[[str], str]:
    """The address of each form's file."""
    own = own_arguments(datasette, database)
    return lambda form: with_arguments(
        str(datasette.urls.path(f"/-/{about}/cite/{form}")),
        **{name: value or "" for name, value in arguments.items()},
        **own,
    )
