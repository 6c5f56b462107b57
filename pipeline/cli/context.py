"""What every command knows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.folder import DataFolder

if TYPE_CHECKING:
    from pathlib import Path

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
