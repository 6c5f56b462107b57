"""The records of link rot and content drift: what the judge is given, and what it answers."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from archive.model.vocabulary import DriftClass, Outcome, Status


@dataclass(frozen=True, slots=True)
class Reading:
    """What a page said at one time, as far as drift looks at it; times and dates as in `texts`."""

    text: str
    title: str | None = None
    published: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Drift:
    """One text against another.

    Attributes:
        distance: 0.0 (the same words) to 1.0 (none in common), of what is left when both pages'
            frames are taken off.
        words_added, words_removed: Of the main text.
        corrections: Lines that say that the page was corrected or updated, and that the earlier
            text had not.
        evidence: Small JSON-ready facts: which measures decided, dates that moved, a changed title.
    """

    drift: DriftClass
    distance: float
    words_added: int = 0
    words_removed: int = 0
    corrections: tuple[str, ...] = ()
    evidence: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to capture a source, as the judge sees it.

    Attributes:
        at: ISO 8601 UTC.
        url: As fetched; of an embed or oEmbed address, that one.
        final_url: Where the redirects ended.
        rule, marker: What decided the outcome, and the words found.
        digest: Of the clean text, insensitive to white space; equal digests are the same text. None
            without text.
        words: Of that text.
        title: Of that text.
        drift: Against the first good capture; None without text, or for that capture itself.
        clock_skew_s: Seconds between our clock and the server's `Date`; None where it says none.
        own: False for the failure of a neighbour: another source on the same host whose name did
            not resolve.
        notice: Of a short text, its digest without numbers and addresses; None of a longer one.
        stands_in: Why its text is none of the source's: `everybody` (other addresses of the host
            show it, too) or `notice` (a few words in the place of an article); None where it may
            be.
        holders: Where the account's address was another account's by then: the numbers of the
            account that was cited, and of that other one.
        early: An early look, beside the checks.
    """

    capture_id: int
    at: str
    outcome: Outcome
    url: str
    final_url: str
    http_status: int | None = None
    rule: str | None = None
    marker: str | None = None
    digest: str | None = None
    words: int = 0
    title: str | None = None
    drift: Drift | None = None
    clock_skew_s: int | None = None
    own: bool = True
    notice: str | None = None
    stands_in: str | None = None
    holders: tuple[str, str] | None = None
    early: bool = False


@dataclass(frozen=True, slots=True)
class Probe:
    """What a host answered to an address that cannot exist: a random sibling of a source
    (Bar-Yossef et al. 2004).

    Its front page is asked in the same way: where that answers as itself, the host does not show
    everybody the same.

    Attributes:
        place: What the probe speaks for: scheme, host and folder of the sibling, see
            `pipeline.decide.verdicts.probe_place`.
        like: Digests of texts of the judged source that say what the probe's text says, but for
            small things.
        notice: As of an attempt.
        front: It is the host's front page.
    """

    capture_id: int
    at: str
    place: str
    outcome: Outcome
    http_status: int | None
    final_url: str
    digest: str | None = None
    title: str | None = None
    like: frozenset[str] = frozenset()
    notice: str | None = None
    front: bool = False


@dataclass(frozen=True, slots=True)
class Beside:
    """What another cited address of the same host showed: whether the host still tells its pages
    apart.

    Attributes:
        url: As cited.
        led: Redirects led to another address.
        drift: Of its text against its own first; None for that first.
    """

    capture_id: int
    at: str
    url: str
    final_url: str
    led: bool
    digest: str
    notice: str | None = None
    drift: DriftClass | None = None


@dataclass(frozen=True, slots=True)
class Host:
    """What is known of a source's host beside its own pages."""

    probes: tuple[Probe, ...] = ()
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a source is from one attempt on.

    Attributes:
        at: Time of that attempt.
        rule: Name of the rule that decided, one of `pipeline.decide.verdicts.RULES`.
        evidence: JSON-ready: the attempts that count (capture ids, times, outcomes), what was
            compared, marks found.
        since: When what was found began: of `dead`, the first failing attempt of the row that
            proved it.
    """

    at: str
    capture_id: int
    status: Status
    rule: str
    drift: DriftClass | None = None
    evidence: dict[str, Any] = field(default_factory=dict)
    since: str | None = None


def probe_of(attempt: Attempt, place: str) -> Probe:
    """The capture of an address in this folder that cannot exist, as a probe of it."""
    return Probe(
        attempt.capture_id, attempt.at, place, attempt.outcome, attempt.http_status,
        attempt.final_url,
        attempt.digest, attempt.title, notice=attempt.notice,
    )  # fmt: skip


def drift_detail(drift: Drift) -> str | None:
    """What `captures.drift_detail` keeps beside the class; None: nothing differs, as most checks
    say."""
    if drift == Drift(drift.drift, 0.0):
        return None
    said = {
        **drift.evidence, "distance": drift.distance, "words_added": drift.words_added,
        "words_removed": drift.words_removed, "corrections": drift.corrections,
    }  # fmt: skip
    return json.dumps(said, ensure_ascii=False, sort_keys=True)
