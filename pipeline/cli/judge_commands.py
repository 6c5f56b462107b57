"""`isw-archive dispute` and `judge-sample`: what people think of verdicts."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import BadInputError
from pipeline.cli.options import as_json
from pipeline.cli.output import output_option, put

if TYPE_CHECKING:
    from pipeline.cli.context import Context

WEEK = timedelta(days=7)


def _signed() -> dict[str, str]:
    """The person who writes, and the time."""
    from archive import clock
    from archive.model.times import format_time
    from pipeline.run.jobs.ledger_keeper import who

    return {"who": who() or "unknown", "at": format_time(clock.now())}


@click.command()
@click.argument("source", required=False)
@click.option("--reason", help="Why the verdict that stands is wrong.")
@click.option("--withdraw", type=click.IntRange(min=1), help="Withdraw the dispute of this number.")
@click.option("--list", "listed", is_flag=True, help="Print all disputes, or those of SOURCE.")
@as_json
@click.pass_obj
def dispute(
    obj: Context, source: str | None, reason: str | None, withdraw: int | None, *,
    listed: bool, machine: bool,
) -> None:  # fmt: skip
    """Say that the verdict on SOURCE (its address) is wrong, and why.

    The source's page shows it beside the verdicts, and a dataset gives it. It changes no verdict.
    It is kept in people.db in the data folder, which rebuild leaves alone and backups hold, and
    withdrawn, never deleted.
    """
    if sum((reason is not None, withdraw is not None, listed)) != 1:
        raise BadInputError("dispute: give a --reason, or --withdraw and a number, or --list")
    if source is None and not listed:
        raise BadInputError("dispute: name the source, by its address")
    obj.folder.require()
    if listed:
        _list(obj, source, machine=machine)
        return
    name, number, done = _disputed(obj, str(source), reason, withdraw)
    answer = {"dispute": number, "source": name, "done": done}
    click.echo(json.dumps(answer) if machine else f"dispute {number} of {name}: {done}")


def _disputed(
    obj: Context, source: str, reason: str | None, withdraw: int | None
) -> tuple[str, int, str]:
    from archive.db import disputes
    from archive.model.people import LONGEST_NOTE, checked
    from archive.show.judge_sample import standing

    path, name = obj.folder.people, _name(obj, source)
    if withdraw is not None:
        known = {row["id"] for row in disputes.disputes_of(path, name)}
        if withdraw not in known or not disputes.withdraw(path, withdraw, **_signed()):
            raise BadInputError(f"dispute {withdraw}: none of this source, or withdrawn already")
        return name, withdraw, "withdrawn"
    verdict = standing(obj.opened().conn, name)
    if verdict is None:
        raise BadInputError(f"dispute {source}: there is no verdict on it yet")
    said = checked(reason or "", LONGEST_NOTE, "reason")
    number = disputes.dispute(path, verdict, reason=said, **_signed())
    return name, number, f"kept, against {verdict.status} (rule {verdict.rule})"


def _name(obj: Context, source: str) -> str:
    """A source's address as it is held.

    Raises:
        BadInputError: It is not held.
    """
    from archive.model.people import SOURCE
    from archive.show.people_reading import subject_named

    about = subject_named(obj.opened(), source)
    if about.kind != SOURCE:
        raise BadInputError(f"dispute {source}: is a {about.kind}; verdicts are on sources")
    return about.name


def _list(obj: Context, source: str | None, *, machine: bool) -> None:
    from archive.db import disputes
    from archive.model.times import shown_time

    path = obj.folder.people
    found = disputes.all_disputes(path)
    if source is not None:
        found = disputes.disputes_of(path, _name(obj, source))
    if machine:
        click.echo(json.dumps({"disputes": found}, ensure_ascii=False))
        return
    for row in found:
        ended = f" (withdrawn {shown_time(row['withdrawn_at'])})" if row["withdrawn_at"] else ""
        click.echo(f"{row['id']} {shown_time(row['at'])} {row['who']}: {row['name']}")
        click.echo(f"  {row['status']} (rule {row['rule']}): {row['reason']}{ended}")


@click.command("judge-sample")
@click.option(
    "--n", "most", type=click.IntRange(min=1), default=50, show_default=True, help="So many."
)
@click.option("--seed", help="Draws the same again [default: the week, as 2026-W10].")
@click.option(
    "--take", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE",
    help="Read the labels from a sheet that was filled in.",
)  # fmt: skip
@output_option
@as_json
@click.pass_obj
def judge_sample(
    obj: Context, most: int, seed: str | None, take: Path | None, output: Path | None, *,
    machine: bool,
) -> None:  # fmt: skip
    """Draw verdicts of the past seven days at random, as a sheet (CSV) to label.

    Write yes, no or unsure in the column right, for each line whether the verdict was right at its
    time, then give the sheet back with --take. The page of figures (/-/rot) then says how often the
    judge is right, with the 95 % interval (Wilson's).
    """
    obj.folder.require()
    if take is not None:
        _take(obj, take, machine=machine)
        return
    from archive import clock
    from archive.model.times import format_time
    from archive.show.judge_sample import draw, sheet

    now = clock.now()
    week = f"{now.isocalendar().year}-W{now.isocalendar().week:02}"
    since, until = format_time(now - WEEK), format_time(now)
    drawn = draw(obj.opened().conn, since, until, most, seed or week)
    if not drawn:
        raise BadInputError("judge-sample: no verdict changed in the past seven days")
    put([sheet(drawn)], output, obj.folder)
    if output is not None:
        click.echo(f"{output}: {len(drawn)} verdicts")


def _take(obj: Context, take: Path, *, machine: bool) -> None:
    from archive.db import disputes
    from archive.show.judge_sample import read_labels
    from archive.show.precision import precisions

    try:
        text = take.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise BadInputError(f"{take}: is no text in UTF-8 ({error})") from error
    found = list(read_labels(obj.opened().conn, text, take.name))
    if not found:
        raise BadInputError(f"{take}: nothing is filled in: write yes, no or unsure under right")
    kept = disputes.put_labels(obj.folder.people, found, **_signed())
    whole = precisions(obj.folder.people)[0]
    answer = {
        "labels": kept, "right": whole.right, "wrong": whole.wrong, "unsure": whole.unsure,
        "precision": whole.share, "low": whole.low, "high": whole.high,
    }  # fmt: skip
    told = "" if whole.share is None else (
        f"; right in {whole.share:.1%} ({whole.low:.1%} to {whole.high:.1%}) of all that were told"
    )  # fmt: skip
    click.echo(json.dumps(answer) if machine else f"{kept} labels kept{told}")
