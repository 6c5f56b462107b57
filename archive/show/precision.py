"""How often the judge is right: of verdicts drawn at random, and labelled by people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

from archive.db import disputes
from archive.model.people import RIGHT, WRONG

if TYPE_CHECKING:
    from pathlib import Path

Z = 1.959964
"""Of the normal distribution, for an interval of 95 %."""


@dataclass(frozen=True, slots=True)
class Precision:
    """Of one status, or of all.

    Attributes:
        status: Its name; None: all.
        right, wrong, unsure: Verdicts so labelled.
        share: Right of right and wrong; None where there are none.
        low, high: Bounds of its 95 % interval.
    """

    status: str | None
    right: int
    wrong: int
    unsure: int
    share: float | None
    low: float
    high: float


def wilson(right: int, total: int) -> tuple[float, float]:
    """The 95 % interval of a share; from 0 to 1 of nothing.

    Source: Wilson 1927, "Probable inference, the law of succession, and statistical inference".
    """
    if total == 0:
        return 0.0, 1.0
    share, squared = right / total, Z * Z
    middle = share + squared / (2 * total)
    half = Z * sqrt(share * (1 - share) / total + squared / (4 * total * total))
    whole = 1 + squared / total
    return max(0.0, (middle - half) / whole), min(1.0, (middle + half) / whole)


def precisions(path: Path) -> list[Precision]:
    """Of all that were labelled, then of each status; nothing where none were.

    Args:
        path: Of what people wrote.
    """
    found = disputes.labels(path)
    if not found:
        return []
    by_status: dict[str, Counter[str]] = {}
    for one in found:
        by_status.setdefault(one["status"], Counter())[one["label"]] += 1
    whole = sum(by_status.values(), Counter[str]())
    return [_of(None, whole), *(_of(name, by_status[name]) for name in sorted(by_status))]


def _of(status: str | None, counted: Counter[str]) -> Precision:
    right, wrong = counted[RIGHT], counted[WRONG]
    low, high = wilson(right, right + wrong)
    share = right / (right + wrong) if right + wrong else None
    return Precision(status, right, wrong, counted.total() - right - wrong, share, low, high)
