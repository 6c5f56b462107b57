"""`isw-archive serve`: the archive's pages."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.errors import BadInputError

if TYPE_CHECKING:
    from pipeline.cli.context import Context


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    default=8001,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port; 0: any free one.",
)
@click.option(
    "--writable",
    is_flag=True,
    help="Let who is permitted write notes and ask for captures; prints where to sign in.",
)
@click.option(
    "--allow",
    metavar="ACTOR",
    multiple=True,
    help="With --writable: also this actor (its id) of a datasette plugin for passwords or tokens.",
)
@click.pass_obj
def serve(obj: Context, host: str, port: int, writable: bool, allow: tuple[str, ...]) -> None:
    """Browse the archive with datasette, read-only, until Ctrl-C.

    With --writable, notes and requests go into people.db beside the database, which stays as it is.
    """
    from archive.web.serve import Writing
    from archive.web.serve import serve as run

    if allow and not writable:
        raise BadInputError("serve: --allow goes with --writable")
    obj.folder.require()
    key = obj.settings.sign_key
    run(obj.folder, host, port, Writing(allow) if writable else None, Path(key) if key else None)
