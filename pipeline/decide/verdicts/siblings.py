"""Random siblings: what a host answers to an address beside a source's that cannot exist
(Bar-Yossef et al. 2004)."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.model.times import parse_time
from archive.model.vocabulary import RETRIEVED, DriftClass
from pipeline.decide.verdicts.sight import OTHER, baseline, led_elsewhere

if TYPE_CHECKING:
    from collections.abc import Sequence

    from archive.model.rot import Attempt, Probe

PROBE_AGAIN = timedelta(days=7)
"""How long a host's answer is good for all sources of one folder."""

SHORT_WORDS = 60
"""A first capture with fewer words may be a notice; articles have more."""
_LOST = 0.7
"""OTMT's default: a page that lost so much of its words is off topic until shown otherwise."""

_EXTENSION = re.compile(r"\.[A-Za-z]{2,5}$")


def probe_place(url: str) -> str:
    """What a probe speaks for: scheme, host and folder of the address."""
    parts = urlsplit(url)
    folder = parts.path.rsplit("/", 2 if parts.path.endswith("/") else 1)[0]
    return f"{parts.scheme}://{parts.netloc.lower()}{folder}/"


def front_page(url: str) -> str:
    """The front page of an address's host; as a probe it says whether the host shows everybody the
    same."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.lower()}/"


def sibling(url: str, token: str) -> str:
    """An address in the same folder that cannot exist.

    Args:
        url: The source's.
        token: Random letters; they take the place of the last segment, whose ending is kept.
    """
    path = urlsplit(url).path
    ending = _EXTENSION.search(path)
    slash = "/" if path.endswith("/") and len(path) > 1 else ""
    return f"{probe_place(url)}{token}{ending.group() if ending else slash}"


def wants_probe(url: str, attempts: Sequence[Attempt], probes: Sequence[Probe]) -> bool:
    """Whether a probe now could change what is thought of the newest attempt.

    Args:
        url: As cited.
        attempts: In time order.
        probes: Of the same place.
    """
    last = attempts[-1] if attempts else None
    came = last is not None and last.outcome in RETRIEVED
    if last is None or not came or last.digest is None:
        return False
    if urlsplit(url).path in {"", "/"} or any(_fresh(last, p) for p in probes if not p.front):
        return False
    first = baseline(attempts)
    if first is None or first is last:
        return led_elsewhere(url, last) or last.words < SHORT_WORDS
    if last.digest == first.digest:
        return False
    if last.drift is None:
        # one of the two is a notice in the place of a page; the host may show it to everybody
        return True
    lost = last.words < first.words * (1 - _LOST)
    return (
        led_elsewhere(url, last)
        or last.drift.drift in OTHER
        or (last.drift.drift is DriftClass.SUBSTANTIAL and lost)
    )


def _fresh(attempt: Attempt, probe: Probe) -> bool:
    return abs(parse_time(attempt.at) - parse_time(probe.at)) <= PROBE_AGAIN
