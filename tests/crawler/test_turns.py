from __future__ import annotations

import pytest

from crawler.frontier import turns
from crawler.frontier.turns import Turns


async def test_a_host_waits_for_its_turn_and_no_other_does(monkeypatch: pytest.MonkeyPatch) -> None:
    moment, slept = 100.0, list[float]()

    async def sleep(seconds: float) -> None:
        nonlocal moment
        slept.append(seconds)
        moment += seconds

    monkeypatch.setattr(turns.time, "monotonic", lambda: moment)
    monkeypatch.setattr(turns.asyncio, "sleep", sleep)
    hosts = Turns(delay_s=5.0)
    for host in ("a.example", "b.example", "a.example"):
        await hosts.wait(host)
        moment += 1.0
    assert slept == [0.0, 0.0, 3.0]
