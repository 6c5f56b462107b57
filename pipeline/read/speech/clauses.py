"""The main clauses of a sentence: quotations, brackets and subordinate clauses blanked out, so that
every place stays where it was."""

from __future__ import annotations

import re

from pipeline.read.speech import words
from pipeline.read.speech.standing import WORD, places_of, words_of

_ODD = ("\u0131", "\u017f")
"""Letters that a pattern takes for i and s in any case, and whose own case stays."""
_MAX_CHARS = 1_500  # a sentence of more is a list; its beginning tells how it speaks

_QUOTED = re.compile(r"“[^”]{0,600}”|\"[^\"]{0,600}\"")
_BRACKETED = re.compile(r"\([^()]{0,300}\)|\[[^\[\]]{0,300}\]")
# `Order of Battle: …`, `Unconfirmed claims: …`: the paragraph's label
_LABEL = re.compile(r"^[A-Z][A-Za-z’' /-]{2,60}:\s+(?=[A-Z“\"])")
_AS_JUDGED = re.compile(
    rf"\b[Aa]s (?:{words.AUTHORS}) (?:has |have |had )?(?:\w+ly )?(?:continues to )?"
    r"(?:(?P<judged>assess|forecast)|report|not|observ)"
)


def entries(table: str) -> list[str]:
    r"""The patterns of a table; a blank inside one is written `\ `."""
    return re.split(r"(?<!\\)\s+", table.strip())


def alternatives(table: str) -> str:
    """A table as one pattern."""
    return "|".join(dict.fromkeys(entries(table)))


def word_set(table: str) -> frozenset[str]:
    """The words of a table."""
    return frozenset(table.split())


# A subordinate clause runs to the next comma, or to a judgement joined to the main clause.
_END = r"(?=[,;.]|$|\s+and\s+(?:suggests?|indicates?|(?:is|are)\s+likely)\b)"
# `since 2015`, `until May 3`: no clause
_MOMENT = r"\s+(?:(?:at\s+least|late|early|mid-?|around|about)\s*)?(?:\d|(?-i:[A-Z])[a-z]+\s+\d)"
# What takes a noun ends where the main clause speaks: `following its raids and noted that`
_GOES_ON = r"(?=[,;.]|$|\s+and\s+(?:also\s+|\w+ly\s+)?(?:said|\w+ed)\s+that\b)"
_SUBORDINATE = re.compile(
    rf"(?<![\w-])(?:(?:following|despite|amidst?|due\s+to)\b(?!{_MOMENT})[^,;]*?{_GOES_ON}"
    rf"|(?:{alternatives(words.SUBORDINATORS)})\b(?!{_MOMENT})[^,;]*?{_END})"
    rf"|(?<=,)\s+as\b[^,;]*?{_END}|^As\b[^,;]*?{_END}"
    rf"|(?<=,)\s+with\b[^,;]*?{_END}"
    rf"|\b(?:that|what|which)\s+(?:{words.AUTHORS})\s+(?:\w+\s+){{0,2}}?(?:assess|forecast)\w*"
    # what is added behind a comma: `, suggesting …`, `, likely to …`, `, a place that …`
    rf"|(?<=,)\s+(?:\w+ly\s+)?(?!including\b|during\b|according\b)\w+ing\b[^,;]*?{_END}"
    rf"|(?<=,)\s+(?:likely|possibly|presumably|potentially|apparently|reportedly"
    rf"|allegedly|ostensibly|purportedly|probably|perhaps)\b(?!\s+(?:also\s+)?\w+ed\b(?!\s+by))"
    rf"[^,;]*?{_END}",
    re.IGNORECASE,
)


def _first(entry: str) -> str:
    """The word that a subordinator begins with."""
    return str(WORD.findall(re.sub(r"\(\?<!.*?\)", "", entry))[0])


# All that it can begin with, but for a comma and the first word: looked for first, in small
# letters.
_FIRST = word_set("following despite amid amidst due that what which") | {
    _first(entry) for entry in entries(words.SUBORDINATORS)
}


def blanked(text: str, pattern: re.Pattern[str]) -> str:
    """The text with blanks where the pattern stands."""
    return pattern.sub(lambda found: " " * len(found.group()), text)


def without_label(sentence: str) -> str:
    """The sentence without the label of its paragraph."""
    return _LABEL.sub("", sentence[:_MAX_CHARS])


def own_words(sentence: str) -> str:
    """The sentence without what it quotes and what stands in brackets."""
    if "(" in sentence or "[" in sentence:
        sentence = blanked(sentence, _BRACKETED)
    return blanked(sentence, _QUOTED) if "“" in sentence or '"' in sentence else sentence


def main_clauses(own: str, held: frozenset[str] | None = None) -> str:
    """The main clauses of a sentence.

    Args:
        own: Its `own_words`.
        held: The words of these, where they are known.
    """
    low = own.lower()
    if len(low) != len(own) or any(odd in low for odd in _ODD):
        return blanked(own, _SUBORDINATE)
    parts: list[str] = []
    since = 0
    for at in _firsts(low, words_of(low) if held is None else held):
        found = _SUBORDINATE.match(own, at) if at >= since else None
        if found:
            parts += (own[since:at], " " * (found.end() - at))
            since = found.end()
    return "".join((*parts, own[since:]))


def _firsts(low: str, held: frozenset[str]) -> list[int]:
    """The places at which a subordinate clause may begin."""
    firsts = places_of(low, held & _FIRST)
    if low.startswith("as"):
        firsts.append(0)
    comma = low.find(",")
    while comma >= 0:
        firsts.append(comma + 1)
        comma = low.find(",", comma + 1)
    firsts.sort()
    return firsts


def authors_before(own: str) -> str | None:
    """What backs the sentence: `judged` (`as ISW has previously assessed`), `told` (`as ISW
    reported`), or nothing."""
    found = _AS_JUDGED.search(own)
    return None if found is None else "judged" if found["judged"] else "told"
