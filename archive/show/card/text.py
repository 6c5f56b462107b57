"""What stands on a card of an edit: texts cut around the change, and the words for all of it. Pure.

Strangers wrote the texts: what hides or turns the direction of other words is left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from archive.model.times import shown_time
from archive.show.text_diff import DiffPart

if TYPE_CHECKING:
    from collections.abc import Sequence

MOST_CHARS = 420
"""Of each text: six lines of the card."""
_MOST_LINE = 300
"""Of a title, a fact or an address: more are cut in the middle."""
_CONTEXT = 90
"""Characters kept before the first change of a text that is cut."""
GAP = "…"

# Controls, marks that turn or hide text, and letters without a shape, in which words can be
# carried unseen (tags, selectors beyond those of emoji); joiners stay, which Persian is written
# with. Unicode's `Default_Ignorable_Code_Point`, but for those, and what is no character.
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufdd0-\ufdef\ufeff\uffa0"
    "\ufff0-\uffff\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_STACKED = re.compile(
    "([\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3})"
    "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]+"
)
"""More marks on one letter than any writing has reach over the lines around."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two texts.

    Attributes:
        parts: Its words, marked where changed; empty where it did not stand.
        seen: The moment of the capture, ISO 8601 UTC.
        digest: Of the captured bytes, or None.
    """

    parts: tuple[DiffPart, ...]
    seen: str
    digest: str | None


@dataclass(frozen=True, slots=True)
class Card:
    """All that a card says.

    Attributes:
        title: Whose text it is.
        facts: Lines beneath: kinds, what the publisher says, how long it stood.
        address: Of the page that was edited.
        cut: Whether a text is shown in part.
        more: Sentences that were edited beside this one.
    """

    title: str
    facts: tuple[str, ...]
    before: Side
    after: Side
    address: str
    cut: bool
    more: int = 0

    @property
    def notes(self) -> tuple[str, ...]:
        """What the card leaves out."""
        said = ["Texts are shortened around the change."] if self.cut else []
        if self.more:
            word = "sentence" if self.more == 1 else "sentences"
            said.append(f"{self.more} more {word} of the page changed with it.")
        return tuple(said)

    @property
    def alternative(self) -> str:
        """The card in words, for those who do not see it."""
        before = _spoken(self.before, "did not stand there")
        after = _spoken(self.after, "stands there no more")
        facts = " ".join(f"{fact[:1].upper()}{fact[1:]}." for fact in self.facts)
        notes = " ".join(self.notes)
        return " ".join(
            f"{self.title}. Before, seen {shown_time(self.before.seen)}: {before} After, seen "
            f"{shown_time(self.after.seen)}: {after} {facts} {notes} {self.address}".split()
        )


def _spoken(side: Side, nothing: str) -> str:
    words = " ".join(part.text for part in side.parts)
    return f"“{words}”" if words else f"(the sentence {nothing})."


def card(
    title: str,
    facts: Sequence[str],
    before: Side,
    after: Side,
    address: str,
    *,
    more: int = 0,
) -> Card:
    """A card whose texts are clean and short enough."""
    one, one_cut = _short(before.parts)
    other, other_cut = _short(after.parts)
    return Card(
        _cut(clean(title)), tuple(_cut(clean(fact)) for fact in facts),
        Side(one, before.seen, before.digest), Side(other, after.seen, after.digest),
        _cut(clean(address)), one_cut or other_cut, more,
    )  # fmt: skip


def clean(text: str) -> str:
    """A text in one line, without what could hide or turn other words."""
    return " ".join(_STACKED.sub(r"\1", _INVISIBLE.sub("", text)).split())


def _cut(text: str) -> str:
    half = _MOST_LINE // 2
    return text if len(text) <= _MOST_LINE else f"{text[:half]}{GAP}{text[-half:]}"


def _short(parts: Sequence[DiffPart]) -> tuple[tuple[DiffPart, ...], bool]:
    """At most `MOST_CHARS` of a text, from a little before its first change on."""
    cleaned = [DiffPart(clean(one.text), one.changed) for one in parts]
    held = [one for one in cleaned if one.text]
    if sum(len(one.text) + 1 for one in held) <= MOST_CHARS + 1:
        return tuple(held), False
    found: list[DiffPart] = []
    first = next((at for at, one in enumerate(held) if one.changed), 0)
    lead = " ".join(one.text for one in held[:first])
    if lead:
        kept = lead if len(lead) <= _CONTEXT else f"{GAP} {_tail(lead, _CONTEXT)}"
        found.append(DiffPart(kept, changed=False))
    room = MOST_CHARS - sum(len(one.text) + 1 for one in found)
    for one in held[first:]:
        if len(one.text) > room:
            found.append(DiffPart(f"{_head(one.text, max(room, 1))} {GAP}", one.changed))
            break
        found.append(one)
        room -= len(one.text) + 1
    return tuple(found), True


def _head(text: str, most: int) -> str:
    """Whole words from the beginning; of a writing without blanks, characters."""
    cut = text[:most]
    blank = cut.rfind(" ")
    return cut[:blank] if blank > most // 2 else cut


def _tail(text: str, most: int) -> str:
    cut = text[-most:]
    blank = cut.find(" ")
    return cut[blank + 1 :] if 0 <= blank < most // 2 else cut
