"""`isw-archive prune`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from archive.counted import counted
from pipeline.cli.options import as_json
from pipeline.cli.results import print_answer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cli.context import Context

KEEP_DAYS = 30
"""As `archive.fixity.prune` has it, which `--help` must not load."""


@click.command()
@click.option(
    "--days", type=click.FloatRange(min=0), default=KEEP_DAYS, show_default=True,
    help="What was written in so many days stays.",
)  # fmt: skip
@click.option("--yes", "really", is_flag=True, help="Remove them, once the ledger says so.")
@as_json
@click.pass_obj
def prune(obj: Context, machine: bool, days: float, really: bool) -> None:
    """List files that nothing rests on; with --yes, remove them.

    Copies of the database from before an upgrade, logs of crawls, copies that were broken off, and
    what was set aside and is whole again. Never a WARC record: verdicts, versions and the ledger
    rest on each of them.
    """
    from pipeline.run.jobs.pruning import prune as run

    obj.folder.require()
    answer = run(obj.folder, days, really=really)
    print_answer(answer, _lines(answer), machine)


def _lines(answer: dict[str, Any]) -> Iterator[str]:
    from archive.show.space import human_bytes

    for one in answer["files"]:
        yield f"{human_bytes(one['bytes']):>10}  {one['file']}: {one['why']}"
    for one in answer["kept"]:
        yield f"     stays  {one['file']}: {one['why']}"
    told = f"{counted(len(answer['files']), 'files')}, {human_bytes(answer['bytes'])}"
    if not answer["files"]:
        yield "nothing to prune"
    elif answer["removed"]:
        yield f"{told} removed"
    else:
        yield f"{told} can go: isw-archive prune --yes"
