"""The hedge of a citing sentence: what its main clauses say, the first that says anything.

The authors' own caution (`ISW cannot confirm`) comes before all else, wherever it stands.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from archive.model.speech import Hedge, Role, Speech
from pipeline.read.speech import words
from pipeline.read.speech.clauses import (
    alternatives,
    authors_before,
    main_clauses,
    own_words,
    without_label,
    word_set,
)
from pipeline.read.speech.rules import ADDED, CAUTION, SPEECHES
from pipeline.read.speech.speakers import role_of, speaker, subject_before
from pipeline.read.speech.standing import lowered, words_of
from pipeline.read.speech.worth_trying import worth_trying

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

_LOOK_BACK = 60
_ADVERBS = word_set("also later then first now")
_PASSIVE = word_set("is are was were be been being")
_ADJECTIVES = frozenset(words.ADJECTIVES_BEFORE.split())
_NO_SPEECH = _ADJECTIVES | _PASSIVE
_ADJUNCT = re.compile(r" (?:because|due|as|in|for|after|following|under|amid|with|by|at|from)\b")
_NO_ADVERB = (_ADJECTIVES | {"or"}) - {"most", "more"}
_OWNED = re.compile(r"(?<=\w)(?:[’']s|s[’'])\s")  # `Putin’s statements suggest`: not Putin does
_CLAIMING = re.compile(r"[^;]{0,120}?\b(?:claiming|alleging|accusing|asserting)\b")
_OF_A_NAME = re.compile(r" [A-Z]")  # `Likely Ruritanian drones`
_NAMED_LATER = re.compile(r"\baccording to (?P<who>[^;]+)")
_LISTED_ADJECTIVE = re.compile(r"\b(?:no|any|the|these|all) \w+ed (?:or|and) $")
_PARTICIPLE = re.compile(rf"\s+(?:{alternatives(words.PARTICIPLES)})\b")
_PASSIVE_SAYS = word_set(
    """
    reported said claimed alleged believed assessed confirmed estimated accused rumored rumoured
    suspected
    """
)


class _Found(NamedTuple):
    kind: str
    match: re.Match[str]
    own: str
    main: str
    names: Mapping[str, Role]

    @property
    def before(self) -> str:
        """The word before it that tells whether it is a verb."""
        lead = (
            self.own[max(0, self.match.start() - _LOOK_BACK) : self.match.start()].lower().split()
        )
        while lead and (lead[-1].endswith("ly") or lead[-1] in _ADVERBS):
            lead.pop()
        return lead[-1] if lead else ""

    @property
    def subject(self) -> str:
        """What stands before it in its clause."""
        return subject_before(self.main, self.match.start(), self.names)

    @property
    def opens(self) -> bool:
        """It begins the sentence and belongs to the name behind it."""
        named = _OF_A_NAME.match(self.own, self.match.end())
        return bool(named) and not self.main[: self.match.start()].strip()

    def said(self, hedge: Hedge) -> Speech:
        return Speech(hedge, speaker(self.subject, self.names))


def speech_of(sentence: str, names: Mapping[str, Role]) -> Speech:
    """How a sentence speaks.

    Args:
        sentence: As a marker keeps it.
        names: Whom the report introduces as what, from `names_in`.
    """
    # of names that do not stand in it nothing depends
    return speech_knowing(sentence, tuple([one for one in names.items() if one[0] in sentence]))


# Versions of a report say the same, and so do reports of one week: a fifth to a half of all. An
# entry takes some 0.7 kB.
@lru_cache(maxsize=8192)
def speech_knowing(sentence: str, known: tuple[tuple[str, Role], ...]) -> Speech:
    """As `speech_of`, where it is known already which of the names stand in the sentence."""
    names = dict(known)
    own = own_words(without_label(sentence))
    held = words_of(lowered(own))
    main = main_clauses(own, held)
    told = next(_speeches(own, main, held, names), None)
    if held & CAUTION.needs and CAUTION.pattern.search(own):
        return Speech(Hedge.UNVERIFIED, told.role if told else Role.AUTHORS)
    return told or _behind(own, main, held, names)


def _behind(own: str, main: str, held: frozenset[str], names: Mapping[str, Role]) -> Speech:
    """What stands outside the main clauses and speaks for them all the same."""
    backed = authors_before(own)
    if backed is not None:
        return Speech(Hedge.ASSESSED if backed == "judged" else Hedge.REPORTED, Role.AUTHORS)
    worded = SPEECHES.pattern.search(own) if held & SPEECHES.needs else None
    if worded:
        hedge = Hedge.CLAIMED if worded["claimed"] else Hedge.REPORTED
        return Speech(hedge, speaker(own[: worded.end()], names))
    added = ADDED.pattern.search(own) if held & ADDED.needs else None
    role = role_of(main[: added.start()], names) if added else None
    if added and role:
        return Speech(Hedge.CLAIMED if added["claimed"] else Hedge.REPORTED, role)
    return Speech(Hedge.NONE)


def _speeches(
    own: str, main: str, held: frozenset[str], names: Mapping[str, Role]
) -> Iterator[Speech]:
    """What the main clauses say, in the order in which they say it."""
    low = lowered(main)
    found = [
        (match.start(), number, _Found(rule.kind, match, own, main, names))
        for number, rule, starts in worth_trying(held, low)
        for match in rule.places(main, low, starts)
    ]
    weak: list[Speech] = []
    for _, _, one in sorted(found, key=lambda each: each[:2]):
        speech = _READ.get(one.kind, _verb)(one)
        if speech is not None and one.kind == "likely" and one.opens:
            weak.append(speech)
        elif speech is not None:
            yield speech
    yield from weak


def _pictures(one: _Found) -> Speech:
    printed = one.match.group().lower()
    lead = one.own[max(0, one.match.start() - 60) : one.match.end()].lower()
    if "satellite" in lead:
        role = Role.SATELLITE_IMAGERY
    else:
        role = Role.GEOLOCATED_FOOTAGE if "geolocated" in lead else Role.FOOTAGE
    groups = one.match.groupdict()
    unsure = (groups["adverb"] or groups["hearsay"] or "").lower()
    if groups["claiming"] or (unsure and unsure != words.HEARSAY) or "claiming" in printed:
        return Speech(Hedge.CLAIMED, role)
    return Speech(Hedge.REPORTED if unsure else Hedge.CONFIRMED, role)


def _worded(one: _Found) -> Speech | None:
    role = role_of(one.subject, one.names)
    if role is None:
        return None
    inside = SPEECHES.pattern.search(one.own, one.match.start())
    if one.match.groupdict().get("judging"):
        return Speech(Hedge.ASSESSED, role)
    claims = one.match["claiming"] or (inside and inside["claimed"])
    return Speech(Hedge.CLAIMED if claims else Hedge.REPORTED, role)


def _heard(one: _Found) -> Speech:
    """Reports that say something, in nobody's name but what stands before or behind them."""
    claims = re.search(r"claim|alleg|rumo", one.match.group().lower())
    hedge = Hedge.CLAIMED if claims else Hedge.REPORTED
    named = one.subject + one.match.group()
    role = role_of(named.replace("reports", " "), one.names)
    return Speech(hedge, role or Role.UNNAMED)


def _found(one: _Found) -> Speech:
    """Data and documents that tell something; those of sensors in orbit are imagery."""
    printed = one.main[max(0, one.match.start() - _LOOK_BACK) : one.match.end()].lower()
    if "firms" in printed or "thermal" in printed or "satellite" in printed:
        return Speech(Hedge.CONFIRMED, Role.SATELLITE_IMAGERY)
    return Speech(Hedge.REPORTED, role_of(one.subject + one.match[0], one.names) or Role.DOCUMENT)


def _according(one: _Found) -> Speech:
    named = re.split(r"[,;]|\s+that\s", one.own[one.match.end() :], maxsplit=1)[0]
    return Speech(Hedge.REPORTED, speaker(named, one.names))


def _adverb(hedge: Hedge, role: Role) -> Callable[[_Found], Speech | None]:
    def read(one: _Found) -> Speech | None:
        behind, before = one.own[one.match.end() :], one.before
        if before in _NO_ADVERB or _PARTICIPLE.match(behind):
            return None
        if before not in _PASSIVE and _ADJUNCT.match(behind):
            return None
        named = _NAMED_LATER.search(behind) if hedge is Hedge.REPORTED else None
        owner = role_of(re.split(r"[,;]", named["who"])[0], one.names) if named else None
        return Speech(hedge, owner or role)

    return read


def _modal(one: _Found) -> Speech | None:
    could_not = one.match.group() == "could" and one.own[one.match.end() :].startswith(" not")
    return None if could_not else Speech(Hedge.ASSESSED, Role.AUTHORS)


def _published(one: _Found) -> Speech:
    claims = _CLAIMING.match(one.own, one.match.end())
    return one.said(Hedge.CLAIMED if claims else Hedge.REPORTED)


def _inferred(one: _Found) -> Speech | None:
    if one.before == "that":  # `data that suggest`
        return None
    owned = _OWNED.split(one.subject)
    role = role_of(owned[-1], one.names)
    told = role is Role.DOCUMENT and one.match.group().endswith("ed")  # `the report indicated`
    if role is None or (role is Role.DOCUMENT and not told):
        return Speech(Hedge.ASSESSED, Role.AUTHORS)
    whole = role_of(one.subject, one.names)  # `the head of Ruritania’s centre implied`
    return Speech(Hedge.REPORTED, whole or role)


def _unverified(one: _Found) -> Speech:
    heard = Role.UNNAMED if "nconfirmed" in one.match[0] or "verified" in one.match[0] else None
    return Speech(Hedge.UNVERIFIED, role_of(one.subject, one.names) or heard or Role.AUTHORS)


def _spoken(one: _Found) -> Speech | None:
    if one.before in _NO_SPEECH:
        return None
    role = role_of(one.subject, one.names)
    return None if role is None else Speech(Hedge.REPORTED, role)


def _verb(one: _Found) -> Speech | None:
    hedge = Hedge(one.kind.removeprefix("present-"))
    word, before = one.match.group().lower(), one.before
    if before in _ADJECTIVES or before.endswith(("’s", "'s")):
        return None
    if _LISTED_ADJECTIVE.search(one.own[: one.match.start()]):
        return None
    behind = one.own[one.match.end() :]
    if behind.startswith(" by "):
        by = role_of(re.split(r"[,;]", behind[4:], maxsplit=1)[0], one.names)
        return Speech(hedge, by) if by and before in _PASSIVE else None
    if before in _PASSIVE and (word.split()[0] in _PASSIVE_SAYS or behind.startswith(" that ")):
        return Speech(hedge, Role.UNNAMED)
    if before in _PASSIVE or (word == "accused" and behind.startswith(" of ")):
        return None
    return one.said(hedge)


_READ: dict[str, Callable[[_Found], Speech | None]] = {
    "unverified": _unverified,
    "judged": lambda _: Speech(Hedge.ASSESSED, Role.AUTHORS),
    "authors": lambda _: Speech(Hedge.REPORTED, Role.AUTHORS),
    "pictures": _pictures,
    "worded": _worded,
    "ongoing": _worded,
    "aspect": _worded,
    "found": _found,
    "that": lambda one: one.said(Hedge.REPORTED),
    "plural": _worded,
    "told": _heard,
    "according": _according,
    "hearsay": _adverb(Hedge.REPORTED, Role.UNNAMED),
    "distance": _adverb(Hedge.CLAIMED, Role.UNNAMED),
    "likely": _adverb(Hedge.ASSESSED, Role.AUTHORS),
    "modal": _modal,
    "odds": lambda _: Speech(Hedge.ASSESSED, Role.AUTHORS),
    "inferred": _inferred,
    "spread": lambda one: one.said(Hedge.CLAIMED),
    "published": _published,
    "spoken": _spoken,
}
