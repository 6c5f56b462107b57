"""Pictures and videos that a post no longer shows, though the post itself is still there. Pure.

What counts is what the post declares when it is checked. The files themselves are not fetched
again, so that neither a wall in front of them nor an expired address is taken for a removal. A post
that still declares files which are gone is not recognized here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from archive.model.media import STORYBOARD, MediaKind, MediaSight
from archive.model.rows import EventRow
from archive.model.times import format_time, parse_time
from archive.model.vocabulary import (
    MEDIA_REMOVED,
    MEDIA_RESTORED,
    DriftClass,
    Outcome,
    Status,
    Via,
)
from pipeline.decide.media import media_id
from pipeline.decide.verdicts.rules import STRIKES_OVER
from pipeline.read.fetched_media import OF_NO_POST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from archive.model.media import MediaRow, Standing
    from archive.model.rows import CaptureRow
    from archive.model.sources import SourceRow
    from archive.model.understood import Processed
    from pipeline.decide.held import HeldSights

_A_DAY = timedelta(days=1)
_EVERYBODY = 2
"""So many other posts lost the same in the same weeks, and none kept it: then the platform changed
its mark-up, and nobody removed a picture."""
_STANDS = frozenset({(Status.ALIVE, None), (Status.ALIVE, DriftClass.SAME)})


def sight_of(
    processed: Processed, row: CaptureRow, source: SourceRow, shown: Iterable[MediaRow]
) -> MediaSight | None:
    """What a capture says its post shows; None where it does not say.

    Of pages that are no posts, neither: what a redesign calls otherwise is not gone.
    """
    page = processed.page
    said = row.outcome == Outcome.OK and processed.failure is None
    if source.post_id is None or not said or page.context.via is Via.WAYBACK:
        return None
    if processed.verdict.evidence.get("marker") == OF_NO_POST:
        return None
    names: dict[str, tuple[str, ...]] = {}
    for one in shown:
        if one.kind != MediaKind.LISTING and not one.name.startswith(f"{STORYBOARD} "):
            names[one.kind] = (*names.get(one.kind, ()), one.name)
    return MediaSight(row.id, source.id, row.captured_at, row.url, names)


@dataclass(slots=True)
class _Belief:
    """What one view of a post is thought to show of one kind of media, by all captures so far.

    Attributes:
        names: What it is thought to show.
        since: The first of the captures in a row that showed less.
        most: The most that any of them showed.
        removed: How many were reported as removed.
    """

    names: tuple[str, ...]
    since: str | None = None
    most: tuple[str, ...] = ()
    removed: int = 0

    def seen(self, names: tuple[str, ...]) -> int:
        """Take account of a capture that shows as many as before, or more. Returns how many of
        those that were removed are back."""
        back = min(self.removed, len(names) - len(self.names))
        self.names, self.since, self.most = names, None, ()
        self.removed -= back
        return back

    def is_of_other_markup(self, names: tuple[str, ...]) -> bool:
        """Whether things that had names of their own are now named by their place: the page is made
        in another way, and may declare less of the same post."""
        placed = bool(names) and all(_go_by_place([name]) for name in names)
        return placed and not _go_by_place(self.names)

    def missed(self, names: tuple[str, ...], at: str) -> None:
        """Take account of a capture that shows fewer than before."""
        self.since = self.since or at
        self.most = max(self.most, names, key=len)

    def taken(self, at: str, now: tuple[str, ...]) -> dict[str, Any]:
        """Count what no capture showed any more as removed, and return the event's details."""
        number = len(self.names) - len(self.most)
        gone = [name for name in self.names if name not in self.most]
        told: dict[str, Any] = {"number": number, "of": len(self.names)}
        if len(gone) == number and (not self.most or not _go_by_place(gone)):
            told["names"] = gone
        self.removed += number
        self.names, self.since, self.most = self.most, None, ()
        if len(now) < len(self.names):
            self.missed(now, at)
        return told


def _is_bare_video(kind: str, belief: _Belief, sight: MediaSight) -> bool:
    """Whether only the stills of videos are missing, which stand: none of them was taken away."""
    videos = sight.names.get(MediaKind.VIDEO, ())
    return kind == MediaKind.POSTER and len(videos) >= len(belief.names)


def _go_by_place(names: Iterable[str]) -> bool:
    """Whether some are called by their place among those of their kind: the first of two that are
    left may have been the second."""
    return any(name == f"{kind} {name.rpartition(' ')[2]}" for name in names for kind in MediaKind)


@dataclass(slots=True)
class _Beliefs:
    held: HeldSights
    views: dict[tuple[str, str], _Belief] = field(default_factory=dict)

    def take(self, sight: MediaSight) -> Iterator[tuple[str, dict[str, Any]]]:
        """Go on with a look; kinds of events with what they tell, of each kind of media."""
        kinds = {kind for view, kind in self.views if view == sight.view} | sight.names.keys()
        for kind in sorted(kinds):
            now = sight.names.get(kind, ())
            belief = self.views.setdefault((sight.view, kind), _Belief(now))
            if len(now) >= len(belief.names):
                if back := belief.seen(now):
                    yield MEDIA_RESTORED, {"kind": kind, "number": back, "of": len(now)}
                continue
            if belief.is_of_other_markup(now) or _is_bare_video(kind, belief, sight):
                continue
            belief.missed(now, sight.at)
            since = belief.since or sight.at
            over = parse_time(sight.at) - parse_time(since)
            if over >= STRIKES_OVER and not self._is_everybody(sight, kind, since):
                told = belief.taken(sight.at, now)
                yield MEDIA_REMOVED, {"kind": kind, "since": since, **told}

    def _is_everybody(self, sight: MediaSight, kind: str, since: str) -> bool:
        # Of the last day nothing is asked: what is on its way into the archive while this is
        # decided must not make a difference.
        until = format_time(parse_time(sight.at) - _A_DAY)
        showing, lost = self.held.others_showing(sight.source_id, kind, since, until)
        return showing == 0 and lost >= _EVERYBODY


def media_events(
    held: HeldSights, source: SourceRow, sight: MediaSight | None, standings: Sequence[Standing]
) -> tuple[EventRow, ...]:
    """The events of what a post shows, of all looks at it.

    Two looks prove a removal, as long apart as the strikes of verdicts
    (`pipeline.decide.verdicts.rules`), none in between showing it; one look proves a return.

    Args:
        held: What other looks showed.
        source: The post.
        sight: The look that comes in; None: this capture says nothing, and all stays as it was.
        standings: What it was thought to be, in time order, this look's verdict among them.
    """
    if sight is None:
        return ()
    known = [*held.media_sights(source.id), sight]
    known.sort(key=lambda one: (one.at, one.capture_id))
    beliefs = _Beliefs(held)
    events: list[EventRow] = []
    for one in known:
        if _stood(standings, one.at):
            events += _events(source, one, beliefs.take(one))
    return tuple(events)


def _stood(standings: Sequence[Standing], at: str) -> bool:
    """Whether the cited post stood then: a picture is not removed from a post that is itself gone,
    moved or replaced."""
    before = [one for one in standings if one.at <= at]
    if not before:
        return False
    last = before[-1]
    edited = last.drift in {DriftClass.MINOR, DriftClass.SUBSTANTIAL}
    return (last.status, last.drift) in _STANDS or (
        edited and last.status in {Status.ALIVE, Status.DRIFTED}
    )


def _events(
    source: SourceRow, sight: MediaSight, found: Iterator[tuple[str, dict[str, Any]]]
) -> Iterator[EventRow]:
    """One event of each kind for a look, however many kinds of media it tells of."""
    told: dict[str, list[dict[str, Any]]] = {}
    for kind, detail in found:
        told.setdefault(kind, []).append(detail)
    for kind, media in told.items():
        detail = {"media": [_event_detail(source, one) for one in media]}
        since = min((one["since"] for one in media if "since" in one), default=None)
        yield EventRow(
            f"{kind}:{source.id}:{sight.capture_id}", sight.at, kind, source.url, source.id,
            sight.capture_id,
            json.dumps(detail | ({"since": since} if since else {}), sort_keys=True,
                ensure_ascii=False),
        )  # fmt: skip


def _event_detail(source: SourceRow, one: dict[str, Any]) -> dict[str, Any]:
    """What an event tells of one kind; things by their numbers, since names may be addresses that
    are withheld with their page."""
    told = {name: value for name, value in one.items() if name not in {"since", "names"}}
    if "names" in one:
        told["ids"] = [media_id(source.url, name) for name in one["names"]]
    return told
