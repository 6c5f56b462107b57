"""`isw-archive export --dataset`: the archive as tables and graphs for researchers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from archive.errors import BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable

    from pipeline.cli.context import Context

_F = TypeVar("_F", bound="Callable[..., Any]")


def dataset_options(command: _F) -> _F:
    """What a dataset is made with, as options of a command."""
    command = click.option(
        "--author",
        "authors",
        metavar="NAME",
        multiple=True,
        help="dataset: who gives it, for its citation; may be given more than once.",
    )(command)
    command = click.option(
        "--texts",
        is_flag=True,
        help="dataset: also whole texts of reports and cited pages, for who may have them.",
    )(command)
    return click.option(
        "--dataset",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help=(
            "Instead: everything for researchers, into this folder: tables as CSV and Parquet "
            "(extra dataset) with datapackage.json, graphs as GraphML, README.md, CITATION.cff. "
            "A dataset that is there is replaced."
        ),
    )(command)


def wants_dataset(dataset: Path | None, *, texts: bool, authors: tuple[str, ...]) -> bool:
    """Whether a dataset is asked for.

    Raises:
        BadInputError: It is not, but what goes with one is.
    """
    if dataset is None and (texts or authors):
        raise BadInputError("export: --texts and --author go with --dataset")
    return dataset is not None


def export_dataset(
    obj: Context, into: Path, *, texts: bool, authors: tuple[str, ...], others: bool
) -> None:
    """Write the dataset, and say what is in it.

    Args:
        obj: Of the command line.
        into: The folder.
        texts: Also whole texts.
        authors: Who gives it; none: nobody is named.
        others: Whether something that does not go with it was asked for, too.

    Raises:
        BadInputError: So it was; or the folder is not to be written to.
    """
    from archive.dataset.make import NOBODY, Beside, Choices, make
    from archive.dataset.writing import need_parquet
    from archive.db import disputes
    from archive.fixity.ledger import newest

    if others:
        raise BadInputError("export --dataset: is about everything, and goes with no other format")
    if any(not name.strip() for name in authors):
        raise BadInputError("export --author: empty")
    if into.resolve().is_relative_to(obj.folder.root.resolve()):
        raise BadInputError(f"--dataset {into}: lies in the data folder; name one elsewhere")
    if obj.folder.root.resolve().is_relative_to(into.resolve()):
        raise BadInputError(f"--dataset {into}: holds the data folder; name another")
    need_parquet()
    db = obj.opened()
    choices = Choices(texts=texts, authors=authors or (NOBODY,))
    beside = Beside(newest(obj.folder), tuple(disputes.all_disputes(obj.folder.people)))
    counted = make(db.conn, into, choices, beside)
    told = ", ".join(f"{number:,} {name}" for name, number in counted.items())
    click.echo(f"{into}: {told}; its README.md says what each file is")
