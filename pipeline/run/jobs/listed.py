"""`collect --urls`: a plain list of addresses, captured as sources that no report cites.

The list is kept among what people wrote. Each capture has the reason `list: NAME` in its WARC
record, so that a rebuild makes the same rows. An address that any run has captured since the list
was made is not asked for again: so a list whose run broke off is gone on with, and running it twice
asks for nothing twice. What failed for the moment is tried again by any `collect`.
"""

from __future__ import annotations

import sys
from contextlib import closing
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from archive import clock
from archive.counted import counted
from archive.db import lists
from archive.db.database import open_readonly
from archive.db.lists import ListState
from archive.db.tables.list_rows import last_looks
from archive.errors import BadInputError
from archive.model.people import checked
from archive.model.times import format_time, parse_time
from pipeline.decide.portions import portions
from pipeline.read.listed import read_list
from pipeline.run.documents import bytes_of
from pipeline.run.jobs.collect import capture_named
from pipeline.run.jobs.ledger_keeper import who

if TYPE_CHECKING:
    from collections.abc import Iterator

    from archive.db.tables.list_rows import Look
    from pipeline.read.listed import ReadList
    from pipeline.run.jobs.session import Session

STDIN = "-"
FRESH = timedelta(days=1)
"""What was looked at within a day before a list was made is not fetched again for it."""
LONGEST_NAME = 120
"""Of a list, in the reason that each capture keeps."""
NAMED = 20
"""Lines that are no addresses, said one by one."""
_TOGETHER = 1_000
"""Addresses that the database is asked about at once."""


def list_name(given: str | None, file: str) -> str:
    """What a list is called: as somebody says, else as its file.

    Raises:
        BadInputError: The name cannot be kept.
    """
    own = "stdin" if file == STDIN else Path(file).stem
    return checked(own if given is None else given, LONGEST_NAME, "collect --list")


def read_file(file: str) -> ReadList:
    """What a file, or standard input, lists.

    Raises:
        BadInputError: It cannot be read, or names no address at all.
    """
    name = "standard input" if file == STDIN else file
    body = sys.stdin.buffer.read() if file == STDIN else bytes_of(Path(file))
    try:
        found = read_list(body.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise BadInputError(f"{name}: no text in UTF-8; nothing was fetched") from error
    if not found.addresses:
        why = "".join(f"; line {number}: {said}" for number, said in [*found.bad.items()][:1])
        raise BadInputError(f"{name}: not one address, nothing was fetched{why}")
    return found


def collect_list(session: Session, name: str, found: ReadList, config: Path | None) -> None:
    """Capture what a list names and nobody has looked at since it was made.

    Raises:
        PeopleError: The list cannot be kept.
    """
    _name_bad(session, found)
    now = format_time(clock.now())
    path = session.folder.people
    made = lists.keep(path, name, found.addresses, who=who() or "unknown", at=now)
    since = format_time(parse_time(made) - FRESH)
    wanted = [url for url, look in _looks(session, name, since) if look is None]
    for portion in portions(wanted):
        done = capture_named(session, portion, f"list: {name}", config)
        _note(session, name, since)
        if not done:
            break
    state = _note(session, name, since)
    session.say.line(
        f"list {name}: {state.held} of {counted(state.addresses, 'addresses')} held, "
        f"{state.failed} not had, {state.waiting} waiting"
    )


def _name_bad(session: Session, found: ReadList) -> None:
    """Report lines that are no addresses; the rest is captured all the same."""
    for number, said in [*found.bad.items()][:NAMED]:
        session.problem(f"line {number}: {said}; left out")
    if len(found.bad) > NAMED:
        session.problem(f"{len(found.bad) - NAMED} further lines are no addresses; left out")


def _looks(session: Session, name: str, since: str) -> Iterator[tuple[str, Look | None]]:
    """Each address of a list with its newest capture since the list was made, or None."""
    with closing(open_readonly(session.folder.database)) as db:
        listed = lists.addresses(session.folder.people, name)
        while some := list(islice(listed, _TOGETHER)):
            looks = last_looks(db, [key for key, _ in some])
            for key, url in some:
                look = looks.get(key)
                yield url, look if look is not None and look.at >= since else None


def _note(session: Session, name: str, since: str) -> ListState:
    """Keep how far a list is."""
    looks = [look for _, look in _looks(session, name, since)]
    state = ListState(
        addresses=len(looks),
        held=sum(look is not None and look.had for look in looks),
        failed=sum(look is not None and not look.had for look in looks),
        waiting=looks.count(None),
    )
    at = format_time(clock.now())
    lists.note_state(session.folder.people, name, state, run=session.run, at=at)
    return state
