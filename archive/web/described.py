"""What datasette says about our tables: `metadata.yaml`.

For every database that is ours, under whatever name it is served.
"""

from __future__ import annotations

import copy
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from archive.db.database import APPLICATION_ID

if TYPE_CHECKING:
    from datasette.app import Datasette
    from datasette.database import Database

DESCRIBED_NAME = "archive"
"""The database's name in `metadata.yaml`; `archive.db` gets it from datasette."""

_APPLICATION_ID_AT = 68
"""Offset of the four bytes in SQLite's header
(https://www.sqlite.org/fileformat.html#application_id)."""


def our_databases(datasette: Datasette) -> dict[str, Database]:
    """The databases served that are archives of ours, by name, in the order served."""
    return {
        name: database
        for name, database in datasette.databases.items()
        if database.path and _is_ours(Path(database.path))
    }


def _is_ours(path: Path) -> bool:
    try:
        _check_identity(path)
    except (OSError, ValueError):
        return False
    return True


@cache
def _check_identity(path: Path) -> None:
    """Asked for every cell of a table, so what is ours stays ours.

    What is not (an exception) is looked at again.

    Read from the file, not asked of SQLite: datasette's metadata hook is synchronous and runs
    before connections.
    """
    with path.open("rb") as file:
        file.seek(_APPLICATION_ID_AT)
        if file.read(4) != APPLICATION_ID.to_bytes(4, "big"):
            raise ValueError(path)


@cache
def description() -> dict[str, Any]:
    """`metadata.yaml`, to be read only."""
    text = files("archive.web").joinpath("metadata.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def metadata_for(names: list[str], *, top_only: bool, table: str | None) -> dict[str, Any]:
    """Datasette metadata for databases called `names`; a copy, since datasette writes into it.

    Args:
        names: Of databases that are ours.
        top_only: Leave the databases out; datasette asks some twenty times a page, mostly for one
            line.
        table: Of the tables, only this one.
    """
    if not names:
        return {}
    whole = description()
    top = {key: value for key, value in whole.items() if key != "databases"}
    if top_only:
        return top
    described = whole["databases"][DESCRIBED_NAME]
    if table is not None:
        described = {"tables": {table: described["tables"].get(table, {})}}
    return {**top, "databases": {name: copy.deepcopy(described) for name in names}}
