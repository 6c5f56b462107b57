"""A command that writes the archive: its session, and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from archive.config import require_contact
from pipeline.cli.results import print_counts
from pipeline.run.jobs.say import Say

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.cli.context import Context
    from pipeline.run.jobs.session import Session


def run_job(
    obj: Context,
    machine: bool,
    job: str,
    arguments: dict[str, Any],
    run: Callable[[Session], object],
    reason: str | None = None,
) -> None:
    """Run one writing job in its session and end with the right exit code."""
    from pipeline.run.jobs.session import LIVE, session

    if job in LIVE:  # without a contact nobody is asked
        require_contact(obj.settings, job)

    with session(obj.data, obj.settings, Say(), job, arguments, reason) as current:
        run(current)
    print_counts(current.counts, current.problems, machine)
