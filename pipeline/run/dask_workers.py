"""Dask, for reading many WARC files at once: workers here, or a cluster that somebody runs.

Dask's processes trust one another: who can talk to a scheduler can run what he likes. Here they
talk by TLS with keys made for this one run; of a cluster elsewhere its own configuration says.
"""

from __future__ import annotations

import contextlib
import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from archive.errors import ArchiveError, BadInputError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_LOCAL = re.compile(r"local(?::([1-9][0-9]{0,2}))?")
_ADDRESS = re.compile(r"(?:(?:tcp|tls|ws|wss)://)?[A-Za-z0-9._\-\[\]:]+:[0-9]{1,5}")
RETRIES = 2
"""Of a task that raised; one whose worker died is run again by the scheduler (three times)."""
CONNECT_S = 30
_TRUST = (
    "dask: the scheduler is spoken to without TLS: whoever reaches it can run what he likes on its "
    "machines"
)


@dataclass(frozen=True, slots=True)
class DaskAddress:
    """Where tasks run.

    Attributes:
        address: Of a scheduler; None: processes of our own, here.
        workers: How many of these; 0: one a core.
    """

    address: str | None = None
    workers: int = 0


def dask_address(given: str) -> DaskAddress:
    """What somebody wrote: `local`, `local:2`, or a scheduler's address.

    Raises:
        BadInputError: It is neither.
    """
    if found := _LOCAL.fullmatch(given):
        return DaskAddress(workers=int(found[1] or 0))
    if _ADDRESS.fullmatch(given) and not given.startswith("local:"):
        return DaskAddress(given)
    raise BadInputError(
        f"rebuild --dask {given!r}: give local, local:N (N workers), or a scheduler's address such "
        "as tls://10.0.0.5:8786"
    )


@dataclass(slots=True)
class DaskWorkers:
    """A scheduler that we talk to.

    Attributes:
        client: Dask's.
        warning: What its operator should know, or None.
    """

    client: Any
    warning: str | None = None

    def submit(self, fn: Callable[..., Any], given: object, *, turn: int) -> Any:
        """A future of `fn(given)`; of what waits, the least `turn` runs first."""
        return self.client.submit(fn, given, pure=False, retries=RETRIES, priority=-turn)

    def drop(self, futures: list[Any]) -> None:
        """Give up what nobody waits for any more."""
        with contextlib.suppress(Exception):
            self.client.cancel(futures)


@contextmanager
def open_workers(at: DaskAddress) -> Iterator[DaskWorkers]:
    """Workers to give tasks to, until the block ends.

    Raises:
        BadInputError: Dask is not installed.
        ArchiveError: The scheduler does not answer.
    """
    try:
        import dask
        import distributed
    except ImportError as error:
        raise BadInputError(
            "rebuild --dask needs what is not installed: pip install 'isw-archive[cluster]'"
        ) from error
    dasks: Any = distributed
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    if at.address is not None:
        with _connected(dasks.Client, at.address) as client:
            scheme = client.scheduler.address.partition("://")[0]
            yield DaskWorkers(client, _TRUST if scheme == "tcp" else None)
        return
    with (
        TemporaryDirectory(prefix="isw-archive-") as scratch,
        # a worker has processes of its own, which can be ended when a page hangs; and it imports
        # from its folder, which is not to be one that others can write to
        dask.config.set({"distributed.worker.daemon": False, "temporary-directory": scratch}),
    ):
        cluster = dasks.LocalCluster(
            n_workers=at.workers or None, threads_per_worker=1, processes=True, memory_limit=0,
            host="127.0.0.1", dashboard_address=None, security=True, protocol="tls://",
            silence_logs=logging.CRITICAL,
        )  # fmt: skip
        with cluster, dasks.Client(cluster) as client:
            yield DaskWorkers(client)


@contextmanager
def _connected(client: Any, address: str) -> Iterator[Any]:
    try:
        opened = client(address, timeout=CONNECT_S)
    except (OSError, ValueError, TypeError) as error:
        raise ArchiveError(
            f"rebuild --dask: the scheduler at {address} does not answer ({error})"
        ) from error
    with opened:
        yield opened
