"""`isw-archive rebuild`."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import click

from archive.counted import counted
from archive.errors import BadInputError
from pipeline.cli.options import as_json
from pipeline.cli.results import print_answer, print_counts
from pipeline.run.jobs.say import Say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cli.context import Context
    from pipeline.run.jobs.mending.ahead import Ahead


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
@click.option(
    "--dask",
    metavar="ADDRESS|local[:N]",
    help="Have Dask's workers read the files, a task a file; local: on this machine, N of them.",
)
@as_json
@click.pass_obj
def rebuild(
    obj: Context, /, machine: bool, accept_loss: bool, preview: bool, dask: str | None
) -> None:
    """Make the database anew from the WARC files.

    The old database stands until the new one is whole, and what the new one has otherwise (another
    version may read or judge otherwise) has been said. Damage in a WARC file costs the records that
    it touches.

    With --dask pages are read by many processes or machines (docs/cluster.md), which must see the
    data folder under the same name; the tables are the same.
    """
    from pipeline.run.jobs.ledger_keeper import enter_rebuilt
    from pipeline.run.jobs.mending.rebuild import rebuild as run
    from pipeline.run.jobs.session import remove_leftovers

    folder = obj.folder
    folder.check()
    if not folder.warcs.is_dir():
        raise BadInputError(
            f"data folder {folder.root}: no WARC files here; name another with --data"
        )
    if preview and dask is not None:
        raise BadInputError("rebuild: --dask goes without --preview")
    if preview:
        _preview(obj, machine)
        return
    say = Say()
    with folder.locked(), _read_ahead(obj, say, dask) as ahead:
        remove_leftovers(folder)
        counts, problems = run(folder, obj.settings, say, accept_loss=accept_loss, ahead=ahead)
        problems += enter_rebuilt(folder, counts, accept_loss=accept_loss)
    for text in problems:
        say.failure(text)
    print_counts(counts, problems, machine)


@contextmanager
def _read_ahead(obj: Context, say: Say, dask: str | None) -> Iterator[Ahead | None]:
    """Dask workers that read the files before they are taken in; None, unless asked for."""
    if dask is None:
        yield None
        return
    from pipeline.run.dask_workers import dask_address, open_workers
    from pipeline.run.jobs.mending.ahead import Ahead

    with open_workers(dask_address(dask)) as workers:
        ahead, done = Ahead(workers, obj.folder, obj.settings, say), False
        try:
            yield ahead
            done = True
        finally:
            ahead.end(done=done)


def _preview(obj: Context, machine: bool) -> None:
    """Ends with 0 whatever would change: that is an answer."""
    from pipeline.run.jobs.mending.preview import preview
    from pipeline.run.jobs.session import remove_leftovers

    with obj.folder.locked():
        remove_leftovers(obj.folder)
        answer = preview(obj.folder, obj.settings, Say())
    print_answer(answer, _lines(answer), machine)


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    from archive.fixity.preview import Change, lines

    for table in answer["tables"]:
        yield from lines(Change(**table))
    for text in answer["lost"]:
        yield f"! captures that the WARC files no longer give: {text}; see --accept-loss"
    for text in answer["problems"]:
        yield f"! {text}"
    if not answer["tables"]:
        yield "nothing would change"
    else:
        yield f"{counted(len(answer['tables']), 'tables')} would change; nothing was"
