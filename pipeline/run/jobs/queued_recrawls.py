"""What people asked to be captured again: taken in the order asked, each with its own reason."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING, Any

from archive import clock
from archive.db import people
from archive.db.database import open_readonly
from archive.errors import BadInputError
from archive.model.people import REPORT
from archive.model.times import format_time
from archive.show.people_reading import address_of, came_of
from pipeline.run.jobs.choose import chosen
from pipeline.run.jobs.collect import recrawl

if TYPE_CHECKING:
    from pathlib import Path

    from pipeline.run.jobs.session import Session

NOTHING = "nothing was captured"


def recrawl_queued(session: Session, config: Path | None) -> None:
    """Capture what open requests are for; one that was ended before it was done stays open."""
    for request in people.open_requests(session.folder.people):
        try:
            targets = _targets(session, request)
        except BadInputError as error:
            _answer(session, request, f"not done: {error}")
            continue
        why = f"{request['reason']} (request {request['id']} of {request['who']})"
        if not recrawl(session, targets, why, config):
            return
        with closing(open_readonly(session.folder.database)) as db:
            told = came_of(db.conn, session.run, f"recrawl: {why}")
        _answer(session, request, told or NOTHING)


def _targets(session: Session, request: dict[str, Any]) -> tuple[str, ...]:
    name = request["name"]
    if request["kind"] == REPORT:
        return chosen(session.folder, (), report=name, sql=None, failed=False)
    with closing(open_readonly(session.folder.database)) as db:
        address = address_of(db.conn, name)
    if address is None:
        raise BadInputError(f"{name}: not held any more")
    return chosen(session.folder, (address,), report=None, sql=None, failed=False)


def _answer(session: Session, request: dict[str, Any], outcome: str) -> None:
    session.count("requests")
    at = format_time(clock.now())
    people.answer(session.folder.people, request["id"], run=session.run, at=at, outcome=outcome)
