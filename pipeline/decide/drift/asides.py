"""Lines in a text that are not the author's: the paper's word to its readers, and admissions of a
change."""

from __future__ import annotations

import re

from pipeline.decide.drift.admitted_words import ADMITTED, ADMITTED_UNSPACED
from pipeline.decide.drift.words import ASIDES, ASIDES_UNSPACED
from pipeline.read.outcomes.words.matching import fold_word, words_of
from pipeline.read.outcomes.words.reported import is_reported, is_said
from pipeline.read.outcomes.words.spoken import Lexicon, Spoken, spoken_in

MAX_WORDS = 70
"""Of such a line: the longest labels of foreign agents have 50."""
_BEGIN_WORDS = 4
_ALSO_WORDS = 25
_CLAUSE = re.compile(r"(?<=[:;.!?…؟؛])\s+|\s[–—-]\s|(?<=[。！？])")
_QUESTION = re.compile("[?？؟՞]")
_QUOTED = re.compile('["“”„«»「」]')
_MAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}\.[\w.-]{2,}")
_ASIDES = Lexicon(ASIDES, ASIDES_UNSPACED)
_ADMITTED = Lexicon(ADMITTED, ADMITTED_UNSPACED)

# What Russian law has papers print; a report that somebody became one says neither.
_FOREIGN_AGENT = re.compile(
    r"(?:данн|настоящ)\w+ (?:\(?\w+\)?,? )*?(?:сообщение|материал).{0,250}иностранн\w+ агент"
    r"|(?:создан|распростран)\w+.{0,120}(?:выполняющ|исполняющ)\w+ функции иностранн\w+ агент"
    r"|^\s*[*†¹²]+\s?.{0,80}(?:признан|внесен|внесён|запрещен|запрещён|деятельность|организаци|иноагент|иностранн).{0,200}$"
    r"|^\s*\*+\s?.{0,60}(?:визнан|заборонен|organi[sz]ation banned|designated).{0,160}$",
    re.IGNORECASE | re.DOTALL,
)
# A note on who wrote it or is named in it; a report of the same says when it was, or who says so.
_LISTED = re.compile(
    r"(?:внес[её]н|включ[её]н|признан)[аоы]?\b.{0,60}(?:реестр\w* |список |списке "
    r")?(?:иностранн\w+ агент|иноагент|нежелательн\w+ "
    r"организаци|экстремистск\w+|террористическ\w+)|(?:явля\w+|выполня\w+ функции) "
    r"(?:иностранн\w+ агент|иноагент)",
    re.IGNORECASE,
)
_LISTED_WORDS = 25


def admits(line: str, language: str | None) -> bool:
    """Whether a line without a label says that the text was changed, or that it was wrong
    before."""
    words = words_of(line)
    if not 0 < len(words) <= MAX_WORDS:
        return False
    has = spoken_in(line, _ADMITTED, _known(language, _ADMITTED)).has
    changed = has("thing") and has("fixed")
    return changed or (has("earlier") and has("wrong")) or (has("fixed") and has("wrong"))


def is_aside(line: str, language: str | None) -> bool:
    """Whether a line speaks to the reader about the paper: an appeal, its channels, its newsletter,
    what else to read."""
    words = words_of(line)
    if not 0 < len(words) <= MAX_WORDS:
        return False
    if _FOREIGN_AGENT.search(line) or _is_listed(line, words):
        return True
    known = _known(language, _ASIDES)
    spoken = spoken_in(line, _ASIDES, known)
    has = spoken.has
    begins = spoken_in(_begin(line, words), _ASIDES, spoken.language).has
    follows = begins("follow") or _calls(line, spoken, "follow")
    quoted = _QUOTED.search(line) is not None
    whom = has("topic") or has("place") or has("reader", 2) or has("give", 2)
    appeal = has("give") and has("reader") and whom
    follow = has("follow") and has("place") and (has("reader") or follows)
    letter = has("letter") and (has("reader") or has("follow")) and (has("reader", 2) or follows)
    also = (
        begins("also") and len(words) <= _ALSO_WORDS and _is_heading(line, sure=begins("also", 2))
    )
    if also or ((appeal or follow or letter) and not (quoted and is_reported(line))):
        return True
    if {"ctrl", "enter"} <= set(words):
        return True
    if len(words) > _ALSO_WORDS or quoted or is_said(line):
        return False
    # who calls upon the reader may say on which day
    return (_speaks_of_us(spoken) and _calls(line, spoken, "call")) or (
        not is_reported(line) and (_bids(line, spoken) or _asks_for_word(line, spoken, known))
    )


def _speaks_of_us(spoken: Spoken) -> bool:
    """Whether it speaks of the reader and of us, or of one of them and what is offered."""
    offered = ("goods", "place", "letter", "topic")
    return spoken.has("reader", 2) or (spoken.has("reader") and any(map(spoken.has, offered)))


def _calls(line: str, spoken: Spoken, kind: str) -> bool:
    """Whether the first word of a clause tells the reader what to do; without blanks, any."""
    if spoken.language in _ASIDES.unspaced:
        return kind == "call" and spoken.has(kind)
    firsts = (words_of(part)[:1] for part in _CLAUSE.split(line))
    return any(spoken_in(first[0], _ASIDES, spoken.language).has(kind) for first in firsts if first)


def _bids(line: str, spoken: Spoken) -> bool:
    """Whether a clause begins with a bid to take what the paper gives: `Turn on notifications`."""
    if not any(map(spoken.has, ("goods", "place", "letter", "topic"))):
        return False
    clauses = (_begin(part, words_of(part)) for part in _CLAUSE.split(line))
    return any(spoken_in(one, _ASIDES, spoken.language).has("bid") for one in clauses)


def _asks_for_word(line: str, spoken: Spoken, known: str | None) -> bool:
    """Whether it asks the reader to write: of a slip in the text, or what he knows."""
    asks = bool(_QUESTION.search(line))
    if _MAIL.search(line):
        return asks or spoken.has("reader")
    # `error` is a word of four languages: one has to have both, the slip and the reader
    slip = spoken_in(line, _ADMITTED, known)
    return asks and any(
        spoken_in(line, _ADMITTED, one).has("wrong") and spoken_in(line, _ASIDES, one).has("reader")
        for one in {spoken.language, slip.language} - {""}
    )


def _is_listed(line: str, words: list[str]) -> bool:
    return len(words) <= _LISTED_WORDS and bool(_LISTED.search(line)) and not is_reported(line)


def _begin(line: str, words: list[str]) -> str:
    return " ".join(words[:_BEGIN_WORDS]) if len(words) > 1 else fold_word(line)[: 2 * _BEGIN_WORDS]


def _is_heading(line: str, *, sure: bool) -> bool:
    """Whether `also` is what a line begins with, and no verb of a sentence: `Read also`,
    `Lire : …`."""
    head = re.split(r"[:：|»>]", line, maxsplit=1)
    return sure or (len(head) > 1 and len(head[0].split()) <= _BEGIN_WORDS)


def _known(language: str | None, lexicon: Lexicon) -> str | None:
    held = language in lexicon.spaced or language in lexicon.unspaced
    return language if held else None
