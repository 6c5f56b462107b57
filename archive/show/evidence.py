"""What is thought of a source and why, in words for people who know no outcome by its name.

Pure.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeVar

from archive.counted import counted
from archive.model.vocabulary import MEDIA_RESTORED, DriftClass, Outcome, Status
from archive.show.failures import failure_told

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_Row = TypeVar("_Row", bound="Mapping[str, Any]")

STATUSES = {
    Status.UNCHECKED: "Nobody has tried to fetch it yet.",
    Status.ALIVE: "It is there.",
    Status.MOVED: "It is there, at another address.",
    Status.DRIFTED: "It is there, but no longer says what it said.",
    Status.SUSPECT: "Something is wrong with it; whether it is gone is not proved.",
    Status.DEAD: "It is gone; that is proved.",
    Status.BLOCKED: "We cannot tell: somebody stands before it.",
    Status.REFUSED: "We cannot tell: we may not fetch it.",
}

OUTCOMES = {
    Outcome.OK: "the page came",
    Outcome.NOT_MODIFIED: "the server said that nothing has changed",
    Outcome.REDIRECTED_AWAY: "a redirect led to the home page or another page, not to this one",
    Outcome.GONE: "the server said that there is no such page",
    Outcome.FORBIDDEN: "the server refused to show it",
    Outcome.CHALLENGE: "a wall against programs stood before it",
    Outcome.LOGIN_WALL: "it was to be seen only after logging in",
    Outcome.PAYWALL: "it was to be seen only by subscribers",
    Outcome.CONSENT_WALL: "a question about consent stood before it",
    Outcome.RATE_LIMITED: "the server said that we ask too often",
    Outcome.SERVER_ERROR: "the server failed",
    Outcome.TIMEOUT: "the server did not answer in time",
    Outcome.DNS_FAILURE: "the host's name led to no address",
    Outcome.TLS_FAILURE: "no secure connection could be made",
    Outcome.CONNECTION_FAILURE: "no connection could be made",
    Outcome.TRUNCATED: "the page came, but broke off",
    Outcome.REDIRECT_LOOP: "redirects led in a circle",
    Outcome.TOO_LARGE: "the page is larger than we keep; its beginning came",
    Outcome.THIN: "a page without text came: empty, or one that needs scripts",
    Outcome.ROBOTS_DISALLOWED: "the site's robots.txt does not let us fetch it",
    Outcome.ADDRESS_REFUSED: "its address is none on the public network",
    Outcome.UNSUPPORTED: "it is of a kind that we do not fetch",
    Outcome.REMOVED: "the platform said that it is gone",
    Outcome.SOFT_404: "the page that came says that there is no such page",
    Outcome.PARKED: "the domain is parked: it shows advertisements or is for sale",
}

DRIFTS = {
    DriftClass.SAME: "it says the same as at first",
    DriftClass.MINOR: "small things in its text were changed",
    DriftClass.SUBSTANTIAL: "whole sentences of its text were changed",
    DriftClass.REPLACED: "its text was replaced by another",
    DriftClass.OFF_TOPIC: "its text is about something else",
}

EVENTS = {
    "died": "It is gone, proved over days.",
    "removed": "The platform says that it is gone, proved over days.",
    "came-back": "It was gone, and is there again.",
    "identity-changed": "The account's address is another account's now.",
    "moved": "It stands at another address.",
    "edited": "Small things in its text were changed.",
    "drifted": "It no longer says what it said.",
    "media-removed": "It stands, and no longer shows what it showed.",
    "media-restored": "It shows again what was gone from it.",
    "observers-differ": "Another archive's copy of the same days says something else than ours.",
    "report-edited": "The report was changed after publication.",
    "correction": "The text admits a correction.",
}
"""What happened to a source or a report, by `events.kind`."""

_MEDIA = {"poster": ("still", "stills"), "audio": ("sound", "sounds")}
_LISTED = 6
"""Strikes that evidence lists at most (`pipeline.decide.verdicts.rules`): the first three and the
latest."""
_MOST_SHOWN = 200
"""Characters of a stranger's words in one line."""


@dataclass(frozen=True, slots=True)
class Strike:
    """A check that proved a source absent.

    Attributes:
        told: What was found, in words.
    """

    at: str
    capture_id: int
    told: str


def outcome_told(
    outcome: str,
    http_status: int | None = None,
    marker: str | None = None,
    final_url: str | None = None,
) -> str:
    """How a fetch ended, with what shows it.

    Args:
        outcome: One of `Outcome`.
        http_status: None when nothing answered, or when it does not matter.
        marker: The words found on the page, or the failure as the program saw it.
        final_url: Where redirects led, if that matters.
    """
    told = OUTCOMES[Outcome(outcome)]
    if http_status is not None and str(http_status) != str(marker):
        told += f" (HTTP {http_status})"
    if marker and marker.isdecimal():
        told += f" (HTTP {marker})"
    elif marker and (said := failure_told(_cut(marker))):
        told += f": {said.rstrip('.')}"
    return f"{told}; redirected to {_cut(final_url)}" if final_url else told


def drift_told(drift: str, distance: float | None = None) -> str:
    """How far a text has gone from the first good capture's."""
    told = DRIFTS[DriftClass(drift)]
    return f"{told} ({100 * distance:.0f} % of its words differ)" if distance else told


def decisive_verdict(newest_first: Iterable[_Row]) -> _Row | None:
    """Of the rows of `verdicts`, the one that made a source what it is.

    Later ones only say so again.
    """
    found = None
    for verdict in newest_first:
        if found is not None and verdict["status"] != found["status"]:
            break
        found = verdict
    return found


def strikes(evidence: Mapping[str, Any]) -> tuple[Strike, ...]:
    """The checks that found the source absent, of a verdict's evidence."""
    found = evidence.get("strikes") or evidence.get("absent_before") or ()
    return tuple(_strike(one) for one in found)


def _strike(one: Mapping[str, Any]) -> Strike:
    marker, probe = one.get("marker"), one.get("probe")
    if probe is not None:
        marker = f"an address beside it that cannot exist got the same page (capture {probe})"
    told = outcome_told(str(one.get("outcome") or "gone"), None, marker, one.get("final_url"))
    if one.get("neighbour"):
        told += " (seen at another source of its host)"
    return Strike(str(one["at"]), int(one["capture"]), told)


def facts(evidence: Mapping[str, Any]) -> list[str]:
    """What else a verdict rests on, a sentence each; strikes are told by `strikes`."""
    said: list[str] = []
    if evidence.get("strikes") and evidence.get("days") is not None:
        said.append(_checks_told(evidence["strikes"], evidence["days"]))
    if evidence.get("outcome") is not None and not evidence.get("strikes"):
        marker = evidence.get("marker")
        told = outcome_told(str(evidence["outcome"]), None, marker)
        said.append(f"What was found: {told}.")
    if evidence.get("probe") is not None:
        said.append(
            "An address beside it that cannot exist got the same page (capture "
            f"{evidence['probe']})."
        )
    if evidence.get("by") == "redirect":
        said.append(f"The redirect leads to {_cut(str(evidence['final_url']))}.")
    if evidence.get("unreached_since"):
        since = str(evidence["unreached_since"])[:16].replace("T", " ")
        said.append(f"Not reached since {since}.")
    if evidence.get("clock_skew_s") is not None:
        hours = abs(evidence["clock_skew_s"]) / 3600
        said.append(f"Our clock and the server's were {hours:.0f} hours apart.")
    return said + _compared(evidence)


def _checks_told(found: Sequence[Any], days: float) -> str:
    checks = "1 check" if len(found) == 1 else f"{len(found)} checks"
    if len(found) >= _LISTED:
        checks += " or more"
    over = f" over {days:.0f} days" if days >= 1 else ""
    return f"Proof of absence: {checks}{over}."


def _compared(evidence: Mapping[str, Any]) -> list[str]:
    """How the text was compared with the first good capture's."""
    said = []
    if evidence.get("distance"):
        words = ""
        if evidence.get("words_before") is not None:
            words = f"; it had {evidence['words_before']} words and has {evidence['words_after']}"
        longest = evidence.get("longest_change_words")
        run = f"; the longest change is {longest} words in a row" if longest else ""
        said.append(
            f"Compared with the first good capture, {100 * evidence['distance']:.0f} % of the "
            f"words differ{words}{run}."
        )
    for name, word in (("title", "title"), ("published", "date"), ("language", "language")):
        pair = evidence.get(name)
        if isinstance(pair, list) and len(pair) == 2:
            said.append(f"Its {word} was {_cut(str(pair[0]))}, and is {_cut(str(pair[1]))}.")
    return said


_NAMED = re.compile(r"https?://\S+: (?=\S)")
"""The program's own messages begin with the address that they are about."""


def _cut(text: str) -> str:
    text = _NAMED.sub("", text, count=1) if _NAMED.match(text) else text
    return text if len(text) <= _MOST_SHOWN else f"{text[: _MOST_SHOWN - 1]}…"


def event_told(kind: str, detail: Mapping[str, Any]) -> list[str]:
    """What happened, a sentence each.

    Args:
        kind: As `events.kind`.
        detail: As `events.detail`.
    """
    said = [EVENTS.get(kind, kind)]
    said += [_media(kind, one) for one in detail.get("media") or ()]
    if detail.get("since"):
        said.append(f"Found absent first on {str(detail['since'])[:16].replace('T', ' ')}.")
    if detail.get("drift"):
        words = (
            f"{counted(detail.get('words_added', 0), 'words added')}, "
            f"{detail.get('words_removed', 0)} removed"
        )
        against = "our capture" if detail.get("observer") else "the first good capture"
        said.append(
            f"Compared with {against} "
            f"{drift_told(detail['drift'], detail.get('distance'))}; {words}."
        )
    if detail.get("silent"):
        said.append("The page does not say that it was changed.")
    said += [f"It says: {text}" for text in detail.get("corrections") or ()]
    return said + _edited(detail.get("change") or {})


def _media(kind: str, one: Mapping[str, Any]) -> str:
    """How many pictures or videos are gone from a post, or back."""
    one_word, more = _MEDIA.get(one["kind"], (one["kind"], f"{one['kind']}s"))
    said = f"{one['number']} of {one['of']} {one_word if one['of'] == 1 else more}"
    if kind == MEDIA_RESTORED:
        return f"There again: {said}."
    return f"Gone: {said}."


def _edited(change: Mapping[str, Any]) -> list[str]:
    """What was changed in a report."""
    if not change:
        return []
    said = [f"Changed: {', '.join(change['kinds'])}."]
    if change.get("words_added") or change.get("words_removed"):
        added = counted(change["words_added"], "words added")
        said.append(f"{added}, {change['words_removed']} removed.")
    return said + [
        f"{name.replace('_', ' ').capitalize()}: {', '.join(change[name])}."
        for name in ("notes_added", "notes_dropped", "notes_changed")
        if change.get(name)
    ]
