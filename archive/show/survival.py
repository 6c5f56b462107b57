"""Survival curves: how long things last when many of them have not ended yet.

Kaplan and Meier's estimate (1958) with Greenwood's variance, intervals on the log-log scale
(Kalbfleisch and Prentice), the median with Brookmeyer and Crowley's interval (1982). What came
under observation late counts among those at risk from then on only (delayed entry, left
truncation). Pure: no input or output, no clock.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from operator import attrgetter
from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

CONFIDENCE = 0.95
HALF = 0.5
ROUNDING = 1e-12
"""A share that is a half but for the last digits of a float is a half."""
_HALF = HALF + ROUNDING


@dataclass(frozen=True, slots=True)
class Life:
    """How long one thing was followed, or several alike.

    Attributes:
        days: From its time zero to its end, or to the last time it was seen without one.
        ended: Whether it ended; otherwise it is censored.
        entry: From its time zero to when it came under observation; had it ended before, nobody
            would know of it. What came under observation when it was seen last was followed for no
            time, and counts nowhere.
        number: How many things were followed so.
    """

    days: float
    ended: bool
    entry: float = 0.0
    number: int = 1


@dataclass(frozen=True, slots=True)
class Step:
    """The curve at a time at which something ended or was last seen.

    Attributes:
        days: The time.
        at_risk: Followed up to this time, and entered before it.
        ended, censored: At this time; what ended counts as ended before what was censored left.
        share: Estimated share that lasts longer than this.
        low, high: Its confidence interval. Where the share is 1 or 0 there is no variance, and both
            are equal to it.
    """

    days: float
    at_risk: int
    ended: int
    censored: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with its confidence interval; None: not reached while anything was followed."""

    value: float | None
    low: float | None
    high: float | None


def curve(lives: Sequence[Life], confidence: float = CONFIDENCE) -> tuple[Step, ...]:
    """Kaplan and Meier's curve, one step for each time that occurs.

    Before the first step the share is 1.

    Args:
        lives: In any order; none makes an empty curve. So do lives of which all that were followed
            at one time had ended before others entered: their share would be 0 from then on,
            whatever happened later.
        confidence: Of the intervals, above 0 and below 1.

    Raises:
        ValueError: If a life is negative or not finite, or the confidence is none.
    """
    followed = Lives()
    for life in lives:
        _check(life)
        followed.add((life.days, life.ended, life.entry), life.number)
    return curve_of(followed, confidence)


Followed = tuple[float, bool, float]
"""Days, whether it ended, and entry, as of a `Life`."""


@dataclass(slots=True)
class Lives:
    """What a curve takes of lives, however many they are.

    Attributes:
        ended, censored: How many did at each time, in days.
        entered: How many came under observation then.
    """

    ended: Counter[float] = field(default_factory=Counter)
    censored: Counter[float] = field(default_factory=Counter)
    entered: Counter[float] = field(default_factory=Counter)

    def add(self, followed: Followed, number: int) -> None:
        """Count lives that were followed so; such as were followed for no time count nowhere."""
        days, ended, entry = followed
        if entry < days or entry == 0:
            (self.ended if ended else self.censored)[days] += number
            self.entered[entry] += number

    def update(self, more: Lives) -> None:
        """Count those, too."""
        self.ended.update(more.ended)
        self.censored.update(more.censored)
        self.entered.update(more.entered)


def curve_of(
    lives: Lives, confidence: float = CONFIDENCE, *, level: bool = True
) -> tuple[Step, ...]:
    """Kaplan and Meier's estimate, as `curve`, of lives that are counted.

    Args:
        lives: In any order.
        confidence: Of the intervals, above 0 and below 1.
        level: Whether steps are wanted at which nothing ended; without them, the last one comes all
            the same. What `median` and `share_after` tell does not depend on it.

    Raises:
        ValueError: If the confidence is none.
    """
    if not 0 < confidence < 1:
        raise ValueError(f"a confidence between 0 and 1 is needed, not {confidence}")
    ends, censored, entered = lives.ended, lives.censored, lives.entered
    entries = sorted(entered, reverse=True)
    z = NormalDist().inv_cdf((1 + confidence) / 2)
    at_risk, share, greenwood = 0, 1.0, 0.0
    low = high = 1.0
    steps = []
    times = sorted(ends.keys() | censored.keys())
    for days in times:
        while entries and (entries[-1] < days or entries[-1] == 0):
            at_risk += entered[entries.pop()]
        gone, out = ends.get(days, 0), censored.get(days, 0)
        left = at_risk - gone
        if gone:  # else the share stays what it is
            share *= left / at_risk
            if left:
                greenwood += gone / (at_risk * left)
            low, high = _interval(share, greenwood, z)
        if not left and entries:
            return ()
        if gone or level or days == times[-1]:
            steps.append(Step(days, at_risk, gone, out, share, low, high))
        at_risk = left - out
    return tuple(steps)


def _check(life: Life) -> None:
    if not math.isfinite(life.days) or life.days < 0:
        raise ValueError(f"a life of {life.days} days")
    if not 0 <= life.entry <= life.days:  # not a number is refused, too
        raise ValueError(f"a life of {life.days} days that was entered on day {life.entry}")


def _interval(share: float, greenwood: float, z: float) -> tuple[float, float]:
    if not 0 < share < 1:
        return share, share
    log = math.log(share)
    spread = z * math.sqrt(greenwood) / log  # negative, since the logarithm is
    middle = math.log(-log)
    return math.exp(-math.exp(middle - spread)), math.exp(-math.exp(middle + spread))


def median(steps: Sequence[Step]) -> Estimate:
    """The time by which half have ended (half-life).

    With the interval in which a half is not ruled out.
    """
    return Estimate(
        next((step.days for step in steps if step.share <= _HALF), None),
        next((step.days for step in steps if step.low <= _HALF), None),
        next((step.days for step in steps if step.high <= _HALF), None),
    )


def share_after(steps: Sequence[Step], days: float) -> Estimate:
    """The share that lasts longer than so many days; None where nothing was followed so long."""
    if not steps or (days > steps[-1].days and steps[-1].share > 0):
        return Estimate(None, None, None)
    before = bisect_right(steps, days, key=attrgetter("days"))
    if not before:
        return Estimate(1.0, 1.0, 1.0)
    last = steps[before - 1]
    return Estimate(last.share, last.low, last.high)
