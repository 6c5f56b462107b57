"""How soon posts are cited and captured, and who posts first: figures of groups of sources."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class By(StrEnum):
    """What sources are grouped by."""

    ACCOUNT = "account"
    PLATFORM = "platform"
    HOST = "host"
    SERIES = "series"
    YEAR = "year"
    """Of the first citation."""


@dataclass(frozen=True, slots=True)
class Firsts:
    """How often an account was first.

    Attributes:
        together: Sentences that cite it with other accounts.
        first: Those in which its post came first, or at the same second as another.
        copied: Texts of its that other accounts hold, too.
        earliest: Those that it posted first.
    """

    together: int = 0
    first: int = 0
    copied: int = 0
    earliest: int = 0


@dataclass(frozen=True, slots=True)
class LatencyFigures:
    """Latencies of one group, in hours.

    Attributes:
        sources: Cited ones whose time of posting is known.
        by_day: Of these, those of which the day alone is, or that of the citation.
        later: Posted after the report that cites them.
        to_citation_h: Median from the post to its citation; None: there is none to tell by.
        quartiles_h: Half of them lie between these.
        captured: Sources captured after they were cited.
        to_capture_h: Median from the citation to the first good capture.
        firsts: Of an account; else None.
    """

    group: str
    sources: int
    by_day: int
    later: int
    to_citation_h: float | None
    quartiles_h: tuple[float, float] | None
    captured: int
    to_capture_h: float | None
    firsts: Firsts | None = None
