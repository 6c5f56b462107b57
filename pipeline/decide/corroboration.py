"""Whether two observers saw the same: our text compared with another archive's copy of about the
same day. Pure.

They are compared like a first capture with a later check of the page, by the drift classes
(`pipeline.decide.drift`). A page may change between the two, so of all our captures around that day
the one counts whose text is nearest to the copy's.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from archive.model.corroboration import Corroboration
from archive.model.times import parse_time
from archive.model.vocabulary import DriftClass
from pipeline.decide.compared import compare

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from archive.model.corroboration import Observed
    from archive.model.rot import Drift, Reading

SAME_DAYS = timedelta(days=3)
"""Between the two captures; most edits of news come within hours, and what is farther apart is the
business of drift."""
MOST_COMPARED = 4
"""Our captures held against a copy, the nearest; a page checked hourly says nothing more."""

_MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
_BANNER = re.compile(
    r"""\s*(?:
      the\ wayback\ machine\ -\ https?://\S+
    | \d[\d,.]*\ captures?
    | \d{1,2}\ [a-z]{3,9}\ \d{4}\ -\ \d{1,2}\ [a-z]{3,9}\ \d{4}
    | (?:MONTH)(?:\ (?:MONTH)){0,2}(?:\ \d{1,2})?(?:\ \d{4}){0,3}   # `Feb MAR Apr`
    | \d{1,2} | \d{4}(?:\ \d{4}){0,2}
    | success | fail | \N{BLACK UP-POINTING TRIANGLE}
    | about\ this\ capture | collected\ by | timestamps | collection:.*
    | (?:web\ )?archive-it(?:\ home)?.* | you\ are\ viewing\ an\ archived\ web\ ?page.*
    | this\ is\ an\ archived\ (?:web\ ?)?(?:page|version|copy|website).* | arquivo\.pt.*
    | view(?:ing)?\ (?:the\ )?(?:live|archived)\ (?:web\ ?)?page.* | \[?archived\ content\]?.*
    | note:\ this\ is\ (?:a\ copy|an\ archived).* | archived\ copy\ of\ https?://\S+.*
    | (?:uk\ government|national)\ web\ archive.* | the\ national\ archives.*
    )\s*""".replace("MONTH", _MONTH),
    re.IGNORECASE | re.VERBOSE,
)
"""Lines that archives print around a copy, where they were asked for the page as people see it."""
_DECISIVE = re.compile(r"wayback|archive|arquivo|capture|timestamps|collected by", re.IGNORECASE)
"""Of a run of such lines one has to have this: a page may itself begin with a year."""

_ANOTHER = frozenset({DriftClass.REPLACED, DriftClass.OFF_TOPIC})
_RANKS = {drift: rank for rank, drift in enumerate(DriftClass)}


def without_banner(reading: Reading) -> Reading:
    """A copy's text without what its archive prints before and behind it."""
    lines = reading.text.split("\n")
    start, end = _banner(lines), _banner(lines[::-1])
    kept = lines[start : len(lines) - end] if start + end < len(lines) else lines
    return replace(reading, text="\n".join(kept)) if len(kept) != len(lines) else reading


def _banner(lines: Sequence[str]) -> int:
    """How many lines from here on are a banner's; blank ones between them are, too."""
    count = next(
        (n for n, line in enumerate(lines) if line.strip() and not _BANNER.fullmatch(line)),
        len(lines),
    )
    return count if any(_DECISIVE.search(line) for line in lines[:count]) else 0


def beside(copy: Observed, own: Sequence[Observed]) -> list[Observed]:
    """Our captures of the days of a copy, the nearest first."""
    moment = parse_time(copy.at)

    def distance(one: Observed) -> timedelta:
        return abs(parse_time(one.at) - moment)

    near = [one for one in own if distance(one) <= SAME_DAYS]
    return sorted(near, key=lambda one: (distance(one), one.at, one.capture_id))[:MOST_COMPARED]


def corroborated(
    copy: Observed, own: Sequence[Observed], reading: Callable[[int], Reading | None]
) -> Corroboration | None:
    """What our captures and a copy are against each other.

    Args:
        copy: Another observer's.
        own: All good captures of the page by ourselves.
        reading: Gives a text by its number.

    Returns:
        None where we have none of those days, or none in the language of the copy.
    """
    theirs = reading(copy.text_id)
    if theirs is None:
        return None
    bare = without_banner(theirs)
    found = []
    for place, one in enumerate(beside(copy, own)):
        ours = reading(one.text_id)
        if ours is None:
            continue
        drift = compare(ours, bare)
        if drift.drift in _ANOTHER and _is_other_language(ours, bare):
            continue
        found.append((_RANKS[drift.drift], place, one, drift))
        if drift.drift is DriftClass.SAME:
            break
    if not found:
        return None
    _, _, one, drift = min(found, key=lambda each: each[:2])
    return _row(copy, one, drift)


def _is_other_language(ours: Reading, theirs: Reading) -> bool:
    """Whether the page was told to each in a language of its own, as sites do by where the visitor
    is: nothing can be said of its words then."""
    from pipeline.read.text.language import detect

    one, other = (reading.language or detect(reading.text) for reading in (ours, theirs))
    return one is not None and other is not None and one != other


def _row(copy: Observed, own: Observed, drift: Drift) -> Corroboration:
    apart = parse_time(copy.at) - parse_time(own.at)
    return Corroboration(
        copy.capture_id, own.capture_id, copy.observer, round(apart.total_seconds()),
        drift.drift, drift.distance, drift.words_added, drift.words_removed,
        max(copy.kept_at, own.kept_at),
    )  # fmt: skip
