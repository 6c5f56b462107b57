"""How a crawl begins: its job is read, its archive opened, and what all its parts share is made."""

from __future__ import annotations

import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from archive.clock import now
from archive.config import load
from archive.folder import DataFolder
from archive.model.player import VIDEO_PREFIX
from archive.model.vocabulary import Kind
from crawler.context import CrawlContext
from crawler.download.refusals import MAX_PAUSE_S
from crawler.frontier.budget import Budget
from crawler.frontier.media_budget import MediaBudget
from crawler.progress import Progress

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archive.config import Settings
    from pipeline.run.cluster.shared_pace import Turns
    from pipeline.run.ingest import Archive
    from pipeline.run.job import SpiderJob


def open_context(
    job_file: Path,
    preload: Callable[[SpiderJob], Sequence[str]],
    domain: Callable[[str], str],
) -> CrawlContext:
    """The context of the crawl that `job_file` describes.

    Args:
        job_file: A `SpiderJob`.
        preload: Tells what the worker processes begin with (`pipeline.run.preloads.PAGES`).
        domain: The name under which a URL has its budget.

    Raises:
        ArchiveError: The settings or the data folder cannot be used.
        OSError: The job cannot be read.
    """
    from pipeline.read.process import Limits
    from pipeline.run.job import SpiderJob
    from pipeline.run.pool import WorkerPool

    job = SpiderJob.read(job_file)
    data = Path(job.data)
    settings = load(data, Path(job.config) if job.config else None)
    pool = WorkerPool(settings.workers, settings.extract_timeout_s, preload=preload(job))
    thread = ThreadPoolExecutor(1, thread_name_prefix="archive")
    archive = thread.submit(_opened, job, settings).result()
    budget = thread.submit(_budget, archive, settings, domain).result()
    media = thread.submit(_media_budget, archive, settings, domain).result()
    return CrawlContext(
        settings=settings,
        job=job,
        archive=archive,
        budget=budget,
        media=media,
        pool=pool,
        limits=Limits(max_bytes=settings.max_bytes, extract_max_bytes=settings.extract_max_bytes),
        progress=Progress(sys.stdout),
        thread=thread,
        turns=_turns(job, settings),
    )


def _turns(job: SpiderJob, settings: Settings) -> Turns | None:
    """Turns shared with a cluster's workers, where there are any."""
    if not settings.queue:
        return None
    from pipeline.run.cluster.shared_pace import Turns, turn_store_at

    return Turns(turn_store_at(settings.queue), MAX_PAUSE_S, alone=job.order is None)


def _opened(job: SpiderJob, settings: Settings) -> Archive:
    """What the spider writes to: the archive; or, for an order of a cluster's queue, WARC files
    alone."""
    from pipeline.run.cluster.order import BatchOrder
    from pipeline.run.cluster.worker_archive import WorkerArchive
    from pipeline.run.ingest import Archive

    if job.order is None:
        return Archive.open(Path(job.data), settings, run=job.run)
    folder = DataFolder(Path(job.data))
    folder.make()
    return WorkerArchive(folder, settings, job.run, BatchOrder.read(Path(job.order)))


def _budget(archive: Archive, settings: Settings, domain: Callable[[str], str]) -> Budget:
    """The budgets, with what of them is spent already; database and disk are asked only where there
    are any."""
    daily = settings.max_bytes_per_day or settings.max_bytes_per_host_per_day
    today = archive.bytes_today(now()) if daily else ()
    files = archive.folder.warc_files() if settings.max_bytes_in_all else ()
    return Budget.of(settings, domain, today, sum(path.stat().st_size for path in files))


def _media_budget(
    archive: Archive, settings: Settings, domain: Callable[[str], str]
) -> MediaBudget:
    """The budgets for what pages show, with what of them is spent already."""
    daily = settings.media_bytes_per_day or settings.media_bytes_per_host_per_day
    asked = settings.media != "none"
    today = archive.bytes_today(now(), Kind.MEDIA) if daily and asked else ()
    held = archive.media_bytes() if settings.media_bytes_in_all and asked else 0
    return MediaBudget.of(settings, by_page(domain), today, held)


def by_page(domain: Callable[[str], str]) -> Callable[[str], str]:
    """A form of `domain` that knows the addresses of video records, too, which are named after
    their pages."""
    return lambda url: domain(url.removeprefix(VIDEO_PREFIX))
