"""Verdicts drawn at random for people to label, and the labels read back."""

from __future__ import annotations

import csv
import io
import json
import random
from typing import TYPE_CHECKING, Any

from archive.errors import BadInputError
from archive.model.people import LABELS, LONGEST_NOTE, UNSURE, Label, StoodVerdict, checked
from archive.spreadsheet import csv_line

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

_ASKED = ("right", "note")
COLUMNS = (
    *_ASKED, "source", "status", "rule", "decided_at", "because", "drift", "report", "page",
    "captured_as", "source_id", "capture_id",
)  # fmt: skip
"""Of a sample: what a person fills in first."""

_VERDICTS = """
SELECT sources.url, verdicts.status, rule, decided_at, verdicts.evidence,
       verdicts.drift, captures.final_url, verdicts.source_id, verdicts.capture_id
FROM verdicts
JOIN sources ON sources.id = verdicts.source_id
JOIN captures ON captures.id = verdicts.capture_id
WHERE decided_at >= ? AND decided_at < ?
ORDER BY decided_at, verdicts.source_id, verdicts.capture_id
"""
_REPORT = """
SELECT publications.report_id FROM citations JOIN versions ON versions.id = version_id
JOIN publications ON publications.id = publication_id WHERE source_id = ?
ORDER BY report_date DESC, version_id DESC LIMIT 1
"""
_STANDING = """
SELECT sources.url, verdicts.status, rule, decided_at FROM verdicts
JOIN sources ON sources.id = source_id WHERE sources.url = ?
ORDER BY decided_at DESC, capture_id DESC LIMIT 1
"""
_KNOWN = """
SELECT 1 FROM verdicts JOIN sources ON sources.id = source_id
WHERE sources.url = ? AND verdicts.status = ? AND rule = ? AND decided_at = ?
"""


def standing(connection: sqlite3.Connection, name: str) -> StoodVerdict | None:
    """The verdict that stands on a source, by its address as it is held; None: there is none."""
    row = connection.execute(_STANDING, [name]).fetchone()
    return None if row is None else StoodVerdict(*row)


def draw(
    connection: sqlite3.Connection, since: str, until: str, most: int, seed: str
) -> list[tuple[Any, ...]]:
    """Verdicts of a time, drawn at random, in the order of time, with the columns of `COLUMNS`.

    Each is as likely as any other; the same seed draws the same of the same.

    Args:
        connection: To the archive.
        since: ISO 8601, the first moment.
        until: The first moment after.
        most: How many.
        seed: Anything.
    """
    found = connection.execute(_VERDICTS, [since, until]).fetchall()
    drawn = random.Random(seed).sample(range(len(found)), min(most, len(found)))  # noqa: S311
    return [_asked(connection, found[number]) for number in sorted(drawn)]


def _asked(connection: sqlite3.Connection, row: tuple[Any, ...]) -> tuple[Any, ...]:
    url, status, rule, at, evidence, drift, final, source, capture = row
    report = connection.execute(_REPORT, [source]).fetchone()
    because = json.loads(evidence).get("because", "")
    return (
        "", "", url, status, rule, at, because, drift, report[0] if report else None,
        f"/-/source/{source}", final, source, capture,
    )  # fmt: skip


def sheet(rows: list[tuple[Any, ...]]) -> str:
    """The sample as CSV, for a spreadsheet: nothing in it is taken for a formula."""
    return "".join(f"{csv_line(row)}\r\n" for row in (COLUMNS, *rows))


def read_labels(connection: sqlite3.Connection, text: str, name: str) -> Iterator[Label]:
    """The labels that somebody filled in; lines without one are passed over.

    Args:
        connection: To the archive.
        text: CSV, as `sheet` made it; a spreadsheet may divide it by semicolons.
        name: Of the file, for messages.

    Raises:
        BadInputError: It is no such sheet, has a label that is none, or a verdict that never was.
    """
    rows = _rows(text.removeprefix("\ufeff"), name)
    for line, row in rows:
        said = (row["right"] or "").strip().lower()
        if not said:
            continue
        if said not in LABELS:
            raise BadInputError(
                f"{name}, line {line}: right is {said!r}; write yes, no, or {UNSURE}"
            )
        verdict = StoodVerdict(
            *(row[one] or "" for one in ("source", "status", "rule", "decided_at"))
        )
        if connection.execute(_KNOWN, list(verdict)).fetchone() is None:
            raise BadInputError(
                f"{name}, line {line}: no such verdict on {verdict.name!r} is held; "
                "was it made anew since? draw again"
            )
        note = (row["note"] or "").strip()
        yield Label(verdict, LABELS[said], checked(note, LONGEST_NOTE, "note") if note else "")


def _rows(text: str, name: str) -> Iterator[tuple[int, dict[str, str | None]]]:
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    missing = {"right", "source", "status", "rule", "decided_at"} - set(reader.fieldnames or ())
    if missing:
        raise BadInputError(f"{name}: no sheet of judge-sample: lacks {', '.join(sorted(missing))}")
    try:
        for row in reader:
            yield reader.line_num, {"note": "", **row}
    except csv.Error as error:
        raise BadInputError(f"{name}, line {reader.line_num}: {error}") from error
