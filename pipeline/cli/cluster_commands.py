"""More than one machine: `plan`, `work`, `index`, `queue`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING

import click

from archive.config import require_contact
from archive.counted import counted
from archive.errors import BadInputError
from pipeline.cli.ending import EXIT_PROBLEMS
from pipeline.cli.options import as_json
from pipeline.cli.running import run_job
from pipeline.run.jobs.say import Say

if TYPE_CHECKING:
    from archive.config import Settings
    from pipeline.cli.context import Context

MOST = 200
"""As `pipeline.decide.batches` has it, which `--help` must not load."""


@click.command()
@click.option(
    "--most", type=click.IntRange(1, 1000), default=MOST, show_default=True,
    help="Targets of one job.",
)  # fmt: skip
@as_json
@click.pass_obj
def plan(obj: Context, machine: bool, most: int) -> None:
    """Queue what is due for a cluster's workers: a job a domain.

    The archive is only read. Jobs whose worker is gone are put back. To be run every few minutes,
    where the archive is.
    """
    from pipeline.run.jobs.cluster.plan import plan as run

    require(obj.settings, "plan", "queue")
    obj.folder.require()
    found = run(obj.folder, obj.settings, most=most)
    if machine:
        click.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    if found.stopped:
        click.echo(f"nothing is planned: {found.stopped}")
    click.echo(
        f"{counted(found.jobs, 'jobs')} queued with {counted(found.targets, 'targets')}, of which "
        f"{counted(found.checks, 'checks')}; "
        f"{counted(found.under_way, 'targets')} under way before"
    )
    if found.revived or found.given_up:
        click.echo(
            f"{counted(found.revived + found.given_up, 'jobs')} of workers that are gone: "
            f"{found.revived} put back, {found.given_up} left to the next of their domain"
        )


@click.command()
@click.option(
    "--at-once", type=click.IntRange(1, 64), default=4, show_default=True,
    help="Jobs side by side, each of another domain.",
)  # fmt: skip
@click.option("--drain", is_flag=True, help="End when no job is left.")
@click.pass_obj
def work(obj: Context, at_once: int, drain: bool) -> None:
    """Carry out a cluster's jobs: fetch, and hand the WARC files over.

    --data names a folder of this worker's own; it needs no database. The first SIGTERM lets what
    is under way end. Ends with 1 where a job had something for a person.
    """
    from pipeline.run.jobs.cluster.work import WorkPlace
    from pipeline.run.jobs.cluster.work import work as run

    require(obj.settings, "work", "queue", "depot")
    require_contact(obj.settings, "work")
    if obj.folder.database.exists():
        raise BadInputError(
            f"{obj.data} is an archive; name a folder of the worker's own with --data"
        )
    post = WorkPlace(obj.data, obj.settings, obj.config, at_once, wait=not drain)
    worker = run(post, Say())
    click.echo(f"{counted(worker.done, 'jobs')} done, {worker.failed} with problems")
    if worker.failed:
        raise SystemExit(EXIT_PROBLEMS)


@click.command()
@as_json
@click.pass_obj
def index(obj: Context, machine: bool) -> None:
    """Take in the WARC files that a cluster's workers handed over.

    The one who writes the archive; what is taken in twice is held once.
    """
    from pipeline.run.jobs.cluster.index import has_work
    from pipeline.run.jobs.cluster.index import index as run

    require(obj.settings, "index", "queue", "depot")
    obj.folder.require()
    if not has_work(obj.folder, obj.settings):
        # each few minutes a run that did nothing would fill the table of runs
        click.echo(json.dumps({}) if machine else "nothing was handed over since")
        return
    run_job(obj, machine, "index", {}, run)


@click.command()
@click.pass_obj
def queue(obj: Context) -> None:
    """Say what a cluster is doing, as JSON: workers, jobs, the oldest lock and the longest wait,
    domains left alone."""
    from pipeline.run.cluster.state import state

    require(obj.settings, "queue", "queue")
    click.echo(json.dumps(asdict(state(obj.settings.queue)), ensure_ascii=False))


def require(settings: Settings, command: str, *names: str) -> None:
    """Refuse to go on without these settings of a cluster.

    Raises:
        BadInputError: One is missing.
    """
    for name in names:
        if not getattr(settings, name):
            raise BadInputError(
                f"{command}: the setting {name} is empty; docs/cluster.md says how to set up more "
                "than one machine"
            )
