"""Commands that are killed: 15 of the trials of `make crash`, the same ones each time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from tests.crash import world
from tests.crash.__main__ import described
from tests.crash.grounds import prepare
from tests.crash.running import Result, run_all
from tests.crash.trials import JOBS, draw, spread
from tests.replica.server import Replica

pytestmark = pytest.mark.minutes(4)

SEED, COUNT, AT_ONCE = 10, 15, 2
TRIALS = spread(SEED, COUNT)
MOST_ARE_STRUCK = 0.7


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[int, Result]]:
    """All trials, some at once."""
    root = tmp_path_factory.mktemp("crash")
    with ExitStack() as stack:
        replicas = [
            stack.enter_context(Replica(at=world.AT, world=world.build())) for _ in range(AT_ONCE)
        ]
        grounds = prepare(root / "grounds", replicas[0], JOBS)
        done = run_all(grounds, TRIALS, replicas, lambda result: None)
        yield {result.trial.seed: result for result in done}


@pytest.mark.parametrize("seed", [trial.seed for trial in TRIALS])
def test_what_was_kept_before_a_kill_is_kept_and_the_next_command_goes_on(
    results: dict[int, Result], seed: int
) -> None:
    result = results[seed]
    assert result.faults == [], f"make crash ONLY={seed}: {described(result.trial)}"


def test_most_trials_strike_a_command_that_is_under_way(results: dict[int, Result]) -> None:
    struck = sum(result.struck for result in results.values())
    assert struck >= MOST_ARE_STRUCK * COUNT


def test_a_trial_follows_from_its_seed_and_every_job_meets_trials() -> None:
    assert [draw(trial.seed) for trial in TRIALS] == TRIALS
    assert {trial.job for trial in TRIALS} == set(JOBS)
