"""What sort of source a note names.

An address, or in words an interview, a map, a book, the authors' own data.
"""

from __future__ import annotations

import re
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.model.reports import Note


class NoteKind(StrEnum):
    """What a note holds."""

    CITED = "cited"
    ON_REQUEST = "on-request"
    BACK_REFERENCE = "back-reference"
    INTERVIEW = "interview"
    BROADCAST = "broadcast"
    MAP = "map"
    DATASET = "dataset"
    BOOK = "book"
    REPORT = "report"
    WORDS = "words"
    EMPTY = "empty"


# The authors' own records of significant activity: nobody gets them but by asking, whatever address
# stands beside.
_SIGACT = re.compile(r"\bsigacts?\b|\bdatabases? of significant activit", re.IGNORECASE)

# Tried in this order; the first that fits wins. Source: notes of ISW's and CTP's reports, and what
# style manuals (Chicago, APA) tell authors to write.
_KINDS = tuple(
    (kind, re.compile(pattern, re.IGNORECASE | re.VERBOSE))
    for kind, pattern in (
        (
            NoteKind.ON_REQUEST,
            r"""\b(?:up)?on\ request\b | \bby\ request\b
                | \bauthors?['’]?s?['’]?\ (?:own\ )?(?:database|archive|files|records)\b""",
        ),
        (
            NoteKind.BACK_REFERENCE,
            r"""^\W*(?: ibid | idem | op\.\ ?cit | loc\.\ ?cit | supra\b | infra\b | same\ as\b
                | as\ above | see\ above | see\ below
                | (?:see\ |cf\.?\ )?(?:end|foot)?notes?\ (?:\d|above|below|[ivxlc]+\b) )""",
        ),
        (
            NoteKind.INTERVIEW,
            r"""\b(?: interview(?:s|ed)?\ (?:with|by|of|on|in|conducted)
                | (?:author|isw|ctp|researcher)s?['’]?s?['’]?\ (?:\w+\ )?
                (?:interviews?|talks?|conversations?|discussions?|correspondence|meetings?|calls?)
                | personal\ (?:communication|correspondence|interview) | in\ conversation\ with
                | (?:phone|e-?mail)\ (?:call|exchange|interview)s?
                | (?:conversation|correspondence|discussion)s?\ with
                | (?:spoke|talked)\ (?:with|to)\ | told\ (?:the\ )?(?:authors?|isw|ctp)\b )""",
        ),
        (
            NoteKind.BROADCAST,
            r"""\b(?: (?:aired|broadcast|televised|livestreamed)\ (?:on|by|at)
                | tv\ (?:channel|broadcast|interview|report|show)
                | radio\ (?:broadcast|programme?|interview|report|station)
                | (?:news|evening|television|radio|state)\ broadcast
                | television\ (?:channel|programme?|report|interview) | podcast | newscast
                | (?:live\ )?broadcast,
                | live\ ?stream\b | episode\ \d )""",
        ),
        (
            NoteKind.MAP,
            r"""\b(?: (?:topographic(?:al)?|situation|control(?:\ of\ terrain)?|staff|nautical|road
                |interactive|wall)\ maps?
                | maps?\ (?:of|by|from|series|sheet|scale|showing)
                | satellite\ (?:image(?:ry|s)?|photo\w*|picture) | scale\ 1\s?:\s?\d
                | 1\s?:\s?\d{1,3}[,.]?000\b | google\ earth | google\ maps | sentinel-[12]\b
                | maxar\b | planet\ labs )""",
        ),
        (
            NoteKind.DATASET,
            r"""\b(?: data\ ?sets? | databases? | acled\b | spread\ ?sheets? | raw\ data
                | statistical\ (?:yearbook|table|data)s?
                | (?:census|survey|trade|shipping|ais|customs)\ data
                | data\ (?:from|by|of|collected|provided|compiled)\b ) | \|\ data\b""",
        ),
        (
            NoteKind.BOOK,
            r"""\bisbn\b | \([A-Z][\w .,’'-]{2,40}:\ [^()]{2,60},\ (?:1[89]|20)\d\d\)
                | \buniversity\ press\b
                | \b(?:eds?\.|edited\ by|trans\.|translated\ by)\s
                | \b(?:chapter|ch\.)\ \d{1,2},?\ in\b
                | \b(?:press|publishers?|verlag|books?),\ (?:1[89]|20)\d\d\b
                | \b\d(?:st|nd|rd|th)\ ed(?:ition|\.) """,
        ),
        (
            NoteKind.REPORT,
            r"""\.pdf\b | \b(?: (?:white|working|research|policy|occasional|discussion
                |briefing)\ papers?
                | (?:annual|quarterly|monthly|weekly|summary|final|interim|special|research|internal
                |situation|inspection|country|staff)\ reports?
                | reports?\ (?:by|of|on|from|no\.|number|to)\b | technical\ (?:report|note)
                | policy\ brief | fact\ ?sheet
                | (?:campaign|threat|risk|damage)\ assessments?,? | iran\ update
                | a\ study\ (?:by|of) | [ls]\/\d{4}\/\d+ )""",
        ),
    )
)  # fmt: skip


def kind_of(note: Note) -> NoteKind:
    """What a note holds: URLs, or, without any, which sort of source its words name."""
    if note.urls and not _may_be_sigact(note.text.lower()):
        return NoteKind.CITED  # nearly every note: its words need not be told from its addresses
    words = _beside_addresses(note)
    if note.urls:
        return NoteKind.ON_REQUEST if _is_sigact(words) else NoteKind.CITED
    if not any(char.isalnum() for char in words):
        return NoteKind.EMPTY
    if _is_sigact(words):
        return NoteKind.ON_REQUEST
    return next((kind for kind, pattern in _KINDS if pattern.search(words)), NoteKind.WORDS)


def _may_be_sigact(low: str) -> bool:
    """Whether one of its words stands there, whatever stands between words."""
    return "sigact" in low or "activit" in low


def _is_sigact(words: str) -> bool:
    """Whether a note names a database of significant activities, which is shown on request."""
    low = words.lower()  # to look for a few letters is ten times faster than to try at each letter
    return ("sigact" in low or "significant activit" in low) and bool(_SIGACT.search(words))


def _beside_addresses(note: Note) -> str:
    """The words of a note without its addresses, whose parts are no words."""
    text = " ".join(note.text.split())
    for cited in sorted(note.urls, key=lambda one: len(one.as_printed), reverse=True):
        text = text.replace(cited.as_printed, " ") if cited.as_printed else text
    return text
