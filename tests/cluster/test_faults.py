"""What is known to go wrong with the queue's library does not reach us; each test names the issue
of procrastinate that it stands for."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import psycopg
import pytest
from procrastinate.jobs import Status

from archive.errors import LockedError
from archive.model.fetch import Target
from archive.model.vocabulary import Kind
from pipeline.decide.batches import Batch
from pipeline.run.cluster.postgres import opened
from pipeline.run.cluster.queue import QUEUE, Queue
from pipeline.run.cluster.shared_pace import LATE_S, PostgresTurnStore, RestingError, TurnRequest
from pipeline.run.cluster.state import State, state

JOBS, STARTING = 6, 3

Step = Callable[[Queue], Awaitable[Any]]


def batch(domain: str = "a.com", page: int = 1) -> Batch:
    return Batch(domain, (Target(f"https://{domain}/{page}", Kind.SOURCE, "cited"),))


def played(conninfo: str, step: Step) -> Any:
    async def play() -> Any:
        async with opened(conninfo) as queue:
            return await step(queue)

    return asyncio.run(play())


async def taken(queue: Queue, worker: int | None = None) -> Any:
    """The job that a worker gets, a new one if it has no number; None for none."""
    manager = queue.app.job_manager
    return await manager.fetch_job([QUEUE], worker or await manager.register_worker())


def sql(conninfo: str, statement: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(conninfo, autocommit=True) as connection:
        cursor = connection.execute(statement)  # type: ignore[call-overload]
        return list(cursor.fetchall()) if cursor.description else []


def fall_silent(conninfo: str) -> None:
    """All workers have told nothing for an hour."""
    sql(conninfo, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")


@pytest.mark.parametrize("pruned", [False, True])
def test_a_job_whose_worker_is_gone_comes_back_and_is_ready_at_once(
    queue_at: str, pruned: bool
) -> None:
    """740, and 1599: what comes back is not scheduled, so that it holds up nobody."""

    async def step(queue: Queue) -> None:
        await queue.add(batch())
        first = await taken(queue)
        assert await queue.revive() == (0, 0)  # it lives
        await asyncio.to_thread(fall_silent, queue_at)
        if pruned:
            await queue.app.job_manager.prune_stalled_workers(60)
        assert await queue.revive() == (1, 0)
        again = await taken(queue)
        assert again.id == first.id

    played(queue_at, step)
    # by whose clock ever
    [(late,)] = sql(queue_at, "SELECT max(scheduled_at) > '2001-01-01' FROM procrastinate_jobs")
    assert late is False


def test_of_several_who_put_jobs_back_at_once_one_does(queue_at: str) -> None:
    """Workers that start together after a power cut."""

    async def start() -> tuple[int, int]:
        async with opened(queue_at) as queue:
            return await queue.revive()

    async def step(queue: Queue) -> None:
        for n in range(JOBS):
            await queue.add(batch(f"{n}.com"))
            await taken(queue)
        await asyncio.to_thread(fall_silent, queue_at)
        revived = await asyncio.gather(*(start() for _ in range(STARTING)))
        assert sorted(revived) == [(0, 0)] * (STARTING - 1) + [(JOBS, 0)]
        assert {job.status for job in await queue.jobs()} == {"todo"}

    played(queue_at, step)


def test_a_job_that_comes_back_while_the_next_one_waits_is_given_up(queue_at: str) -> None:
    """1543."""

    async def step(queue: Queue) -> None:
        await queue.add(batch(page=1))
        await taken(queue)
        assert await queue.add(batch(page=2))
        assert not await queue.add(batch(page=3))
        await asyncio.to_thread(fall_silent, queue_at)
        assert await queue.revive() == (0, 1)
        assert (await taken(queue)).task_kwargs["batch"]["targets"][0]["url"].endswith("/2")

    played(queue_at, step)


def test_a_job_whose_end_is_told_while_it_is_put_back_is_over(queue_at: str) -> None:
    """Its worker was silent, and lives."""

    async def step(queue: Queue) -> None:
        await queue.add(batch())
        job = await taken(queue)
        await asyncio.to_thread(fall_silent, queue_at)
        manager = queue.app.job_manager
        stalled = manager.get_stalled_jobs

        async def late(**asked: Any) -> list[Any]:
            found = list(await stalled(**asked))
            await manager.finish_job(job, Status.SUCCEEDED, delete_job=False)
            return found

        manager.get_stalled_jobs = late
        assert await queue.revive() == (0, 0)
        assert [one.status for one in await queue.jobs()] == ["succeeded"]

    played(queue_at, step)


def test_a_job_that_was_put_back_is_not_given_up_by_who_had_it(queue_at: str) -> None:
    """It listed what it has before, and ends what nobody works at after."""

    async def step(queue: Queue) -> None:
        await queue.add(batch())
        job = await taken(queue)
        queue._worker = job.worker_id
        suspected = await queue.let_go(())
        alone = queue._alone

        @contextlib.asynccontextmanager
        async def late() -> AsyncIterator[None]:
            await asyncio.to_thread(fall_silent, queue_at)
            async with alone():
                await queue._revive()
            async with alone():
                yield

        queue._alone = late  # type: ignore[method-assign]
        assert await queue.let_go(suspected) == set()
        assert [one.status for one in await queue.jobs()] == ["todo"]

    played(queue_at, step)


def test_one_plan_is_made_at_a_time(queue_at: str) -> None:
    """By a list of jobs read before, what a worker took meanwhile would be queued again."""

    async def step(queue: Queue) -> None:
        async with queue.planning(), opened(queue_at) as other:
            with pytest.raises(LockedError, match="another plan"):
                async with other.planning():
                    pass
        async with queue.planning():
            pass

    played(queue_at, step)


def test_a_job_whose_end_could_not_be_told_does_not_hold_its_domain_for_ever(
    queue_at: str,
) -> None:
    """1518, 1408: its worker lives, so that it is not put back."""

    async def step(queue: Queue) -> None:
        await queue.add(batch())
        job = await taken(queue)
        await queue.add(batch("b.com"))
        other = await taken(queue)
        queue._worker = job.worker_id
        suspected = await queue.let_go(())
        assert suspected == {job.id}  # once may be just before its end is told
        assert await queue.let_go(suspected) == set()
        await queue.add(batch(page=2))
        assert (await taken(queue)).id not in {job.id, other.id}
        [left] = [one for one in await queue.jobs() if one.id == other.id]
        assert left.status == "doing"

    played(queue_at, step)


def wish(domain: str, host: str = "") -> TurnRequest:
    return TurnRequest(domain, host or domain, pace_s=60, own_s=0, most_s=300)


def test_two_spiders_turns_are_a_pace_apart_and_what_one_may_be_late_by(queue_at: str) -> None:
    async def step(_queue: Queue) -> list[float]:
        one, two = PostgresTurnStore(queue_at), PostgresTurnStore(queue_at)
        waits = [await one.ask(wish("a.com")), await two.ask(wish("a.com"))]
        waits += [await two.ask(wish("a.com")), await one.ask(wish("b.com"))]
        await one.close()
        await two.close()
        return waits

    first, second, third, elsewhere = played(queue_at, step)
    assert first == pytest.approx(0, abs=5)
    assert second == pytest.approx(60 + LATE_S, abs=5)
    assert third == pytest.approx(second + 60, abs=5)
    assert elsewhere == pytest.approx(0, abs=5)


def test_what_a_host_asked_one_spider_another_one_keeps(queue_at: str) -> None:
    async def step(queue: Queue) -> list[float]:
        one, two = PostgresTurnStore(queue_at), PostgresTurnStore(queue_at)
        waits = [await two.ask(wish("a.com"))]
        await one.rest("busy.a.com", 200)
        await one.rest("busy.a.com", 20)
        waits.append(await two.ask(wish("a.com", "busy.a.com")))
        await one.rest("away.a.com", 4000)
        with pytest.raises(RestingError) as resting:
            await two.ask(wish("a.com", "away.a.com"))
        waits += [resting.value.seconds, await one.ask(wish("a.com"))]
        await queue.tidy()
        await one.close()
        await two.close()
        return waits

    first, short, long, other = played(queue_at, step)
    assert first == pytest.approx(0, abs=5)
    assert short == pytest.approx(200, abs=5)
    assert long == pytest.approx(4000, abs=5)
    # the pause is the domain's, as on one machine; the host that is left alone takes no turn
    assert other == pytest.approx(short + 60 + LATE_S, abs=5)


def test_a_job_of_a_later_version_holds_up_its_domain_alone(queue_at: str) -> None:
    told: list[tuple[int, str]] = []
    done: list[str] = []

    async def fetch(_number: int, one: Batch) -> None:
        done.append(one.domain)

    async def step(queue: Queue) -> list[tuple[str, int, str]]:
        await queue.add(batch("a.com"))
        await queue.add(batch("b.com"))
        spoil = """UPDATE procrastinate_jobs SET args = '{"batch": {"pages": []}}' WHERE id = 1"""
        await asyncio.to_thread(sql, queue_at, spoil)
        seen = {(one.batch.domain, len(one.batch.targets)) for one in await queue.jobs()}
        assert seen == {("a.com", 0), ("b.com", 1)}
        await queue.work(fetch, at_once=1, wait=False, strange=lambda *one: told.append(one))
        return sorted((one.batch.domain, one.id, one.status) for one in await queue.jobs())

    ends = played(queue_at, step)
    assert ends == [("a.com", 1, "failed"), ("b.com", 2, "succeeded")]
    assert done == ["b.com"]
    assert [(number, "another version" in why) for number, why in told] == [(1, True)]


def test_figures_are_those_of_the_queue_and_none_before_it_was_used(queue_at: str) -> None:
    assert state(queue_at) == State()

    async def step(queue: Queue) -> None:
        for domain in ("a.com", "b.com", "c.com"):
            await queue.add(batch(domain))
        await taken(queue)
        await queue.rest("d.com", 60)

    played(queue_at, step)
    found = state(queue_at)
    assert (found.workers, found.silent_workers) == (1, 0)
    assert found.jobs == {"doing": 1, "todo": 2}
    assert (found.longest and found.longest.lock) == "a.com"
    assert (found.waits and found.waits.lock) in {"b.com", "c.com"}
    assert found.resting == ("d.com",)
    assert found.over == 0
