"""`check --source URL --explain` for people: what is thought of a source, and by which rule."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from archive.model.times import shown_time
from archive.show import evidence
from pipeline.run.jobs import check as job
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cli.context import Context

_FINDS = {
    "held": "another archive holds a copy, and it is kept here, too",
    "listed": "another archive holds a copy; none was taken",
    "not-kept": "another archive lists copies, but none that could be had is good",
    "none": "the other archive that was asked holds none",
    "unanswered": "the other archive has not answered",
}


def explained_lines(said: dict[str, Any]) -> Iterator[str]:
    """What the command prints.

    Args:
        said: From `pipeline.run.jobs.check.explained`.
    """
    yield said["url"]
    if said["cited_url"] != said["url"]:
        yield f"  fetched as {said['cited_url']}"
    yield f"  {said['status'].upper()}: {evidence.STATUSES[said['status']]}"
    decisive = evidence.decisive_verdict(reversed(said["verdicts"]))
    if decisive is not None:
        yield f"  Why: {decisive['evidence']['because']} (rule {decisive['rule']})"
        yield f"  So since the check of {shown_time(decisive['decided_at'])}."
    if said["dead_since"]:
        yield f"  Found absent first on {shown_time(said['dead_since'])}."
    if said["drift"]:
        yield f"  Text: {evidence.drift_told(said['drift'])}."
    due = f"due {shown_time(said['next_due_at'])}" if said["next_due_at"] else "not planned"
    cited = f"{said['report_count']} report{'' if said['report_count'] == 1 else 's'}"
    yield f"  Cited by {cited}; next check {due}."
    yield from _tries(said["attempts"])
    yield from _verdicts(said["verdicts"])
    for memento in said["mementos"]:
        yield ""
        yield from _memento(memento)
    if said.get("only_copy"):
        yield "  what is kept here is the only copy known"


def _tries(attempts: list[dict[str, Any]]) -> Iterator[str]:
    yield ""
    yield f"{len(attempts)} tr{'y' if len(attempts) == 1 else 'ies'}, oldest first:"
    for one in attempts:
        led = one["final_url"] if one["final_url"] != one["url"] else None
        told = evidence.outcome_told(one["outcome"], one["http_status"], one["marker"], led)
        yield f"  {shown_time(one['at'])}  {told} [capture {one['capture_id']}]"
        if one["drift"]:
            yield f"{'':24}{evidence.drift_told(one['drift'], one['distance'])}"


def _verdicts(verdicts: list[dict[str, Any]]) -> Iterator[str]:
    yield ""
    yield "verdicts, oldest first (only checks that changed what is thought of it):"
    for verdict in verdicts:
        found = verdict["evidence"]
        yield (
            f"  {shown_time(verdict['decided_at'])}  {verdict['status']}: "
            f"{found['because']} (rule {verdict['rule']})"
        )
        for fact in evidence.facts(found):
            yield f"{'':24}{fact}"
        before = "" if found.get("strikes") else "before: "
        for strike in evidence.strikes(found):
            told = f"{shown_time(strike.at)}, {strike.told} [capture {strike.capture_id}]"
            yield f"{'':24}- {before}{told}"


def _memento(memento: dict[str, Any]) -> Iterator[str]:
    asked = f" (asked {shown_time(memento['checked_at'])})" if memento["checked_at"] else ""
    yield f"copies elsewhere: {_FINDS.get(memento['outcome'], memento['outcome'])}{asked}"
    if memento["url"]:
        made = f", of {shown_time(memento['memento_at'])}" if memento["memento_at"] else ""
        yield f"  {memento['url']}{made}"


def tell_explained(obj: Context, machine: bool, source: str, *, explain: bool, diff: bool) -> None:
    """Print what is thought of a source and why, and what changed in its text.

    Raises:
        BadInputError: As `pipeline.run.jobs.check.known_source`.
    """
    said = job.explained(obj.folder, source) if explain else {}
    found = job.difference(obj.folder, source) if diff else None
    if machine:
        told = {"diff": found.lines} if found else {}
        click.echo(json.dumps({**said, **told}, ensure_ascii=False))
        return
    for line in explained_lines(said) if explain else ():
        click.echo(printable(line))
    if found is not None:
        for line in [found.compared, *(found.lines or ["the texts are equal"])]:
            click.echo(printable(line))
