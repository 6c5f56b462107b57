"""`isw-archive status`."""

from __future__ import annotations

import json
import shutil
import sys
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from archive.kept_code import code_kept
from pipeline.cli.ending import EXIT_PROBLEMS
from pipeline.cli.options import as_json

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cli.context import Context


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    """As a screen has room for it; a pipe or a log loses no word."""
    from pipeline.cli.status_screen import WIDE, piped_lines, screen_lines

    if sys.stdout and sys.stdout.isatty():  # there is none where it is closed
        return screen_lines(answer, shutil.get_terminal_size((WIDE, 0)).columns)
    return piped_lines(answer)


@click.command()
@click.option(
    "--all", "everything", is_flag=True, help="Every list: series, outcomes, hosts, events, runs."
)
@as_json
@click.pass_obj
def status(obj: Context, machine: bool, everything: bool) -> None:
    """Say on one screen what needs a person, then what is held, due and failed, and what room is
    left.

    Ends with 1 where anything is wrong with what is held: files, clocks, notes that went missing.
    """
    obj.folder.require()
    with code_kept("load-status"):
        from pipeline.cli.status_text import status_lines

        answer = _asked(obj)
    if machine:
        click.echo(json.dumps(answer, ensure_ascii=False))
    else:
        for line in status_lines(answer) if everything else _lines(answer):
            click.echo(line)
    if answer["alarms"]:
        sys.exit(EXIT_PROBLEMS)


def _asked(obj: Context) -> dict[str, Any]:
    from archive import clock
    from archive.db.database import open_readonly
    from archive.db.lists import all_lists
    from archive.db.people import open_requests
    from archive.db.tables import browser_rows, planned_rows
    from archive.fixity.ledger import newest
    from archive.model.times import format_time
    from archive.show.space import forecast
    from archive.show.status import status as read
    from pipeline.decide.alarms import alarms
    from pipeline.decide.due import YOUNG
    from pipeline.run import alarm_round

    now = clock.now()
    space = forecast(obj.folder, now, obj.settings.max_bytes_in_all)
    with closing(open_readonly(obj.folder.database)) as db:
        answer = read(db, format_time(now), young=format_time(now - YOUNG))
        # looked at once: it compares every WARC file, and checks the database
        measured = alarm_round.measure(db, obj.folder, obj.settings, now, space)
        answer["browser"] = browser_rows.rules(db, obj.settings.browser_hosts)
        answer["jobs"] = planned_rows.newest(db)
        answer["by_hand"] = planned_rows.newest_by_hand(db)
    answer["alarms"] += measured.fixity
    answer["needs"] = [asdict(one) for one in alarms(measured)]
    answer["space"] = asdict(space)
    answer["ledger"] = newest(obj.folder)
    answer["asked_for"] = open_requests(obj.folder.people)
    answer["lists"] = all_lists(obj.folder.people)
    if obj.settings.queue:
        from pipeline.run.cluster.state import state_answer

        answer["cluster"] = state_answer(obj.settings)
    return answer
