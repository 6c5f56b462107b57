"""What the doctor is asked, and what it finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from archive.config import Settings
    from archive.folder import DataFolder


class Severity(StrEnum):
    """How much a finding matters."""

    OK = "ok"
    NOTE = "note"
    """Works, but somebody should know."""
    BAD = "bad"
    """Stands in the way."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        name: What, one word or two.
        said: What was found.
        mend: What to do about it; empty when nothing is.
    """

    name: str
    state: Severity
    said: str
    mend: str = ""


@dataclass(frozen=True, slots=True)
class Examined:
    """What is examined.

    Attributes:
        config: The configuration file, there or not.
        now: By the machine's clock, UTC.
    """

    folder: DataFolder
    settings: Settings
    config: Path
    now: datetime
