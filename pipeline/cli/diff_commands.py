"""`isw-archive diff`: what was edited in a report. Only the file named is written."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from pipeline.cli.output import output_option, put
from pipeline.run.jobs.say import printable

if TYPE_CHECKING:
    from pathlib import Path

    from archive.show.report_diff import ReportDiff
    from pipeline.cli.context import Context

_FORMATS = ("text", "json", "html")


@click.command()
@click.argument("report")
@click.option(
    "--from",
    "older",
    metavar="VERSION",
    help=(
        "Where to begin: 1, or of another publication ctp:1 or its address "
        "[default: the one before]."
    ),
)
@click.option(
    "--to", "newer", metavar="VERSION", help="Where to end, likewise [default: the newest]."
)
@click.option("--format", "form", type=click.Choice(_FORMATS), default="text", show_default=True)
@output_option
@click.pass_obj
def diff(
    obj: Context,
    /,
    report: str,
    older: str | None,
    newer: str | None,
    form: str,
    output: Path | None,
) -> None:
    """Show what was edited in a report (id, or any of its addresses).

    Text word by word, notes matched by what they say, figures, corrections, and which citations
    each sentence gained or lost; between two versions, or two publications such as ISW's and CTP's.
    """
    from archive.show.diff_reading import compared
    from archive.show.reports_named import resolve

    db = obj.opened()
    report_id = resolve(db, report)
    said = _formatted(compared(db.conn, report_id, older, newer), report_id, form)
    put([f"{said}\n"], output, obj.folder)


def _formatted(found: ReportDiff, report_id: str, form: str) -> str:
    from archive.show import diff_html, diff_out

    if form == "json":
        return json.dumps(diff_out.as_object(found, report_id), ensure_ascii=False)
    if form == "html":
        return diff_html.document(found, report_id)
    return "\n".join(printable(line) for line in diff_out.as_lines(found, report_id))
