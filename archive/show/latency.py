"""Latency: how long after a post a report cites it, how long after that it is captured, and which
accounts post first."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import TYPE_CHECKING

from archive.db.schema.latency import CITED_AT
from archive.errors import BadInputError
from archive.model.latency import By, Firsts, LatencyFigures

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from archive.db.as_of import Connection

ALL = "all"

COUNTED = (
    "Each cited source whose page says when it was posted, reports of ISW and CTP left out, once "
    "in each group: from its post to the first citation, and from there to its first good capture, "
    "in hours; medians. A citation counts from the report's own time, one that a later version "
    "brought from the time of the change. Where a day alone is known, days are counted ('by day'). "
    "What was posted after the report ('later') and what was captured before it have no part in "
    "the medians."
)
FIRST = (
    "'together': sentences that cite the account with others, forwards left out; 'first': those in "
    "which its post was the first. 'copied': texts that other accounts hold, too, word for word; "
    "'earliest': those that it had first."
)


_GROUPS = {
    None: f"'{ALL}'",
    By.ACCOUNT: "sources.platform || '/' || sources.account",
    By.PLATFORM: "sources.platform",
    By.HOST: "sources.host",
    By.SERIES: "versions.series",
    By.YEAR: f"'{ALL}'",  # told by the citation
}

# A source of several series is in each; CROSS JOIN keeps the order in which it is read.
_CITED = f"""
SELECT {{group}} AS name, sources.posted_at, {CITED_AT} AS cited_at, sources.first_seen_at
FROM {{sources}} CROSS JOIN citations ON citations.source_id = sources.id
CROSS JOIN versions ON versions.id = citations.version_id
WHERE sources.posted_at IS NOT NULL AND sources.publication_key IS NULL
  AND (:since IS NULL OR versions.report_date >= :since)
GROUP BY name, sources.id
"""  # noqa: S608 - constants of ours
_CHOSEN = "json_each(:chosen) AS chosen CROSS JOIN sources ON sources.id = chosen.value"
_NEWEST = """
SELECT id FROM sources WHERE first_cited_at IS NOT NULL AND report_count > 0
ORDER BY first_cited_at DESC, id DESC LIMIT ?
"""
_APART = {By.PLATFORM, By.HOST, By.YEAR}
"""Groups of which each source is in one."""
_HOURS = """
SELECT name, substr(cited_at, 1, 4) AS year,
    CASE WHEN length(posted_at) > 10 AND length(cited_at) > 10
         THEN 24 * (julianday(cited_at) - julianday(posted_at)) END,
    24 * (julianday(substr(cited_at, 1, 10)) - julianday(substr(posted_at, 1, 10))),
    CASE WHEN length(cited_at) > 10 THEN 24 * (julianday(first_seen_at) - julianday(cited_at)) END
FROM ({cited}) WHERE name IS NOT NULL
"""

_TOGETHER = """
SELECT platform || '/' || account, count(*), sum(place = 1) FROM posted_first
WHERE accounts > 1 AND (:since IS NULL OR report_date >= :since) GROUP BY 1
"""
# Words that over a hundred sources hold are no copies of one another (`same_texts`).
_COPIED = """
WITH held AS (
    SELECT source_texts.same, sources.platform || '/' || sources.account AS name,
           min(sources.posted_at) AS at
    FROM {texts}
    CROSS JOIN sources ON sources.id = source_texts.source_id
    WHERE sources.account IS NOT NULL AND length(sources.posted_at) > 10
      AND sources.report_count > 0
      AND NOT EXISTS (SELECT 1 FROM post_links WHERE post_links.source_id = sources.id
                      AND post_links.relation = 'forwards')
    GROUP BY 1, 2),
placed AS (
    SELECT name, rank() OVER (PARTITION BY same ORDER BY at) AS place,
           count(*) OVER (PARTITION BY same) AS names FROM held)
SELECT name, count(*), sum(place = 1) FROM placed WHERE names BETWEEN 2 AND 100 GROUP BY name
"""
_TEXTS_OF = """
(SELECT DISTINCT mine.same FROM json_each(:chosen) AS chosen
 CROSS JOIN source_texts AS mine ON mine.source_id = chosen.value
 WHERE (SELECT count(*) FROM source_texts AS s WHERE s.same = mine.same) <= 100) AS wanted
CROSS JOIN source_texts ON source_texts.same = wanted.same
"""
# As the view `posted_first`, of the sentences that rest on some sources; the view would order all.
_TOGETHER_OF = """
WITH here AS (
    SELECT DISTINCT sentence_sources.version_id, sentence_sources.position
    FROM json_each(:chosen) AS chosen
    CROSS JOIN sentence_sources ON sentence_sources.source_id = chosen.value
    CROSS JOIN latest_versions ON latest_versions.version_id = sentence_sources.version_id),
posts AS (
    SELECT here.version_id, here.position, sources.platform || '/' || sources.account AS name,
           min(sources.posted_at) AS at
    FROM here CROSS JOIN sentence_sources AS beside ON beside.version_id = here.version_id
        AND beside.position = here.position
    CROSS JOIN sources ON sources.id = beside.source_id
    WHERE sources.account IS NOT NULL AND length(sources.posted_at) > 10
      AND NOT EXISTS (SELECT 1 FROM post_links WHERE post_links.source_id = sources.id
                      AND post_links.relation = 'forwards')
    GROUP BY 1, 2, 3),
placed AS (
    SELECT name, rank() OVER (PARTITION BY version_id, position ORDER BY at) AS place,
           count(*) OVER (PARTITION BY version_id, position) AS names FROM posts)
SELECT name, count(*), sum(place = 1) FROM placed WHERE names > 1 GROUP BY name
"""


def figures(
    db: Connection,
    by: By | None = None,
    *,
    since: str | None = None,
    least: int = 1,
    chosen: Sequence[int] | None = None,
) -> list[LatencyFigures]:
    """The figures of all cited sources with a time, then of each group, the largest first.

    Args:
        db: An archive.
        by: None: no groups.
        since: Only citations by reports dated from this day on (YYYY-MM-DD).
        least: Leave out groups with fewer sources.
        chosen: Only of these sources.

    Raises:
        BadInputError: No cited source has a time (since that day).
    """
    read = partial(_hours_by_group, db, since=since, chosen=chosen)
    rows = read(by) if by else []
    everything = _figures(ALL, [told for _, told in (rows if by in _APART else read(None))])
    if not everything.sources:
        when = f" by a report dated {since} or later" if since else ""
        raise BadInputError(
            f"report latency: no source whose page says when it was posted is cited{when}; "
            "collect or import reports first"
        )
    first = _firsts(db, since, chosen) if by is By.ACCOUNT else {}
    groups: dict[str, list[_Told]] = defaultdict(list)
    for name, told in rows:
        groups[name].append(told)
    found = [
        _figures(name, told, first.get(name, Firsts()) if by is By.ACCOUNT else None)
        for name, told in groups.items()
        if len(told) >= least
    ]
    return [everything, *sorted(found, key=lambda one: (-one.sources, one.group))]


def newest(db: Connection, most: int) -> list[int] | None:
    """The sources that were cited last; None: there are no more than these."""
    found = [row[0] for row in db.execute(_NEWEST, [most + 1]).fetchall()]
    return found[:most] if len(found) > most else None


def of_sources(db: Connection, chosen: Sequence[int], account: str | None) -> LatencyFigures | None:
    """The figures of some cited sources, such as those of one account; None: no time is known.

    Args:
        db: An archive.
        chosen: Their numbers.
        account: `platform/name`: then how often it was first is counted, too.
    """
    told = [one for _, one in _hours_by_group(db, None, since=None, chosen=chosen)]
    if not told:
        return None
    if account is None:
        return _figures(ALL, told)
    return _figures(ALL, told, _firsts(db, None, chosen).get(account, Firsts()))


@dataclass(frozen=True, slots=True)
class _Told:
    year: str | None
    hours: float | None
    day_hours: float | None
    capture_hours: float | None


def _hours_by_group(
    db: Connection, by: By | None, *, since: str | None, chosen: Sequence[int] | None
) -> list[tuple[str, _Told]]:
    sources = "sources" if chosen is None else _CHOSEN
    cited = _CITED.format(group=_GROUPS[by], sources=sources)
    asked = {"since": since, "chosen": _listed(chosen)}
    rows = db.execute(_HOURS.format(cited=cited), asked).fetchall()
    told = [(str(name), _Told(*rest)) for name, *rest in rows]
    if by is By.YEAR:
        return [(one.year or "undated", one) for _, one in told]
    return told


def _listed(chosen: Sequence[int] | None) -> str | None:
    return None if chosen is None else json.dumps(list(chosen))


def _figures(name: str, told: Sequence[_Told], first: Firsts | None = None) -> LatencyFigures:
    waits = [one.hours if one.hours is not None else one.day_hours for one in told]
    known = sorted(wait for wait in waits if wait is not None and wait >= 0)
    captured = [h for one in told if (h := one.capture_hours) is not None and h >= 0]
    return LatencyFigures(
        group=name,
        sources=len(told),
        by_day=sum(one.hours is None for one in told),
        later=sum(wait is not None and wait < 0 for wait in waits),
        to_citation_h=round(median(known), 2) if known else None,
        quartiles_h=_quartiles(known),
        captured=len(captured),
        to_capture_h=round(median(captured), 2) if captured else None,
        firsts=first,
    )


def _quartiles(ordered: Sequence[float]) -> tuple[float, float] | None:
    """Medians of the lower and the upper half (Tukey's hinges); None of fewer than four."""
    if len(ordered) < 4:
        return None
    half = (len(ordered) + 1) // 2
    return round(median(ordered[:half]), 2), round(median(ordered[-half:]), 2)


def _firsts(db: Connection, since: str | None, chosen: Sequence[int] | None) -> dict[str, Firsts]:
    """How often accounts were first; of chosen sources: in sentences that rest on one of them, and
    with texts that one of them holds."""
    asked = {"since": since, "chosen": _listed(chosen)}
    texts = "source_texts" if chosen is None else _TEXTS_OF
    together = _counts(db, _TOGETHER if chosen is None else _TOGETHER_OF, asked)
    copied = _counts(db, _COPIED.format(texts=texts), asked)
    none = (0, 0)
    return {
        name: Firsts(*together.get(name, none), *copied.get(name, none))
        for name in together.keys() | copied.keys()
    }


def _counts(
    db: Connection, sql: str, values: Mapping[str, str | None]
) -> dict[str, tuple[int, int]]:
    return {name: (count, first) for name, count, first in db.execute(sql, values).fetchall()}
