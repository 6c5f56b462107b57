"""`isw-archive note`: what a person knows about something held, beside it."""

from __future__ import annotations

import json
from contextlib import closing
from typing import TYPE_CHECKING

import click

from archive.errors import BadInputError
from pipeline.cli.options import as_json

if TYPE_CHECKING:
    from pathlib import Path

    from archive.model.people import Subject
    from pipeline.cli.context import Context


@click.command()
@click.argument("subject", metavar="SOURCE|CAPTURE|REPORT")
@click.argument("text", required=False)
@click.option(
    "--sentence",
    metavar="WORDS",
    help="On the citing sentence of the report that has these words in it.",
)
@click.option("--withdraw", type=click.IntRange(min=1), help="Withdraw the note of this number.")
@as_json
@click.pass_obj
def note(
    obj: Context,
    /,
    subject: str,
    text: str | None,
    sentence: str | None,
    withdraw: int | None,
    machine: bool,
) -> None:
    """Write a note on a source (its address), a capture (its number), a report (its id or any
    address of it), or one of its sentences.

    Pages show it with who wrote it and when. It is kept in people.db in the data folder, which
    rebuild leaves alone and backups hold. A note is withdrawn, never deleted.
    """
    from archive import clock
    from archive.db import people
    from archive.db.database import open_readonly
    from archive.model.people import LONGEST_NOTE, checked
    from archive.model.times import format_time
    from archive.show.people_reading import sentence_meant, subject_named
    from pipeline.run.jobs.ledger_keeper import who

    if (text is None) == (withdraw is None):
        raise BadInputError("note: give a TEXT, or --withdraw and a note's number")
    obj.folder.require()
    with closing(open_readonly(obj.folder.database)) as db:
        about = subject_named(db, subject)
        if sentence is not None:
            about = sentence_meant(db.conn, about, sentence)
    told = {"who": who() or "unknown", "at": format_time(clock.now())}
    path = obj.folder.people
    if withdraw is not None:
        _withdraw(path, about, withdraw, told)
        number, done = withdraw, "withdrawn"
    else:
        kept = checked(text or "", LONGEST_NOTE, "note")
        number, done = people.note(path, about, text=kept, **told), "kept"
    _say(about, number, done, machine=machine)


def _withdraw(path: Path, about: Subject, number: int, told: dict[str, str]) -> None:
    from archive.db import people

    known = {row["id"] for row in people.notes_about(path, about)}
    if number not in known or not people.withdraw(path, number, **told):
        raise BadInputError(f"note {number}: none on this, or withdrawn already")


def _say(about: Subject, number: int, done: str, *, machine: bool) -> None:
    from pipeline.run.jobs.say import printable

    answer = {
        "note": number, "on": about.kind, "name": about.name, "sentence": about.sentence,
        "done": done,
    }  # fmt: skip
    if machine:
        click.echo(json.dumps(answer))
        return
    part = f", “{printable(about.sentence)}”" if about.sentence else ""
    click.echo(f"note {number} on {about.name}{part}: {done}")
