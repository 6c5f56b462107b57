"""What a cluster is doing, in figures: for `queue`, `status` and `metrics`.

Asked in a connection of its own, of which each step may last two seconds: who looks at an archive
does not wait for a queue.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from archive.errors import ArchiveError
from pipeline.run.cluster.postgres import libraries, require_no_password
from pipeline.run.cluster.queue import SILENT_S, TASK

if TYPE_CHECKING:
    from archive.config import Settings

PATIENCE_S = 2

_WORKERS = """
SELECT count(*) FILTER (WHERE last_heartbeat > now() - make_interval(secs => %(silent)s)),
       count(*) FROM procrastinate_workers
"""
_JOBS = """
SELECT status::text, count(*) FROM procrastinate_jobs WHERE task_name = %(task)s GROUP BY 1
"""
_LONGEST = """
SELECT job.lock, extract(epoch FROM now() - max(event.at))::bigint AS seconds
FROM procrastinate_jobs job JOIN procrastinate_events event ON event.job_id = job.id
WHERE job.status = %(status)s::procrastinate_job_status AND task_name = %(task)s
  AND event.type = ANY(%(events)s::procrastinate_job_event_type[])
GROUP BY job.id, job.lock ORDER BY seconds DESC LIMIT 1
"""
_BEGAN, _QUEUED = ["started"], ["deferred", "deferred_for_retry"]
_RESTING = "SELECT domain FROM isw_archive_hosts WHERE until > now() ORDER BY domain"


@dataclass(frozen=True, slots=True)
class Held:
    """A domain, and since how many seconds its job runs or waits."""

    lock: str
    seconds: int


@dataclass(frozen=True, slots=True)
class State:
    """A cluster at one moment.

    Attributes:
        workers: That live.
        silent_workers: That told nothing for a minute.
        jobs: By status: `todo` waits, `doing` is under way, what is over is to be taken in.
        longest: The lock that is held for longest.
        waits: The job that waits for longest.
        resting: Domains of which nothing is planned for a while.
    """

    workers: int = 0
    silent_workers: int = 0
    jobs: dict[str, int] = field(default_factory=dict)
    longest: Held | None = None
    waits: Held | None = None
    resting: tuple[str, ...] = ()

    @property
    def over(self) -> int:
        """Jobs that nobody works at, and whose captures are to be taken in."""
        return sum(count for name, count in self.jobs.items() if name not in {"todo", "doing"})


def state(conninfo: str) -> State:
    """What the queue says; of one that nobody ever used that there is nothing.

    Raises:
        BadInputError: As `pipeline.run.cluster.postgres.opened`.
        ArchiveError: It does not answer soon.
    """
    psycopg = libraries()[1]
    require_no_password(psycopg, conninfo)
    try:
        with psycopg.connect(
            conninfo, connect_timeout=PATIENCE_S, options=f"-c statement_timeout={PATIENCE_S}s"
        ) as connection:
            return _state_in(connection)
    except psycopg.errors.UndefinedTable:
        return State()
    except psycopg.Error as error:
        said = str(error).strip().partition("\n")[0] or type(error).__name__
        raise ArchiveError(
            f"queue: {said}; check that PostgreSQL runs, the setting queue, and PGPASSWORD"
        ) from error


def state_answer(settings: Settings) -> dict[str, Any] | None:
    """`state` as a dictionary, or why it is not known (`error`); None without a cluster."""
    if not settings.queue:
        return None
    try:
        return asdict(state(settings.queue))
    except ArchiveError as error:
        return {"error": str(error)}


def _state_in(connection: Any) -> State:
    def rows(query: str, **values: Any) -> list[tuple[Any, ...]]:
        return list(connection.execute(query, values).fetchall())

    [(alive, known)] = rows(_WORKERS, silent=SILENT_S)
    longest = rows(_LONGEST, task=TASK, status="doing", events=_BEGAN)
    waits = rows(_LONGEST, task=TASK, status="todo", events=_QUEUED)
    return State(
        workers=alive,
        silent_workers=known - alive,
        jobs=dict(rows(_JOBS, task=TASK)),
        longest=Held(*longest[0]) if longest else None,
        waits=Held(*waits[0]) if waits else None,
        resting=tuple(domain for (domain,) in rows(_RESTING)),
    )
