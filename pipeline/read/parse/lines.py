"""Printed lines of blocks, and the small readings of one line: is it a byline, a time line, a
cut-off?"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from pipeline.read.blanks import collapsed
from pipeline.read.parse.dates import best_date

if TYPE_CHECKING:
    from pipeline.read.blocks import Block, Run

_TIME = re.compile(
    r"""
    \d{1,2}[:.]\d\d\s*(?:[ap]\.?m\b\.?)? | \d{1,2}\s*[ap]\.?m\b\.? | (?<!\d)[012]\d[0-5]\d(?!\d)
    | \bnoon\b | \bmidnight\b
    """,
    re.VERBOSE | re.IGNORECASE,
)
_FILLER = re.compile(
    r"""\b(?:as\ of|last\ updated|updated|published|posted|at|on|hours|hrs|et|est|edt|utc|gmt
        |local\ time|kyiv\ time|eastern|time
        |(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?)\b|[\s,.:;|()–-]+""",
    re.VERBOSE | re.IGNORECASE,
)
_CUTOFF_LABEL = re.compile(
    r"^(?:note:\s*)?(?:(?:information|data|intelligence|research|reporting|analysis|assessment)\s+)?"
    r"cut[\s-]?off(?:\s+(?:date|time))*\s*:",
    re.IGNORECASE,
)
_CUTOFF_SENTENCE = re.compile(
    r"\b(?:data|information)\s+cut[\s-]?off(?:\s+(?:date|time))?\s+for\s+th(?:is|e)\s+(?:\w+\s+){1,3}(?:was|is)\s+(?P<when>.{3,80}?)"
    r"(?:\.(?=\s|$)(?!\s*(?:m\b|on\b|et\b))|$)",
    re.IGNORECASE,
)
_CUTOFF_WORDS = re.compile(r"cut[\s-]?off|assessment as of", re.IGNORECASE)
_MAP_LINE = re.compile(
    r"^(?:please\s+)?(?:click|tap)\s+here\s+(?:to|for)\b|^to\s+(?:see|view|receive)\b.{0,120}\bclick\s+here\b",
    re.IGNORECASE,
)
_AS_OF = re.compile(
    r"^(?:assessment\s+)?as\s+of\s*:?\s+\d{1,2}(?::\d\d)?\s*[ap]\.?m\.?\s+\w{2,3}\b", re.IGNORECASE
)
_AGE = re.compile(r"^(?:\d{1,3}|an?) (?:minute|hour|day|week|month|year)s? ago$", re.IGNORECASE)
_MAX_DATELINE_CHARS = 70

MAX_BYLINE_CHARS = 500  # fifteen authors need 300
_LABEL = re.compile(
    r"^(?P<label>by|authors?|lead authors?|written by|contributors?|contributing "
    r"authors?|analysts?|research(?:ed)? by)\b\s*:?\s+|^(?P<editor>editors?|edited "
    r"by|data|graphics|maps?|geospatial)\s*(?:by)?\s*:\s+",
    re.IGNORECASE,
)
_AFFILIATION = re.compile(
    r"\s+(?:of|at|from)\s+(?:the\s+)?(?:institute|american|critical|aei|isw|ctp)\b.*$|\s*\([^)]*\)",
    re.IGNORECASE,
)
_BETWEEN_NAMES = re.compile(
    r"\s*(?:[,;|&]|\band\b|\bwith\s+(?:contributions?|assistance|support|help)\s+(?:from|by|of)\b|\bwith\b)\s*",
    re.IGNORECASE,
)
_NAME = re.compile(
    r"(?:[A-ZÀ-ÖØ-ÞŁŚŠŻŽČ][\w'’.-]*\s+)(?:(?:[A-ZÀ-ÖØ-ÞŁŚŠŻŽČ][\w'’.-]*|de|van|von|der|den|del|la|le|al|el|bin|ben|ibn|da|di|du)\s+){0,3}"
    r"[A-ZÀ-ÖØ-ÞŁŚŠŻŽČ][\w'’.-]*"
)
_SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|phd|ph\.d)\.?$", re.IGNORECASE)
_ORGANISATION = re.compile(
    r"\b(?:Institute|Project|Team|University|Center|Centre|AEI|ISW|CTP|Staff|Press)\b",
    re.IGNORECASE,
)
# "Institute for the Study of War", "ISW Russia Team": a name throughout, so that no sentence passes
# for one.
_NAME_OF_ORGANISATION = re.compile(r"(?:(?:[A-Z][\w.’'-]*|of|the|for|at|in)(?:\s+|$))+")
# Capitalised words of headings and titles, never of people.
_NOT_NAMES = frozenset({
    "key", "takeaway", "takeaways", "update", "assessment", "special", "edition", "report",
    "russian", "russia", "ukraine", "ukrainian", "iran", "iranian", "israel", "israeli", "syria",
    "iraq", "gaza", "lebanon", "yemen", "hezbollah", "hamas", "strip", "bank", "front", "map",
    "maps", "note", "figure", "source", "data", "cutoff", "toplines", "table", "contents",
    "executive", "summary", "axis", "resistance", "africa", "african", "file", "china", "taiwan",
    "korea", "korean", "peninsula", "northern", "southern", "eastern", "western", "offensive",
    "campaign", "main", "effort", "supporting", "activities", "activity", "operations", "overview",
    "introduction", "background", "endnotes", "notes", "click", "here", "download", "pdf", "read",
    "more", "share", "print", "military", "forces", "force", "generation", "mobilization",
    "cross-strait", "relations", "developments", "war", "peace", "talks", "weekly", "daily",
    "review", "security", "conflict", "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december", "united", "states", "the",
    "our", "this", "all", "no", "not", "significant", "domestic", "foreign", "affairs", "politics",
    "economy", "salafi-jihadi", "movement", "west", "middle", "east", "congo", "sahel", "somalia",
    "sudan", "ethiopia",
})  # fmt: skip


def clean(text: str) -> str:
    """White space collapsed, no-break spaces and zero-width signs gone."""
    if not text.isprintable():
        text = text.replace("\u200b", "").replace("\ufeff", "")
    return collapsed(text)


def lines_of(block: Block) -> list[str]:
    """The block's printed lines, cleaned, empty ones left out."""
    return [line for raw in block.text.split("\n") if (line := clean(raw))]


def without_lines(block: Block, count: int) -> Block:
    """The block without its first `count` lines that print something."""
    runs: list[Run] = []
    printed = False
    for run in block.runs:
        text = run.text
        while count and "\n" in text:
            line, text = text.split("\n", 1)
            if printed or clean(line):
                count -= 1
            printed = False
        if count:
            printed = printed or bool(clean(text))
            continue
        if text or not run.text:
            runs.append(run._replace(text=text))
    return replace(block, runs=tuple(runs))


def is_map_line(line: str) -> bool:
    """An invitation to another page ("Click here to see…"): frame, not prose."""
    return bool(_MAP_LINE.match(line))


def is_dateline(line: str) -> bool:
    """A line of a date, a time or both and nothing else."""
    if len(line) > _MAX_DATELINE_CHARS:
        return False
    if _AS_OF.match(line):
        return True
    printed = best_date(line)
    if printed is None:
        return False
    rest = line[: printed.start] + " " + line[printed.end :]
    return not _FILLER.sub("", _TIME.sub(" ", rest))


def is_age(line: str) -> bool:
    """How long ago something was published, as some sites print in place of a date."""
    return bool(_AGE.match(line))


def cutoff_in(line: str) -> str | None:
    """The data cut-off that a line prints: the whole line with its label, or the time out of a
    sentence."""
    if "off" not in line.lower():
        return None
    if is_cutoff(line):
        return line
    match = _CUTOFF_SENTENCE.search(line)
    return match["when"].strip() if match else None


def is_cutoff(line: str) -> bool:
    """Whether the line is a data cut-off with its label and nothing else."""
    return len(line) <= 2 * _MAX_DATELINE_CHARS and bool(_CUTOFF_LABEL.match(line))


def is_cutoff_line(line: str) -> bool:
    """A sidebar line that names a cut-off or the time of the assessment."""
    return bool(_CUTOFF_WORDS.search(line))


def names_in(line: str) -> tuple[str, ...] | None:
    """The people of a byline in order; () for one that names no author (editors, an institute);
    None for other text."""
    if len(line) > MAX_BYLINE_CHARS:
        return None
    label = _LABEL.match(line)
    rest = line[label.end() :] if label else line
    names: list[str] = []
    others = 0
    for part in _BETWEEN_NAMES.split(rest.rstrip(" .")):
        name = _AFFILIATION.sub("", part).strip(" .*")
        if not name:
            continue
        if _SUFFIX.match(name):
            _add_suffix(names, name)
            others += 1
        elif _is_name(name):
            names.append(name)
        elif _ORGANISATION.search(part) and _NAME_OF_ORGANISATION.fullmatch(part):
            others += 1
        else:
            return None
    if label and label["editor"]:
        return () if names or others else None
    return tuple(names) if names or others else None


def _add_suffix(names: list[str], suffix: str) -> None:
    """`Pryce, Jr.` is one person; a degree is no part of a name."""
    if names and not suffix.lower().startswith("ph"):
        names[-1] += f" {suffix}"


def is_labelled_byline(line: str) -> bool:
    """Whether the line says itself that names follow ("By …", "Authors: …")."""
    return bool(_LABEL.match(line))


def _is_name(text: str) -> bool:
    if len(text) > 50 or not _NAME.fullmatch(text):
        return False
    words = text.lower().split()
    if any(char.isdigit() for char in text) or (text.isupper() and len(words) > 4):
        return False
    return _NOT_NAMES.isdisjoint(words)
