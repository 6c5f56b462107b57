"""`isw-archive export`: reports and events for other programs. Nothing is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.errors import BadInputError
from pipeline.cli.dossier_export import export_dossier, signing, signing_options
from pipeline.cli.options import DAY, day

if TYPE_CHECKING:
    from datetime import datetime

    from pipeline.cli.context import Context


@click.command()
@click.argument("report", required=False)
@click.option(
    "--all", "everything", is_flag=True, help="Every report, oldest first; JSON: one a line."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["json", "csv", "atom", "wacz"]),
    default="json",
    show_default=True,
    help="atom: what happened to sources and reports, newest first; names no report. wacz: one "
    "report with every capture that it rests on, as a file.",
)
@click.option(
    "--output",
    type=click.Path(path_type=Path, dir_okay=False, writable=True),
    help="wacz: the file to write.",
)
@signing_options
@click.option(
    "--version",
    "number",
    type=int,
    help="The version that describes it [default: the newest complete].",
)
@click.option("--since", type=DAY, help="atom: only events from this day on (YYYY-MM-DD).")
@click.option("--kind", help="atom: only events of this kind, e.g. died.")
@click.pass_obj
def export(
    obj: Context,
    /,
    report: str | None,
    everything: bool,
    form: str,
    number: int | None,
    output: Path | None,
    **only: Any,
) -> None:
    """Print a report (id, or any of its addresses) with its notes, sources and versions.

    CSV has one line a citation.
    """
    if form == "wacz" or output is not None:
        export_dossier(obj, form, None if number else report, output, signing(**only))
        return
    if form == "atom":
        if report is not None or everything or number is not None:
            raise BadInputError("export --format atom: is about everything; name no report")
        _export_events(obj, since=only["since"], kind=only["kind"])
        return
    if signing(**only) is not None:
        raise BadInputError("export: --sign-key goes with --format wacz")
    if only["since"] or only["kind"]:
        raise BadInputError("export: --since and --kind go with --format atom")
    if (report is None) is not everything:
        raise BadInputError("export: name one report, or --all")
    if everything and number is not None:
        raise BadInputError("export: --version goes with one report, not with --all")
    _export_reports(obj, report, form, number)


def _export_reports(obj: Context, report: str | None, form: str, number: int | None) -> None:
    from archive.db.database import open_readonly
    from archive.fixity.ledger import newest
    from archive.show import export as out

    obj.folder.require()
    db = open_readonly(obj.folder.database)
    ids = out.all_ids(db) if report is None else [out.resolve(db, report)]
    withheld = {name: why for name in ids if (why := out.withheld(db, name, number)) is not None}
    if report is not None and withheld:
        raise BadInputError(f"export {report}: withheld: {withheld[ids[0]]}")
    for name, why in withheld.items():
        click.echo(f"{name}: left out, withheld: {why}", err=True)
    ids = [name for name in ids if name not in withheld]
    if form == "csv":
        for line in out.csv_lines(db, ids, number):
            click.echo(line)
        return
    checkpoint = newest(obj.folder)
    for name in ids:
        told = out.report_object(db, name, number) | {"ledger": checkpoint}
        click.echo(out.json_line(told))


def _export_events(obj: Context, *, since: datetime | None, kind: str | None) -> None:
    from archive.db.database import open_readonly
    from archive.show.atom import feed
    from pipeline.decide.events import KINDS

    if kind is not None and kind not in KINDS:
        raise BadInputError(f"export --kind {kind}: no such kind; there are {', '.join(KINDS)}")
    obj.folder.require()
    click.echo(feed(open_readonly(obj.folder.database), since=day(since), kind=kind))
