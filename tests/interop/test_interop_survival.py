"""Our survival curves and those of lifelines 0.30 on the same data.

lifelines lives in `.venv-interop`; `make test` builds it.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from archive.show.survival import Life, curve, median, share_after

if TYPE_CHECKING:
    from collections.abc import Iterator

PYTHON = Path(__file__).resolve().parents[2] / ".venv-interop" / "bin" / "python"
PLACES = 12

# The shares are rounded before the median is looked for: lifelines adds logarithms, and a half may
# come out above it.
THEIRS = f"""
import json, math, sys, warnings
warnings.simplefilter("ignore")
from lifelines import KaplanMeierFitter
from lifelines.exceptions import StatError
from lifelines.utils import qth_survival_time
for line in sys.stdin:
    days, ended, entries, confidence = json.loads(line)
    try:
        fitted = KaplanMeierFitter(alpha=1 - confidence).fit(days, ended, entry=entries)
    except StatError:
        print("null", flush=True)
        continue
    bounds = fitted.confidence_interval_
    columns = [fitted.survival_function_.iloc[:, 0], bounds.iloc[:, 0], bounds.iloc[:, 1]]
    medians = [qth_survival_time(0.5, column.round({PLACES})) for column in columns]
    print(json.dumps({{
        "times": list(fitted.survival_function_.index),
        "columns": [list(column) for column in columns],
        "medians": [None if math.isinf(each) else each for each in medians],
        "after": [
            [float(column.asof(day)) for column in columns] for day in (30, 90)
        ],
    }}), flush=True)
"""

pytestmark = [
    pytest.mark.skipif(
        not PYTHON.exists() and "CI" not in os.environ,
        reason="no .venv-interop; `make test` builds it",
    ),
]


class Lifelines:
    """The library at the other end of a pipe."""

    def __init__(self, ask: IO[str], answer: IO[str]) -> None:
        self.ask, self.answer = ask, answer

    def fit(self, lives: list[Life], confidence: float) -> dict[str, Any] | None:
        """Its answer for these lives; None where it refuses to tell."""
        days, ended = [life.days for life in lives], [life.ended for life in lives]
        late = any(life.entry for life in lives)
        entries = [life.entry for life in lives] if late else None
        print(json.dumps([days, ended, entries, confidence]), file=self.ask, flush=True)
        found: dict[str, Any] | None = json.loads(self.answer.readline())
        return found


@pytest.fixture(scope="module")
def lifelines() -> Iterator[Lifelines]:
    process = subprocess.Popen(
        [PYTHON, "-c", THEIRS], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Lifelines(process.stdin, process.stdout)


days = st.integers(0, 12).map(float) | st.floats(0, 400, allow_subnormal=False).map(
    lambda value: round(value, 3)
)
lives = st.lists(st.builds(Life, days, st.booleans()), min_size=1, max_size=80)


@given(lives, st.sampled_from([0.5, 0.9, 0.95, 0.99]))
@example([Life(7, ended=True)], 0.95)
@example([Life(0, ended=True)], 0.95)
@example([Life(0, ended=False)], 0.95)
@example([Life(5, ended=False)] * 20, 0.95)
@example([Life(5, ended=True)] * 20, 0.95)
@example([Life(float(day), ended=True) for day in range(1, 11)], 0.95)
@example([Life(3, ended=True), Life(3, ended=False)] * 10, 0.95)
@example([Life(0, ended=True)] * 3 + [Life(float(day), day % 3 == 0) for day in range(300)], 0.95)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_curve_interval_and_median_equal_those_of_lifelines(
    lifelines: Lifelines, found: list[Life], confidence: float
) -> None:
    theirs = lifelines.fit(found, confidence)
    assert theirs is not None
    steps = curve(found, confidence)
    ours = [[0.0, 1.0, 1.0, 1.0]] if steps[0].days > 0 else []
    ours += [[step.days, step.share, step.low, step.high] for step in steps]
    assert [row[0] for row in ours] == theirs["times"]
    for column, other in enumerate(theirs["columns"], 1):
        assert [row[column] for row in ours] == pytest.approx(other, abs=1e-9)
    half = median(steps)
    assert [half.value, half.low, half.high] == theirs["medians"]
    for day, row in zip((30, 90), theirs["after"], strict=True):
        after = share_after(steps, day)
        if after.value is not None:
            assert [after.value, after.low, after.high] == pytest.approx(row, abs=1e-9)


late = (
    st.tuples(days, days, st.booleans())
    .map(lambda drawn: Life(max(drawn[:2]), drawn[2], entry=min(drawn[:2])))
    .filter(lambda life: life.entry < life.days)
)


@given(st.lists(late, min_size=1, max_size=80), st.sampled_from([0.9, 0.95]))
@example([Life(4, ended=True), Life(9, ended=False), Life(9, ended=True, entry=5)], 0.95)
@example([Life(400 + day / 3, day % 2 == 0, entry=float(day)) for day in range(300)], 0.95)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_entered_late_counts_as_it_does_in_lifelines(
    lifelines: Lifelines, found: list[Life], confidence: float
) -> None:
    theirs, steps = lifelines.fit(found, confidence), curve(found, confidence)
    if theirs is None or not steps:
        # theirs refuses where nobody is left early on; ours where the share would stay 0 whatever
        # came later
        return
    at = {time: place for place, time in enumerate(theirs["times"])}
    for step in steps:
        row = [column[at[step.days]] for column in theirs["columns"]]
        assert [step.share, step.low, step.high] == pytest.approx(row, abs=1e-9)
    half = median(steps)
    assert [half.value, half.low, half.high] == theirs["medians"]
