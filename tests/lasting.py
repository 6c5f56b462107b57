"""`python -m tests.lasting SPIDER JOB`: as `python -m crawler`, with the clock set for each spider.

The file beside a job, `.clock`, says how.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from archive.clock import TEST_CLOCK
from crawler.orders import Order, Orders
from crawler.process import run_all


def clock_beside(job: Path) -> Path:
    return job.with_suffix(".clock")


class ClockedOrders(Orders):
    """Sets the clock before the next spider is begun."""

    def _answer(self, order: Order | None) -> None:
        if order is not None:
            os.environ[TEST_CLOCK] = clock_beside(Path(order[1])).read_text()
        super()._answer(order)


def main() -> None:
    orders = ClockedOrders()
    orders.listen()
    name, job = sys.argv[1:]
    sys.exit(run_all(name, job, orders))


if __name__ == "__main__":
    main()
