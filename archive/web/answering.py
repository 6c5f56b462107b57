"""What all our pages share: which archive is meant, and a plain answer where nothing is."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import fields, is_dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlencode

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound, Response
from datasette.views.base import DatasetteError

from archive.errors import ArchiveError
from archive.folder import DataFolder
from archive.show.withheld import WithheldError
from archive.web.as_of import ARGUMENT, as_asked, as_of, asked_rightly
from archive.web.described import our_databases
from archive.web.withheld import STATUS

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping, Sequence

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

    Page = Callable[[Request, Datasette], Awaitable[Response]]

_E = TypeVar("_E", bound=StrEnum)
_T = TypeVar("_T")


class UnreadableError(ArchiveError):
    """Evidence that should be here and is lost or damaged; the message names no path of ours."""


TOO_LONG = "This takes longer than is allowed here; ask for less of it."
_PLAIN_ROOT = re.compile(r"https?://[\w.:\[\]-]+(?:/[\w./~-]*)?", re.ASCII)
_ALONE = re.compile(
    r"/-/(?:runs|alarms|queue|lists|watches|rot|support|corrections|latency|search|held|about)$"
)
"""Pages that need no argument."""
LARGEST_ID = 2**63 - 1
"""SQLite's largest integer; a longer number in an address names nothing."""


async def database_of(datasette: Datasette, request: Request) -> Database:
    """The archive meant: the first served, or the one that `?db=` names; as it stood, where
    `?as_of=` says when.

    Raises:
        NotFound: It is not served, or there is no such time.
        Forbidden: The visitor may not see it.
    """
    ours = our_databases(datasette)
    name = request.args.get("db") or next(iter(ours), "")
    if name not in ours:
        raise NotFound("No such archive is served here")
    await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
    return as_asked(datasette, request, ours[name])


def folder_of(database: Database) -> DataFolder:
    """The data folder that the archive stands in."""
    return DataFolder(Path(str(database.path)).parent)


async def read(
    datasette: Datasette,
    database: Database,
    reading: Callable[[sqlite3.Connection], _T],
    limit_ms: int | None = None,
) -> _T:
    """What `reading` makes of the archive, within the time that a question may take.

    Raises:
        DatasetteError: It takes longer.
    """
    limit = limit_ms or int(datasette.setting("sql_time_limit_ms"))

    def within(connection: sqlite3.Connection) -> _T:
        with sqlite_timelimit(connection, limit):
            return reading(connection)

    try:
        found: _T = await database.execute_fn(within)
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        raise DatasetteError(TOO_LONG, title="Too much to ask at once", status=400) from error
    return found


def own_arguments(datasette: Datasette, database: Database) -> dict[str, str]:
    """What every link to a page of this archive says: `db` for every one but the first, `as_of`
    where it is seen as it stood."""
    first = next(iter(our_databases(datasette)))
    at = as_of(database)
    return {
        **({} if database.name == first else {"db": database.name}),
        **({} if at is None else {ARGUMENT: at}),
    }


def db_argument(datasette: Datasette, database: Database, sign: str) -> str:
    """`own_arguments` as the rest of an address, behind `sign`; empty where there are none."""
    own = own_arguments(datasette, database)
    return f"{sign}{urlencode(own)}" if own else ""


class NotHeldError(NotFound):  # type: ignore[misc]
    """No such report is held.

    Attributes:
        near: The ids of reports that may have been meant.
    """

    def __init__(self, message: str, near: Sequence[str]) -> None:
        super().__init__(message)
        self.near = near


def chosen(kinds: type[_E], name: str, word: str | None, usual: _E) -> _E:
    """What an argument of a page names; without it the usual.

    Args:
        kinds: All that it may name.
        name: The argument's.
        word: As it stands in the address.
        usual: What is shown where it is not there.

    Raises:
        NotFound: It names none of them.
    """
    try:
        return kinds(word) if word else usual
    except ValueError:
        raise NotFound(f"{name}: {str(word)[:40]!r} is none of {', '.join(kinds)}") from None


def number_of(text: str) -> int:
    """A number of ours in an address.

    Raises:
        NotFound: It is none.
    """
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 20 else 0
    if not 0 < number <= LARGEST_ID:
        raise NotFound(f"{text!r} is no number of ours")
    return number


def page_number(text: str | None, most: int = 9_999) -> int:
    """The page that is asked for; the first where none is named.

    Args:
        text: As it stands in the address.
        most: The last that there may be.

    Raises:
        NotFound: It is none.
    """
    good = not text or (
        text.isascii() and text.isdecimal() and len(text) <= 9 and 0 < int(text) <= most
    )
    if not good:
        raise NotFound(f"{str(text)[:40]!r} is no page")
    return int(text or 1)


async def page(
    datasette: Datasette,
    request: Request,
    database: Database,
    template: str,
    context: dict[str, Any],
) -> Response:
    """A template of ours as an answer, or what it shows as JSON where that is asked for.

    Args:
        datasette: Renders it.
        request: Asks for it.
        database: Is named in the template's context.
        template: Its file.
        context: What the template needs; with `told`, what programs are told (without it the page
            has no JSON), `feed`, arguments of the feed of what the page is about, and `of_today`:
            it says the same whatever day is asked for.
    """
    told, feed = context.get("told"), context.get("feed")
    if told is not None and wants_json(request):
        return as_json(told)
    own = {
        "database": database.name,
        "isw_as_of": as_of(database),
        "isw_can_be_past": not context.get("of_today"),
        "isw_json": None if told is None else json_address(request),
        "isw_feeds": feeds(datasette, database, feed),
    }
    html = await datasette.render_template(
        template, {**context, **own}, request=request, view_name="isw"
    )
    return Response.html(html)


def root_of(request: Request, datasette: Datasette) -> str:
    """The whole address of the archive as it was asked for, without a slash at its end.

    Empty where that is none that could stand in a header: `Host:` is the asker's own word.
    """
    root = str(datasette.absolute_url(request, datasette.urls.path("/")))
    return root.rstrip("/") if _PLAIN_ROOT.fullmatch(root) else ""


def wants_json(request: Request) -> bool:
    """Whether a page is asked for as a program reads it: `….json`, or `?_format=json`."""
    return bool(request.path.endswith(".json") or request.args.get("_format") == "json")


def json_address(request: Request) -> str:
    """Where the JSON of a page stands: beside it."""
    query = request.query_string
    return f"{request.path}.json{'?' + query if query else ''}"


def as_json(told: Any) -> Response:
    """The answer to a program: JSON."""
    return Response.json(told, default=_json_value)


def _json_value(value: Any) -> Any:
    """What JSON has no word for."""
    if is_dataclass(value) and not isinstance(value, type):
        # its parts as they are asked for: a copy of all of them takes longer than the JSON
        return {field.name: getattr(value, field.name) for field in fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value) if isinstance(value, (set, frozenset)) else str(value)


def feeds(
    datasette: Datasette, database: Database, about: Mapping[str, Any] | None
) -> list[dict[str, str]]:
    """The feeds that a page names: of what it is about, and of all that happens."""
    path = datasette.urls.path("/-/atom")
    own = own_arguments(datasette, database)
    asked = [about, {}] if about else [{}]
    return [
        {
            "title": ", ".join(["What happened", *(str(value) for value in one.values())]),
            "href": f"{path}?{urlencode({**one, **own})}".rstrip("?"),
        }
        for one in asked
    ]


def with_plain_errors(page: Page) -> Page:
    """`page`, with a clear answer for what is not here.

    Datasette's own prints its stack and variables for each.
    """

    async def answered(request: Request, datasette: Datasette) -> Response:
        if request.method not in {"GET", "HEAD"}:
            return Response.text("Only to be read\n", status=405, headers={"allow": "GET, HEAD"})
        try:
            return await page(request, datasette)
        except NotFound as missing:
            told = {"status": 404, "title": "Not here", "error": str(missing)}
            if isinstance(missing, NotHeldError) and missing.near:
                told["nearest"] = list(missing.near)
        except UnreadableError as lost:
            told = {"status": 500, "title": "Lost or damaged", "error": str(lost)}
        except WithheldError as withheld:
            told = {"status": STATUS, "title": "Withheld", "error": str(withheld)}
        return await refusal(datasette, request, told, in_json=wants_json(request))

    return answered


async def refusal(
    datasette: Datasette, request: Request, told: Mapping[str, Any], *, in_json: bool
) -> Response:
    """The answer to what is not given: a page, or the same as JSON.

    Args:
        datasette: Renders it.
        request: Is answered.
        told: `status`, `title`, `error`.
        in_json: Whether a program asks.
    """
    if in_json:
        said = {"ok": False, **told, "error": str(told["error"])}
        return Response.json(said, status=told["status"])
    seen = {
        "isw_as_of": asked_rightly(request),  # it may be here now
        "isw_bare_page": request.path if _is_right_without(request, told["status"]) else None,
    }
    html = await datasette.render_template("error.html", {**told, **seen}, request=request)
    return Response.html(html, status=told["status"])


def _is_right_without(request: Request, status: int) -> bool:
    """Whether the page is there without the arguments that it was asked with."""
    wrong = status == 400 or (status == 404 and _ALONE.search(request.path) is not None)
    return wrong and bool(request.query_string)
