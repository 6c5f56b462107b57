"""What is true of each cited source: the labels that a judge is held against, written before it
judges."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from archive.model.vocabulary import Outcome

if TYPE_CHECKING:
    from tests.replica.reports import Report, State

ALWAYS = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class SourceFact:
    """One cited URL and what an honest capture of it finds.

    Attributes:
        outcomes: From when on which outcome is right, in time order.
        title, author, published, language: What the page says, where it says it; None where it does
            not, or where the outcome is not `ok`.
        words: A piece of the main text, to be found in the extracted text.
        platform: As `archive.urls.normal` names it: `web`, `telegram`, `x`, `youtube`, `shortlink`,
            …
        media: What it is: `page`, `pdf`, `image`, `text`, `json`.
        final_url: Where the redirects end, when that is not `url`.
        also: Outcomes that are right as well, where honest judges may differ.
        flag: What else has to be seen: `tls-unverified`, `truncated`, `memento`, …
        drift: The drift class once the page has changed; None where it does not change or is gone.
        group: Sources with the same name here hold the same text.
        same_as: Another cited URL that is the same source, written otherwise.
        about: What it shows, in a few words.
    """

    url: str
    outcomes: tuple[tuple[datetime, Outcome], ...] = ((ALWAYS, Outcome.OK),)
    title: str | None = None
    author: str | None = None
    published: str | None = None
    language: str | None = None
    words: str | None = None
    platform: str = "web"
    media: str = "page"
    final_url: str | None = None
    also: frozenset[Outcome] = frozenset()
    flag: str | None = None
    drift: str | None = None
    group: str | None = None
    same_as: str | None = None
    about: str = ""

    def outcome(self, moment: datetime) -> Outcome:
        """The right outcome at a time."""
        return next(what for since, what in reversed(self.outcomes) if since <= moment)

    def accepts(self, outcome: Outcome, moment: datetime) -> bool:
        """Whether a judge may say so."""
        return outcome is self.outcome(moment) or outcome in self.also


def fails(
    url: str,
    outcome: Outcome,
    about: str,
    *also: Outcome,
    flag: str | None = None,
    platform: str = "web",
    media: str = "page",
) -> SourceFact:
    """A source that is never captured well."""
    outcomes = ((ALWAYS, outcome),)
    return SourceFact(
        url,
        outcomes,
        also=frozenset(also),
        flag=flag,
        about=about,
        platform=platform,
        media=media,
    )


def turning(fact: SourceFact, *turns: tuple[datetime, Outcome]) -> SourceFact:
    """The same source, whose outcome changes at times."""
    return replace(fact, outcomes=(*fact.outcomes, *turns))


@dataclass(frozen=True, slots=True)
class ReportFact:
    """A report at a time."""

    report: Report
    state: State

    @property
    def urls(self) -> tuple[str, ...]:
        """All URLs its notes cite, in order, repeats kept."""
        return tuple(url for note in self.state.notes for url in note.urls)


@dataclass(frozen=True, slots=True)
class Expected:
    """The world at a time.

    Attributes:
        reports: Those that are published.
        sources: By cited URL; those that the reports of that time cite.
    """

    at: datetime
    reports: tuple[ReportFact, ...]
    sources: dict[str, SourceFact]
