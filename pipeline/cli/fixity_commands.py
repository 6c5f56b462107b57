"""`isw-archive fixity`, `timestamp`, `custody`, `withhold`: the evidence verified in rounds and
vouched for by others; what became of one capture, and hiding it from pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archive.counted import counted
from archive.model.times import shown_time
from pipeline.cli.options import as_json
from pipeline.cli.results import print_checked
from pipeline.run.jobs.say import Say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cli.context import Context

_MB = 1_000_000


@click.command()
@click.option("--all", "everything", is_flag=True, help="Read all WARC files, whatever the budget.")
@as_json
@click.pass_obj
def fixity(obj: Context, everything: bool, machine: bool) -> None:
    """Verify what was looked at longest ago, and keep what was found: a round of the daemon's.

    Reads the ledger, the database, and WARC files up to the setting fixity_bytes_per_day (one at
    least). What was found of each stands in the table fixity_checks; a fault is an alarm until the
    file was looked at again and is right. Ends with 1 where anything is not as it was kept.
    """
    from pipeline.run.jobs.fixity_round import fixity_round as run

    obj.folder.require()
    budget = None if everything else obj.settings.fixity_bytes_per_day
    answer = run(obj.folder, budget, Say())
    print_checked(answer, _rounded(answer), machine)


def _rounded(answer: dict[str, Any]) -> Iterator[str]:
    from archive.fixity.findings import Fault

    for fault in answer["faults"]:
        yield f"! {Fault(**fault)}"
    yield from answer["notes"]
    wrong, waiting = len(answer["faults"]), answer["waiting"]
    yield (
        f"{counted(len(answer['looked_at']), 'files')} read, "
        f"{answer['checked'].get('bytes', 0) / _MB:.1f} MB in {answer['seconds']} s"
        + (f"; {waiting} WARC files wait for the next rounds" if waiting else "")
    )
    yield counted(wrong, "faults") if wrong else "what was read is as it was kept"


@click.command()
@as_json
@click.pass_obj
def timestamp(obj: Context, machine: bool) -> None:
    """Have others vouch for the ledger: authorities (RFC 3161) and calendars (OpenTimestamps).

    The settings timestamp_authorities and timestamp_calendars name them. Their answers over the
    newest checkpoint are kept in warc/timestamps/ and entered in the ledger; what calendars
    promised earlier is asked for, and is complete once a block of Bitcoin has it. isw-archive
    verify checks them, with --authorities against the certificates you trust, with --block-headers
    against the blocks you know. Ends with 1 where one did not answer as it should.
    """
    from archive.config import require_contact
    from pipeline.run.jobs.timestamp import timestamp as run

    obj.folder.require()
    require_contact(obj.settings, "timestamp")
    answer = run(obj.folder, obj.settings, Say())
    print_checked(answer, _stamped(answer), machine)


def _stamped(answer: dict[str, Any]) -> Iterator[str]:
    for problem in answer["problems"]:
        yield f"! {problem}"
    for one in answer["stamped"]:
        over = f"over {answer['size']} entries ({one['file']})"
        yield f"{one['authority']}: {shown_time(one['at'])}, {over}"
    for one in answer["proofs"]:
        state = f"complete, in block {one['height']}" if "height" in one else "pending"
        yield f"{one['calendar']}: {state}, over {one['size']} entries ({one['file']})"
    if answer["pending"]:
        yield f"{counted(answer['pending'], 'proofs')} pending; isw-archive timestamp asks again"


@click.command()
@click.argument("capture")
@as_json
@click.pass_obj
def custody(obj: Context, capture: str, machine: bool) -> None:
    """Say how CAPTURE (its number, or its record's id) came to be and what became of it.

    Who, when, why, with what, connected to where, by which way; its digests, its entry in the
    ledger with the proof, every later look at it; and three lines of a shell that verify it without
    this program.
    """
    import contextlib

    from archive.db.database import open_readonly
    from archive.fixity.custody import custody as report
    from archive.fixity.custody import lines

    obj.folder.require()
    with contextlib.closing(open_readonly(obj.folder.database)) as db:
        answer = report(db, obj.folder, capture)
    print_checked({"ok": True, **answer}, lines(answer), machine)


@click.command()
@click.argument("capture")
@click.option(
    "--reason", required=True, help="Why; the ledger keeps it for good, and pages show it."
)
@click.option("--undo", is_flag=True, help="Show it again.")
@as_json
@click.pass_obj
def withhold(obj: Context, capture: str, reason: str, undo: bool, machine: bool) -> None:
    """Hide CAPTURE (its number, or its record's id) from pages and exports; its bytes stay.

    Its pages answer 451. While anything is withheld, pages take no SQL of visitors and give no copy
    of the database. Who has the data folder has the bytes all the same.
    """
    from pipeline.run.jobs.safekeeping import withhold as run

    obj.folder.require()
    answer = run(obj.folder, capture, reason, undo=undo)
    done = "shown again" if undo else "withheld"
    print_checked(answer, iter([f"capture {answer['capture']} ({answer['url']}): {done}"]), machine)
