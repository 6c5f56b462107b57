"""The database anew from the WARC files: a new file beside the old one, which it replaces at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from archive.db.database import DamagedDatabaseError, open_readonly, wrapped
from archive.db.store import Store
from archive.errors import DataFolderError
from archive.folder import DataFolder
from pipeline.run.jobs.recover import in_order, warc_files

if TYPE_CHECKING:
    from pathlib import Path

    from archive.config import Settings
    from pipeline.run.jobs.say import Say

NAMED = 3
"""Files named in one line of complaint."""


def rebuild(folder: DataFolder, settings: Settings, say: Say) -> tuple[dict[str, int], list[str]]:
    """Make the database anew; run logs are carried over, all else comes from the WARC files.

    Until it is whole, the old database stands untouched. The caller holds the lock.

    Returns:
        Counts of files and captures, and what needs a person.

    Raises:
        DataFolderError: The old database is another program's or of a newer version, or it knows captures that the
            WARC files no longer give.
    """
    held = _held(folder.database)
    target = DataFolder(folder.root / "rebuild")
    _clear(target)
    try:
        return _rebuild(folder, target, held, settings, say)
    finally:
        # also what a full disk left half made: its room is needed
        _clear(target)


def _rebuild(
    folder: DataFolder,
    target: DataFolder,
    held: dict[str, int] | None,
    settings: Settings,
    say: Say,
) -> tuple[dict[str, int], list[str]]:
    target.make()
    target.warcs.rmdir()
    target.warcs.symlink_to(folder.warcs.resolve(), target_is_directory=True)
    counts, problems = _index_all(target, settings, say)
    lost = _lost(held or {}, _held(target.database) or {})
    if lost:
        raise DataFolderError(
            f"rebuild: the WARC files lack captures that {folder.database} knows ({', '.join(lost)}); it stands as it "
            "was; restore the files from a copy, or move the database away to go on without them"
        )
    if held is None or not _carry_logs(folder.database, target.database):
        problems += _put_aside(folder.database)
    for suffix in ("-wal", "-shm"):
        folder.database.with_name(folder.database.name + suffix).unlink(missing_ok=True)
    target.database.replace(folder.database)
    return counts, problems


def _held(database: Path) -> dict[str, int] | None:
    """Captures by WARC file; none where there is no database, None where it cannot be read."""
    if not database.exists():
        return {}
    try:
        db = open_readonly(database, current=False)
    except DamagedDatabaseError:
        return None
    try:
        with wrapped(database):
            rows = db.execute("SELECT warc_file, count(*) FROM captures GROUP BY 1").fetchall()
    except DamagedDatabaseError:
        return None
    finally:
        db.close()
    return dict(rows)


def _lost(before: dict[str, int], now: dict[str, int]) -> list[str]:
    """Files that gave more captures once, with how many they lack; the first few."""
    lacking = ((name, count - now.get(name, 0)) for name, count in sorted(before.items()))
    return [f"{name}: {count}" for name, count in lacking if count > 0][:NAMED]


def _put_aside(database: Path) -> list[str]:
    """Keep a database that cannot be read under another name."""
    if not database.exists():
        return []
    aside = database.with_name(f"{database.name}.damaged")
    database.replace(aside)
    return [f"{database}: was damaged and is kept as {aside.name}; its log of runs is lost"]


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


def _index_all(
    target: DataFolder, settings: Settings, say: Say
) -> tuple[dict[str, int], list[str]]:
    from pipeline.run.ingest import Archive
    from pipeline.run.jobs.index import index_file
    from pipeline.run.pool import WorkerPool

    files = in_order(warc_files(target))
    captures = 0
    problems: list[str] = []
    archive = Archive(target, settings, run=None)
    try:
        with WorkerPool(settings.workers, settings.extract_timeout_s) as pool:
            for number, path in enumerate(files, 1):
                say.progress(f"rebuild: file {number} of {len(files)}, {captures} captures")
                indexed = index_file(archive, path, pool, set())
                captures += indexed.captures
                if indexed.torn_at is not None:
                    # left open: the next run cuts it after its last whole record
                    say.line(f"{path.name}: ends in the middle of a record; the next run mends it")
                    continue
                if indexed.damage is not None:
                    problems.append(
                        indexed.damage.replace(str(target.warcs), str(target.warcs.resolve()))
                    )
                archive.store.close_warc(path.name, indexed.last_capture_id)
    finally:
        archive.abandon()
    return {"files": len(files), "captures": captures}, problems


def _carry_logs(old: Path, new: Path) -> bool:
    """Take over the run logs; False where the old database cannot be read."""
    if old.exists():
        with Store(new) as store:
            try:
                store.copy_run_logs(old)
            except DamagedDatabaseError:
                return False
    return True
