"""What `rebuild` would change, before it does.

The database is made anew beside the old one, compared with it, and thrown away.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from archive.db.store import Store
from archive.fixity.preview import changes
from archive.folder import DataFolder
from pipeline.run.jobs.mending.places import REBUILD, clear_target
from pipeline.run.jobs.mending.rebuild import files_with_fewer, held_places, index_all

if TYPE_CHECKING:
    from pathlib import Path

    from archive.config import Settings
    from pipeline.run.jobs.say import Say


def preview(folder: DataFolder, settings: Settings, say: Say) -> dict[str, Any]:
    """What would change; nothing does. The caller holds the lock.

    Returns:
        `tables` (each with its counts, kinds and examples; only those that change), `lost` (files
        that no longer give captures that the database knows: without --accept-loss rebuild would
        refuse), `problems` and `counts` as `rebuild` has them.

    Raises:
        DataFolderError: The old database is another program's or of a newer version; no room.
    """
    held = held_places(folder.database)
    target = DataFolder(folder.root / REBUILD)
    clear_target(target)
    try:
        target.make()
        target.warcs.rmdir()
        target.warcs.symlink_to(folder.warcs.resolve(), target_is_directory=True)
        filled = index_all(target, settings, say, held or {})
        missing = files_with_fewer(held or {}, held_places(target.database) or {})
        found = changes(_readable(folder, target, held), target.database)
    finally:
        clear_target(target)
    tables = [asdict(one) for one in found if not one.is_none]
    return {
        "counts": filled.counts, "tables": tables, "lost": missing, "problems": filled.problems,
    }  # fmt: skip


def _readable(folder: DataFolder, target: DataFolder, held: object) -> Path:
    """The old database, or an empty one where there is none or it cannot be read: all is new."""
    if held is not None and folder.database.exists():
        return folder.database
    empty = target.root / "archive.db-none"
    with Store(empty):
        pass
    return empty
