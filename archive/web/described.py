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
        if database.path and _is_ours(str(database.path))
    }


def _is_ours(path: str) -> bool:
    try:
        _check_identity(path)
    except (OSError, ValueError):
        return False
    return True


@cache
def _check_identity(path: str) -> None:
    """Asked for every cell of a table, so what is ours stays ours.

    What is not (an exception) is looked at again.

    Read from the file, not asked of SQLite: datasette's metadata hook is synchronous and runs
    before connections.
    """
    with Path(path).open("rb") as file:
        file.seek(_APPLICATION_ID_AT)
        if file.read(4) != APPLICATION_ID.to_bytes(4, "big"):
            raise ValueError(path)


@cache
def description() -> dict[str, Any]:
    """`metadata.yaml`, to be read only."""
    text = files("archive.web").joinpath("metadata.yaml").read_text(encoding="utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@cache
def _ruled() -> dict[str, Any]:
    """The tables with what rules them alone, which none of ours has yet: datasette asks for all of
    them, once for each table that a page lists, and copies the answer twice."""
    tables = description()["databases"][DESCRIBED_NAME]["tables"]
    ruled = {
        name: {key: told[key] for key in _RULES & told.keys()} for name, told in tables.items()
    }
    return {name: rules for name, rules in ruled.items() if rules}


_RULES = frozenset({"allow", "facet_size"})


def metadata_for(
    names: list[str], key: str | None, database: str | None, table: str | None
) -> dict[str, Any]:
    """Datasette metadata for databases called `names`; a copy, since datasette writes into it.

    Args:
        names: Of databases that are ours.
        key: What is asked for; datasette asks some hundred times a page, mostly for one line.
        database: Asked about; None: no single one.
        table: Asked about; None: no single one.
    """
    if not names:
        return {}
    whole = description()
    top = {name: value for name, value in whole.items() if name != "databases"}
    if database is None and key not in {None, "databases"}:
        return top
    described = whole["databases"][DESCRIBED_NAME]
    if table is not None:
        described = {"tables": {table: described["tables"].get(table, {})}}
    elif key == "tables":
        described = {"tables": _ruled()}
    elif key not in {None, "databases"}:
        described = {key: described[key]} if key in described else {}
    return {**top, "databases": {name: copy.deepcopy(described) for name in names}}
