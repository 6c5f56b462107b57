"""Ready-made questions: their answers page by page, and whole as a file.

Datasette's own page of them ends at so many rows, and its file with it, without a word.
"""

from __future__ import annotations

import re
from contextlib import suppress
from tempfile import SpooledTemporaryFile
from typing import IO, TYPE_CHECKING, Any, cast
from urllib.parse import urlencode

from datasette.utils import derive_named_parameters, sqlite_timelimit
from datasette.utils.asgi import AsgiStream, Forbidden, NotFound, Response

from archive.db.as_of import seen_as_of
from archive.model.people import LONGEST_REASON
from archive.show import questions
from archive.show.withheld import without_hidden
from archive.web import people
from archive.web.answering import page, page_number, read
from archive.web.columns import label
from archive.web.described import DESCRIBED_NAME, description, our_databases
from archive.web.titled import titles_among

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Mapping

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

    from archive.show.questions import Answered
    from archive.web.answering import Page

NAMES = tuple(description()["databases"][DESCRIBED_NAME]["queries"])

PATHS = rf"/(?P<database>[^/.]+)/(?P<question>{'|'.join(map(re.escape, NAMES))})"
"""Where questions stand, as datasette has them."""

_COUNTING_MS = 80
"""A total is worth this much waiting; without it the page says only that there is more."""
_WHOLE_MS = 120_000
"""For a file of half a million rows on a small machine."""
_IN_MEMORY = 4 * 1024 * 1024
_CHUNK = 64 * 1024
_MOST_PAGES = 99_999


async def question_page(request: Request, datasette: Datasette) -> Response:
    """One page of the answer of a question; `?_page=2` is the second, `?_show_sql=1` shows its
    SQL."""
    database, asked = await _asked(request, datasette)
    number = page_number(request.args.get("_page"), _MOST_PAGES)
    values = await _values(request, database, asked["sql"])
    found = await read(
        datasette, database, lambda db: _answer(db, asked, values, number)
    )  # fmt: skip
    if number > 1 and not found.rows:
        raise NotFound(f"There is no page {number} of this")
    total = found.total
    if total is None:
        total = await database.execute_fn(lambda db: _total(db, asked, values))
    path = datasette.urls.path(request.path)
    own = {name: value for name, value in values.items() if value}
    context = {
        "question": asked,
        "values": values,
        "answer": found,
        "zip": zip,
        "titles": await titles_among(database, found.columns, found.rows),
        "labels": [label(name) for name in found.columns],
        "first": (number - 1) * questions.PAGE + 1,
        "total": total,
        "before": _address(path, own, number - 1) if number > 1 else None,
        "after": _address(path, own, number + 1) if found.more else None,
        "number": number,
        "csv": _address(f"{path}.csv", own),
        "json": _address(f"{path}.json", own),
        "sql_shown": request.args.get("_show_sql") == "1",
        "sql_link": _address(path, {**own, "_show_sql": "1"}),
        "edit_link": await _edit_link(request, datasette, database, asked["sql"], own),
        "asks": await _asks(request, datasette, found),
    }
    return await page(datasette, request, database, "isw_question.html", context)


async def _asks(request: Request, datasette: Datasette, found: Answered) -> dict[str, Any] | None:
    """What the form needs that asks for new captures of rows; None: they name no sources, or who
    asks may not."""
    if "source_id" not in found.columns or not await people.may_write(datasette, request):
        return None
    act = datasette.urls.path("/-/act/rows")
    return {"act": act, "field": people.ROW, "longest": LONGEST_REASON}


async def question_csv(request: Request, datasette: Datasette) -> Response:
    """The whole answer as CSV, however long it is."""
    database, asked = await _asked(request, datasette)
    values = await _values(request, database, asked["sql"])
    await read(datasette, database, lambda db: _answer(db, asked, values, 1))  # or an error
    file = cast("IO[str]", SpooledTemporaryFile(_IN_MEMORY, "w+", encoding="utf-8", newline=""))  # noqa: SIM115 - closed when sent

    def write(connection: sqlite3.Connection) -> None:
        with without_hidden(connection):
            questions.write_csv(connection, asked["sql"], values, file)

    await read(datasette, database, write, _WHOLE_MS)
    file.seek(0)

    async def send(out: Any) -> None:
        with file:
            while chunk := file.read(_CHUNK):
                await out.write(chunk)

    name = f"{request.url_vars['question']}.csv"
    headers = {"content-disposition": f'attachment; filename="{name}"'}
    return cast("Response", AsgiStream(send, 200, headers, "text/csv; charset=utf-8"))


async def no_such_form(request: Request, datasette: Datasette) -> Response:
    """Datasette answers a form that it does not know with its own page."""
    del datasette
    raise NotFound(f"There is no {request.url_vars['form'][:20]} of this")


def routes(forms: Iterable[str]) -> list[tuple[str, Page]]:
    """Where questions are answered by us.

    Args:
        forms: Of data that datasette gives besides.
    """
    known = "|".join(re.escape(form) for form in forms)
    return [
        (rf"^{PATHS}$", question_page),
        (rf"^{PATHS}\.csv$", question_csv),
        (rf"^{PATHS}\.(?!(?:{known})$)(?P<form>\w+)$", no_such_form),
    ]


async def _asked(request: Request, datasette: Datasette) -> tuple[Database, dict[str, Any]]:
    """The archive and the question that are meant.

    Raises:
        NotFound: There is no such question.
        Forbidden: The visitor may not ask it.
    """
    name, question = request.url_vars["database"], request.url_vars["question"]
    database = our_databases(datasette).get(name)
    asked = database and await datasette.get_canned_query(name, question, request.actor)
    if database is None or not asked:
        raise NotFound("There is no table or question of this name.")
    shown, _ = await datasette.check_visibility(
        request.actor,
        permissions=[
            ("view-query", (name, question)), ("view-database", name), "view-instance"
        ],
    )  # fmt: skip
    if not shown:
        raise Forbidden("You may not ask this question")
    return database, {**asked, "name": question}


async def _values(request: Request, database: Database, sql: str) -> dict[str, str]:
    names = await derive_named_parameters(database, sql)
    return {name: request.args.get(name) or "" for name in names}


def _answer(
    connection: sqlite3.Connection, asked: Mapping[str, Any], values: Mapping[str, str], number: int
) -> Answered:
    at_once = asked["name"] in questions.AT_ONCE
    with without_hidden(connection):
        return questions.answer(connection, asked["sql"], values, number, at_once=at_once)


def _total(
    connection: sqlite3.Connection, asked: Mapping[str, Any], values: Mapping[str, str]
) -> int | None:
    """Rows in all; None where counting them takes too long."""
    name = asked["name"]
    if not seen_as_of(connection) and questions.is_long(connection, name, values):
        return None
    with (
        suppress(Exception),
        sqlite_timelimit(connection, _COUNTING_MS),
        without_hidden(connection),
    ):
        known = None if seen_as_of(connection) else questions.known_total(connection, name, values)
        return questions.count(connection, asked["sql"], values) if known is None else known
    return None


def _address(path: str, own: Mapping[str, str], number: int = 1) -> str:
    arguments = {**own, **({"_page": str(number)} if number > 1 else {})}
    return f"{path}?{urlencode(arguments)}" if arguments else path


async def _edit_link(
    request: Request, datasette: Datasette, database: Database, sql: str, own: Mapping[str, str]
) -> str | None:
    """Where the question may be written anew; None where SQL of visitors is not answered."""
    allowed = await datasette.permission_allowed(
        request.actor, "execute-sql", database.name, default=True
    )
    if not allowed:
        return None
    return f"{datasette.urls.database(database.name)}?{urlencode({'sql': sql, **own})}"
