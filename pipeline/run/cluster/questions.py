"""What a host is asked beside a source that a worker checked: what `crawler.spiders.checks` asks
right after, for it can see what came of it; here the planner does, once that is in the archive.

A probe speaks for its place for days and a control for a day (`pipeline.decide.verdicts`), so that
minutes more between a check and its questions change no verdict.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model.vocabulary import Kind
from pipeline.decide.host_questions import control_for, probe_for

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from pipeline.decide.host_questions import HeldHosts, Question

CONTROLS = 2
"""As `crawler.spiders.checks` has it."""

PROBE, CONTROL, FRONT, DONE = "probe", "control", "front", "done"


@dataclass(frozen=True, slots=True)
class QueuedQuestion:
    """A question that was queued, or that there is none any more.

    Attributes:
        about: The source that was checked, as cited.
        since: When that was.
        url: What was asked for; empty where nothing is to be asked.
        role: `probe`, `control` (another source), `front` (a front page) or `done`.
    """

    about: str
    since: str
    url: str
    role: str


def questions(
    held: HeldHosts,
    checked: Iterable[tuple[str, str]],
    asked: Iterable[QueuedQuestion],
    under_way: Collection[str],
) -> Iterator[tuple[QueuedQuestion, Question | None]]:
    """The next question about each checked source, and which have none any more.

    Args:
        held: The archive.
        checked: Sources that were checked of late and answered with a page, with the time of that.
        asked: What was queued about them before.
        under_way: Addresses that jobs have: their answers are waited for.
    """
    known: dict[tuple[str, str], list[QueuedQuestion]] = defaultdict(list)
    controls = set()
    for one in asked:
        known[one.about, one.since].append(one)
        # a page that was looked at for another one's sake asks nothing for its own
        controls |= {one.url} if one.role == CONTROL else set()
    for about, since in checked:
        mine = known[about, since]
        waits = about in under_way or any(one.url in under_way for one in mine)
        if about in controls or waits or any(one.role == DONE for one in mine):
            continue
        yield _next_question(held, about, since, mine)


def _next_question(
    held: HeldHosts, about: str, since: str, mine: list[QueuedQuestion]
) -> tuple[QueuedQuestion, Question | None]:
    question = None if mine else probe_for(held, about, secrets.token_hex(8))
    if question is not None:
        return QueuedQuestion(about, since, question.url, PROBE), question
    if sum(one.role in {CONTROL, FRONT} for one in mine) < CONTROLS:
        question = control_for(held, about)
        if question is not None and all(one.url != question.url for one in mine):
            role = CONTROL if question.kind is Kind.SOURCE else FRONT
            return QueuedQuestion(about, since, question.url, role), question
    return QueuedQuestion(about, since, "", DONE), None
