"""`isw-archive audit`: what any document refers to, captured and judged."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from archive.config import require_contact
from pipeline.cli.ending import EXIT_PROBLEMS
from pipeline.cli.options import as_json, root_address
from pipeline.cli.output import output_option, put

if TYPE_CHECKING:
    from archive.show.audit.judged import Audit
    from pipeline.cli.context import Context


@click.command()
@click.argument("document", metavar="FILE|URL")
@click.option(
    "--format", "form", type=click.Choice(["table", "json", "html", "csl-json"]), default="table",
    show_default=True,
    help="html: a page of Robust Links. csl-json: for reference managers, with our copies.",
)  # fmt: skip
@click.option("--offline", is_flag=True, help="Fetch nothing: say what is held.")
@click.option(
    "--address", metavar="URL",
    help="Where the archive is served, for links to it [default: http://127.0.0.1:8001].",
)  # fmt: skip
@output_option
@as_json
@click.pass_obj
def audit(
    obj: Context, /, document: str, form: str, machine: bool, offline: bool, **where: Any
) -> None:
    """Read what a document refers to, capture it, and say what is there, what is held, what could
    not be had.

    The document is HTML, Word (.docx), PDF, Markdown, BibTeX or plain text. What was looked at
    within a day is not fetched again; captures keep the reason "audit: FILE". Markdown and BibTeX
    need the extra audit.
    """
    from archive.show.audit.forms import FORMS
    from pipeline.run.jobs.auditing import audit_held
    from pipeline.run.jobs.say import printable

    root = root_address("audit", where["address"])
    problems: list[str] = []
    if offline:
        obj.folder.require()
        found = audit_held(obj.folder, obj.settings, document, root)
    else:
        found, problems = _captured(obj, document, root)
    said = FORMS["json" if machine else form](found)
    shown = "\n".join(map(printable, said.split("\n")))
    put([shown], where["output"], obj.folder)
    if problems:
        sys.exit(EXIT_PROBLEMS)


def _captured(obj: Context, document: str, root: str) -> tuple[Audit, list[str]]:
    from pipeline.run.documents import bytes_of
    from pipeline.run.jobs import auditing
    from pipeline.run.jobs.say import Say
    from pipeline.run.jobs.session import session

    if auditing.address_of(document) is None:
        from pathlib import Path

        bytes_of(Path(document))  # before the archive is held for it, and settings are asked for
    require_contact(obj.settings, "audit")
    arguments = {"document": document}
    with session(obj.data, obj.settings, Say(), "audit", arguments) as current:
        found = auditing.audit(current, document, root, obj.config)
    return found, current.problems
