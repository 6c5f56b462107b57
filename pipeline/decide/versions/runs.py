"""Sorting the captures of one publication into versions."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from archive.model.reports import VersionRun
from archive.model.times import parse_time
from pipeline.read.content.digests import NOT_COMPARED, Parts, parts_in

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.reports import CapturedContent


class _Placed(NamedTuple):
    """A capture and the content it counts as."""

    capture: CapturedContent
    counts_as: Parts


def plan_runs(captures: Sequence[CapturedContent]) -> tuple[VersionRun, ...]:
    """The versions that these captures make, in time order, whatever order they are given in.

    Equal contents in a row are one version; a content that comes back later is a version again. An
    incomplete capture (its list of notes was still empty) joins the run before it, else the run
    after it, when all but the notes are equal; otherwise it is a run of its own.

    Raises:
        ValueError: A digest is of another format: its capture has to be parsed again.
    """
    ordered = sorted(captures, key=lambda c: (parse_time(c.captured_at), c.capture_id))
    placed = _place(ordered, [parts_in(capture.digest) for capture in ordered])
    return tuple(
        _version_run([item.capture for item in group])
        for _, group in groupby(placed, key=lambda item: item.counts_as)
    )


def _place(captures: list[CapturedContent], parts: list[Parts]) -> list[_Placed]:
    """Gives every incomplete capture the content of the neighbour it agrees with."""
    for at in range(1, len(parts)):
        if _is_open(parts[at]) and _agree(parts[at], parts[at - 1]):
            parts[at] = parts[at - 1]
    for at in range(len(parts) - 2, -1, -1):
        if _is_open(parts[at]) and _agree(parts[at], parts[at + 1]):
            parts[at] = parts[at + 1]
    return [_Placed(capture, part) for capture, part in zip(captures, parts, strict=True)]


def _is_open(parts: Parts) -> bool:
    return parts.notes == NOT_COMPARED


def _agree(one: Parts, other: Parts) -> bool:
    return (one.title, one.prose, one.figures) == (other.title, other.prose, other.figures)


def _version_run(captures: list[CapturedContent]) -> VersionRun:
    whole = [capture for capture in captures if capture.complete]
    return VersionRun(
        captures=tuple(capture.capture_id for capture in captures),
        representative=(whole or captures)[0].capture_id,
        first_captured_at=captures[0].captured_at,
        last_captured_at=captures[-1].captured_at,
        complete=bool(whole),
    )
