"""Which other pages of a source's host are fetched when the source is checked, so that an answer
that everybody gets is not taken for one about this source."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Protocol

from archive.model.times import format_time, parse_time
from archive.model.vocabulary import Kind
from archive.urls import normal as urls
from pipeline.decide.judging import SITES
from pipeline.decide.verdicts import CONTROL_HOLDS, front_page, probe_place, sibling, wants_probe

if TYPE_CHECKING:
    from datetime import timedelta

    from archive.model.past import Checked, JudgedSource
    from archive.model.rot import Attempt, Probe, Reading


class HeldHosts(Protocol):
    """What is asked of the archive; `archive.db.held` answers."""

    def source(self, source_id: int) -> JudgedSource | None:
        """The source with this id."""

    def attempts(self, source: int) -> list[Checked]:
        """All tries to capture it, in time order."""

    def probes(self, place: str) -> list[tuple[Probe, int | None]]:
        """What was answered in a folder to addresses that cannot exist, each with its text."""

    def reading(self, text_id: int) -> Reading | None:
        """A text as drift looks at it."""

    def unproved_since(self, source_id: int) -> str | None:
        """When a source was checked last, if its verdict waits for another page of its host to show
        what its own answer means."""

    def asked_front(self, url: str, at: str, within: timedelta) -> bool:
        """Whether a host's front page was fetched around this time."""

    def known_good(self, source: JudgedSource, before: str) -> str | None:
        """Another source of its host that was there when last checked, and was not checked since
        `before`."""


@dataclass(frozen=True, slots=True)
class Question:
    """An address to ask a host for.

    Attributes:
        kind: A source is looked at before its time; a probe is of no source.
        about: The source that it is asked for, as cited.
    """

    kind: Kind
    url: str
    about: str


def probe_for(held: HeldHosts, cited_url: str, token: str) -> Question | None:
    """The probe that could change the verdict on a source's newest capture; None when none could.

    Args:
        held: Answers what is asked.
        cited_url: The source as fetched.
        token: Random letters that no address has.
    """
    source = _judged(held, cited_url)
    if source is None:
        return None
    checked = held.attempts(source.id)
    if not checked:
        return None
    probes = [probe for probe, _ in held.probes(probe_place(source.cited_url))]
    attempts = [_with_words(held, one) for one in (checked[0], *checked[1:][-1:])]
    middle = [one.attempt for one in checked[1:-1]]
    if not wants_probe(source.cited_url, [attempts[0], *middle, *attempts[1:]], probes):
        return None
    return Question(Kind.PROBE, sibling(source.cited_url, token), source.cited_url)


def control_for(held: HeldHosts, cited_url: str) -> Question | None:
    """A page that would show whether a source's host answers everybody as it answered here; None
    where that is known, or does not matter.

    It is another page of the host that is known to be good, checked before its time, or else the
    host's front page.
    """
    source = _judged(held, cited_url)
    at = None if source is None else held.unproved_since(source.id)
    if source is None or at is None:
        return None
    front = front_page(source.cited_url)
    if held.asked_front(front, at, CONTROL_HOLDS):
        return None
    known = held.known_good(source, format_time(parse_time(at) - CONTROL_HOLDS))
    kind, url = (Kind.PROBE, front) if known is None else (Kind.SOURCE, known)
    return Question(kind, url, source.cited_url)


def _judged(held: HeldHosts, cited_url: str) -> JudgedSource | None:
    """The source, where its host speaks for all of its pages."""
    source = held.source(urls.stable_id(urls.source_key(cited_url)))
    return source if source is not None and source.platform in SITES else None


def _with_words(held: HeldHosts, checked: Checked) -> Attempt:
    said = None if checked.text_id is None else held.reading(checked.text_id)
    return replace(checked.attempt, words=len(said.text.split()) if said else 0)
