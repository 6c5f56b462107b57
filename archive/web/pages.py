"""Our own pages: captures as evidence and as downloads, sources, figures; and where each page
is."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

from datasette.utils.asgi import NotFound, Response

from archive.errors import WarcError
from archive.model.body import whole_body
from archive.model.people import CAPTURE, SOURCE, Subject
from archive.show import (
    browser_reading,
    check_reading,
    observers,
    plain,
    reading,
    reading_source,
)
from archive.show.withheld import withheld_among
from archive.warc.decode import UndecodableBodyError, decoded_body, encodings
from archive.warc.reader import MAX_RECORD_BYTES
from archive.web import (
    about,
    atom,
    card,
    changes,
    check,
    cite,
    corrections,
    dossier,
    geo,
    group,
    held,
    latency,
    life_line,
    memento,
    operations,
    people,
    picture,
    question,
    replay,
    report,
    rot_page,
    search,
    series,
    source_named,
    support_page,
    watch,
)
from archive.web.answering import (
    UnreadableError,
    database_of,
    db_argument,
    number_of,
    page,
    page_number,
    wants_json,
    with_plain_errors,
)
from archive.web.headers import BODY_POLICY, POLICY_NAME
from archive.web.records import (
    BODY_TYPES,
    capture_of,
    packed_record,
    read_record,
    record_needed,
    record_of_body,
    told_of,
)
from archive.web.streamed import answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from datasette.app import Datasette
    from datasette.utils.asgi import Request

    from archive.model.body import Body
    from archive.warc.reader import WarcRecord
    from archive.web.answering import Page

SHOWN = frozenset({"ok", "not-modified"})
"""Outcomes of which there may be a picture or a document to see."""

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


_FIGURES = {"csv": "text/csv; charset=utf-8", "svg": "image/svg+xml"}


async def capture_page(request: Request, datasette: Datasette) -> Response:
    """A capture as evidence: what was asked, what came, where it stands, what it says."""
    database = await database_of(datasette, request)
    number = number_of(request.url_vars["capture"])
    found = await capture_of(database, number)
    row = found["row"]
    browser = await database.execute_fn(lambda db: browser_reading.of_capture(db, row))
    if browser is not None:
        found = {**found, "source": browser["source"]}
    record, problem, drawn = None, None, None
    sheet = page_number(request.args.get("page"))
    try:
        record = await read_record(database, row["warc_file"], row["warc_offset"], _HEAD_BYTES)
    except WarcError as error:
        problem = told_of(database, error)
    if problem is None and row["outcome"] in SHOWN and _to_be_drawn(row["content_type"]):
        with suppress(NotFound, UnreadableError):
            _, whole = await record_of_body(request, datasette)
            drawn = await picture.redrawn(whole, sheet)
    context = {
        "observers": await database.execute_fn(lambda db: observers.of_capture(db, number)),
        "drawn": drawn,
        "sheet": sheet,
        "plain": plain,
        "capture": found,
        "browser": browser,
        "record": record,
        "problem": problem,
        "has_body": record is not None and record.type in BODY_TYPES,
        "told": {**found, "http_headers": record.http_headers if record else None},
    }
    subject = Subject(CAPTURE, row["record_id"])
    context |= await people.beside(request, datasette, database, subject, number)
    return await page(datasette, request, database, "isw_capture.html", context)


def _to_be_drawn(content_type: str | None) -> bool:
    return picture.may_be_picture(content_type) or picture.may_be_pdf(content_type)


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
        if await database.execute_fn(lambda db: withheld_among(db, all_of)):
            found["change"] = None
    found["said"] = await database.execute_fn(lambda db: check_reading.first_said(db, number))
    named = [one["report"] for one in found["circular"]]
    named += [name for name, _ in found["older"]]
    named += [name for one in found["related"]["by"] for name in one["reports"]]
    titles = await database.execute_fn(lambda db: reading.titles(db, named))
    shown = {"source": found, "told": found, "titles": titles, "feed": {"source": number}}
    shown["life"] = life_line.life(found)
    subject = Subject(SOURCE, found["row"]["url"])
    shown |= await people.beside(request, datasette, database, subject, number)
    shown["cite"] = await cite.of_source(request, datasette, database, number)
    return await page(datasette, request, database, "isw_source.html", shown)


async def figures_page(request: Request, datasette: Datasette) -> Response:
    """How long cited sources last.

    `?kind=`, `?by=` and `?from=` are as `isw-archive report rot` has them.
    """
    database = await database_of(datasette, request)
    asked, path = _figures_asked(request), Path(str(database.path))
    whole = wants_json(request)
    shown = await database.execute_fn(lambda db: rot_page.context(db, path, asked, whole=whole))
    shown["db_argument"] = db_argument(datasette, database, "&")
    return await page(datasette, request, database, "isw_rot.html", shown)


def _figures_asked(request: Request) -> dict[str, str]:
    return {name: request.args.get(name) or "" for name in ("kind", "by", "from")}


async def figures_file(request: Request, datasette: Datasette) -> Response:
    """How long cited sources last, as a file: `.csv` is the whole table, `.svg` the curves."""
    database = await database_of(datasette, request)
    form = request.url_vars["form"]
    make = rot_page.csv_file if form == "csv" else rot_page.svg_file
    asked, path = _figures_asked(request), Path(str(database.path))
    text = await database.execute_fn(lambda db: make(db, path, asked))
    name = "-".join(["rot", *(part for part in asked.values() if part)])
    return Response(
        text,
        headers={
            "content-disposition": f'attachment; filename="{name}.{form}"',
            POLICY_NAME: f"{BODY_POLICY}; style-src 'unsafe-inline'",
        },
        content_type=_FIGURES[form],
    )


async def capture_body(request: Request, datasette: Datasette) -> Response:
    """The captured bytes as a download, never as a page of this server.

    `?as=sent` gives them with their content coding (gzip and so on) left on. A `Range` is answered.
    """
    number, record = await record_of_body(request, datasette, large=True)
    if record.type not in BODY_TYPES:
        raise NotFound(f"Capture {number} has no body: nothing was answered")
    body, ending = _body(record, as_sent=request.args.get("as") == "sent")
    headers = {
        "content-disposition": f'attachment; filename="capture-{number}{ending}"',
        POLICY_NAME: BODY_POLICY,
    }
    etag = record.payload_digest if body is record.body else None
    return answer(request, body, headers, "application/octet-stream", etag)


async def capture_record(request: Request, datasette: Datasette) -> Response:
    """The WARC record of a capture, alone, as a file that any WARC tool reads."""
    database = await database_of(datasette, request)
    number = number_of(request.url_vars["capture"])
    found = await capture_of(database, number)
    row = found["row"]
    with record_needed(number):
        # nobody is given a damaged one as if it were evidence
        place = (row["warc_file"], row["warc_offset"])
        await read_record(database, *place, MAX_RECORD_BYTES, large=True)
        record = await packed_record(database, *place, row["warc_length"])
    name = f"capture-{number}{''.join(PurePath(row['warc_file']).suffixes[-2:])}"
    headers = {
        "content-disposition": f'attachment; filename="{name}"',
        POLICY_NAME: BODY_POLICY,
    }
    return answer(request, record, headers, "application/warc", None)


def _body(record: WarcRecord, *, as_sent: bool) -> tuple[Body, str]:
    """Bytes, and the ending of a file that holds them."""
    codings = encodings(record.http_headers)
    if as_sent and codings:
        return record.body, ".bin"
    declared = next((v for n, v in record.http_headers if n.lower() == "content-type"), "")
    ending = _ENDINGS.get(declared.partition(";")[0].strip().lower(), ".bin")
    if not codings:
        return record.body, ending
    try:
        return decoded_body(
            whole_body(record.body), record.http_headers, _MAX_UNPACKED_BYTES
        ), ending
    except UndecodableBodyError:
        return record.body, ".bin"


_PAGES: tuple[tuple[str, Page], ...] = (
    (r"report/(?P<report>.+)/changes", changes.changes_page),
    (r"report/(?P<report>.+)/check", check.check_page),
    (r"report/(?P<report>.+)/dossier\.wacz", dossier.dossier_file),
    (r"report/(?P<report>.+)", report.report_page),
    (r"version/(?P<version>[^/]+)", report.version_page),
    (r"search", search.search_page),
    (r"held", held.held_page),
    (r"account", group.account_page),
    (r"host", group.host_page),
    (r"series/(?P<series>[^/]+)", series.series_page),
    (r"about", about.about_page),
    (r"runs", operations.runs_page),
    (r"run/(?P<run>[^/]+)", operations.run_page),
    (r"alarms", operations.alarms_page),
    (r"queue", people.queue_page),
    (r"lists", people.lists_page),
    (r"watches", watch.watches_page),
    (r"rot", figures_page),
    (r"support", support_page.support_page),
    (r"corrections", corrections.corrections_page),
    (r"latency", latency.latency_page),
    (r"source/(?P<source>[^/]+)", source_page),
    (r"capture/(?P<capture>[^/]+)", capture_page),
)
"""Each is JSON, too, where `.json` stands behind it."""

_FILES: tuple[tuple[str, Page], ...] = (
    (r"rot\.(?P<form>csv|svg)", figures_file),
    (r"atom", atom.atom_feed),
    (r"corrections\.atom", corrections.corrections_atom),
    (r"card/edit/(?P<version>\d+)/(?P<position>\d{1,6})\.(?P<form>svg|png)", card.edit_card),
    (r"card/capture/(?P<capture>\d+)\.(?P<form>svg|png)", card.capture_card),
    (r"geo/(?P<report>.+)\.geojson", geo.geo_file),
    (r"watch/(?P<watch>[^/]+)\.atom", watch.watch_feed),
    (rf"report/(?P<report>.+)/cite/(?P<form>{cite.NAMES})", cite.report_file),
    (rf"source/(?P<source>[^/]+)/cite/(?P<form>{cite.NAMES})", cite.source_file),
    (r"source/(?P<address>(?:https?(?::|%3[aA])|[^/]+\.).+)", source_named.led),
    (r"capture/(?P<capture>[^/]+)/body", capture_body),
    (r"capture/(?P<capture>[^/]+)/picture", picture.picture),
    (r"capture/(?P<capture>[^/]+)/thumb", picture.thumbnail),
    (r"capture/(?P<capture>[^/]+)/since/(?P<before>[^/]+)", picture.changed),
    (r"capture/(?P<capture>[^/]+)/record", capture_record),
    (r"capture/(?P<capture>[^/]+)/replay", replay.replay_page),
    (r"capture/(?P<capture>[^/]+)/replayed", replay.replayed),
)

_MEMENTOS: tuple[tuple[str, Page], ...] = (
    (r"timegate/(?P<address>.+)", memento.timegate),
    (r"timemap/(?P<form>link|json)/(?P<address>.+)", memento.timemap_page),
    (r"web/(?P<stamp>[0-9]{14})(?P<mode>id_)?/(?P<address>.+)", memento.memento_page),
)


def routes(forms: Iterable[str]) -> list[tuple[str, Any]]:
    """All pages of ours.

    Args:
        forms: Of data that datasette gives of a question.
    """
    ours = [
        *((rf"^/-/{path}\.json$", shown) for path, shown in _PAGES),
        *((rf"^/-/{path}$", shown) for path, shown in (*_FILES, *_PAGES)),
        *((rf"^/{path}$", shown) for path, shown in _MEMENTOS),
    ]
    return [
        *((f"^/-/act/{path}$", people.form_page(act)) for path, act in people.ACTS),
        *((path, with_plain_errors(shown)) for path, shown in (*ours, *question.routes(forms))),
    ]
