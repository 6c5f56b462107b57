"""What a person typed into the search box, understood. Pure; nothing typed is an error.

drones kharkiv          both words
drones OR missiles      either
drones NOT sea          the first without the second; also: drones -sea
"power plant"           these words in this order
drone*                  words that begin so
port NEAR fire          within ten words of one another; NEAR/3: within three
(drones OR missiles) port
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.folding import fold

MOST_WORDS = 40
"""Words looked for; the rest of what was typed is left out, and said so."""
_MOST_DEEP = 12
"""Brackets within brackets."""
NEAR_WORDS = 10
_FARTHEST = 1_000
_SHOWN = 40
"""Characters of what was typed that are said again."""

WORD = re.compile(r"[^\W_]+")

_QUOTES = str.maketrans(dict.fromkeys("“”„«»＂", '"'))
_TOKEN = re.compile(
    r"""(?P<phrase>"[^"]*"?) | (?P<open>\() | (?P<close>\)) |
    (?P<near>NEAR(?:/(?P<within>\d{1,6}))?)(?=[\s()"]|$) |
    (?P<operator>AND|OR|NOT)(?=[\s()"]|$) |
    (?P<word>[^\s()"]+(?:"[^\s()"]+)*)  # a quote within a word is part of it, as in Hebrew
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Words:
    """One word, several that stand in this order, or the beginning of one.

    Attributes:
        words: Folded and in lower case, as the index has them.
        prefix: Whether the last one is a beginning only.
        exact: Whether other forms of the word are unwanted, since it stood in quotes.
    """

    words: tuple[str, ...]
    prefix: bool = False
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Near:
    """Words that stand within so many words of one another."""

    left: Words
    right: Words
    within: int


@dataclass(frozen=True, slots=True)
class Both:
    """All of these."""

    parts: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """At least one of these."""

    parts: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Without:
    """The first where the second is not."""

    wanted: Asked
    unwanted: Asked


Asked = Words | Near | Both | Either | Without


@dataclass(frozen=True, slots=True)
class Understood:
    """What was asked; None: nothing that can be looked for.

    Attributes:
        doubts: What of the typing was passed over, a sentence each.
    """

    asked: Asked | None
    doubts: tuple[str, ...] = ()


def parse_query(typed: str) -> Understood:
    """What is meant by what was typed."""
    text = fold(typed.translate(_QUOTES).replace("\0", " "))
    reading = _Reading(list(_TOKEN.finditer(text)))
    asked = reading.whole()
    return Understood(asked, tuple(dict.fromkeys(reading.doubts)))


class _Reading:
    """Reads tokens from the left; what makes no sense is passed over and noted."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self._deep = 0
        self._words = 0
        self.doubts: list[str] = []

    def whole(self) -> Asked | None:
        """All that was typed."""
        found: list[Asked] = []
        while self._at < len(self._tokens):
            part = self._either()
            if part is not None:
                found.append(part)
            if self._is("close"):
                self.doubts.append("A closing bracket without an opening one was passed over.")
                self._at += 1
        return _both(found)

    def _is(self, kind: str, word: str | None = None) -> bool:
        if self._at >= len(self._tokens):
            return False
        token = self._tokens[self._at]
        return token.lastgroup == kind if word is None else token[0] == word

    def _take(self, word: str) -> bool:
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        if token is None or token["operator"] != word:
            return False
        self._at += 1
        return True

    def _either(self) -> Asked | None:
        parts = [self._all()]
        while self._take("OR"):
            parts.append(self._all())
            if parts[-1] is None or parts[-2] is None:
                self.doubts.append("OR needs something on both sides, and was passed over.")
        found = tuple(part for part in parts if part is not None)
        return Either(found) if len(found) > 1 else next(iter(found), None)

    def _all(self) -> Asked | None:
        wanted: list[Asked] = []
        unwanted: list[Asked] = []
        while self._at < len(self._tokens) and not self._is("close"):
            if self._tokens[self._at]["operator"] == "OR":
                break
            if self._take("AND"):
                self._mind_the_sides("AND", before=bool(wanted or unwanted))
                continue
            parts = unwanted if self._unwanted() else wanted
            part = self._near()
            parts.extend([part] if part is not None else [])
        found = _both(wanted)
        if found is None:
            if unwanted:
                self.doubts.append("NOT needs something to find before it, and was passed over.")
            return None
        for part in unwanted:
            found = Without(found, part)
        return found

    def _mind_the_sides(self, operator: str, *, before: bool) -> None:
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        behind = token is not None and not token["close"] and token["operator"] in {None, "NOT"}
        if not (before and behind):
            self.doubts.append(f"{operator} needs something on both sides, and was passed over.")

    def _unwanted(self) -> bool:
        negated = self._take("NOT")
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        if negated and (token is None or token["close"] or token["operator"]):
            self.doubts.append("NOT needs something behind it, and was passed over.")
        minus = token is not None and bool(token["word"]) and token["word"].startswith("-")
        return negated or minus

    def _near(self) -> Asked | None:
        left = self._one()
        while self._at < len(self._tokens) and self._tokens[self._at]["near"]:
            within = self._tokens[self._at]["within"]
            self._at += 1
            right = self._one()
            if not isinstance(left, Words) or not isinstance(right, Words):
                self.doubts.append("NEAR stands between two words or phrases, and was passed over.")
                left = _both([part for part in (left, right) if part is not None])
                continue
            left = Near(left, right, min(int(within or NEAR_WORDS), _FARTHEST))
        return left

    def _one(self) -> Asked | None:
        token = self._tokens[self._at] if self._at < len(self._tokens) else None
        if token is None or token["close"] or token["near"] or token["operator"]:
            return None
        self._at += 1
        if token["open"]:
            return self._bracket()
        if token["phrase"]:
            self._mind_the_end(token["phrase"])
            return self._looked_for(token["phrase"].strip('"'), exact=True)
        return self._looked_for(token["word"], exact=False)

    def _mind_the_end(self, phrase: str) -> None:
        if len(phrase) > 1 and phrase.endswith('"'):
            return
        before = f" before {phrase[1:].strip()[:_SHOWN]}" if phrase[1:].strip() else ""
        self.doubts.append(
            f"The quotation mark{before} is not closed; it was taken to end with the line."
        )

    def _bracket(self) -> Asked | None:
        self._deep += 1
        if self._deep > _MOST_DEEP:
            self._deep -= 1
            self.doubts.append("So many brackets within brackets were passed over.")
            return None
        inner = self._either()
        if self._is("close"):
            self._at += 1
        else:
            self.doubts.append("A bracket is not closed; it was taken to end with the line.")
        self._deep -= 1
        return inner

    def _looked_for(self, text: str, *, exact: bool) -> Words | None:
        words = tuple(WORD.findall(text.lower()))
        if not words:
            return None
        self._words += len(words)
        if self._words > MOST_WORDS:
            self.doubts.append(f"Only the first {MOST_WORDS} words were looked for.")
            return None
        return Words(words, prefix=text.endswith("*"), exact=exact or len(words) > 1)


def _both(parts: list[Asked]) -> Asked | None:
    return Both(tuple(parts)) if len(parts) > 1 else next(iter(parts), None)


def words_of(asked: Asked | None) -> list[Words]:
    """All words that a hit may hold, those unwanted left out."""
    if asked is None:
        return []
    if isinstance(asked, Words):
        return [asked]
    if isinstance(asked, Near):
        return [asked.left, asked.right]
    if isinstance(asked, Without):
        return words_of(asked.wanted)
    return [one for part in asked.parts for one in words_of(part)]
