"""Divides English prose into sentences. Note markers behind a full stop belong to the sentence
before."""

from __future__ import annotations

import re

from pipeline.read.blanks import collapsed

# Abbreviations that do not end a sentence when a capital follows: ranks, titles, months, Latin,
# places. Source: style manuals' lists of military ranks (AP), and what reports use.
_ABBREVIATIONS = frozenset(
    [
        "gen",
        "lt",
        "col",
        "maj",
        "capt",
        "cpt",
        "sgt",
        "brig",
        "cdr",
        "cmdr",
        "adm",
        "vadm",
        "radm",
        "pvt",
        "cpl",
        "ltc",
        "comdr",
        "msgt",
        "ssgt",
        "sfc",
        "1st",
        "dr",
        "mr",
        "mrs",
        "ms",
        "prof",
        "rev",
        "hon",
        "gov",
        "sen",
        "rep",
        "pres",
        "amb",
        "sec",
        "dir",
        "dep",
        "asst",
        "st",
        "mt",
        "ft",
        "jr",
        "sr",
        "messrs",
        "no",
        "nos",
        "vol",
        "pp",
        "p",
        "pg",
        "ch",
        "art",
        "sec",
        "fig",
        "para",
        "ed",
        "eds",
        "cf",
        "vs",
        "v",
        "al",
        "etc",
        "approx",
        "est",
        "jan",
        "feb",
        "mar",
        "apr",
        "jun",
        "jul",
        "aug",
        "sept",
        "sep",
        "oct",
        "nov",
        "dec",
        "e.g",
        "i.e",
        "viz",
        "ca",
        "inc",
        "ltd",
        "co",
        "corp",
        "bros",
        "u.n",
        "u.k",
        "u.s",
        "a.k.a",
        "d.c",
        "e.u",
        "ret",
        "supt",
        "insp",
        "det",
        "atty",
        "hq",
        "bn",
        "bde",
        "regt",
        "div",
        "rpt",
        "ref",
        "refs",
        "km",
        "mi",
        "sq",
        # further ranks and forms of address
        *(
            "spc",
            "pfc",
            "ens",
            "cwo",
            "cpo",
            "mcpo",
            "tsgt",
            "gysgt",
            "lcpl",
            "pte",
            "cdre",
            "ltg",
            "mgen",
            "bgen",
        ),
        *("plt", "coy", "btn", "sqn", "flt", "hr", "fr", "sra", "mme", "mlle"),
        # measures and editors' words
        *(
            "max",
            "min",
            "avg",
            "incl",
            "excl",
            "resp",
            "esp",
            "equiv",
            "dept",
            "govt",
            "intl",
            "univ",
            "assn",
        ),
        *("ave", "blvd", "obl", "prov", "tel", "nr", "ibid", "suppl"),
    ]
)

# These often end a sentence too: they do when the next word begins one.
_MAY_END = frozenset(
    [
        "u.s",
        "u.k",
        "u.n",
        "e.u",
        "d.c",
        "a.m",
        "p.m",
        "etc",
        "al",
        "jr",
        "sr",
        "inc",
        "ltd",
        "co",
        "corp",
        *("max", "min", "avg", "ave", "blvd", "dept", "govt", "incl", "ibid"),
    ]
)

# Words that begin sentences much more often than they follow an abbreviation.
_OPENERS = frozenset(
    [
        "the",
        "this",
        "that",
        "these",
        "those",
        "it",
        "its",
        "in",
        "on",
        "at",
        "as",
        "by",
        "for",
        "from",
        "he",
        "she",
        "they",
        "we",
        "however",
        "although",
        "according",
        "additionally",
        "also",
        "but",
        "and",
        "a",
        "an",
        "after",
        "before",
        "while",
        "when",
        "if",
        "meanwhile",
        "since",
        "both",
        "some",
        "several",
        "other",
        "one",
        "another",
        "there",
        "however",
        "moreover",
        "furthermore",
        "such",
        "his",
        "her",
        "their",
        "our",
        *("no", "nobody", "none", "nothing", "neither", "nor", "all", "most", "many", "only"),
    ]
)

_END = re.compile(
    r"""
    (?P<stop> [.!?…] [.!?…]* )  # not "+": a pattern that begins with a class is searched for faster
    (?P<close> ["”’')\]]* )
    (?P<notes> (?:
        [\s\u00a0]? [,;\u2013\u2014-]? [\s\u00a0]? \[ [0-9ivxlcdm,;\s\u2013-]{1,24} \]
    )* )
    (?P<close2> [”"’]* )
    (?= \s | $ )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# A line break, or a full stop whose blank was lost: "… the losses.They withdrew".
_BREAK = re.compile(r"\n|\.[A-Z](?=[a-z]+[ ,])")
_LAST_WORD = re.compile(r"[^\s(“\"‘\[]{1,24}+$")
_NEXT = re.compile(r"[\s\u00a0]*[“\"‘'(\[]*(?P<word>[^\s]+)")
_INITIAL = re.compile(r"^(?:[A-Z]\.)*[A-Z]$")

_LOOK_BACK = 26  # longer than any abbreviation
_LOOK_AHEAD = 40


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Start and end of every sentence, in order; together they cover all but blanks between."""
    spans: list[tuple[int, int]] = []
    since = _skip_blanks(text, 0)
    for end in _ends(text):
        if end > since:
            spans.append((since, end))
            since = _skip_blanks(text, end)
    if since < len(text.rstrip()):
        spans.append((since, len(text.rstrip())))
    return spans


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, blanks collapsed."""
    return [collapsed(text[start:end]) for start, end in sentence_spans(text)]


def _ends(text: str) -> list[int]:
    ends = [found.end() for found in _END.finditer(text) if _is_end(text, found)]
    others = [found.end() - 1 for found in _BREAK.finditer(text) if _is_break(text, found)]
    return sorted({*ends, *others}) if others else ends


def _is_break(text: str, found: re.Match[str]) -> bool:
    """False for the full stop of `Example.Media`: a lost blank is plain only behind a word in small
    letters."""
    before = text[max(0, found.start() - 3) : found.start()]
    return found.group() == "\n" or (len(before) == 3 and before.isalpha() and before.islower())


def _skip_blanks(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _is_end(text: str, found: re.Match[str]) -> bool:
    following = _NEXT.match(text[found.end() : found.end() + _LOOK_AHEAD])
    if following is None:
        return True
    if found["notes"]:
        return True
    after = following["word"]
    if found["stop"] != ".":
        return not after[0].islower()
    before = _LAST_WORD.search(text[max(0, found.start() - _LOOK_BACK) : found.start()])
    return _ends_at_dot(before.group() if before else "", after)


def _ends_at_dot(before: str, after: str) -> bool:
    """True when the full stop between two words ends a sentence."""
    if after[0].islower():
        return False
    word = before.lower()
    if word in _MAY_END:
        return after.lower().strip(",") in _OPENERS
    if word in _ABBREVIATIONS:
        # "no." before a number is an abbreviation, before a word it is a short answer.
        return word in {"no", "nos", "art", "p", "pp", "ch"} and not after[0].isdigit()
    return not (_INITIAL.match(before) or _is_compound(before))


def _is_compound(before: str) -> bool:
    """True for abbreviations and initials with a hyphen between them.

    `Col.-Gen`, `J.-P`, `Lt.-Cmdr`.
    """
    parts = before.split("-")
    return len(parts) > 1 and all(
        _INITIAL.match(part.rstrip(".")) or part.rstrip(".").lower() in _ABBREVIATIONS
        for part in parts
    )
