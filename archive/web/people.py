"""What people write, where the server was started for that: requests to capture again, and notes.

Off unless the plugin's configuration says `writable`, as `isw-archive serve --writable` has it. The
database of the archive stays read-only; what is written goes into `people.db` beside it.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from datasette.utils.asgi import Forbidden, NotFound, Response

from archive import clock
from archive.db import disputes, lists, people
from archive.errors import BadInputError, DataFolderError
from archive.model.people import (
    ASKED,
    LONGEST_NAME,
    LONGEST_NOTE,
    LONGEST_REASON,
    REPORT,
    SOURCE,
    Subject,
    checked,
)
from archive.model.times import format_time
from archive.show import people_reading
from archive.show.judge_sample import standing
from archive.show.withheld import WithheldError
from archive.web.answering import database_of, db_argument, folder_of, page
from archive.web.described import our_databases
from archive.web.headers import PLUGIN

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Awaitable, Callable, Mapping
    from pathlib import Path

    from datasette.app import Datasette
    from datasette.database import Database
    from datasette.utils.asgi import Request

    from archive.web.answering import Page

    Form = Mapping[str, str]
    Act = Callable[[sqlite3.Connection, Path, Subject, str, Form], None]
    Keep = Callable[[Request, Datasette], Awaitable[Response]]

ACTION = "isw-act"
"""What datasette's plugins of permissions are asked; one that says no is heeded."""
ROOT = "root"
"""The actor of whom holds the address that `serve --writable` prints."""
ROW = "source-"
"""How the fields of a form begin that name a row's source: datasette gives of fields with one name
only the last."""
_SAME_SITE = frozenset({"same-origin", "none"})


def is_writable(datasette: Datasette) -> bool:
    """Whether people may write at all."""
    return (datasette.plugin_config(PLUGIN) or {}).get("writable") is True


def is_permitted(datasette: Datasette, actor: Mapping[str, Any] | None) -> bool | None:
    """Whether an actor may write: `root`, and whom the configuration names in `allow`.

    None: a plugin may say so.
    """
    if not is_writable(datasette):
        return False
    named = (datasette.plugin_config(PLUGIN) or {}).get("allow") or ()
    return True if actor and actor.get("id") in {ROOT, *named} else None


async def may_write(datasette: Datasette, request: Request) -> bool:
    """Whether who asks for a page may write on it."""
    if not is_writable(datasette) or not request.actor or not _who(request):
        return False
    return bool(await datasette.permission_allowed(request.actor, ACTION, default=False))


def _who(request: Request) -> str | None:
    """The name of who is signed in, as it is kept."""
    try:
        return checked(str((request.actor or {}).get("id") or ""), LONGEST_NAME, "actor")
    except BadInputError:
        return None


async def beside(
    request: Request, datasette: Datasette, database: Database, about: Subject, number: int | str
) -> dict[str, Any]:
    """What a page's template needs to show what people wrote about it, and its forms.

    Args:
        request: Asks for the page.
        datasette: Serves it.
        database: The archive.
        about: What the page is about.
        number: What its address names it by.
    """
    path = folder_of(database).people
    shown = {
        "kind": about.kind,
        "id": number,
        "notes": people.notes_about(path, about),
        "disputes": disputes.disputes_of(path, about.name) if about.kind == SOURCE else [],
        "requests": people.requests_about(path, about),
        "may_write": await may_write(datasette, request),
        "can_ask": about.kind in ASKED,
        "who": _who(request) or "",
        "act": datasette.urls.path("/-/act/"),
        "longest_note": LONGEST_NOTE,
        "longest_reason": LONGEST_REASON,
    }
    return {"people": shown}


async def queue_page(request: Request, datasette: Datasette) -> Response:
    """What people asked to be captured again: waiting, and done."""
    database = await database_of(datasette, request)
    path = folder_of(database).people
    found = await database.execute_fn(lambda db: people_reading.queue(db, path))
    return await page(datasette, request, database, "isw_queue.html", {"queue": found,
        "told": found, "of_today": True})  # fmt: skip


async def lists_page(request: Request, datasette: Datasette) -> Response:
    """Lists of addresses that somebody had captured, and how far each is."""
    database = await database_of(datasette, request)
    found = lists.all_lists(folder_of(database).people)
    return await page(datasette, request, database, "isw_lists.html", {"lists": found,
        "told": {"lists": found}, "of_today": True})  # fmt: skip


def form_page(keep: Keep) -> Page:
    """What answers a form: it is checked, kept, and the page it came from is shown again."""

    async def answer(request: Request, datasette: Datasette) -> Response:
        if not is_writable(datasette):
            return _plain_answer(404, "There is no page at this address.")
        if request.method != "POST":
            return Response.text("Only to be posted to\n", status=405, headers={"allow": "POST"})
        if not _is_from_here(request) or not await may_write(datasette, request):
            return _plain_answer(403, "This needs a permission; sign in first.")
        try:
            return await keep(request, datasette)
        except tuple(_REFUSALS) as refused:
            status = next(code for kind, code in _REFUSALS.items() if isinstance(refused, kind))
            return _plain_answer(status, _reason(refused, status))

    return answer


_REFUSALS: dict[type[Exception], int] = {
    Forbidden: 403,
    WithheldError: 403,
    NotFound: 404,
    DataFolderError: 503,
    BadInputError: 400,
    people.FullError: 429,
}
"""What may end an act, and the status that says so."""


def _reason(refused: Exception, status: int) -> str:
    """The reason in words, without a path of the server's."""
    text = str(refused)
    return text.rpartition("/")[2] if status == _REFUSALS[DataFolderError] else text


def _plain_answer(status: int, text: str) -> Response:
    return Response.text(f"{text}\n", status=status)


def _is_from_here(request: Request) -> bool:
    """Whether a form of ours sent it, or a program with a token of its own.

    Datasette compares the token of a form with its cookie, but not where no cookie is sent; a
    browser sends a password of its own accord.
    """
    if request.headers.get("sec-fetch-site", "none") not in _SAME_SITE:
        return False
    is_program = request.headers.get("authorization", "").startswith("Bearer ")
    return is_program or bool(request.cookies.get("ds_csrftoken"))


async def _kept(request: Request, datasette: Datasette, act: Act) -> Response:
    """One thing that was written, about one thing."""
    form = await request.post_vars()
    database = await _database(request, datasette, form)
    kind, given = form.get("kind", ""), form.get("id", "")
    sentence = form.get("sentence", "").replace("\r\n", "\n") or None
    about = await database.execute_fn(
        lambda db: people_reading.subject(db, kind, given, sentence)
    )  # fmt: skip
    if about is None:
        raise NotFound("This is not held here")
    path, who = folder_of(database).people, _who(request) or ""
    await database.execute_fn(lambda db: act(db, path, about, who, form))
    part = "/check" if sentence else ""
    own = db_argument(datasette, database, "?")
    where = datasette.urls.path(f"/-/{kind}/{quote(given)}{part}{own}")
    return Response.redirect(f"{where}{'' if part else '#people'}", status=303)


async def _rows_kept(request: Request, datasette: Datasette) -> Response:
    """Requests for the sources in rows that were chosen, all with one reason."""
    form = await request.post_vars()
    database = await _database(request, datasette, form)
    reason = checked(form.get("reason", ""), LONGEST_REASON, "reason")
    chosen = [name.removeprefix(ROW) for name in form if name.startswith(ROW)]
    if not chosen:
        raise BadInputError("choose at least one row")
    found = await database.execute_fn(
        lambda db: [people_reading.subject(db, SOURCE, given) for given in chosen]
    )
    about = [one for one in found if one is not None]
    if len(about) < len(chosen):
        raise NotFound("This is not held here")
    for one in about:
        people.request_capture(
            folder_of(database).people, one, who=_who(request) or "", at=_now(), reason=reason
        )
    own = db_argument(datasette, database, "?")
    return Response.redirect(datasette.urls.path(f"/-/queue{own}"), status=303)


async def _database(request: Request, datasette: Datasette, form: Form) -> Database:
    ours = our_databases(datasette)
    name = form.get("db") or next(iter(ours), "")
    if name not in ours:
        raise NotFound("No such archive is served here")
    await datasette.ensure_permissions(request.actor, [("view-database", name), "view-instance"])
    return ours[name]


def _ask(_db: sqlite3.Connection, path: Path, about: Subject, who: str, form: Form) -> None:
    if about.kind not in ASKED or about.sentence:
        raise BadInputError(f"only a {SOURCE} or a {REPORT} is captured again")
    reason = checked(form.get("reason", ""), LONGEST_REASON, "reason")
    people.request_capture(path, about, who=who, at=_now(), reason=reason)


def _note(_db: sqlite3.Connection, path: Path, about: Subject, who: str, form: Form) -> None:
    text = checked(form.get("text", ""), LONGEST_NOTE, "note")
    people.note(path, about, who=who, at=_now(), text=text)


def _withdraw(_db: sqlite3.Connection, path: Path, about: Subject, who: str, form: Form) -> None:
    given = form.get("note", "")
    known = {str(row["id"]) for row in people.notes_about(path, about)}
    if given not in known:
        raise NotFound("There is no such note here")
    people.withdraw(path, int(given), who=who, at=_now())


def _dispute(db: sqlite3.Connection, path: Path, about: Subject, who: str, form: Form) -> None:
    verdict = standing(db, about.name) if about.kind == SOURCE else None
    if verdict is None:
        raise BadInputError("only a verdict on a source is disputed, and there is none on this")
    reason = checked(form.get("reason", ""), LONGEST_NOTE, "reason")
    disputes.dispute(path, verdict, who=who, at=_now(), reason=reason)


def _now() -> str:
    return format_time(clock.now())


ACTS: tuple[tuple[str, Keep], ...] = (
    ("request", partial(_kept, act=_ask)),
    ("note", partial(_kept, act=_note)),
    ("withdraw", partial(_kept, act=_withdraw)),
    ("rows", _rows_kept),
    ("dispute", partial(_kept, act=_dispute)),
)
