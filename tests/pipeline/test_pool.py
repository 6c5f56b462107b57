"""Tasks that hang, die or are greedy end as named errors, and the others go on."""

import os
import signal
import subprocess
import sys
import threading

import pytest

from archive.errors import ArchiveError
from pipeline.run.pool import WorkerDied, WorkerMemory, WorkerPool, WorkerTimeout
from tests import pool_tasks as tasks

# Long enough that a loaded machine does not reach it by accident; tests of a timeout name their
# own.
PATIENT_S = 60.0


@pytest.fixture(scope="module")
def pool():
    with WorkerPool(2, PATIENT_S) as made:
        yield made


def test_a_result_comes_back(pool):
    assert pool.submit(tasks.add, 2, 3).result() == 5


def test_work_is_done_in_a_process_that_is_no_fork_of_ours(pool):
    worker, parent = pool.submit(tasks.pid_and_parent).result()
    assert worker != os.getpid()
    assert parent != os.getpid()


def test_what_a_task_raises_is_raised(pool):
    with pytest.raises(ValueError, match="no such thing"):
        pool.submit(tasks.fail, "no such thing").result()


def test_what_the_machine_refuses_a_task_says_nothing_of_the_task(pool):
    with pytest.raises(WorkerDied, match="the disk is full"):
        pool.submit(tasks.fail_for_the_machine).result()


def test_a_timeout_that_a_task_raises_is_its_own(pool):
    with pytest.raises(TimeoutError, match="the task's own"):
        pool.submit(tasks.raise_timeout).result()


@pytest.mark.parametrize("task", [tasks.hang, tasks.spin])
def test_a_task_that_never_ends_is_ended(pool, task):
    with pytest.raises(WorkerTimeout, match=r"took longer than 0\.2 s"):
        pool.submit(task, timeout_s=0.2).result(timeout=PATIENT_S)
    assert pool.submit(tasks.double, 4).result() == 8


def test_a_task_that_ignores_the_request_to_end_is_killed(pool):
    with pytest.raises(WorkerTimeout):
        pool.submit(tasks.hang_deaf, timeout_s=0.2).result(timeout=PATIENT_S)
    assert pool.submit(tasks.double, 4).result() == 8


@pytest.mark.parametrize(("task", "arguments"), [(tasks.leave, (3,)), (tasks.be_killed, ())])
def test_a_worker_that_dies_is_named_and_replaced(pool, task, arguments):
    with pytest.raises(WorkerDied, match="exit code"):
        pool.submit(task, *arguments).result(timeout=PATIENT_S)
    assert [pool.submit(tasks.double, n).result() for n in range(4)] == [0, 2, 4, 6]


def test_memory_has_a_limit():
    with WorkerPool(1, PATIENT_S, memory_bytes=1 << 30) as small:
        with pytest.raises(WorkerMemory, match="memory"):
            small.submit(tasks.allocate, 1 << 31).result(timeout=PATIENT_S)
        assert small.submit(tasks.allocate, 1 << 20).result() == 1 << 20


def test_a_result_that_cannot_travel_is_an_error(pool):
    with pytest.raises(TypeError):
        pool.submit(tasks.unpicklable).result(timeout=PATIENT_S)


def test_workers_are_replaced_after_their_tasks():
    with WorkerPool(1, PATIENT_S, tasks_per_worker=2) as short:
        pids = [short.submit(tasks.pid).result(timeout=PATIENT_S) for _ in range(6)]
    assert len(set(pids)) == 3


def test_results_come_in_the_order_of_the_items(pool):
    items = [(n,) for n in range(100)]
    assert list(pool.map_ordered(tasks.double, items, window=7)) == [2 * n for n in range(100)]


def test_items_are_read_only_within_the_window(pool):
    read = []

    def items():
        for n in range(50):
            read.append(n)
            yield (n,)

    results = pool.map_ordered(tasks.double, items(), window=5)
    assert next(results) == 0
    assert len(read) == 5
    assert next(results) == 2
    assert len(read) == 6
    results.close()


def test_a_window_of_nothing_still_goes_on(pool):
    assert list(pool.map_ordered(tasks.double, [(1,), (2,)], window=0)) == [2, 4]
    assert list(pool.map_ordered(tasks.double, [], window=3)) == []


def test_one_dead_worker_does_not_end_the_map():
    with WorkerPool(1, PATIENT_S) as one:
        results = one.map_ordered(
            _die_at_two,
            [(n,) for n in range(5)],
            1,
            on_failure=lambda item, error: (item, str(error)),
        )
        found = list(results)
    assert found[:2] == [0, 1]
    assert found[2][0] == (2,)
    assert "exit code 1" in found[2][1]
    assert found[3:] == [3, 4]


def test_without_a_stand_in_the_failure_is_raised():
    with WorkerPool(1, PATIENT_S) as one, pytest.raises(WorkerDied):
        list(one.map_ordered(_die_at_two, [(n,) for n in range(5)], 1))


def _die_at_two(number):
    if number == 2:
        os._exit(1)
    return number


def test_a_closed_pool_takes_nothing_and_leaves_no_process():
    closing = WorkerPool(1, PATIENT_S)
    worker = closing.submit(tasks.pid).result()
    closing.close()
    closing.close()
    with pytest.raises(ArchiveError, match="closed"):
        closing.submit(tasks.pid)
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_a_pool_that_was_never_used_closes():
    WorkerPool(0, PATIENT_S).close()


def test_closing_at_once_does_not_wait_for_a_task_that_hangs():
    closing = WorkerPool(1, PATIENT_S)
    future = closing.submit(tasks.hang)
    closing.submit(tasks.double, 1)
    closing.close(wait=False)
    assert future.cancelled() or isinstance(future.exception(), WorkerDied)


def test_dead_workers_are_replaced():
    with WorkerPool(1, PATIENT_S) as broken:
        futures = [broken.submit(tasks.be_killed) for _ in range(3)]
        assert all(isinstance(f.exception(timeout=PATIENT_S), WorkerDied) for f in futures)
        assert broken.submit(tasks.double, 2).result(timeout=PATIENT_S) == 4


def test_a_task_whose_worker_was_killed_is_tried_once_more(pool, tmp_path):
    assert pool.submit(tasks.die_once, tmp_path / "mark").result(timeout=PATIENT_S) == "done"


def test_a_worker_killed_in_the_middle_of_an_answer_harms_no_other():
    """What is under way when workers are killed, whatever they are at, comes back or is named:
    never a wait for ever."""
    with WorkerPool(2, PATIENT_S) as pool:
        futures = [pool.submit(tasks.pid_and_megabytes, 8) for _ in range(12)]
        killed = set()
        for future in futures:
            try:
                pid, _ = future.result(timeout=PATIENT_S)
            except WorkerDied:
                continue
            if pid not in killed:
                killed.add(pid)
                os.kill(pid, signal.SIGKILL)
        assert pool.submit(tasks.double, 4).result(timeout=PATIENT_S) == 8
    assert len(killed) > 1


def queued_at_once(pool, mark, *calls):
    """Futures of calls that all wait when the first of them begins."""
    before = pool.submit(tasks.wait_for, mark)
    futures = [pool.submit(*call) for call in calls]
    mark.touch()
    assert before.result(timeout=PATIENT_S) is None
    return futures


def test_a_worker_has_its_next_task_in_hand_before_anybody_heard_its_answer(tmp_path):
    begun, seen = tmp_path / "begun", []
    with WorkerPool(1, PATIENT_S) as one:
        before = one.submit(tasks.wait_for, tmp_path / "go")
        first = one.submit(tasks.double, 1)
        # in the thread that gives the worker its tasks
        first.add_done_callback(lambda _: seen.append(is_there(begun)))
        rest = [one.submit(tasks.touch, begun) for _ in range(3)]
        (tmp_path / "go").touch()
        for future in (before, first, *rest):
            future.result(timeout=PATIENT_S)
    assert seen == [True]


def is_there(path):
    for _ in range(1_000):
        if path.exists():
            return True
        threading.Event().wait(0.01)
    return False


@pytest.mark.parametrize(
    ("task", "error"),
    [
        ((tasks.be_killed,), WorkerDied),
        ((tasks.fail_for_the_machine,), WorkerDied),
        ((tasks.allocate, 1 << 31), WorkerMemory),
        ((tasks.fail, "of its own"), ValueError),
        ((tasks.double, threading.Lock()), TypeError),
    ],
)
def test_what_becomes_of_a_task_is_no_loss_to_the_one_in_hand_meanwhile(tmp_path, task, error):
    calls = [(tasks.double, 1), task, task, *((tasks.double, number) for number in range(2, 6))]
    with WorkerPool(1, PATIENT_S, memory_bytes=1 << 30) as one:
        first, bad, worse, *rest = queued_at_once(one, tmp_path / "go", *calls)
        assert [future.result(timeout=PATIENT_S) for future in (first, *rest)] == [2, 4, 6, 8, 10]
        assert isinstance(bad.exception(), error)
        assert isinstance(worse.exception(), error)


def test_a_task_that_hangs_is_no_loss_to_the_one_in_hand_meanwhile(tmp_path):
    with WorkerPool(1, PATIENT_S) as one:
        before = one.submit(tasks.wait_for, tmp_path / "go")
        hanging = one.submit(tasks.hang, timeout_s=0.2)
        rest = [one.submit(tasks.double, number) for number in range(4)]
        (tmp_path / "go").touch()
        assert before.result(timeout=PATIENT_S) is None
        assert [future.result(timeout=PATIENT_S) for future in rest] == [0, 2, 4, 6]
        assert isinstance(hanging.exception(), WorkerTimeout)


def test_tasks_and_answers_that_no_socket_holds_pass_each_other(tmp_path):
    sent = [bytes([number]) * (2 << 20) for number in range(5)]
    with WorkerPool(1, PATIENT_S) as one:
        futures = queued_at_once(one, tmp_path / "go", *((tasks.double, each) for each in sent))
        assert [future.result(timeout=PATIENT_S) for future in futures] == [
            2 * each for each in sent
        ]


def test_what_is_in_hand_when_all_ends_at_once_ends_too(tmp_path):
    closing = WorkerPool(1, PATIENT_S)
    before = closing.submit(tasks.wait_for, tmp_path / "go")
    hanging = closing.submit(tasks.hang)
    rest = [closing.submit(tasks.double, number) for number in range(4)]
    (tmp_path / "go").touch()
    before.result(timeout=PATIENT_S)
    closing.close(wait=False)
    for future in (hanging, *rest):
        assert future.cancelled() or isinstance(future.exception(PATIENT_S), WorkerDied)


def test_workers_are_deaf_to_what_ends_a_whole_group():
    with WorkerPool(1, PATIENT_S) as one:
        pid = one.submit(tasks.pid).result(timeout=PATIENT_S)
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            os.kill(pid, number)
        assert one.submit(tasks.pid).result(timeout=PATIENT_S) == pid


_ORPHANS = """
import os, signal
from pipeline.run.pool import WorkerPool
from tests import pool_tasks as tasks
pool = WorkerPool(1, 60)
print(pool.submit(tasks.pid).result(), flush=True)
pool.submit(tasks.hang)
pool.submit(tasks.hang)
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_workers_end_with_the_process_that_uses_them():
    command = [sys.executable, "-c", _ORPHANS]
    ended = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, timeout=PATIENT_S, check=False
    )
    # and the pipe was read to its end, which comes when all who hold it are gone, workers among
    # them
    assert ended.returncode == -signal.SIGKILL
    assert ended.stdout


def test_the_end_of_a_program_does_not_wait_for_its_workers():
    script = _ORPHANS.replace("os.kill(os.getpid(), signal.SIGKILL)", "raise SystemExit(5)")
    assert subprocess.call([sys.executable, "-c", script], timeout=PATIENT_S) == 5


def test_a_lane_that_fails_in_an_unforeseen_way_leaves_nobody_waiting(monkeypatch):
    def fails(*_):
        raise RuntimeError("what nobody thought of")

    monkeypatch.setattr("pipeline.run.pool.Worker", fails)
    with WorkerPool(1, PATIENT_S) as pool:
        with pytest.raises(ArchiveError, match="what nobody thought of"):
            pool.start()
        with pytest.raises(RuntimeError, match="what nobody thought of"):
            pool.submit(tasks.add, 2, 3).result(timeout=PATIENT_S)


IN_TURN = """
from pipeline.run.pool import WorkerPool
from tests import pool_tasks

for preload in (["colorsys"], ["colorsys", "wave"], ["wave"]):
    with WorkerPool(1, 60, preload=preload) as pool:
        print(*pool.submit(pool_tasks.loaded, "colorsys", "wave").result())
"""


def test_workers_begin_with_what_their_pool_names_or_with_more() -> None:
    told = subprocess.run(
        [sys.executable, "-c", IN_TURN], check=True, capture_output=True, text=True
    )
    assert told.stdout.splitlines() == ["colorsys", "colorsys wave", "colorsys wave"]
