"""Our own pages: a report as it reads, a capture as evidence, captured bytes as a download."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Response
from markupsafe import Markup, escape

from archive.errors import WarcError
from archive.warc.decode import UndecodableBodyError, decoded_body, encodings
from archive.warc.reader import MAX_RECORD_BYTES, read_at
from archive.web import reading, reading_source, rot_page
from archive.web.described import our_databases
from archive.web.headers import BODY_POLICY, POLICY_NAME
from archive.web.withheld import STATUS, WithheldError, hidden, require_shown

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

    from archive.warc.reader import WarcRecord

    Page = Callable[[Request, Datasette], Awaitable[Response]]

LARGEST_ID = 2**63 - 1
"""SQLite's largest integer; a longer number in an address names nothing."""

BODY_TYPES = frozenset({"response", "revisit", "resource"})
"""Records of a body; a fetch that nothing answered is a metadata record."""

_MARKER = re.compile(r"\[([^\[\]\s]{1,12})\]")

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


async def report_page(request: Request, datasette: Datasette) -> Response:
    """A report as one of its versions reads, with notes and what is held of their sources."""
    database = await _database(datasette, request)
    report_id = request.url_vars["report"]
    wanted = request.args.get("v")
    version_id = _number(wanted) if wanted else None
    found = await database.execute_fn(lambda db: reading.report(db, report_id, version_id))
    if found is None:
        what = f"version {wanted} of report" if wanted else "report"
        raise NotFound(f"No {what} {report_id} is held here")
    await database.execute_fn(lambda db: require_shown(db, found["version"]["id"]))
    context = {"report": found, **_laid_out(found)}
    return await _page(datasette, request, database, "isw_report.html", context)


def _laid_out(found: Mapping[str, Any]) -> dict[str, Any]:
    """The prose as HTML, each marker a link to its note; and where to go back to from a note."""
    places: dict[str, int] = {}
    for note in reversed(found["notes"]):
        places[note["label"]] = note["position"]
    seen: set[int] = set()
    version = found["version"]
    sections = version["sections"] or [{"heading": None, "text": version["text"]}]
    laid = [
        {
            "heading": section["heading"],
            "paragraphs": [
                _with_markers(part, places, seen) for part in section["text"].split("\n\n") if part
            ],
        }
        for section in sections
    ]
    headings = [str(section["heading"] or "").lower() for section in sections]
    return {
        "sections": laid,
        "marked": seen,
        "takeaways_in_text": any("takeaway" in heading for heading in headings),
    }


def _with_markers(text: str, places: Mapping[str, int], seen: set[int]) -> Markup:
    """A paragraph; the first marker of each note gets an id to come back to."""
    parts: list[Markup] = []
    end = 0
    for match in _MARKER.finditer(text):
        place = places.get(match[1])
        if place is None:
            continue
        parts.append(_lines(text[end : match.start()]))
        anchor = Markup("") if place in seen else Markup(' id="ref-{}"').format(place)
        seen.add(place)
        parts.append(
            Markup('<a class="isw-marker"{} href="#note-{}">[{}]</a>').format(
                anchor, place, match[1]
            )
        )
        end = match.end()
    return Markup("").join([*parts, _lines(text[end:])])


def _lines(text: str) -> Markup:
    return Markup("<br>").join(escape(line) for line in text.split("\n"))


async def version_page(request: Request, datasette: Datasette) -> Response:
    """Lead from a version's number to its report."""
    database = await _database(datasette, request)
    number = _number(request.url_vars["version"])
    report_id = await database.execute_fn(lambda db: reading.report_of_version(db, number))
    if report_id is None:
        raise NotFound(f"No version {number} is held here")
    path = datasette.urls.path(
        f"/-/report/{report_id}?v={number}{_db_argument(datasette, database, '&')}"
    )
    return Response.redirect(path)


async def capture_page(request: Request, datasette: Datasette) -> Response:
    """A capture as evidence: what was asked, what came, where it stands, what it says."""
    database = await _database(datasette, request)
    number = _number(request.url_vars["capture"])
    found = await database.execute_fn(lambda db: reading.capture(db, number))
    if found is None:
        raise NotFound(f"No capture {number} is held here")
    await database.execute_fn(lambda db: require_shown(db, number))
    row = found["row"]
    record, problem = None, None
    try:
        record = await _read(database, row["warc_file"], row["warc_offset"], _HEAD_BYTES)
    except WarcError as error:
        problem = str(error)
    context = {
        "capture": found,
        "record": record,
        "problem": problem,
        "has_body": record is not None and record.type in BODY_TYPES,
    }
    return await _page(datasette, request, database, "isw_capture.html", context)


async def source_page(request: Request, datasette: Datasette) -> Response:
    """A source: what is thought of it and why, what it said and says, and who rests on it.

    `?with=` names the capture whose text is held against the first good one's.
    """
    database = await _database(datasette, request)
    number = _number(request.url_vars["source"])
    wanted = request.args.get("with")
    compared = _number(wanted) if wanted else None
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
    return await _page(datasette, request, database, "isw_source.html", {"source": found})


async def figures_page(request: Request, datasette: Datasette) -> Response:
    """How long cited sources last.

    `?kind=`, `?by=` and `?from=` are as `isw-archive report rot` has them.
    """
    database = await _database(datasette, request)
    asked = {name: request.args.get(name) or "" for name in ("kind", "by", "from")}
    path = Path(str(database.path))
    shown = await database.execute_fn(lambda db: rot_page.context(db, path, asked))
    shown["db_argument"] = _db_argument(datasette, database, "&")
    return await _page(datasette, request, database, "isw_rot.html", shown)


async def capture_body(request: Request, datasette: Datasette) -> Response:
    """The captured bytes as a download, never as a page of this server.

    `?as=sent` gives them with their content coding (gzip and so on) left on.
    """
    database = await _database(datasette, request)
    number = _number(request.url_vars["capture"])
    place = await database.execute_fn(lambda db: reading.held_record(db, number))
    if place is None:
        raise NotFound(f"No body of capture {number} is held here")
    await database.execute_fn(lambda db: require_shown(db, number))
    try:
        record = await _read(database, place["warc_file"], place["warc_offset"], MAX_RECORD_BYTES)
    except WarcError as error:
        raise NotFound(f"Capture {number}: {error}") from error
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


async def _read(database: Database, name: str, offset: int, max_bytes: int) -> WarcRecord:
    """A record of the WARC folder beside the database.

    Raises:
        WarcError: No such file or record there, or a name that is none of a file in that folder.
    """
    if PurePath(name).name != name or name in {"", ".", ".."} or "\0" in name:
        raise WarcError(f"{name!r} names no file of the WARC folder; run isw-archive rebuild")
    path = Path(str(database.path)).parent / "warc" / name
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(None, lambda: read_at(path, offset, max_bytes=max_bytes))


async def _database(datasette: Datasette, request: Request) -> Database:
    """The archive meant: the first served, or the one that `?db=` names.

    Raises:
        NotFound: It is not served.
        Forbidden: The visitor may not see it.
    """
    ours = our_databases(datasette)
    name = request.args.get("db") or next(iter(ours), "")
    if name not in ours:
        raise NotFound("No such archive is served here")
    await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
    return ours[name]


def _db_argument(datasette: Datasette, database: Database, sign: str) -> str:
    """`?db=` for every archive but the first."""
    first = next(iter(our_databases(datasette)))
    return "" if database.name == first else f"{sign}db={database.name}"


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    if not 0 < number <= LARGEST_ID:
        raise NotFound(f"{text!r} is no number of ours")
    return number


async def _page(
    datasette: Datasette,
    request: Request,
    database: Database,
    template: str,
    context: dict[str, Any],
) -> Response:
    html = await datasette.render_template(
        template, {**context, "database": database.name}, request=request, view_name="isw"
    )
    return Response.html(html)


def _answering_what_is_missing(page: Page) -> Page:
    """`page`, with a clear answer for what is not here.

    Datasette's own prints its stack and variables for each.
    """

    async def answered(request: Request, datasette: Datasette) -> Response:
        try:
            return await page(request, datasette)
        except NotFound as missing:
            context = {"status": 404, "title": "Not here", "error": str(missing)}
            html = await datasette.render_template("error.html", context, request=request)
            return Response.html(html, status=404)
        except WithheldError as withheld:
            context = {"status": STATUS, "title": "Withheld", "error": str(withheld)}
            html = await datasette.render_template("error.html", context, request=request)
            return Response.html(html, status=STATUS)

    return answered


ROUTES: list[tuple[str, Any]] = [
    (r"^/-/report/(?P<report>.+)$", _answering_what_is_missing(report_page)),
    (r"^/-/version/(?P<version>[^/]+)$", _answering_what_is_missing(version_page)),
    (r"^/-/rot$", _answering_what_is_missing(figures_page)),
    (r"^/-/source/(?P<source>[^/]+)$", _answering_what_is_missing(source_page)),
    (r"^/-/capture/(?P<capture>[^/]+)$", _answering_what_is_missing(capture_page)),
    (r"^/-/capture/(?P<capture>[^/]+)/body$", _answering_what_is_missing(capture_body)),
]
