"""The English verbs of saying by what they do, and their forms: base forms are kept, the others
are made by the rules of spelling."""

from __future__ import annotations

SAYING = """
acknowledge admit admonish advocate announce argue assure bemoan berate caution chide clarify
comment complain concede condemn confess convey criticize criticise decry demand denounce deplore
disclose echo emphasize emphasise excoriate explain express extol grumble hail highlight hint
joke lambast lambaste lament laud lobby mock note object opine plead pledge praise promise
propose protest question quip reaffirm reassure rebuke recount reiterate relay remark remind
report reveal ridicule say scold state stress threaten tout tweet underline underscore urge voice
vow warn welcome write
"""
"""Handed on without distance."""

CLAIMING = """
accuse allege assert blame boast claim contend fearmonger implicate insist profess purport
scapegoat speculate
"""
"""Handed on with distance."""

JUDGING = "assess estimate forecast project"

# Of these, `said that` speaks; alone they do something else.
THAT = """
added agreed answered argued assured believed briefed calculated concluded confided counted
countered declared decreed determined discovered established found guaranteed hinted identified
indicated interjected joked judged observed pleaded posited posted proclaimed proposed pronounced
reasoned recalled recognized recognised rejoined replied responded retorted ruled signaled
signalled stipulated swore texted theorized threatened underlined wagered wrote
"""

_DOUBLED = frozenset(["admit", "quip", "extol", "rebut"])  # the last letter twice


def ing(base: str) -> str:
    """`deny` to `denying`, `note` to `noting`, `admit` to `admitting`."""
    if base in _DOUBLED:
        return f"{base}{base[-1]}ing"
    if base.endswith("e") and not base.endswith(("ee", "oe", "ye")):
        return f"{base[:-1]}ing"
    return f"{base}ing"


def bases(table: str) -> str:
    """A table's base forms, as one pattern."""
    return "|".join(table.split())


def gerunds(table: str) -> str:
    """Its forms in -ing, as one pattern."""
    return "|".join(ing(one) for one in table.split())
