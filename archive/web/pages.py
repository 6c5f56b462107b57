"""Our own pages: captures as evidence and as downloads, sources, figures; and where each page
is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Response

from archive.errors import WarcError
from archive.show import reading, reading_source
from archive.show.withheld import hidden, require_shown
from archive.warc.decode import UndecodableBodyError, decoded_body, encodings
from archive.warc.reader import MAX_RECORD_BYTES
from archive.web import (
    changes,
    check,
    dossier,
    group,
    picture,
    replay,
    report,
    rot_page,
    search,
    series,
)
from archive.web.answering import answered, database_of, db_argument, number_of, page
from archive.web.headers import BODY_POLICY, POLICY_NAME
from archive.web.records import BODY_TYPES, read_record, record_of_body

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from archive.warc.reader import WarcRecord
    from archive.web.answering import Page

_HEAD_BYTES = 128 * 1024
"""Of a record shown with its headers only: more than the headers of any server we met."""

_MAX_UNPACKED_BYTES = 4 * MAX_RECORD_BYTES

# Types that a person opens after downloading; everything else is plain bytes.
_ENDINGS = {
    "text/html": ".html",
    "application/xhtml+xml": ".html",
    "application/pdf": ".pdf",
    "application/json": ".json",
    "text/plain": ".txt",
    "application/xml": ".xml",
    "text/xml": ".xml",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
}


async def capture_page(request: Request, datasette: Datasette) -> Response:
    """A capture as evidence: what was asked, what came, where it stands, what it says."""
    database = await database_of(datasette, request)
    number = number_of(request.url_vars["capture"])
    found = await database.execute_fn(lambda db: reading.capture(db, number))
    if found is None:
        raise NotFound(f"No capture {number} is held here")
    await database.execute_fn(lambda db: require_shown(db, number))
    row = found["row"]
    record, problem = None, None
    try:
        record = await read_record(database, row["warc_file"], row["warc_offset"], _HEAD_BYTES)
    except WarcError as error:
        problem = str(error)
    context = {
        "capture": found,
        "record": record,
        "problem": problem,
        "has_body": record is not None and record.type in BODY_TYPES,
    }
    return await page(datasette, request, database, "isw_capture.html", context)


async def source_page(request: Request, datasette: Datasette) -> Response:
    """A source: what is thought of it and why, what it said and says, and who rests on it.

    `?with=` names the capture whose text is held against the first good one's.
    """
    database = await database_of(datasette, request)
    number = number_of(request.url_vars["source"])
    wanted = request.args.get("with")
    compared = number_of(wanted) if wanted else None
    found = await database.execute_fn(lambda db: reading_source.source(db, number, compared))
    if found is None:
        raise NotFound(f"No source {number} is held here")
    if compared is not None and found["change"] is None:
        raise NotFound(f"Capture {compared} of source {number} has no text to compare")
    if found["change"] is not None:
        # a difference shows both texts
        all_of = [one["id"] for one in found["tries"]]
        if await database.execute_fn(lambda db: hidden(db, all_of)):
            found["change"] = None
    return await page(datasette, request, database, "isw_source.html", {"source": found})


async def figures_page(request: Request, datasette: Datasette) -> Response:
    """How long cited sources last.

    `?kind=`, `?by=` and `?from=` are as `isw-archive report rot` has them.
    """
    database = await database_of(datasette, request)
    asked = {name: request.args.get(name) or "" for name in ("kind", "by", "from")}
    path = Path(str(database.path))
    shown = await database.execute_fn(lambda db: rot_page.context(db, path, asked))
    shown["db_argument"] = db_argument(datasette, database, "&")
    return await page(datasette, request, database, "isw_rot.html", shown)


async def capture_body(request: Request, datasette: Datasette) -> Response:
    """The captured bytes as a download, never as a page of this server.

    `?as=sent` gives them with their content coding (gzip and so on) left on.
    """
    number, record = await record_of_body(request, datasette)
    if record.type not in BODY_TYPES:
        raise NotFound(f"Capture {number} has no body: nothing was answered")
    body, ending = _body(record, as_sent=request.args.get("as") == "sent")
    return Response(
        body,
        headers={
            "content-disposition": f'attachment; filename="capture-{number}{ending}"',
            POLICY_NAME: BODY_POLICY,
        },
        content_type="application/octet-stream",
    )


def _body(record: WarcRecord, *, as_sent: bool) -> tuple[bytes, str]:
    """Bytes, and the ending of a file that holds them."""
    if as_sent and encodings(record.http_headers):
        return record.payload, ".bin"
    declared = next((v for n, v in record.http_headers if n.lower() == "content-type"), "")
    ending = _ENDINGS.get(declared.partition(";")[0].strip().lower(), ".bin")
    try:
        return decoded_body(record.payload, record.http_headers, _MAX_UNPACKED_BYTES), ending
    except UndecodableBodyError:
        return record.payload, ".bin"


_PAGES: tuple[tuple[str, Page], ...] = (
    (r"report/(?P<report>.+)/changes", changes.changes_page),
    (r"report/(?P<report>.+)/check", check.check_page),
    (r"report/(?P<report>.+)/dossier\.wacz", dossier.dossier_file),
    (r"report/(?P<report>.+)", report.report_page),
    (r"version/(?P<version>[^/]+)", report.version_page),
    (r"search", search.search_page),
    (r"account", group.account_page),
    (r"host", group.host_page),
    (r"series/(?P<series>[^/]+)", series.series_page),
    (r"rot", figures_page),
    (r"source/(?P<source>[^/]+)", source_page),
    (r"capture/(?P<capture>[^/]+)", capture_page),
    (r"capture/(?P<capture>[^/]+)/body", capture_body),
    (r"capture/(?P<capture>[^/]+)/picture", picture.picture),
    (r"capture/(?P<capture>[^/]+)/replay", replay.replay_page),
    (r"capture/(?P<capture>[^/]+)/replayed", replay.replayed),
)

ROUTES: list[tuple[str, Any]] = [(rf"^/-/{path}$", answered(shown)) for path, shown in _PAGES]
