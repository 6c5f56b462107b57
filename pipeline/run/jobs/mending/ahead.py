"""`rebuild --dask`: tasks of Dask read the pages, a WARC file each, and the one writer takes them
in, in order.

Whatever happens to a task, a worker or the whole cluster, the writer itself reads what it lacks:
the tables are the same as without Dask, only sooner.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from archive.counted import counted
from pipeline.read.process import Limits
from pipeline.run.jobs.mending.readings import (
    FOLDER,
    Readings,
    asked_of,
    read_file,
    remaining,
    told_of,
)
from pipeline.run.preloads import PAGES
from pipeline.run.reader_key import reader_key

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.config import Settings
    from archive.folder import DataFolder
    from pipeline.run.dask_workers import DaskWorkers
    from pipeline.run.jobs.say import Say


@dataclass(slots=True)
class Ahead:
    """Files that Dask workers read while the writer is behind them.

    Attributes:
        workers: Who reads.
        folder: The archive; readings stand in it until the rebuild is done.
        settings: Say how long a page may take, and how large it may be.
        say: For what its operator should know.
    """

    workers: DaskWorkers
    folder: DataFolder
    settings: Settings
    say: Say
    _futures: dict[str, tuple[Any, Path]] = field(default_factory=dict)
    _failed: Counter[str] = field(default_factory=Counter)

    @property
    def readings(self) -> Path:
        """The folder of the readings."""
        return self.folder.root / FOLDER

    def begin(self, files: Sequence[Path], preload: Sequence[str] = PAGES) -> None:
        """Have all files read, in the order in which they will be taken in.

        Args:
            files: WARC files.
            preload: What processes that read them begin with.
        """
        limits = Limits(self.settings.max_bytes, self.settings.extract_max_bytes)
        remaining(self.readings, keep=reader_key(limits))
        self.readings.mkdir(exist_ok=True)
        if self.workers.warning:
            self.say.line(self.workers.warning)
        for turn, path in enumerate(files):
            asked = asked_of(path, self.readings, limits, self.settings.extract_timeout_s, preload)
            future = self.workers.submit(read_file, asked, turn=turn)
            self._futures[path.name] = (future, Path(asked.to))

    def of(self, path: Path) -> Readings:
        """What was read of a file, once it is; of one that could not be read, nothing."""
        future, to = self._futures.pop(path.name)
        try:
            future.result()
        except Exception as error:  # noqa: BLE001 - whatever befell it, the writer can read the file
            self._failed[told_of(error)] += 1
            return Readings(None)
        return Readings(to)

    def end(self, *, done: bool) -> None:
        """Say what could not be read ahead; where the rebuild is done, remove the readings."""
        self.workers.drop([future for future, _ in self._futures.values()])
        for why, files in self._failed.items():
            self.say.failure(f"{counted(files, 'files')} read by the writer itself: {why}")
        if done:
            remaining(self.readings)
