"""`isw-archive backup`, `restore`, `repair`: the evidence kept twice, and put back."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from archive.errors import BadInputError
from pipeline.cli.options import as_json
from pipeline.cli.results import print_checked
from pipeline.run.jobs.say import Say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pipeline.cli.context import Context

_MB = 1_000_000


@click.command()
@click.argument("dest")
@click.option(
    "--keep",
    type=click.IntRange(min=1),
    help="Keep so many backups by their date, each whole [default: one, brought up to date].",
)
@click.option(
    "--anew", is_flag=True, help="Begin in a folder where a backup was made before and is gone."
)
@as_json
@click.pass_obj
def backup(obj: Context, dest: str, keep: int | None, anew: bool, machine: bool) -> None:
    """Copy the archive to DEST, also while a run goes on; again: only what is new.

    DEST is a folder, and becomes a BagIt bag: database, WARC files, ledger, each read back after it
    was written. With --keep each backup is a bag in a folder named by its date, in which unchanged
    files are links to those of the one before; without it nothing is ever removed. Where a backup
    was made before and is gone, its disk may not be mounted: nothing is written. Or DEST is
    s3://bucket/prefix in an S3-compatible store (extra s3; keys in the environment:
    AWS_ACCESS_KEY_ID and its like). The ledger's secret key (ledger.key) is in no backup: keep that
    elsewhere.
    """
    from pipeline.run.jobs.safekeeping import backup as run

    obj.folder.require()
    _require_place(dest)
    answer = run(obj.folder, dest, keep or 0, Say(), anew=anew)
    print_checked(answer, _backed_up(answer, dest), machine)


def _require_place(place: str) -> None:
    """Refuse what is neither a folder nor an address of a store."""
    if not place or ("://" in place and not place.startswith("s3://")):
        raise BadInputError(f"{place!r}: neither a folder nor s3://bucket/prefix")


def _backed_up(answer: dict[str, Any], dest: str) -> Iterator[str]:
    for problem in answer["problems"]:
        yield f"! {problem}"
    entries = "without a ledger" if answer["entries"] is None else f"{answer['entries']} entries"
    if answer["kept"]:
        yield (
            "not read again: WARC files that were there already; isw-archive verify "
            f"{shlex.quote(dest)} reads them"
        )
    yield (
        f"{answer['backup']}: {answer['copied']} WARC files copied, {answer['kept']} there "
        f"already, {answer['bytes'] / _MB:.1f} MB written and read back; {entries}"
    )


@click.command()
@click.argument("source")
@click.argument("dest", type=click.Path(path_type=Path, file_okay=False))
@click.option(
    "--key",
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    help="The ledger's secret key as you kept it [default: a new one, and the ledger says so].",
)
@as_json
@click.pass_obj
def restore(obj: Context, source: str, dest: Path, key: Path | None, machine: bool) -> None:
    """Make a data folder DEST of the backup SOURCE; every file is compared with its manifest.

    SOURCE: a backup, a folder of backups by date (the newest is taken), or s3://bucket/prefix.
    """
    from archive.folder import DataFolder
    from pipeline.run.jobs.safekeeping import restore as run

    _require_place(source)
    answer = run(source, DataFolder(dest), key, Say())
    print_checked(answer, _restored(answer), machine)


def _restored(answer: dict[str, Any]) -> Iterator[str]:
    for problem in answer["problems"]:
        yield f"! {problem}"
    yield f"{answer['restored']}: {answer['files']} files, {answer['bytes'] / _MB:.1f} MB"


@click.command()
@click.option(
    "--from",
    "source",
    required=True,
    type=click.Path(path_type=Path, exists=True),
    help="A backup, another data folder, a folder of WARC files, or a dossier (.wacz).",
)
@as_json
@click.pass_obj
def repair(obj: Context, source: Path, machine: bool) -> None:
    """Put damaged or lost files and records back from another copy, where their digest is right.

    Ends with 1 where anything is still wrong.
    """
    from pipeline.run.jobs.safekeeping import repair as run

    if not obj.folder.warcs.is_dir():
        raise BadInputError(f"{obj.data}: no data folder; restore one: isw-archive restore")
    answer = run(obj.folder, source, obj.settings, Say())
    print_checked(answer, _repaired(answer), machine)


def _repaired(answer: dict[str, Any]) -> Iterator[str]:
    for name in answer["files"]:
        yield f"{name}: put back"
    for one in answer["records"]:
        yield f"{one['file']} at byte {one['byte']}: record {one['record']} put back"
    for problem in answer["problems"]:
        yield f"! {problem}"
    if answer["ok"]:
        done = answer["files"] or answer["records"]
        yield "all is as it was kept" if done else "nothing was wrong"
