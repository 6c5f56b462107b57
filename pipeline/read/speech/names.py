"""The people that a report introduces: `Luhansk Oblast Head Serhiy Haidai`, later `Haidai`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pipeline.read.speech.roles import role_in

if TYPE_CHECKING:
    from collections.abc import Mapping

    from archive.model.speech import Role

# By their first letters: at most letters nothing has to be tried.
_OFFICE = r"""
    [Aa](?:dvis[eo]r | mbassador)  | [Cc](?:ommander(?:-in-[Cc]hief)? | hief
       | hair(?:man |person |woman)? | hancellor)
    | [Dd](?:irector | eputy)  | [Ee]nvoy  | [Gg]overnor  | [Hh]ead  | [Ll]eader
    | [Mm](?:inister | ayor)  | [Oo](?:mbudsman | fficer)
    | [Pp]r(?:ime\ [Mm]inister | esident)  | [Rr]epresentative
    | [Ss](?:pokes(?:person |man |woman) | ecretary | peaker | enator)
    | a(?:nalyst)  | b(?:logger)  | c(?:orrespondent | hannel)  | e(?:xpert)  | f(?:inancier)
    | j(?:ournalist)  | m(?:ilblogger | agazine)  | n(?:ewspaper | ewswire)
    | o(?:bserver | fficial | utlet)  | s(?:oldier)
    | A(?:dmiral)  | C(?:olonel | aptain)  | G(?:eneral)  | L(?:ieutenant)  | M(?:ajor | arshal)
"""
_RANKS = r"""(?:Lieutenant|Major|Colonel|General|Brigadier|Rear|Vice|Admiral|Captain|Army|Dr\.
    |Chief|Marshal)"""
_OFFICES = re.compile(rf"\b(?:{_OFFICE})(?=\s)", re.VERBOSE)
_INTRODUCED = re.compile(
    rf"""\s+(?:{_RANKS}[\s-]+){{0,4}}
    (?P<name>[A-Z][\w’'-]+(?:\s+(?:al|ol|bin|de|von|van|[A-Z][\w’'-]*))*)""",
    re.VERBOSE,
)
# `Head of the Mission in Ruritania Antoinette de Mauban stated`
_WITH_PLACE = re.compile(
    r"""(?P<place>\s+(?:of|to|for|at)\s+(?:[\w’'.()“”"-]+\s+){1,12}?)
    (?P<name>[A-Z][\w’'-]+\s+(?:(?:al|ol|bin|de|von|van)\s+)?[A-Z][\w’'-]+)
    \s+(?:also\s+|\w+ly\s+)?(?:said|told|wrote|stated|claimed|\w+ed)\b""",
    re.VERBOSE,
)
# `the Elphberg Liberation Front (ELF)`
_SHORT = re.compile(r"\((?P<short>[A-Z][A-Z-]{2,8})\)")
_LONG = re.compile(r"(?:[A-Z][\w’'-]+\s+(?:of\s+|for\s+|the\s+|and\s+){0,2}){2,7}$")
_BEFORE = 90
"""Characters before the office that may tell whose it is."""
_WHOSE = re.compile(
    r"(?:(?:[A-Z(“\"][\w’'().”\"-]*|\w+-\w+|of|for|the|former|acting|deputy|chief|commander|head"
    r"|occupation|military|political|economic|foreign|press)\s+){0,12}$"
)


def names_in(text: str) -> Mapping[str, Role]:
    """Surnames that a text introduces with an office, and the role of that office; names that it
    shortens, and the role of the whole name.

    A name stands for what it was introduced as first.
    """
    found: dict[str, Role] = {}
    placed: dict[str, Role] = {}
    for office in _OFFICES.finditer(text):
        direct = _INTRODUCED.match(text, office.end())
        match = direct or _WITH_PLACE.match(text, office.end())
        if match is None:
            continue
        before = _WHOSE.search(text[max(0, office.start() - _BEFORE) : office.start()])
        named = office.group() + ("" if direct else match["place"])
        role = role_in((before.group() if before else "") + named)
        surname = surname_of(match["name"])
        if role is not None and len(surname) > 1:
            (found if direct else placed).setdefault(surname, role)
    return _shortened(text) | placed | found


def _shortened(text: str) -> dict[str, Role]:
    found: dict[str, Role] = {}
    for match in _SHORT.finditer(text):
        if match["short"] in found:
            continue
        whole = _LONG.search(text[max(0, match.start() - _BEFORE) : match.start()])
        role = role_in(whole.group()) if whole else None
        if role is not None:
            found[match["short"]] = role
    return found


def surname_of(name: str) -> str:
    """The last part of a name, without a genitive's ending."""
    return re.sub(r"[’']s?$", "", name.rsplit(maxsplit=1)[-1])
