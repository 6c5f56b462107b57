"""The page of the search: words, filters, and what was found."""

from __future__ import annotations

import sqlite3
from dataclasses import asdict, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from datasette.utils import sqlite_timelimit

from archive.model.vocabulary import Status
from archive.show import plain
from archive.show.reading import titles
from archive.show.search import find
from archive.show.search.choices import choices
from archive.show.search.find import (
    KINDS,
    MOST_PAGES,
    PAGE,
    SORTS,
    SUPPORTS,
    Question,
    SearchAnswer,
    search,
)
from archive.web.answering import database_of, own_arguments, page
from archive.web.cells import with_arguments

if TYPE_CHECKING:
    from collections.abc import Mapping

    from datasette.app import Datasette
    from datasette.utils.asgi import Request, Response

_MOST_TYPED = 1_000
"""Characters of a search that are read."""
_FREE = ("series", "platform", "account", "language", "status")
_TOO_LONG = "This search takes longer than is allowed here; ask for rarer words, or fewer."
_OPERATORS = (
    ("drones kharkiv", "both words, in any of their forms"),
    ("drones OR missiles", "at least one of them"),
    ("drones NOT sea, or drones -sea", "the first where the second is not"),
    ('"power plant"', "these very words in this order"),
    ("drone*", "words that begin so"),
    ("port NEAR fire, port NEAR/3 fire", "within ten words of one another, or within three"),
    ("(drones OR missiles) port", "brackets hold together"),
)


async def search_page(request: Request, datasette: Datasette) -> Response:
    """What `?q=` and the filters beside it find; whatever is asked, a page."""
    database = await database_of(datasette, request)
    question, problems = _question(request.args)
    limit_ms = int(datasette.setting("sql_time_limit_ms"))
    answer, offered = await database.execute_fn(lambda db: _ask(db, question, limit_ms))
    if answer is None:
        answer, problems = SearchAnswer(), [*problems, _TOO_LONG]
    path = datasette.urls.path("/-/search")
    own = own_arguments(datasette, database)
    of_hits = [hit.report for hit in answer.hits if hit.report]
    context = {
        "titles": await database.execute_fn(lambda db: titles(db, of_hits)),
        "question": question,
        "filtered": question != Question(words=question.words, page=question.page),
        "query_text": question.words,
        "answer": answer,
        "problems": [*problems, *answer.doubts],
        "bounded": find.bounded(question),
        "kinds": KINDS,
        "sorts": SORTS,
        "supports": SUPPORTS,
        "choices": offered,
        "pairs": lambda values: [(value, value) for value in values],
        "operators": _OPERATORS,
        "plain": plain,
        "pages": _pages(path, question, answer, own),
        "of_kind": {kind: _address(path, replace(question, kind=kind, page=1), own) for kind in ("",
            *KINDS)},
        "every_version": _address(path, replace(question, every_version=True, page=1), own),
        "instead": _instead(path, question, answer, own),
        "told": {"question": question, "answer": answer, "problems": [*problems, *answer.doubts]},
    }  # fmt: skip
    return await page(datasette, request, database, "isw_search.html", context)


def _ask(
    connection: sqlite3.Connection, question: Question, limit_ms: int
) -> tuple[SearchAnswer | None, dict[str, list[str]]]:
    offered = choices(connection)
    try:
        with sqlite_timelimit(connection, limit_ms):
            return search(connection, question), offered
    except sqlite3.OperationalError as error:
        if "interrupted" not in str(error):
            raise
        return None, offered


def _question(asked: Mapping[str, str]) -> tuple[Question, list[str]]:
    """What is asked, and what of it makes no sense."""
    problems: list[str] = []
    given = {name: (asked.get(name) or "").strip()[:200] for name in _FREE}
    days = {name: _day(asked.get(name) or "", problems) for name in ("since", "until")}
    if given["status"] and given["status"] not in set(Status):
        problems.append(f"There is no status {given['status']!r}.")
    kind, sort = asked.get("kind") or "", asked.get("sort") or "fit"
    support = asked.get("support") or ""
    number = asked.get("page") or "1"
    is_page = number.isascii() and number.isdecimal() and 0 < int(number[:6]) <= MOST_PAGES
    return Question(
        words=(asked.get("q") or "")[:_MOST_TYPED],
        kind=kind if kind in KINDS else "",
        sort=sort if sort in SORTS else "fit",
        support=support if support in SUPPORTS else "",
        every_version=asked.get("all") == "1",
        page=int(number) if is_page else 1,
        **given,
        **days,
    ), problems  # fmt: skip


def _day(text: str, problems: list[str]) -> str:
    text = text.strip()
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        problems.append(f"{text[:40]!r} is no day; write it as 2026-03-17. It was passed over.")
        return ""


def _address(path: str, question: Question, own: Mapping[str, str]) -> str:
    """The address at which a question is answered."""
    given: dict[str, Any] = asdict(question)
    arguments = {"q": given.pop("words"), **given}
    arguments["all"] = "1" if arguments.pop("every_version") else ""
    if arguments["page"] == 1:
        arguments["page"] = ""
    if arguments["sort"] == "fit":
        arguments["sort"] = ""
    return with_arguments(path, **arguments, **own)


def _pages(
    path: str, question: Question, answer: SearchAnswer, own: Mapping[str, str]
) -> dict[str, Any]:
    last = min(MOST_PAGES, -(-answer.total // PAGE))
    number = question.page
    return {
        "number": number,
        "last": last,
        "first_hit": (number - 1) * PAGE + 1,
        "before": _address(path, replace(question, page=number - 1), own) if number > 1 else None,
        "after": _address(path, replace(question, page=number + 1), own) if number < last else None,
    }


def _instead(
    path: str, question: Question, answer: SearchAnswer, own: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Words like those that are not held, each with where it is searched for."""
    return [
        (like, _address(path, Question(words=question.words.replace(word,
            like)) if word in question.words
                        else Question(words=like), own))
        for word, found in answer.nearest.items()
        for like in found
    ]  # fmt: skip
