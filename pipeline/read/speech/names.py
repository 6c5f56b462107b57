"""The people that a report introduces: `Luhansk Oblast Head Serhiy Haidai`, later `Haidai`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.speech.roles import role_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.model.speech import Role

_OFFICE = r"""
    [Ss]pokes(?:person |man |woman)  | (?:[Pp]rime\ )?[Mm]inister  | [Pp]resident  | [Hh]ead
    | [Gg]overnor  | [Mm]ayor  | [Cc]ommander(?:-in-[Cc]hief)?
    | [Cc]hief  | [Dd]irector  | [Ss]ecretary  | [Cc]hair(?:man |person |woman)?  | [Ll]eader
    | [Dd]eputy  | [Aa]dvis[eo]r  | [Aa]mbassador
    | [Cc]hancellor  | [Ss]peaker  | [Ee]nvoy  | [Rr]epresentative  | [Ss]enator  | [Oo]mbudsman
    | milblogger  | blogger  | journalist  | correspondent
    | analyst  | observer  | expert  | official  | [Oo]fficer  | General  | Colonel  | Major
    | Captain  | Admiral  | Lieutenant  | Marshal  | soldier  | financier  | channel
    | outlet  | newspaper  | newswire  | magazine
"""
_RANKS = r"""(?:Lieutenant|Major|Colonel|General|Brigadier|Rear|Vice|Admiral|Captain|Army|Dr\.
    |Chief|Marshal)"""
_INTRODUCED = re.compile(
    rf"""(?P<office>\b(?:{_OFFICE}))\s+(?:{_RANKS}[\s-]+){{0,4}}
    (?P<name>[A-Z][\w’'-]+(?:\s+(?:al|ol|bin|de|von|van|[A-Z][\w’'-]*))*)""",
    re.VERBOSE,
)
# `Head of the Mission in Ruritania Antoinette de Mauban stated`
_WITH_PLACE = re.compile(
    rf"""(?P<office>\b(?:{_OFFICE})\s+(?:of|to|for|at)\s+(?:[\w’'.()“”"-]+\s+){{1,12}}?)
    (?P<name>[A-Z][\w’'-]+\s+(?:(?:al|ol|bin|de|von|van)\s+)?[A-Z][\w’'-]+)
    \s+(?:also\s+|\w+ly\s+)?(?:said|told|wrote|stated|claimed|\w+ed)\b""",
    re.VERBOSE,
)
_BEFORE = 90
"""Characters before the office that may tell whose it is."""
_WHOSE = re.compile(
    r"(?:(?:[A-Z(“\"][\w’'().”\"-]*|\w+-\w+|of|for|the|former|acting|deputy|chief|commander|head"
    r"|occupation|military|political|economic|foreign|press)\s+){0,12}$"
)


def names_in(text: str) -> Mapping[str, Role]:
    """Surnames that a text introduces with an office, and the role of that office.

    A name stands for what it was introduced as first.
    """
    found: dict[str, Role] = {}
    for match in _INTRODUCED.finditer(text):
        before = _WHOSE.search(text[max(0, match.start() - _BEFORE) : match.start()])
        role = role_in((before.group() if before else "") + match["office"])
        surname = surname_of(match["name"])
        if role is not None and len(surname) > 1:
            found.setdefault(surname, role)
    for match in _WITH_PLACE.finditer(text):
        before = _WHOSE.search(text[max(0, match.start() - _BEFORE) : match.start()])
        role = role_in((before.group() if before else "") + match["office"])
        if role is not None:
            found.setdefault(surname_of(match["name"]), role)
    return found


def surname_of(name: str) -> str:
    """The last part of a name, without a genitive's ending."""
    return re.sub(r"[’']s?$", "", name.rsplit(maxsplit=1)[-1])
