"""What every command knows."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import click
import pytest

from archive.config import Settings
from archive.db.database import open_database
from archive.errors import DataFolderError
from archive.folder import DataFolder
from pipeline.cli.context import Context

if TYPE_CHECKING:
    from pathlib import Path

    import sqlite_utils


def opened_by_a_command(data: Path) -> sqlite_utils.Database:
    """What a command had open that read a line of the archive, once it has ended."""

    @click.command()
    @click.pass_obj
    def reads(obj: Context) -> sqlite_utils.Database:
        db = obj.opened()
        assert db.execute("SELECT count(*) FROM captures").fetchone() == (0,)
        return db

    db: sqlite_utils.Database = reads.main(
        [], obj=Context(data, None, Settings()), standalone_mode=False
    )
    return db


def test_what_a_command_reads_is_closed_when_it_ends(tmp_path: Path) -> None:
    folder = DataFolder(tmp_path / "data")
    folder.make()
    open_database(folder.database).close()
    db = opened_by_a_command(folder.root)
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        db.execute("SELECT 1")


def test_where_there_is_no_archive_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError, match="no archive"):
        opened_by_a_command(tmp_path / "data")
