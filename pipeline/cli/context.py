"""What every command knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from archive.folder import DataFolder

if TYPE_CHECKING:
    from pathlib import Path

    import sqlite_utils

    from archive.config import Settings


@dataclass(frozen=True, slots=True)
class Context:
    """What every command knows."""

    data: Path
    config: Path | None
    settings: Settings

    @property
    def folder(self) -> DataFolder:
        """The data folder."""
        return DataFolder(self.data)

    def opened(self, as_of: str | None = None) -> sqlite_utils.Database:
        """The archive for reading, closed when the command ends.

        Args:
            as_of: The moment as of which it is shown; None: as it is.

        Raises:
            DataFolderError: See `open_readonly`.
        """
        from archive.db.database import open_readonly

        self.folder.require()
        db = open_readonly(self.folder.database, as_of=as_of)
        click.get_current_context().call_on_close(db.close)
        return db
