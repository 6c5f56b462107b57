"""A sentence as words and values: `twenty-five`, `25` and `25.0` are one, punctuation is nothing.

English number words, as the reports are; digits of any script.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from pipeline.read.content.tokens import fold
from pipeline.read.speech.clauses import entries

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence

_UNITS = {
    word: Decimal(number)
    for number, word in enumerate(
        entries("""
            zero one two three four five six seven eight nine ten eleven twelve thirteen
            fourteen fifteen sixteen seventeen eighteen nineteen
        """)
    )
}
_TENS = {
    word: Decimal(number)
    for number, word in zip(
        range(20, 100, 10),
        ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"],
        strict=True,
    )
}
_SCALES = {
    "hundred": Decimal(100), "dozen": Decimal(12), "thousand": Decimal(1_000),
    "million": Decimal(10**6), "billion": Decimal(10**9), "trillion": Decimal(10**12),
}  # fmt: skip
_ORDINALS = {
    word: Decimal(number)
    for number, word in enumerate(
        entries("""
            first second third fourth fifth sixth seventh eighth ninth tenth eleventh
            twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth
            nineteenth twentieth
        """),
        1,
    )
}
_MONTHS = {
    word: number
    for number, word in enumerate(
        entries("""
            January February March April May June July August September October November
            December
        """),
        1,
    )
}
_TOKEN = re.compile(
    r"""
    (?P<named>[^\W\d_]+-?\d[\w-]*|\d+[^\W\d_]+-?\d[\w-]*)       # T-72, S300, 2S19: a name
  | (?P<ordinal>\d+)(?:st|nd|rd|th)\b
  | (?P<number>\d{1,3}(?:[,\u202f ]\d{3})+(?:\.\d+)?(?![\d])|\d+(?:\.\d+)?)
  | (?P<word>[^\W\d_]+(?:['.][^\W\d_]+)*)
  | (?P<percent>%)
  | (?P<currency>[$\u20a0-\u20c0\u00a3\u00a5])
    """,
    re.VERBOSE,
)
_MOST_SCALES = 4
"""Words of size behind a number: `hundred thousand million`; more are no number."""
_BLANK_BEFORE_GROUP = re.compile(r"[,\u202f ]")


@dataclass(frozen=True, slots=True)
class Item:
    """A word or a value.

    Attributes:
        text: As printed.
        value: Of a number; None: a word.
        month: 1 to 12 of a month beside a number.
        joined: A hyphen stands before it, and no blank.
    """

    text: str
    value: Decimal | None = None
    month: int | None = None
    joined: bool = False

    @property
    def key(self) -> Hashable:
        """Equal for what reads the same: `U.S.` and `US` do."""
        return self.value if self.value is not None else self.text.casefold().replace(".", "")

    @property
    def is_number(self) -> bool:
        """A number, or a month of a date."""
        return self.value is not None or self.month is not None

    @property
    def is_name(self) -> bool:
        """Whether it begins with a capital and is no number."""
        return not self.is_number and self.text[:1].isupper()


def items(sentence: str) -> tuple[Item, ...]:
    """The words and values of a sentence, in order."""
    text = fold(sentence)
    found: list[Item] = []
    for match in _TOKEN.finditer(text):
        joined = match.start() > 0 and text[match.start() - 1] == "-"
        found.append(_item(match, joined=joined))
    return _with_months(_summed(found))


def _item(match: re.Match[str], *, joined: bool) -> Item:
    text = match.group()
    if match["ordinal"]:
        return Item(text, Decimal(match["ordinal"]), joined=joined)
    if match["number"]:
        digits = _BLANK_BEFORE_GROUP.sub("", match["number"])
        return Item(text, Decimal(digits).normalize() + 0, joined=joined)
    if match["percent"]:
        return Item("percent")
    return Item(text, joined=joined)


def _summed(found: Sequence[Item]) -> list[Item]:
    """`two hundred and five` and `3.5 million` as one number each."""
    summed: list[Item] = []
    at = 0
    while at < len(found):
        value, end = _number_at(found, at)
        if value is None:
            summed.append(found[at])
            at += 1
            continue
        text = " ".join(one.text for one in found[at:end])
        summed.append(Item(text, value, joined=found[at].joined))
        at = end
    return summed


def _number_at(found: Sequence[Item], at: int) -> tuple[Decimal | None, int]:
    """The number that begins here, and where it ends; None: none does."""
    first = found[at]
    if first.text.casefold() in {"a", "an"} and at + 1 < len(found):
        scale = _SCALES.get(found[at + 1].text.casefold())
        if scale is None:
            return None, at
        return _grown(found, at + 1, Decimal(1), Decimal(0))
    if first.value is not None:
        return _grown(found, at + 1, first.value, Decimal(0))
    value, end = _small(found, at)
    if value is None:
        ordinal = _ORDINALS.get(first.text.casefold().removesuffix("s"))  # `two thirds`, too
        return ordinal, at + 1
    return _grown(found, end, value, Decimal(0))


def _small(found: Sequence[Item], at: int) -> tuple[Decimal | None, int]:
    """`five`, `twenty`, `twenty-five`, `twenty-fifth`."""
    word = found[at].text.casefold() if at < len(found) else ""
    if word in _UNITS:
        return _UNITS[word], at + 1
    if word not in _TENS:
        return None, at
    rest = found[at + 1].text.casefold() if at + 1 < len(found) else ""
    unit = _UNITS.get(rest) or _ORDINALS.get(rest)
    if unit is not None and unit < 10:
        return _TENS[word] + unit, at + 2
    return _TENS[word], at + 1


def _grown(found: Sequence[Item], at: int, value: Decimal, before: Decimal) -> tuple[Decimal, int]:
    """A number with the scales behind it, and with what follows a scale."""
    scaled = False
    for one in found[at : at + _MOST_SCALES]:
        scale = _SCALES.get(one.text.casefold())
        if scale is None:
            break
        value, at, scaled = value * scale, at + 1, True
    if not scaled:
        return before + value, at
    then = at + 1 if at < len(found) and found[at].text.casefold() == "and" else at
    rest, end = _small(found, then)
    if rest is None or rest >= value:
        return before + value, at
    return _grown(found, end, rest, before + value)


def _with_months(found: Sequence[Item]) -> tuple[Item, ...]:
    """Months are told from names and verbs (`May`, `March`) by the number beside them."""
    out = list(found)
    for at, one in enumerate(found):
        month = _MONTHS.get(one.text)
        beside = [found[place] for place in (at - 1, at + 1) if 0 <= place < len(found)]
        if month is not None and any(near.value is not None for near in beside):
            out[at] = Item(one.text, month=month, joined=one.joined)
    return tuple(out)
