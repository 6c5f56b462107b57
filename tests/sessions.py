"""Jobs without a command line: a session over an archive that holds nothing."""

from __future__ import annotations

import io
from pathlib import Path

from archive.config import Settings
from archive.db.store import Store
from archive.folder import DataFolder
from pipeline.run.jobs.say import Say
from pipeline.run.jobs.session import Session


def session(tmp_path: Path, **settings: object) -> Session:
    """In the folder `data` of a test's own."""
    folder = DataFolder(tmp_path / "data")
    folder.make()
    Store(folder.database).close()
    return Session(folder, Settings(**settings), "test", Say(io.StringIO()), -1)  # type: ignore[arg-type]
