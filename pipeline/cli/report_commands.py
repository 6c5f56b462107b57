"""`isw-archive report`: figures over the whole archive. Nothing is written."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from archive.errors import BadInputError
from archive.model.edits import EditKind
from archive.model.latency import By as LatencyBy
from archive.show.corrections import By as CorrectionsBy
from archive.show.lives import By, From, Measure
from archive.show.support import By as SupportBy
from pipeline.cli.geo_commands import geo
from pipeline.cli.options import DAY, as_of, as_of_moment, day

if TYPE_CHECKING:
    from pipeline.cli.context import Context


_least = partial(
    click.option, "--min", "least", type=click.IntRange(min=1), default=1, show_default=True
)
"""The option that leaves out small groups."""


def _one_form(command: str, *, machine: bool, form: str | None) -> None:
    """Refuse more than one form of output.

    Raises:
        BadInputError: It is asked for in two.
    """
    if machine and form:
        raise BadInputError(f"report {command}: --json and --format csv exclude each other")


@click.group()
def report() -> None:
    """Figures over the whole archive."""


@report.command(short_help="How long cited sources last.")
@click.option(
    "--by", type=click.Choice([str(one) for one in By]), help="Also a line for each of these."
)
@click.option(
    "--kind",
    type=click.Choice([str(one) for one in Measure]),
    default=str(Measure.ROT),
    show_default=True,
    help="rot: sources that died; drift: sources whose text became another; reference-rot: either.",
)
@click.option(
    "--from",
    "start",
    type=click.Choice([str(one) for one in From]),
    default=str(From.SEEN),
    show_default=True,
    help="When days begin to count.",
)
@click.option(
    "--since",
    type=DAY,
    help="Only citations by reports dated from this day on (YYYY-MM-DD).",
)
@_least(help="Leave out groups with fewer sources.")
@as_of
@click.option("--json", "machine", is_flag=True, help="Answer as one JSON object, with the curves.")
@click.option("--format", "form", type=click.Choice(["csv"]), help="One line a group.")
@click.pass_obj
def rot(
    obj: Context, /, by: str | None, kind: str, machine: bool, form: str | None, **only: Any
) -> None:
    """How long cited sources last: survival curves of link rot and content drift."""
    from archive.show.rot import figures
    from pipeline.cli import rot_text

    _one_form("rot", machine=machine, form=form)
    db = obj.opened(as_of_moment(only["as_of"]))
    start = From(only["start"])
    since = day(only["since"])
    found = figures(
        db, Measure(kind), By(by) if by else None, since=since, least=only["least"], start=start
    )
    if machine:
        said = rot_text.answer(Measure(kind), by, found, start)
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    for line in (
        rot_text.csv_lines(found) if form else rot_text.rot_lines(Measure(kind), found, start)
    ):
        click.echo(line)


@report.command(short_help="How many voices stand behind citing sentences.")
@click.option(
    "--by",
    type=click.Choice([str(one) for one in SupportBy]),
    help="Also a line for each of these.",
)
@click.option("--since", type=DAY, help="Only reports dated from this day on (YYYY-MM-DD).")
@_least(help="Leave out groups with fewer sentences.")
@as_of
@click.option("--json", "machine", is_flag=True, help="Answer as one JSON object.")
@click.pass_obj
def support(obj: Context, /, by: str | None, since: Any, machine: bool, **only: Any) -> None:
    """How many independent voices stand behind citing sentences, and what is left of them."""
    from archive.show.support import figures, uncounted
    from pipeline.cli import support_text

    db = obj.opened(as_of_moment(only["as_of"]))
    found = figures(db, SupportBy(by) if by else None, since=day(since), least=only["least"])
    missing = uncounted(db)
    if machine:
        click.echo(json.dumps(support_text.answer(by, found, missing), ensure_ascii=False))
        return
    for line in support_text.support_lines(found, missing):
        click.echo(line)


@report.command(short_help="What was edited in reports, and whether they say so.")
@click.option(
    "--by",
    type=click.Choice([str(one) for one in CorrectionsBy]),
    help="Also a line for each of these.",
)
@click.option("--kind", type=click.Choice([str(one) for one in EditKind]), help="Only this kind.")
@click.option("--series", metavar="SLUG", help="Only reports of this series.")
@click.option("--since", type=DAY, help="Only reports dated from this day on (YYYY-MM-DD).")
@as_of
@click.option("--json", "machine", is_flag=True, help="Answer as one JSON object, with all edits.")
@click.option("--format", "form", type=click.Choice(["csv"]), help="One line an edit.")
@click.pass_obj
def corrections(
    obj: Context, /, by: str | None, machine: bool, form: str | None, **only: Any
) -> None:
    """What ISW and CTP edited in their reports: kinds, whether they said so, how long it stood."""
    from archive.show.corrections import EditsAsked, edits, figures
    from pipeline.cli import corrections_text

    _one_form("corrections", machine=machine, form=form)
    db = obj.opened(as_of_moment(only.pop("as_of")))
    found = edits(db.conn, EditsAsked(**{**only, "since": day(only["since"])}))
    groups = figures(found, CorrectionsBy(by) if by else None)
    if machine:
        said = corrections_text.answer(by, groups, found)
        click.echo(json.dumps(said, ensure_ascii=False))
        return
    lines = corrections_text.csv_lines(found) if form else None
    for line in lines or corrections_text.corrections_lines(groups, found):
        click.echo(line)


@report.command(short_help="How soon posts are cited and captured.")
@click.option(
    "--by",
    type=click.Choice([str(one) for one in LatencyBy]),
    help="Also a line for each of these; of accounts with how often they were first.",
)
@click.option("--since", type=DAY, help="Only reports dated from this day on (YYYY-MM-DD).")
@_least(help="Leave out groups with fewer sources.")
@as_of
@click.option("--json", "machine", is_flag=True, help="Answer as one JSON object.")
@click.option("--format", "form", type=click.Choice(["csv"]), help="One line a group.")
@click.pass_obj
def latency(obj: Context, /, by: str | None, machine: bool, form: str | None, **only: Any) -> None:
    """How long after a post a report cites it, and how long after that it was captured."""
    from archive.show.latency import figures
    from pipeline.cli import latency_text

    _one_form("latency", machine=machine, form=form)
    db = obj.opened(as_of_moment(only["as_of"]))
    since = day(only["since"])
    found = figures(db, LatencyBy(by) if by else None, since=since, least=only["least"])
    if machine:
        click.echo(json.dumps(latency_text.answer(by, found), ensure_ascii=False))
        return
    for line in latency_text.csv_lines(found) if form else latency_text.latency_lines(found):
        click.echo(line)


report.add_command(geo)
