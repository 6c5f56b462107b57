"""Who stands before the word that says how a sentence speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from archive.model.speech import Role
from pipeline.read.speech.clauses import word_set
from pipeline.read.speech.names import surname_of
from pipeline.read.speech.roles import role_in

if TYPE_CHECKING:
    from collections.abc import Mapping

_CLAUSE = re.compile(r";|,\s+(?:and|but|while|however)\s")
# Behind these stands what the speaker did, or whom it was said to.
_ENDS = re.compile(
    r"\b(?:on|in|at|to|from|during|gave|attended|met|visited|published|posted|also|operating"
    r"|speaking|with|has|have|had|was|were|is|are|similarly|additionally|reportedly|who|which"
    r"|including|citing|told|separately|previously|later|later|notably|continued?s?)\b"
)
_PARTS = re.compile(r",\s+|\s+and\s+")
_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s+(?:al|ol|bin|[A-Z][\w’'-]+))*")
_ACRONYM = re.compile(r"\s*(?:[Tt]he\s+)?[A-Z]{3,}\b")  # of which nothing says what it is
_NOT_NAMES = word_set(
    """
    He She They It The This These Those Another Other Some Several A An However
    Meanwhile One Two In On At Both Many Such January February March April May June
    July August September October November December Russian Ukrainian
    """
)


def subject_before(main: str, at: int, names: Mapping[str, Role]) -> str:
    """The words that stand before a place: of its own clause where somebody speaks there, else of
    the sentence."""
    starts = [found.end() for found in _CLAUSE.finditer(main, 0, at)]
    own = main[starts[-1] : at] if starts else ""
    return own if own and role_of(own, names) else main[:at]


def role_of(subject: str, names: Mapping[str, Role]) -> Role | None:
    """What the subject speaks as; None: it is nothing that speaks."""
    parts = [part for part in _PARTS.split(subject) if part.strip()]
    for whole in (False, True):
        for part in parts:
            role = role_in(part if whole else _head(part))
            if role is not None:
                return role
            known = _known(part if whole else _head(part), names)
            if known is not None:
                return known
    return None


def speaker(subject: str, names: Mapping[str, Role]) -> Role:
    """The role of a subject that is known to speak; never none."""
    role = role_of(subject, names)
    if role is not None:
        return role
    if _ACRONYM.match(subject):
        return Role.ORGANISATION
    found = [name for name in _NAME.findall(subject) if name.split()[0] not in _NOT_NAMES]
    # one word that ends in s and stands first is a plural: `Channels`
    alone = len(found) == 1 and found[0].endswith("s") and subject.lstrip().startswith(found[0])
    return Role.PERSON if found and not (alone and " " not in found[0]) else Role.UNNAMED


def _head(part: str) -> str:
    return _ENDS.split(part, maxsplit=1)[0]


def _known(part: str, names: Mapping[str, Role]) -> Role | None:
    found = (names.get(surname_of(name)) for name in _NAME.findall(part))
    return next((role for role in found if role is not None), None)
