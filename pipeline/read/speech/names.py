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
# What stands behind an office that introduces somebody: `_INTRODUCED` or `_WITH_PLACE`.
_OPENS = r"(?=\s+(?:[A-Z]|(?:of|to|for|at)\s))"
# From word to word: to try the offices at each letter takes four times as long.
_NEXT_OFFICE = re.compile(
    rf"\W*+(?:(?!(?:{_OFFICE}){_OPENS})\w++\W*+)*+(?P<office>{_OFFICE}){_OPENS}", re.VERBOSE
)
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
_WHOSE = (
    r"(?:[A-Z(“\"][\w’'().”\"-]*|\w+-\w+|of|for|the|former|acting|deputy|chief|commander|head"
    r"|occupation|military|political|economic|foreign|press)"
)
_WHOSE_WORD, _WHOSE_END = re.compile(_WHOSE), re.compile(rf"{_WHOSE}\Z")
_MOST_WORDS = 12


def names_in(text: str) -> Mapping[str, Role]:
    """Surnames that a text introduces with an office, and the role of that office; names that it
    shortens, and the role of the whole name.

    A name stands for what it was introduced as first.
    """
    found: dict[str, Role] = {}
    placed: dict[str, Role] = {}
    at = 0
    while office := _NEXT_OFFICE.match(text, at):
        start, at = office.span("office")
        direct = _INTRODUCED.match(text, at)
        match = direct or _WITH_PLACE.match(text, at)
        if match is None:
            continue
        named = office["office"] + ("" if direct else match["place"])
        role = role_in(_whose(text[max(0, start - _BEFORE) : start]) + named)
        surname = surname_of(match["name"])
        if role is not None and len(surname) > 1:
            (found if direct else placed).setdefault(surname, role)
    return _shortened(text) | placed | found


def _whose(before: str) -> str:
    """The end of the text as far as it may tell whose an office is."""
    since = len(before)
    if not before[-1:].isspace():
        return ""
    words = before.split()
    for word in words[: -_MOST_WORDS - 1 : -1]:
        start = before.rindex(word, 0, since)
        if not _WHOSE_WORD.fullmatch(word):
            end = _WHOSE_END.search(word)
            return before[start + end.start() if end else since :]
        since = start
    return before[since:]


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
