"""The queue that planner, workers and indexer share: PostgreSQL, through procrastinate (extra
`cluster`).

A job is a batch of one domain, which is its lock (no two of a domain run at once) and its queueing
lock (no two of it wait). `scheduled_at` is not used: together with a lock it holds up all others of
that lock. A job stays in the table until what it fetched is in the archive, so that the planner
knows what is under way from here alone. Whose worker stopped telling that it lives is put back
(`Queue.revive`).

How it is opened: `pipeline.run.cluster.postgres`.
"""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from archive.errors import LockedError
from pipeline.decide.batches import Batch
from pipeline.run.cluster import order, shared_pace
from pipeline.run.cluster.questions import QueuedQuestion

if TYPE_CHECKING:
    from collections.abc import (
        AsyncIterator,
        Awaitable,
        Callable,
        Collection,
        Iterable,
        Sequence,
    )


QUEUE, TASK = "isw-archive", "isw_archive.fetch"

SILENT_S = 60.0
"""A worker that told nothing for so long is gone; it tells every 10 seconds."""

CONNECT_S = 10

LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)
"""When a job that comes back is ready. The library would take our clock's time: one ahead of
PostgreSQL's would hold up the whole domain until then."""

# whoever holds the lock and does not go on is not waited for
_ALONE = f"SET LOCAL lock_timeout = '{CONNECT_S}s'; SELECT pg_advisory_xact_lock(8214551)"
_PLANS = "SELECT pg_try_advisory_xact_lock(8214552)"
_TAKE = """
UPDATE isw_archive_numbers SET last = greatest(last, %(least)s) + %(count)s RETURNING last
"""
_JOBS = "SELECT id, status, args, lock FROM procrastinate_jobs WHERE task_name = %(task)s"
_GOES_ON = "SELECT 1 FROM procrastinate_jobs WHERE id = %(id)s AND status IN ('todo', 'doing')"
_ENDED = "DELETE FROM procrastinate_jobs WHERE id = ANY(%(ids)s) AND status <> 'doing'"
_REST = """
INSERT INTO isw_archive_hosts VALUES (%(domain)s, now() + make_interval(secs => %(seconds)s))
ON CONFLICT (domain) DO UPDATE SET until = greatest(isw_archive_hosts.until, excluded.until)
"""
_RESTING = "SELECT domain FROM isw_archive_hosts WHERE until > now()"
_ASKED = "SELECT about, since, url, role FROM isw_archive_questions"
_ASK = """
INSERT INTO isw_archive_questions (about, since, url, role)
VALUES (%(about)s, %(since)s, %(url)s, %(role)s) ON CONFLICT DO NOTHING
"""
_OLD_QUESTIONS = "DELETE FROM isw_archive_questions WHERE at < now() - interval '3 days'"


@dataclass(frozen=True, slots=True)
class Job:
    """One job of the queue.

    Attributes:
        status: `todo`, `doing`, `succeeded`, `failed`, `aborted` or `cancelled`.
    """

    id: int
    status: str
    batch: Batch

    @property
    def is_over(self) -> bool:
        """Whether nobody works at it, or will."""
        return self.status not in {"todo", "doing"}


def _unsaid(_number: int, _why: str) -> None:
    """Stands for `strange` where nobody asks for it."""


class Queue:
    """An open queue; everything it is asked may raise `ArchiveError` where PostgreSQL is away."""

    def __init__(self, app: Any) -> None:
        self.app = app
        self._fetch: Callable[[int, Batch], Awaitable[None]] | None = None
        self._strange: Callable[[int, str], None] = _unsaid
        self._worker: int | None = None
        self._mine: set[int] = set()
        app.task(self._run, name=TASK, queue=QUEUE, pass_context=True)

    # --- planning ---------------------------------------------------------------------------------

    async def jobs(self) -> list[Job]:
        """All that are there, in no order. One that this version cannot read names no targets: it
        holds up its domain while it waits, and nobody else."""
        rows = await self._rows(_JOBS, task=TASK)
        return [Job(r["id"], r["status"], _batch_of(r)) for r in rows]

    async def add(self, batch: Batch) -> bool:
        """Queue a job, unless its domain has one waiting; says whether."""
        from procrastinate.exceptions import AlreadyEnqueued

        task = self.app.tasks[TASK].configure(lock=batch.domain, queueing_lock=batch.domain)
        try:
            await task.defer_async(batch=order.to_json(batch))
        except AlreadyEnqueued:
            return False
        return True

    async def revive(self) -> tuple[int, int]:
        """Put jobs back whose worker is gone.

        One at a time does it, of all workers and planners: by a list that was read before another
        put a job back, one that waits again would be given up, one that runs again put back twice.

        Returns:
            How many, and how many were given up since the next job of their domain waits already:
            what they name stays due.
        """
        async with self._alone():
            return await self._revive()

    @contextlib.asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Keep others out who decide by a list of jobs what becomes of them."""
        async with self.app.connector.pool.connection() as alone, alone.transaction():
            await alone.execute(_ALONE)
            yield

    @contextlib.asynccontextmanager
    async def planning(self) -> AsyncIterator[None]:
        """One planner at a time: by a list of jobs that was read before another queued his, what a
        worker has taken meanwhile would be queued again.

        Raises:
            LockedError: Another is at it.
        """
        async with self.app.connector.pool.connection() as alone, alone.transaction():
            cursor = await alone.execute(_PLANS)
            [is_ours] = await cursor.fetchone()
            if not is_ours:
                raise LockedError("queue: another plan is being made; one is enough")
            yield

    async def _revive(self) -> tuple[int, int]:
        from procrastinate.exceptions import ConnectorException, UniqueViolation

        manager = self.app.job_manager
        back = given_up = 0
        for job in await manager.get_stalled_jobs(
            queue=QUEUE, task_name=TASK, seconds_since_heartbeat=SILENT_S
        ):
            try:
                await manager.retry_job(job, retry_at=LONG_AGO)
                back += 1
            except (UniqueViolation, ConnectorException):
                given_up += await self._give_up(job)
        return back, given_up

    async def forget(self, ids: Sequence[int]) -> None:
        """Remove jobs that are over, and whose captures are in the archive."""
        await self._execute(_ENDED, ids=list(ids))

    # --- hosts that asked to be left alone --------------------------------------------------------

    async def rest(self, domain: str, seconds: float) -> None:
        """Plan nothing of a domain for so long."""
        await self._execute(_REST, domain=domain, seconds=seconds)

    async def resting(self) -> set[str]:
        """Domains of which nothing is planned now."""
        return {row["domain"] for row in await self._rows(_RESTING)}

    # --- what hosts are asked beside what is checked ----------------------------------------------

    async def asked(self) -> list[QueuedQuestion]:
        """Questions of the last days."""
        return [QueuedQuestion(**row) for row in await self._rows(_ASKED)]

    async def note(self, questions: Iterable[QueuedQuestion]) -> None:
        """Remember that these were asked."""
        for one in questions:
            await self._execute(_ASK, **asdict(one))

    async def tidy(self) -> None:
        """Remove what is of no use any more."""
        await self._execute(_OLD_QUESTIONS)
        await self._execute(shared_pace.OLD)

    # --- working ----------------------------------------------------------------------------------

    async def numbers(self, count: int, least: int) -> int:
        """The first of `count` numbers above `least` that nobody had and nobody will have."""
        [row] = await self._rows(_TAKE, count=count, least=least)
        return int(row["last"]) - count

    async def work(
        self,
        fetch: Callable[[int, Batch], Awaitable[None]],
        *,
        at_once: int,
        wait: bool,
        strange: Callable[[int, str], None] = _unsaid,
    ) -> None:
        """Carry jobs out until cancelled; those under way are finished then.

        Args:
            fetch: Does one: its id, and its batch. The job is over when it returns.
            at_once: Jobs side by side.
            wait: False: until no job is left.
            strange: Is told the id of a job that this version cannot read, and why; it fails.
        """
        self._fetch, self._strange = fetch, strange
        minding = asyncio.ensure_future(self._mind())
        try:
            await self.app.run_worker_async(
                queues=[QUEUE],
                concurrency=at_once,
                wait=wait,
                delete_jobs="never",
                install_signal_handlers=False,
                update_heartbeat_interval=SILENT_S / 6,
                stalled_worker_timeout=SILENT_S,
            )
        finally:
            minding.cancel()

    async def _run(self, context: Any, batch: dict[str, Any]) -> None:
        if self._fetch is None:
            raise AssertionError("a job without a worker")
        self._worker = context.job.worker_id
        self._mine.add(context.job.id)
        try:
            await self._fetch(context.job.id, order.from_json(batch))
        except order.StrangeJobError as error:
            self._strange(context.job.id, str(error))
            raise
        finally:
            self._mine.discard(context.job.id)

    async def _mind(self) -> None:
        """End jobs of ours that nobody works at: PostgreSQL was away when their end was to be told,
        and this worker lives on, so that nobody would put them back."""
        from procrastinate.exceptions import ConnectorException

        suspected: set[int] = set()
        while True:
            await asyncio.sleep(SILENT_S / 2)
            with contextlib.suppress(ConnectorException):
                suspected = await self.let_go(suspected)

    async def let_go(self, suspected: Collection[int]) -> set[int]:
        """End those of the suspected jobs that are still called under way, and not by us.

        Returns:
            Jobs that are called under way here and are not, to be looked at again.
        """
        astray = await self._astray()
        if any(job.id in suspected for job in astray):
            # looked at again alone: put back meanwhile, it waits, and is not ours any more
            async with self._alone():
                astray = await self._astray()
                for job in astray:
                    if job.id in suspected:
                        await self._give_up(job)
        return {job.id for job in astray if job.id not in suspected}

    async def _astray(self) -> list[Any]:
        from procrastinate.jobs import Status

        doing = await self.app.job_manager.list_jobs_async(
            queue=QUEUE, task=TASK, status=Status.DOING.value
        )
        return [j for j in doing if j.worker_id == self._worker and j.id not in self._mine]

    async def _give_up(self, job: Any) -> bool:
        """End a job that nobody works at; False: it is over already, its end was told meanwhile."""
        from procrastinate.exceptions import ConnectorException
        from procrastinate.jobs import Status

        try:
            await self.app.job_manager.finish_job(job, Status.FAILED, delete_job=False)
        except ConnectorException:
            if await self._rows(_GOES_ON, id=job.id):
                raise
            return False
        return True

    async def _rows(self, query: str, **values: Any) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = await self.app.connector.execute_query_all_async(
            query, **values
        )
        return found

    async def _execute(self, query: str, **values: Any) -> None:
        await self.app.connector.execute_query_async(query, **values)


def _batch_of(row: dict[str, Any]) -> Batch:
    try:
        return order.from_json(row["args"]["batch"])
    except (order.StrangeJobError, KeyError, TypeError):
        return Batch(str(row["lock"]), ())
