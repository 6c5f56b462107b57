r"""The words that the rules of `pipeline.read.speech` know, by what they do; in English, as the
reports are.

A table is a list of patterns with blanks between; a blank inside one is written `\ `.
"""

from __future__ import annotations

REPORTED = r"""
reported stated said announced noted told warned added\ that acknowledged admitted conceded
explained clarified emphasized emphasised stressed argued opined complained criticized
criticised condemned praised urged advocated promised pledged vowed reiterated reaffirmed
affirmed revealed disclosed tweeted wrote testified lamented bemoaned mocked ridiculed decried
denounced echoed commented remarked informed recounted relayed apologized apologised hailed
touted cautioned demanded expressed quipped joked elaborated applauded lauded extolled commended
lambasted excoriated rebuked chided scolded berated castigated slammed deplored censured
derided belittled grumbled implored exhorted admonished reminded assured reassured divulged
confided proclaimed pleaded underlined retorted mused wondered protested\ that lobbied
appealed\ (?:to|for) lashed\ out pushed\ back spoke\ out railed\ against publicized publicised
"""
"""Handed on without distance, whoever the subject is."""

SPOKEN = r"""
suggested implied indicated highlighted underscored observed described characterized
characterised referred\ to framed portrayed hinted signaled\ that signalled\ that added
threatened questioned listed suggests indicates predicted\ no
called\ (?:on|upon|for|out)\b pointed\ (?:out|to) alluded\ to raised\ concerns
outlined welcomed detailed attributed rejected cited hypothesized specified voiced quoted griped
credited proposed asked encouraged dissented conveyed theorized hinted confessed paraphrased
summarized objected inquired rejoined faulted downplayed contextualized disagreed congratulated
thanked briefed notified advised\ (?:that|against) responded\ (?:negatively|positively|by\ \w+ing)
reacted\ (?:negatively|positively) ruled\ out took\ (?:issue|credit)
identified\ (?:[\w’'-]+\ ){1,5}?as\ (?:an?\ |the\ )?(?:possible|likely|suspected|responsible)
made\ (?:\w+\ ){0,3}(?:statements?|comments?|remarks?)
drew\ attention
called\ (?:the|this|these|those|such|it|him|her|them)
"""
"""Handed on without distance, if the subject can speak; of others they say something else."""

CLAIMED = r"""
claimed alleged asserted accused insisted boasted speculated purported blamed contended professed
maintained\ that scapegoated fearmongered implicated rumored rumoured conjectured falsely\ \w+ed
baselessly\ \w+ed
"""

CONFIRMED = "confirmed verified corroborated"

ASSESSED = r"""
assessed estimated forecasted forecast predicted believe believes believed estimates assess
assesses inferred surmised suspects suspected\ that expects\ that anticipates reckoned judged\ that
projected\ that
"""
"""Another's judgement."""

PRESENT = {
    "reported": """
        say says state states note notes warn warns argue argues stress stresses report reports
        announces explains acknowledge acknowledges admit admits concede concedes emphasize
        emphasizes emphasise emphasises add adds caution cautions declare declares vow vows pledge
        pledges promise promises reiterate reiterates reveal reveals disclose discloses complain
        complains lament laments write writes opine opines observes concludes finds
        """,
    "claimed": """
        claim claims allege alleges assert asserts insist insists maintain maintains contend
        contends boast boasts speculate speculates
        """,
    "confirmed": "confirm confirms",
    "denied": "deny denies refute refutes reject rejects",
}
"""By hedge; verbs only before `that` or `to have`, as most of them are nouns too."""

DENIED = r"""
den(?:ied|ying)\ (?:that|it|any|having|involvement|responsibility|\w+ing\b
|(?:(?!and\b|that\b|to\b)[\w’'-]+\ ){0,5}?(?:claims?|reports?|reporting|allegations?|accusations?
|rumou?rs?|statements?|involvement|responsibility|existence)\b)
| (?:refuted|disputed|rebutted|rejected|dismissed|debunked|contradicted|disavowed)
\ (?:(?!and\b|that\b)[\w’'-]+\ ){0,5}?(?:claims?|reports?|reporting|allegations?|accusations?
|rumou?rs?|assertions?|notion|suggestions?|idea)\b
| den(?:ied|ying)\ (?:on|in|to|during|through)\ [^,;]{1,60}?\ that\b
| (?:deny|denies|denying|refute|refutes|refuting|disputing|rebutting|repudiated|repudiating)
\ (?:that
|(?:[\w’'-]+\ ){0,5}?(?:claims?|reports?|reporting|allegations?|accusations?|rumou?rs?|statements?
|involvement|responsibility|existence))\b
| (?:pushed\ back\ (?:on|against)|rebuffed|contested)
\ (?:[\w’'-]+\ ){0,4}?(?:claims?|reports?|allegations?|accusations?|rumou?rs?)\b
| (?:refuted|disavowed)\b
"""
"""A refusal (`denied them access`, `rejected the ceasefire`) is no denial. One pattern, no list."""

PUBLISHED = r"""
(?:published|issued|released|posted|shared|distributed|disseminated|aired|broadcast|penned|authored
|printed|ran|uploaded)
\ (?:(?:an?|the|their|its|his|her|another|several|two|more|official|updated|new|full|detailed
|separate|joint|lengthy|additional|multiple|various|similar|long|short
|further)\ ){0,3}(?:[\w-]+\ ){0,2}?
(?:statements?|reports?|articles?|roll-up|lists?|data|statistics|interviews?|essays?|posts?
|letters?|assessments?|stud(?:y|ies)|manifestos?|op-eds?|opinion\ pieces?|threads?|comment(?:ary|s)
|messages?|appeals?|announcements?|communiqu[eé]s?|declarations?|bulletins?|transcripts?|excerpts?|surveys?|polls?|memos?|documents?|screenshots?|infographics?
|remarks|complaints?|criticisms?|results|segments?|intercepts?
|readouts?|investigations?|figures)\b
| (?:amplified|reposted|republished|circulated)\ (?:[\w’'-]+\ ){0,4}?
(?:statements?|reports?|reporting|segments?|posts?|criticisms?|complaints?|calls?|comments|articles?
|appeals?|messages?|interviews?|excerpts?|quotes?|documents?)\b
"""
"""Publishing words is speaking. One pattern, no list."""

SPREAD = r"""
(?:amplified|circulated|spread|promoted|repeated|republished|reposted|reiterated|published
|shared|disseminated|propagated|advanced|echoed|pushed|peddled|parroted|levied|leveled)
\ (?:[\w’'-]+\ ){0,4}?
(?:claims?|rumou?rs?|allegations?|accusations?|narratives?|disinformation|speculation)\b
"""
"""Handing on what is called a claim is claiming. One pattern, no list."""

HEARSAY = "reportedly"
DISTANCE = "allegedly purportedly supposedly ostensibly"

LIKELY = r"""
likely unlikely probably possibly apparently presumably potentially conceivably perhaps
seemingly almost\ certainly evidently plausibly arguably
"""
"""They also stand before a noun (`a likely launch site`), where they judge that alone."""

MODAL = r"""
may might could (?:appear|appears|appeared|seem|seems|seemed)\ (?:to|that|likely|set|unlikely)
"""
"""Small letters only: `May` is a month."""

INFERRED = r"""
suggest suggests suggested indicate indicates indicated imply implies implied
(?:is|are|was|were)\ (?:\w+\ ){0,3}(?:indications?|indicators?|signs?|evidence)\ (?:that|of)
(?:is|are|was|were)\ (?:\w+\ )?indicative
"""
"""What a fact tells, as the authors read it."""

SHOWS = """
shows? showed showing confirming indicating depicting indicates? indicated confirms? confirmed
depicts? depicted suggests? reveals? revealed captures? captured documents? documented
demonstrates? demonstrated corroborates? corroborated verif(?:y|ies)d placed? identif(?:y|ies)d
"""
"""What pictures do."""

PICTURES = "footage imagery images? photos? photographs? pictures? videos? recordings? clips?"

AUTHORS = (
    "(?:ISW|CTP|AEI)(?:[-–/ ]+(?:and )?(?:ISW|CTP|AEI)){0,2}"
    "|The Institute for the Study of War|The Critical Threats Project|We"
)
"""A pattern; its letters' size counts."""
AUTHORS_SAY = """
observed reported recorded noted documented identified seen covered discussed written tracked
highlighted argued warned published described detailed
"""

SUBORDINATORS = r"""
after before because since while although though when whenever until till despite amid amidst
whether whereas where why how in\ order\ to so\ that following given due\ to unless who whom
whose which if (?<!called\ )upon
"""
"""They begin a clause that is not the main one."""

ADJECTIVES_BEFORE = """
the a an this that these those of in to from by with their its his her our any no other recent
previous prior such multiple several numerous many most more some as for on at similar false
unconfirmed unspecified alleged claimed reported conflicting and/or not one two three four five
six seven eight nine ten dozens hundreds
"""
"""Behind these a word such as `reported` or `claimed` is no verb of the clause."""

PARTICIPLES = """
affiliated linked associated aligned connected close belonging subordinate located based tied
loyal known
"""
"""`the milblogger reportedly affiliated with …`: the adverb belongs to the noun."""
