"""The patterns by which a sentence tells how it speaks, each with the words one of which it needs:
where none stands, the pattern is not tried."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from pipeline.read.speech import verbs, words
from pipeline.read.speech.clauses import alternatives, entries, word_set

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

_AUTHORS = rf"\b(?:{words.AUTHORS})\b"
_PICTURES = rf"(?:{alternatives(words.PICTURES)})"
_SHOWS = rf"(?:{alternatives(words.SHOWS)})"
_UNSURE = rf"(?P<adverb>{words.HEARSAY}|{alternatives(words.DISTANCE)})"

_OURS = word_set("isw ctp aei we institute project")
_SEEN = word_set(
    """
    footage imagery image images photo photos photograph photographs picture
    pictures video videos recording recordings filmed photographed
    """
)
_TEXTS = word_set(
    """
    audio call calls recording recordings video footage statement statements post
    posts letter letters interview interviews message messages appeal appeals
    article articles document documents map maps graphic graphics infographic
    infographics screenshot screenshots claims reports report
    """
)
_GERUNDS = frozenset(verbs.gerunds(verbs.SAYING + verbs.CLAIMING + verbs.JUDGING).split("|")) | {
    "calling",
    "pointing",
}
_CALLING = r"calling\ (?:on|upon|for|out)|pointing\ (?:out|to)"
_GOING_ON = word_set("continue continues continued began begun")
_WORD = re.compile(r"[a-z]+")


class Rule(NamedTuple):
    """A kind of sign.

    Attributes:
        needs: Words in small letters, one of which stands wherever the pattern fits.
        begins: Words in small letters with one of which all that the pattern fits begins; none
            where it may begin otherwise.
        is_listed: The pattern is one of words in small letters, and fits inside others too.
    """

    kind: str
    needs: frozenset[str]
    pattern: re.Pattern[str]
    begins: frozenset[str] = frozenset()
    is_listed: bool = False

    def places(self, text: str, low: str, starts: Sequence[int]) -> Iterator[re.Match[str]]:
        """Where it fits.

        Args:
            text: Of main clauses.
            low: The same in small letters.
            starts: Where words of `begins` stand in it.
        """
        if not self.begins:
            yield from self.pattern.finditer(text)
            return
        within = low if self.is_listed and self.kind != "modal" else text
        since = 0
        for start in starts:
            match = self.pattern.match(within, start) if start >= since else None
            if match is None:
                continue
            since = match.end()
            before = text[start - 1 : start] if self.is_listed and start else ""
            if before != "-" and not before.isalnum():
                yield match


def words_of(text: str) -> frozenset[str]:
    """The words of a text, in small letters."""
    return frozenset(_WORD.findall(text.lower()))


def tried(held: frozenset[str], low: str) -> list[tuple[int, Rule, Sequence[int]]]:
    """The rules worth trying, with their numbers and where their words stand.

    Args:
        held: The words of a sentence.
        low: Its main clauses, in small letters.
    """
    numbers = {number for word in held & _NEEDING.keys() for number in _NEEDING[word]}
    starts: dict[int, list[int]] = {number: [] for number in numbers}
    if not numbers.isdisjoint(_BEGINNING):
        for found in _WORD.finditer(low):
            for number in _BEGUN.get(found.group(), ()):
                if number in starts:
                    starts[number].append(found.start())
    return [(number, RULES[number], starts[number]) for number in sorted(numbers)]


def compiled(pattern: str, *, case: bool = False) -> re.Pattern[str]:
    """A pattern that may stand over several lines."""
    return re.compile(pattern, re.VERBOSE | (0 if case else re.IGNORECASE))


def _needs(table: str) -> frozenset[str]:
    """The first words of a table's entries, where those are plain."""
    first = (entry.split("\\")[0] for entry in entries(table))
    return frozenset(word for one in first for word in _WORD.findall(one))


def _listed(kind: str, table: str) -> Rule:
    # Without a look behind, and with letters as they are, such a search takes a third of the time.
    pattern = compiled(rf"(?:{alternatives(table)})(?![\w-])", case=True)
    needs = _needs(table)
    return Rule(kind, needs, pattern, needs, is_listed=True)


def _begun(kind: str, table: str, pattern: str) -> Rule:
    """A rule whose pattern begins with one of the words that it needs."""
    needs = word_set(table)
    return Rule(kind, needs, compiled(pattern), needs)


def _present(hedge: str) -> Rule:
    listed = alternatives(words.PRESENT[hedge])
    return Rule(
        f"present-{hedge}",
        _needs(words.PRESENT[hedge]),
        compiled(
            rf"(?<![\w-])(?:{listed})\ (?:that|to\ have|to\ be)\b"
            rf"|\b(?:continue[sd]?|began|begun)\ to\ (?:{listed})\b"
        ),
        _needs(words.PRESENT[hedge]) | _GOING_ON,
    )


CAUTION = Rule(
    "caution",
    _OURS | {"unable", "if", "unclear", "unknown"},
    compiled(
        rf"""
        (?-i:{_AUTHORS})\ [^,;]{{0,40}}?\b(?:cannot|can\ not|could\ not|unable\ to|not\ able\ to)
            \ (?:\w+\ ){{0,2}}?(?:verify|confirm|corroborate|assess|determine|substantiate)
        | (?-i:{_AUTHORS})\ (?:has|have|had|did|does)\ (?:also\ )?(?:not|yet\ to|no|never)
            \ (?:yet\ |previously\ |independent\ |seen\ )?
            (?:observed?|seen|verified|verify|confirm(?:ed)?|corroborated?|evidence|verification
            |confirmation|indication|visual|recorded|found|independently|been\ able)
        | \bunable\ to\ (?:independently\ )?(?:verify|confirm|corroborate)
        | \bif\ (?:it\ is\ |they\ are\ )?
            (?:true|accurate|confirmed|verified|authentic
            |the\ (?:report|claim)\w*\ (?:is|are)\ (?:true|accurate))\b
        | (?:^|,\s+)(?:but|and|though|although|however)?,?\s*\bit\ (?:is|remains)\ (?:\w+\ )?
            (?:unclear|unknown)\b
        """
    ),
)
"""What comes before all else, wherever it stands."""

RULES = (
    Rule(
        "unverified",
        word_set(
            """
            not unclear unverified unconfirmed uncorroborated unknown no remains remain
            """
        ),
        compiled(
            r"""
            \b(?:has|have|had|did|does|do)\ not\ (?:yet\ |publicly\ |officially\
            |independently\ ){0,2}
                (?:confirm(?:ed)?|verif(?:y|ied)|corroborated?)\b
            | \b(?:is|are|remains?|was|were)\ (?:currently\ |still\ |also\ |largely\ |as\ yet\ )?
                (?:unclear|unverified|unconfirmed|uncorroborated|unknown)\b
            | \bno\ (?:\w+\ ){0,2}?(?:confirmation|verification|evidence)\ (?:of|that|to|for)\b
            | ^(?:There\ are\ )?(?:\w+\ )?(?:unconfirmed|unverified|uncorroborated)\ (?:\w+\ ){0,2}?
                (?:reports?|claims?|reporting|footage|sources?|rumou?rs?)\b
            """
        ),
    ),
    Rule(
        "judged",
        _OURS,
        compiled(
            rf"(?-i:{_AUTHORS})(?:’s|'s)?\ [^,;]{{0,60}}?\b(?:assess|forecast|judge|believe)\w*"
        ),
    ),
    Rule(
        "authors",
        _OURS,
        compiled(
            rf"(?-i:{_AUTHORS})\ (?:has\ |have\ |had\ )?"
            rf"(?:also\ |long\ |\w+ly\ ){{0,2}}(?:{alternatives(words.AUTHORS_SAY)})\b"
        ),
    ),
    Rule(
        "pictures",
        _SEEN,
        compiled(
            rf"""
            \b{_PICTURES}\b (?:(?!\b(?:stated|claimed|reported|said|announced)\b)[^;]){{0,160}}?
                \b(?:{_UNSURE}\ )?(?:also\ |additionally\ )?{_SHOWS}\b
            | \b(?:published|posted|released|shared|amplified|circulated|republished|distributed
            |disseminated|obtained|uploaded|aired|broadcast|reposted)
                \ (?:[\w’'-]+\ ){{0,5}}?{_PICTURES}\b [^,;]{{0,60}}?
                \b(?:of|showing|depicting|confirming|documenting
                |(?P<claiming>purporting|purportedly|allegedly|claiming)|(?P<hearsay>reportedly))\b
            | \baccording\ to\ (?:[\w’'-]+\ ){{0,5}}?{_PICTURES}\b
            | \bgeolocated\ (?:(?:the|this|that|an?|several|other|multiple
            |some)\ ){{0,2}}{_PICTURES}\b
            | \b(?:identified|visible|seen|observed)\ [^,;]{{0,80}}?
                \b(?:in|on|using|through)\ (?:[\w’'-]+\ ){{0,3}}?{_PICTURES}\b
            | \b(?:confirmed|corroborated|verified|shown|depicted|captured|documented|evidenced)
                \ (?:by|in|on)\ (?:[\w’'-]+\ ){{0,3}}?{_PICTURES}\b
            | \b(?:filmed|photographed)\b
            """
        ),
    ),
    Rule(
        "worded",
        _TEXTS,
        compiled(
            r"""
            \b(?:audio|calls?|recordings?|video|footage|statements?|posts?|letters?|interviews?
            |messages?|appeals?|articles?|documents?|maps?|graphics?|infographics?|screenshots?
            |claims?|reports?|complaints?)\b
            [^,;]{0,80}?
            \b(?:(?P<claiming>claiming|alleging|accusing|asserting)
            |stating|saying|announcing|reporting|warning|calling\ for|criticizing|urging|noting
            |indicating|showing)\b
            | \b(?:gave|granted)\ an?\ (?:[\w-]+\ ){0,4}?interview\b
            """
        ),
    ),
    Rule(
        "according",
        frozenset(["according", "per"]),
        compiled(
            r"""
            \baccording\ to\b(?!\ (?:plan|schedule|the\ (?:law|plan)\b))
            | ,\ per\ (?=the\ |(?-i:[A-Z]))
            """
        ),
    ),
    Rule(
        "told",
        word_set("report reports reporting rumors"),
        compiled(
            r"""
            \b(?:reports|reporting|rumors|rumours)\b (?:\ (?:from|by|of)\ [^,;]{0,60}?)?
            \ (?:also\ |previously\ |additionally\ |similarly\ )?
            (?:shows?|showed|states?|stated|says?|said|indicates?|indicated|suggests?|suggested
            |claims?|claimed
            |allege|alleged|emerged|circulated)\b
            """
        ),
    ),
    _listed("hearsay", words.HEARSAY),
    _listed("distance", words.DISTANCE),
    _listed("likely", words.LIKELY),
    _listed("modal", words.MODAL),
    Rule(
        "odds",
        word_set(
            """
            poised liable apt possible probable plausible conceivable doubtful improbable chance
            possibility likelihood probability
            """
        ),
        compiled(
            r"""
            \b(?:is|are|was|were|remains?)\ (?:\w+\ )?(?:poised|liable|apt)\ to\b
            | \bit\ (?:is|was|remains)\ (?:\w+\ )?
                (?:possible|probable|plausible|conceivable|doubtful|improbable)\b
            | \b(?:is|are|was|were)\ (?:an?\ )?(?:\w+\ )?
                (?:chance|possibility|likelihood|probability)\ (?:that|of)\b
            """
        ),
    ),
    Rule(
        "inferred",
        word_set(
            """
            suggest suggests suggested indicate indicates indicated imply implies implied
            indication indications indicator indicators sign signs evidence indicative
            """
        ),
        compiled(rf"\b(?:{alternatives(words.INFERRED)})\b"),
    ),
    _begun(
        "denied",
        """
            denied denying refuted disputed rebutted rejected dismissed debunked
            contradicted disavowed deny denies refute refutes refuting disputing rebutting
            repudiated repudiating pushed rebuffed contested
            """,
        rf"(?<![\w-])(?:{words.DENIED})",
    ),
    _begun(
        "spread",
        """
            amplified circulated spread promoted repeated republished reposted reiterated
            published shared disseminated propagated advanced echoed pushed peddled parroted
            levied leveled
            """,
        rf"\b(?:{words.SPREAD})",
    ),
    _begun(
        "published",
        """
            published issued released posted shared amplified reposted republished
            circulated distributed disseminated aired broadcast penned authored printed ran
            uploaded
            """,
        rf"\b(?:{words.PUBLISHED})",
    ),
    Rule(
        "plural",
        word_set(
            """
            report say state claim warn argue allege estimate believe assess note
            emphasize
            """
        ),
        compiled(
            r"""
            (?<=s|a|n)\ (?:\w+ly\ |also\ |now\ |further\ |still\ )?
            (?:(?P<claiming>claim|allege)|(?P<judging>estimate|believe|assess)|report|say|state
            |warn|argue|note|emphasize)
            \ (?!of\b|on\b|and\b|from\b|by\b|in\b|is\b|was\b|to\b|about\b|\w+ed\b)
            """
        ),
    ),
    Rule(
        "ongoing",
        _GERUNDS,
        compiled(
            rf"""
            \b(?:is|are|was|were|been|began|started|resumed|continued|kept|continues?|responded\ by
            |responded\ to\ [^,;]{{1,60}}\ by)\ (?:\w+ly\ |also\ |still\ |now\ |even\ ){{0,2}}
            (?:(?P<claiming>{verbs.gerunds(verbs.CLAIMING)})
            |(?P<judging>assessing|estimating|forecasting)
            |(?:{verbs.gerunds(verbs.SAYING)}|{_CALLING})\b)
            """
        ),
    ),
    Rule(
        "aspect",
        word_set(
            """
            continue continues continued continuing began begun proceeded went sought attempted
            tried seized used leveraged exploited took
            """
        ),
        compiled(
            rf"""
            \b(?:continue[sd]?|continuing|began|begun|proceeded|went\ on|sought|attempted|tried
            |seized\ on|used|leveraged|exploited|took)
            (?:(?<=used|aged|ited|took|d\ on)\ [^,;]{{1,80}}?)?
            \ to\ (?:\w+ly\ |also\ ){{0,2}}
            (?:(?P<claiming>{verbs.bases(verbs.CLAIMING)})|(?P<judging>assess|estimate|forecast)
            |(?:{verbs.bases(verbs.SAYING)}|call\ (?:on|for|out)|point\ (?:out|to)))\b
            """
        ),
    ),
    _begun(
        "that",
        verbs.THAT,
        rf"""
            (?<![\w-])(?:{verbs.bases(verbs.THAT)})
            (?:\ (?:on|in|to|at|during|through|via|again)\ [^,;]{{1,60}}?)?\ that\b
            (?!\ (?:day|night|time|same|month|year|week|area|region)\b)
            """,
    ),
    Rule(
        "found",
        word_set(
            "data statistics records polls poll polling survey surveys documents findings study"
            " studies investigation studies anomalies"
        ),
        compiled(
            r"""
            \b(?:data|statistics|records|polls?|polling|surveys?|documents|findings|stud(?:y|ies)
            |investigation|anomalies)\b
            (?:(?!\bthat\b)[^,;]){0,80}?\ (?:also\ |additionally\ )?
            (?:shows?|showed|finds?|found|reveals?|revealed|indicates?|indicated|states?|stated|says?
            |confirms?|confirmed|suggests?|suggested)\b
            """
        ),
    ),
    _listed("claimed", words.CLAIMED),
    _listed("confirmed", words.CONFIRMED),
    _listed("assessed", words.ASSESSED),
    _listed("reported", words.REPORTED),
    _listed("spoken", words.SPOKEN),
    *(_present(hedge) for hedge in words.PRESENT),
)
"""Of two that begin at one place the first counts."""


def _by_word(words_of_rule: Callable[[Rule], frozenset[str]]) -> dict[str, tuple[int, ...]]:
    """Numbers of rules, by their words."""
    held: dict[str, list[int]] = {}
    for number, rule in enumerate(RULES):
        for word in words_of_rule(rule):
            held.setdefault(word, []).append(number)
    return {word: tuple(numbers) for word, numbers in held.items()}


_NEEDING = _by_word(lambda rule: rule.needs)
_BEGUN = _by_word(lambda rule: rule.begins)
_BEGINNING = frozenset(number for number, rule in enumerate(RULES) if rule.begins)

ADDED = Rule(
    "added",
    word_set(
        """
        adding declaring citing
        """
    )
    | _GERUNDS,
    compiled(
        rf"""
        (?:,\s+(?:\w+ly\ |also\ |instead\ |and\ )?|\bby\ (?:\w+ly\ )?)
        (?:(?P<claimed>{verbs.gerunds(verbs.CLAIMING)})|{verbs.gerunds(verbs.SAYING)}
        |adding|declaring|citing|{_CALLING})\b
        """
    ),
)
"""`responded to it, stating that …`: said beside what was done."""

SPEECHES = Rule(
    "speeches",
    _TEXTS | word_set("speech essay address remarks meeting conference briefing call event forum"),
    compiled(
        r"""
        \b(?:interview|speech|statement|address|article|post|essay|message|video|letter|remarks
        |meeting|conference|briefing|call|event|forum)s?\b [^;]*?
        \b(?:in\ which|wherein|where|during\ which|who|which)\s+ (?:[\w’'.-]+\s+){0,4}?
        (?:(?P<claimed>claimed|alleged|accused|asserted)
        |(?:stated|said|announced|argued|warned|noted|emphasized|ruled\ out|called)\b)
        """
    ),
)
"""What a speech or a text says that the main clause only names."""
