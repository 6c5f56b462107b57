"""What a note or a request is about: found in the archive by what people name it."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from archive.db import people
from archive.errors import BadInputError
from archive.model.people import CAPTURE, REPORT, SOURCE, Subject
from archive.model.vocabulary import RETRIEVED
from archive.show.reports_named import named
from archive.show.withheld import require_shown
from archive.urls.normal import source_key

if TYPE_CHECKING:
    import sqlite3
    from pathlib import Path

    import sqlite_utils

_NAMES = {
    SOURCE: "SELECT url FROM sources WHERE id = ?",
    CAPTURE: "SELECT record_id FROM captures WHERE id = ?",
    REPORT: "SELECT id FROM reports WHERE id = ?",
}
_SENTENCE = """
SELECT 1 FROM markers JOIN versions ON versions.id = version_id
WHERE report_id = ? AND sentence = ? LIMIT 1
"""
_HOLDING = """
SELECT DISTINCT sentence FROM markers JOIN versions ON versions.id = version_id
WHERE report_id = ? AND instr(sentence, ?) > 0 ORDER BY version_id DESC, position LIMIT 6
"""
_NUMBER = "SELECT id FROM sources WHERE url = ?"
_OUTCOMES = """
SELECT outcome FROM captures WHERE run = ? AND reason = ? AND kind IN ('report', 'source')
"""

_SHOWN = 80
"""Characters of a sentence that are shown of several."""


def subject(
    connection: sqlite3.Connection, kind: str, given: str, sentence: str | None = None
) -> Subject | None:
    """What is meant by a source's or a capture's number or a report's id; None: it is not held.

    Raises:
        WithheldError: The capture is withheld.
    """
    value: Any = given
    if kind != REPORT:
        value = int(given) if re.fullmatch(r"[0-9]{1,18}", given) else 0
    row = connection.execute(_NAMES[kind], [value]).fetchone() if kind in _NAMES else None
    if row is None:
        return None
    if kind == CAPTURE:
        require_shown(connection, value)
    if sentence and kind == REPORT:
        if connection.execute(_SENTENCE, [given, sentence]).fetchone() is None:
            return None
        return Subject(kind, row[0], sentence)
    return Subject(kind, row[0])


def subject_named(db: sqlite_utils.Database, given: str) -> Subject:
    """What a person at the shell means: a source's address, a capture's number or record, or a
    report's id or any address of it.

    Raises:
        BadInputError: None of these is held.
        WithheldError: The capture is withheld.
    """
    connection = db.conn
    if given.isdecimal() and (found := subject(connection, CAPTURE, given)):
        return found
    if found := subject(connection, REPORT, given):
        return found
    row = connection.execute("SELECT id FROM captures WHERE record_id = ?", [given]).fetchone()
    if row and (found := subject(connection, CAPTURE, str(row[0]))):
        return found
    if "://" in given:
        row = connection.execute(_NUMBER, [source_key(given)]).fetchone()
        if row and (found := subject(connection, SOURCE, str(row[0]))):
            return found
    with suppress(BadInputError):  # it names nearest reports alone
        if (report := named(db, given)) and (found := subject(connection, REPORT, report)):
            return found
    raise BadInputError(f"{given!r}: neither a source's address, a capture nor a report held here")


def sentence_meant(connection: sqlite3.Connection, report: Subject, words: str) -> Subject:
    """The citing sentence of a report that has some words in it, in whichever version.

    Args:
        connection: The archive.
        report: What `meant` found.
        words: As they stand in the sentence, or all of it.

    Raises:
        BadInputError: It is no report, or none or several of its sentences have these words.
    """
    if report.kind != REPORT:
        raise BadInputError(f"--sentence: {report.name} is no report; only those have sentences")
    wanted = words.strip()
    rows = connection.execute(_HOLDING, [report.name, wanted]).fetchall() if wanted else []
    found = [str(row[0]) for row in rows]
    if wanted in found:
        found = [wanted]
    if not found:
        raise BadInputError(
            f"--sentence: no citing sentence of {report.name} has {wanted!r} in it; give some of "
            "its words as they are printed"
        )
    if len(found) > 1:
        told = "; ".join(f"“{one[:_SHOWN]}…”" if len(one) > _SHOWN else f"“{one}”" for one in found)
        raise BadInputError(f"--sentence: several have {wanted!r} in them, give more words: {told}")
    return Subject(report.kind, report.name, found[0])


def queue(connection: sqlite3.Connection, path: Path) -> dict[str, Any]:
    """What people asked for, waiting and done, with the numbers of sources as they are now."""
    told = {"open": people.open_requests(path), "done": people.done_requests(path)}
    for one in (*told["open"], *told["done"]):
        is_source = one["kind"] == SOURCE
        row = connection.execute(_NUMBER, [one["name"]]).fetchone() if is_source else None
        one["number"] = row[0] if row else None
    return told


def address_of(connection: sqlite3.Connection, name: str) -> str | None:
    """The address by which a source is fetched; None: it is not held any more."""
    row = connection.execute("SELECT cited_url FROM sources WHERE url = ?", [name]).fetchone()
    return str(row[0]) if row else None


def came_of(connection: sqlite3.Connection, run: str, reason: str) -> str | None:
    """What a run captured for a reason, in words; None: nothing."""
    found = [str(row[0]) for row in connection.execute(_OUTCOMES, [run, reason]).fetchall()]
    good = sum(one in RETRIEVED for one in found)
    return f"{good} of {len(found)} came" if len(found) > 1 else next(iter(found), None)
