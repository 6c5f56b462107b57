"""The patterns by which a sentence tells how it speaks, each with the words one of which it
needs."""

from __future__ import annotations

from pipeline.read.speech import verbs, words
from pipeline.read.speech.clauses import alternatives, word_set
from pipeline.read.speech.rule import Rule, begun, compiled, first_words, listed

_AUTHORS = rf"\b(?:{words.AUTHORS})\b"
_PICTURES = rf"(?:{alternatives(words.PICTURES)})"
_SHOWS = rf"(?:{alternatives(words.SHOWS)})"
_UNSURE = rf"(?P<adverb>{words.HEARSAY}|{alternatives(words.DISTANCE)})"

_OURS = word_set("isw ctp aei we institute project")
_NAMED = word_set("isw ctp aei we the")
_SEEN = word_set(
    """
    footage imagery image images photo photos photograph photographs picture
    pictures video videos recording recordings filmed photographed
    """
)
_SHOWN = _SEEN | word_set(
    """
    clip clips published posted released shared amplified circulated republished
    distributed disseminated obtained uploaded aired broadcast reposted according geolocated
    identified visible seen observed confirmed corroborated verified shown depicted captured
    documented evidenced
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
_ASPECTS = word_set(
    """
    continue continues continued continuing began begun proceeded went sought attempted
    tried seized used leveraged exploited took
    """
)
_FINDINGS = word_set(
    """
    data statistics records polls poll polling survey surveys documents findings study studies
    investigation anomalies
    """
)


def _present(hedge: str) -> Rule:
    verbs = alternatives(words.PRESENT[hedge])
    return Rule(
        f"present-{hedge}",
        first_words(words.PRESENT[hedge]),
        compiled(
            rf"(?<![\w-])(?:{verbs})\ (?:that|to\ have|to\ be)\b"
            rf"|\b(?:continue[sd]?|began|begun)\ to\ (?:{verbs})\b"
        ),
        first_words(words.PRESENT[hedge]) | _GOING_ON,
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
        _NAMED,
    ),
    Rule(
        "authors",
        _OURS,
        compiled(
            rf"(?-i:{_AUTHORS})\ (?:has\ |have\ |had\ )?"
            rf"(?:also\ |long\ |\w+ly\ ){{0,2}}(?:{alternatives(words.AUTHORS_SAY)})\b"
        ),
        _NAMED,
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
        _SHOWN,
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
        _TEXTS | word_set("claim complaint complaints gave granted"),
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
        word_set("reports reporting rumors rumours"),
    ),
    listed("hearsay", words.HEARSAY),
    listed("distance", words.DISTANCE),
    listed("likely", words.LIKELY),
    listed("modal", words.MODAL),
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
        word_set("is are was were remain remains it"),
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
        first_words(words.INFERRED),
    ),
    begun(
        "denied",
        """
            denied denying refuted disputed rebutted rejected dismissed debunked
            contradicted disavowed deny denies refute refutes refuting disputing rebutting
            repudiated repudiating pushed rebuffed contested
            """,
        rf"(?<![\w-])(?:{words.DENIED})",
    ),
    begun(
        "spread",
        """
            amplified circulated spread promoted repeated republished reposted reiterated
            published shared disseminated propagated advanced echoed pushed peddled parroted
            levied leveled
            """,
        rf"\b(?:{words.SPREAD})",
    ),
    begun(
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
        word_set(
            """
            is are was were been began started resumed continued kept continue continues responded
            """
        ),
    ),
    Rule(
        "aspect",
        _ASPECTS,
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
        _ASPECTS,
    ),
    begun(
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
        _FINDINGS,
        compiled(
            r"""
            \b(?:data|statistics|records|polls?|polling|surveys?|documents|findings|stud(?:y|ies)
            |investigation|anomalies)\b
            (?:(?!\bthat\b)[^,;]){0,80}?\ (?:also\ |additionally\ )?
            (?:shows?|showed|finds?|found|reveals?|revealed|indicates?|indicated|states?|stated|says?
            |confirms?|confirmed|suggests?|suggested)\b
            """
        ),
        _FINDINGS,
    ),
    listed("claimed", words.CLAIMED),
    listed("confirmed", words.CONFIRMED),
    listed("assessed", words.ASSESSED),
    listed("reported", words.REPORTED),
    listed("spoken", words.SPOKEN),
    *(_present(hedge) for hedge in words.PRESENT),
)
"""Of two that begin at one place the first counts."""


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
