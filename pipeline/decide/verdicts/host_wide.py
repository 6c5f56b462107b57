"""Whether a page that cannot be the one cited says something of it, or whether its host shows it to
everybody.

A refusal, a consent page, maintenance: what stands at every address of a host says nothing of one
of them, in whatever words. So what is absent by what the host shows counts only where another page
of the host, known to be good, or its front page answers as itself at the same time.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote, urlsplit

from archive.model.times import parse_time
from archive.model.vocabulary import HOST_SAYS_NOTHING, OF_THE_PAGE, DriftClass

if TYPE_CHECKING:
    from archive.model.rot import Attempt, Beside, Host, Probe

CONTROL_HOLDS = timedelta(days=1)
"""A page that answered as itself speaks for its host so long before and after: a wall may go up in
an hour, and each strike has to stand for itself."""
SHOWN_HOLDS = timedelta(days=8)
"""As a probe's: a host that shows the same at two addresses within days shows it at both for one
reason."""
_NAMED = 3
"""Other addresses named as evidence."""

_ITSELF = frozenset({DriftClass.SAME, DriftClass.MINOR, DriftClass.SUBSTANTIAL})
_NUMBER = re.compile(r"\d{4,}")


def why_it_says_nothing(attempt: Attempt, led: bool, host: Host) -> dict[str, Any] | None:
    """Facts by which a page that is not the one cited proves nothing; None where it proves absence.

    Args:
        attempt: What came.
        led: Redirects led to it from another address.
        host: What else is known of the host.
    """
    near = [one for one in host.beside if _within(attempt, one.at, CONTROL_HOLDS)]
    if any(is_itself(one, attempt) for one in near):
        return None
    if attempt.notice is None and not led:
        return None  # a whole page in the place of all others is a new owner's
    also = [
        one for one in host.beside
        if _within(attempt, one.at, SHOWN_HOLDS) and is_shown_at(one, attempt)
    ]  # fmt: skip
    is_whole = attempt.notice is None  # a signpost, say: many addresses may lead there, and be gone
    if also and not is_whole:
        urls = list(dict.fromkeys(one.url for one in also))
        return {"also_at": urls[:_NAMED]}
    if any(_answers_otherwise(probe, attempt) for probe in host.probes):
        return None
    fronts = [p for p in host.probes if p.front and _within(attempt, p.at, CONTROL_HOLDS)]
    if any(_is_same(front, attempt) for front in fronts):
        return {"also_at": [fronts[0].place]}
    if is_whole and not any(_is_same(probe, attempt) for probe in host.probes):
        return None
    return {"unproved": "no other page of the host is known to answer as itself"}


def is_itself(one: Beside, attempt: Attempt) -> bool:
    """Whether another page of the host was there, and not with what this attempt shows."""
    good = one.drift in _ITSELF or one.notice is None
    return good and not is_shown_at(one, attempt) and one.digest != attempt.digest


def is_shown_at(one: Beside, attempt: Attempt) -> bool:
    """Whether another address shows the same page, but for numbers, or leads to the same one."""
    if one.notice is not None and one.notice == attempt.notice:
        return True
    return one.led and attempt.final_url != attempt.url and one.final_url == attempt.final_url


def _answers_otherwise(probe: Probe, attempt: Attempt) -> bool:
    """Whether the front page is itself, or an address that cannot exist gets another answer than
    this page got."""
    if _is_same(probe, attempt):
        return False
    if probe.front:
        return probe.outcome in OF_THE_PAGE and _within(attempt, probe.at, CONTROL_HOLDS)
    return probe.outcome not in HOST_SAYS_NOTHING and _within(attempt, probe.at, SHOWN_HOLDS)


def _is_same(probe: Probe, attempt: Attempt) -> bool:
    same = probe.notice is not None and probe.notice == attempt.notice
    same = same or (probe.digest is not None and probe.digest == attempt.digest)
    led = probe.final_url == attempt.final_url != attempt.url
    return same or led or attempt.digest in probe.like


def is_mirror(one: str, other: str) -> bool:
    """Whether two addresses of a host name one page: by the last part of the path, or by a number
    in it."""
    left, right = _name(one), _name(other)
    return left == right or bool(set(_NUMBER.findall(left)) & set(_NUMBER.findall(right)))


def _name(url: str) -> str:
    """What names a page in its address: the last part of the path, and the query."""
    parts = urlsplit(url)
    pieces = [piece for piece in unquote(parts.path).lower().split("/") if piece]
    return f"{pieces[-1] if pieces else ''}?{parts.query}"


def _within(attempt: Attempt, at: str, span: timedelta) -> bool:
    return abs(parse_time(at) - parse_time(attempt.at)) <= span
