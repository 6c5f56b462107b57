"""Patience with a Wayback: pace, further tries, and leaving it alone. Time stands still but for
what is slept."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

import pytest

from archive.model.understood import Memento
from pipeline.run.wayback import MAX_SILENT, QUESTION_EVERY_S, Wayback, WaybackAnswer

FOUND = WaybackAnswer(said=True, mementos=(Memento("https://a.example/", "2026-03-08T00:00:00Z"),))
NONE = WaybackAnswer(said=True)
BUSY = WaybackAnswer(said=False, retry_after_s=7, detail="rate-limited (HTTP 429)")
SILENT = WaybackAnswer(said=False, detail="timeout")


@dataclass
class Time:
    """A clock that only sleeping moves."""

    now: float = 1000.0
    slept: list[float] = field(default_factory=list)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds

    def wayback(self, **changes: float) -> Wayback:
        return Wayback(sleep=self.sleep, clock=lambda: self.now, **changes)  # type: ignore[arg-type]


@dataclass
class Sender:
    """Answers in order, and notes when each was asked for."""

    time: Time
    answers: list[WaybackAnswer]
    asked_at: list[float] = field(default_factory=list)

    def __call__(self) -> Awaitable[WaybackAnswer]:
        async def answer() -> WaybackAnswer:
            self.asked_at.append(self.time.now - 1000)
            return self.answers.pop(0)

        return answer()


@pytest.fixture
def time() -> Time:
    return Time()


async def test_an_answer_ends_the_asking(time: Time) -> None:
    send = Sender(time, [FOUND, NONE])
    assert await time.wayback().ask(send) == FOUND
    assert (send.answers, time.slept) == ([NONE], [])


async def test_it_waits_as_long_as_it_is_asked_to(time: Time) -> None:
    send = Sender(time, [BUSY, FOUND])
    assert await time.wayback().take(send) == FOUND
    assert send.asked_at == [0, 7]


async def test_without_such_a_word_it_waits_longer_each_time(time: Time) -> None:
    send = Sender(time, [SILENT] * 6)
    wayback = time.wayback(tries=6)
    assert await wayback.take(send) == SILENT
    assert send.asked_at == [0, 10, 30, 70, 130, 190]


async def test_questions_keep_their_distance_and_copies_need_none(time: Time) -> None:
    wayback = time.wayback()
    send = Sender(time, [NONE] * 6)
    for act in (wayback.ask, wayback.ask, wayback.take, wayback.take, wayback.ask):
        await act(send)
    assert send.asked_at == [0, QUESTION_EVERY_S, QUESTION_EVERY_S, QUESTION_EVERY_S,
        2 * QUESTION_EVERY_S]  # fmt: skip


async def test_further_tries_of_a_question_keep_their_distance_too(time: Time) -> None:
    send = Sender(time, [SILENT, NONE])
    await time.wayback(first_pause_s=0).ask(send)
    assert send.asked_at == [0, QUESTION_EVERY_S]


async def test_after_so_much_silence_it_is_left_alone_and_says_why(time: Time) -> None:
    wayback = time.wayback(tries=1)
    for n in range(1, MAX_SILENT + 1):
        assert wayback.down is None
        await wayback.ask(Sender(time, [SILENT]))
        assert (wayback.down is not None) == (n == MAX_SILENT)
    assert wayback.down == "timeout"


async def test_silence_is_counted_in_a_row(time: Time) -> None:
    wayback = time.wayback(tries=1)
    for answer in [SILENT, SILENT, NONE] * 3:
        await wayback.ask(Sender(time, [answer]))
    assert wayback.down is None


@pytest.mark.parametrize(
    "answer",
    [
        WaybackAnswer(said=False, retry_after_s=3600, detail="rate-limited (HTTP 429)"),
        WaybackAnswer(said=False, final=True, detail="robots-disallowed"),
    ],
)
async def test_who_wants_to_be_left_alone_is_not_asked_again(
    time: Time, answer: WaybackAnswer
) -> None:
    wayback = time.wayback()
    send = Sender(time, [answer, NONE])
    assert await wayback.ask(send) == answer
    assert (len(send.asked_at), time.slept, wayback.down) == (1, [], answer.detail)


async def test_an_error_of_ours_is_no_silence(time: Time) -> None:
    async def broken() -> WaybackAnswer:
        raise KeyError("ours")

    send: Callable[[], Awaitable[WaybackAnswer]] = broken
    with pytest.raises(KeyError):
        await time.wayback().ask(send)
    assert time.slept == []
