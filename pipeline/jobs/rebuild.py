"""The database anew from the WARC files: a new file beside the old one, which it replaces at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.folder import DataFolder
from archive.store import Store
from pipeline.jobs.recover import warc_files

if TYPE_CHECKING:
    from pathlib import Path

    from archive.config import Settings
    from pipeline.jobs.say import Say


def rebuild(folder: DataFolder, settings: Settings, say: Say) -> dict[str, int]:
    """Make the database anew; run logs are carried over, all else comes from the WARC files.

    Until it is whole, the old database stands untouched. The caller holds the lock.

    Returns:
        Counts of files and captures.
    """
    fresh = folder.root / "rebuild"
    target = DataFolder(fresh)
    _clear(target)
    target.make()
    target.warcs.rmdir()
    target.warcs.symlink_to(folder.warcs.resolve(), target_is_directory=True)
    counts = _index_all(target, settings, say)
    _carry_logs(folder.database, target.database)
    for suffix in ("-wal", "-shm"):
        folder.database.with_name(folder.database.name + suffix).unlink(missing_ok=True)
    target.database.replace(folder.database)
    _clear(target)
    return counts


def _clear(target: DataFolder) -> None:
    """Remove what an earlier rebuild left; the link to the WARC files goes, never what it points to."""
    if target.warcs.is_symlink():
        target.warcs.unlink()
    for path in _left_over(target.root):
        path.unlink()
    if target.root.exists():
        target.root.rmdir()


def _left_over(root: Path) -> list[Path]:
    return [p for p in root.glob("archive.db*") if p.is_file()] if root.exists() else []


def _index_all(target: DataFolder, settings: Settings, say: Say) -> dict[str, int]:
    from pipeline.ingest import Archive
    from pipeline.jobs.index import index_file
    from pipeline.pool import WorkerPool

    files = warc_files(target)
    captures = 0
    archive = Archive(target, settings, run=None)
    try:
        with WorkerPool(settings.workers, settings.extract_timeout_s) as pool:
            for number, path in enumerate(files, 1):
                say.progress(f"rebuild: file {number} of {len(files)}, {captures} captures")
                indexed = index_file(archive, path, pool, set())
                archive.store.close_warc(path.name, indexed.last_capture_id)
                captures += indexed.captures
                if indexed.torn_at is not None:
                    say.failure(
                        f"{path}: ends in the middle of a record at byte {indexed.torn_at}; run verify"
                    )
    finally:
        archive.abandon()
    return {"files": len(files), "captures": captures}


def _carry_logs(old: Path, new: Path) -> None:
    if not old.exists():
        return
    with Store(new) as store:
        store.copy_run_logs(old)
