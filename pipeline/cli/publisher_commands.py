"""Publishers that a user declares: the setting, and `isw-archive new-publisher`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from archive.config import CONFIG_NAME, require_contact
from archive.errors import BadInputError
from pipeline.cli.options import as_json
from pipeline.run.jobs.say import Say, printable

if TYPE_CHECKING:
    from archive.config import Settings
    from pipeline.cli.context import Context
    from pipeline.run.jobs.new_publisher import Made

NO_REPORT = (
    "the page should be one report, with its title, some paragraphs of text (200 characters or "
    "more) and its references;\n  take another one, once these files are removed"
)
FOLDER = "publishers"
"""Beside the configuration, where the setting names none."""


def use_publishers(settings: Settings, config: Path) -> None:
    """Make the publishers that the setting names known to this process and those that it starts.

    Before anything that knows publishers is loaded.

    Raises:
        BadInputError: One of their files is wrong.
    """
    if not settings.publishers:
        return
    from archive.urls.publishers.files import FOLDER as NAMED

    os.environ[NAMED] = str((config.absolute().parent / settings.publishers).absolute())
    from archive.urls.platforms import registry as _  # noqa: F401 - each file is looked at now
    from pipeline.read.publishers import registry  # noqa: F401 - and how its reports are found


@click.command("new-publisher")
@click.argument("name")
@click.argument("page", metavar="URL|FILE")
@click.option("--address", metavar="URL", help="Where a saved page stood, if it does not say so.")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where it is written [default: the setting publishers, else publishers beside the "
    "configuration].",
)
@as_json
@click.pass_obj
def new_publisher(
    obj: Context, /, name: str, page: str, address: str | None, folder: Path | None, machine: bool
) -> None:
    """Begin to collect another publisher: from one page with references, write what declares it.

    Writes NAME.toml, the page, and a test that fails until you have filled in what the page cites;
    prints what the parser finds there. Nothing is overwritten, and nothing collected until you
    enable it. A page that is given by its address is captured as any page is.
    """
    from pipeline.run.jobs import new_publisher as job
    from pipeline.run.jobs.auditing import address_of
    from pipeline.run.jobs.session import session

    where = (obj.config or obj.data.absolute().parent / CONFIG_NAME).absolute().parent
    places = job.Places(folder or where / (obj.settings.publishers or FOLDER), name)
    places.require_free()
    url = address_of(page)
    if url is None and not Path(page).exists():
        raise BadInputError(f"new-publisher: {page}: neither an address nor a file")
    if url is None:
        _tell(
            job.from_file(obj.settings, places, Path(page), address or ""), places.folder, machine
        )
        return
    if address is not None:
        raise BadInputError("new-publisher: --address goes with a file")
    require_contact(obj.settings, "new-publisher")
    with session(obj.data, obj.settings, Say(), "new-publisher", {"url": url}) as current:
        made = job.from_web(current, places, url, obj.config)
    _tell(made, places.folder, machine)


def _tell(made: Made, folder: Path, machine: bool) -> None:
    if machine:
        told = {"files": [str(path) for path in made.files], "read": made.read}
        click.echo(json.dumps(told, ensure_ascii=False))
        return
    for path in made.files:
        click.echo(printable(f"written: {path}"))
    read = made.read
    if "no_report" in read:
        click.echo(printable(f"the parser finds no report: {read['no_report']}"))
        click.echo(f"  {NO_REPORT}")
    else:
        click.echo(printable(f"the parser finds: {read['title']} ({read['date'] or 'no date'})"))
    for one in read.get("references", ()):
        click.echo(printable(f"  [{one['label']}] {one['text']}"))
        for url in one["urls"]:
            click.echo(printable(f"      {url}"))
    click.echo(
        f"next: fill in {made.files[2]}, run pytest {made.files[3]}, mend {made.files[0]}, say "
        f'enabled = true there, and publishers = "{folder}" in {CONFIG_NAME}'
    )
