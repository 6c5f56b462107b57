"""`isw-archive rebuild`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from archive.counted import counted
from archive.errors import BadInputError
from pipeline.cli.options import as_json
from pipeline.cli.telling import tell
from pipeline.run.jobs.say import Say, printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cli.context import Context

COLUMNS = 4
"""Of those that differ, the ones that are named."""


@click.command()
@click.option(
    "--accept-loss",
    is_flag=True,
    help=(
        "Go on where the WARC files lack captures that the database knows; the old database is "
        "kept beside the new one."
    ),
)
@click.option(
    "--preview",
    is_flag=True,
    help="Say what would change, table by table, with examples; the database stays as it is.",
)
@as_json
@click.pass_obj
def rebuild(obj: Context, machine: bool, accept_loss: bool, preview: bool) -> None:
    """Make the database anew from the WARC files.

    The old database stands until the new one is whole. Damage in a WARC file costs the records that
    it touches.
    """
    from pipeline.run.jobs.book import enter_rebuilt
    from pipeline.run.jobs.mending.rebuild import rebuild as run
    from pipeline.run.jobs.session import sweep

    folder = obj.folder
    folder.check()
    if not folder.warcs.is_dir():
        raise BadInputError(
            f"data folder {folder.root}: no WARC files here; name another with --data"
        )
    if preview:
        _preview(obj, machine)
        return
    say = Say()
    with folder.locked():
        sweep(folder)
        counts, problems = run(folder, obj.settings, say, accept_loss=accept_loss)
        problems += enter_rebuilt(folder, counts, accept_loss=accept_loss)
    for text in problems:
        say.failure(text)
    tell(counts, problems, machine)


def _preview(obj: Context, machine: bool) -> None:
    """Ends with 0 whatever would change: that is an answer."""
    from pipeline.run.jobs.mending.preview import preview
    from pipeline.run.jobs.session import sweep

    with obj.folder.locked():
        sweep(obj.folder)
        answer = preview(obj.folder, obj.settings, Say())
    if machine:
        click.echo(json.dumps(answer, ensure_ascii=False))
        return
    for line in _lines(answer):
        click.echo(printable(line))


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    for table in answer["tables"]:
        yield (
            f"{table['table']}: {table['before']} rows, then {table['after']}; {table['changed']} "
            f"changed, {table['new']} new, {table['gone']} gone"
        )
        if table["columns"]:
            yield f"    in {_counts(table['columns'])}"
        if table["kinds"]:
            yield f"    {_counts(table['kinds'])}"
        yield from (f"    e.g. {example}" for example in table["examples"])
    for text in answer["lost"]:
        yield f"! captures that the WARC files no longer give: {text}; see --accept-loss"
    for text in answer["problems"]:
        yield f"! {text}"
    if not answer["tables"]:
        yield "nothing would change"
    else:
        yield f"{counted(len(answer['tables']), 'tables')} would change; nothing was"


def _counts(counts: dict[str, int]) -> str:
    told = [f"{name} {count}" for name, count in list(counts.items())[:COLUMNS]]
    more = len(counts) - COLUMNS
    return ", ".join([*told, *([f"{more} more"] if more > 0 else [])])
