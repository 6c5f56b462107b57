"""Trafilatura alone, in as many processes as there are cores: what reading pages takes at least."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Sequence

from tests.bench.measure import CORES, Usage, cpu_s

_WARM = 4
"""Pages for each process before it is measured: it loads its libraries with the first."""
_AT_ONCE = 8


def bare(bodies: Sequence[bytes], *, metadata: bool) -> Usage:
    """Text of all pages, or text with title, author, date and more; without start-up."""
    work = _with_metadata if metadata else _text
    usage = Usage()
    with multiprocessing.get_context("fork").Pool(CORES) as pool:
        pool.map(work, bodies[: _WARM * CORES])
        workers = [process.pid for process in multiprocessing.active_children() if process.pid]
        before = sum(map(cpu_s, workers))
        begun = time.perf_counter()
        pool.map(work, bodies, chunksize=_AT_ONCE)
        usage.wall_s = time.perf_counter() - begun
        usage.cpu_s = sum(map(cpu_s, workers)) - before
    return usage


def _text(body: bytes) -> int:
    import trafilatura

    return len(trafilatura.extract(body) or "")


def _with_metadata(body: bytes) -> int:
    import trafilatura

    return len(trafilatura.extract(body, with_metadata=True) or "")
